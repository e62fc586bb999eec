//! `servhub request intake list`

use crate::cli::args::{self, Paging, Show};
use crate::cli::{App, Command, Outcome};
use crate::domain::Day;
use crate::domain::partner::IntakeOutcome;
use crate::hub::intake::List;
use crate::output::{Cut, Listing};

/// List what came in from customers, in the order in which it did
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Only from this customer
    #[arg(long, value_name = "CUSTOMER")]
    customer: Option<String>,
    /// From this day (UTC) on
    #[arg(long, value_name = "DAY", value_parser = args::day)]
    since: Option<Day>,
    /// Up to this day
    #[arg(long, value_name = "DAY", value_parser = args::day)]
    until: Option<Day>,
    /// Only what came to this
    #[arg(long, value_enum)]
    outcome: Option<IntakeOutcome>,
    #[command(flatten)]
    paging: Paging,
    #[command(flatten)]
    show: Show,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let (lines, next) = app.hub()?.ask(&List {
            customer: self.customer,
            since: self.since,
            until: self.until,
            outcome: self.outcome,
            paged: self.paging.into(),
        })?;
        let cut = next.map(|next| Cut { total: None, next });
        Ok(Outcome::listing(
            Listing::of(&lines).cut(cut),
            self.show.style(&app.ui),
        ))
    }
}
