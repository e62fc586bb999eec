//! `servhub ledger record`

use crate::cli::args::{Changing, Show, day, quantity};
use crate::cli::{App, Command, Outcome};
use crate::domain::entitlement::Service;
use crate::domain::{Day, Quantity};
use crate::error::codes;
use crate::hub::ledger::{Record, Target};
use crate::output::Listing;

/// Record a delivery
///
/// It uses one entitlement (--entitlement), or a service in a workspace (--service): then it is drawn from
/// the packages that expire first, and the split is recorded.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The entitlement that it uses
    #[arg(long, value_name = "ENTITLEMENT", required_unless_present = "service")]
    entitlement: Option<String>,
    /// The service to draw, from whatever packages hold it
    #[arg(long, value_enum, conflicts_with = "entitlement")]
    service: Option<Service>,
    /// The workspace whose use it is; default: the one its package is attached to, or for a draw the current one
    #[arg(long, short, visible_alias = "space", value_name = "WORKSPACE")]
    workspace: Option<String>,
    /// How much, in the entitlement's unit
    #[arg(long, value_parser = quantity, value_name = "QUANTITY", allow_hyphen_values = true)]
    quantity: Quantity,
    /// Day of delivery; default: today
    #[arg(long, value_parser = day, value_name = "DAY")]
    on: Option<Day>,
    /// Case number, engagement id or the like
    #[arg(long, value_name = "REFERENCE")]
    reference: Option<String>,
    /// A few words about it
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
    /// Record it although its day lies outside the package's, with a mark
    #[arg(long, conflicts_with = "service")]
    late: bool,
    /// Where it comes from
    #[arg(long, default_value = "manual", value_name = "SOURCE")]
    source: String,
    /// A key that this source gives once, so that the same delivery counts once; default: a new one
    #[arg(long, value_name = "KEY")]
    source_key: Option<String>,
    #[command(flatten)]
    changing: Changing,
    #[command(flatten)]
    show: Show,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let target = match (self.entitlement, self.service) {
            (Some(entitlement), _) => Target::Entitlement(entitlement, self.workspace),
            (None, service) => draw(app, self.workspace, service)?,
        };
        let record = Record {
            target,
            quantity: self.quantity,
            on: self.on,
            reference: self.reference,
            note: self.note,
            late: self.late,
            source: self.source,
            key: self.source_key,
        };
        let done = app
            .hub_for(&self.changing)?
            .carry_out(&record, self.changing.mode())?;
        let listing = Listing::of(&done.answer.entries);
        let outcome = Outcome::listing(listing, self.show.style(&app.ui));
        let outcome = if done.answer.new {
            outcome
        } else {
            outcome.note("the same delivery was recorded before; it counts once")
        };
        Ok(outcome.changed(&self.changing, done.changed))
    }
}

fn draw(app: &App, workspace: Option<String>, service: Option<Service>) -> anyhow::Result<Target> {
    let workspace = match workspace {
        Some(name) => Some(name),
        None => app.settings()?.workspace.value,
    };
    match (workspace, service) {
        (Some(workspace), Some(service)) => Ok(Target::Draw(workspace, service)),
        _ => {
            let error =
                codes::MISSING_OPTION.error("a draw needs a workspace whose packages it is taken from");
            let error =
                error.hint("name it with --workspace, or choose one with `servhub workspace use NAME`");
            Err(error.into())
        }
    }
}
