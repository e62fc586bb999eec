//! `servhub partner show`

use crate::cli::args;
use crate::cli::{App, Command, Outcome};
use crate::hub::partner::Show;
use crate::output::Listing;

/// Show a partner, or its people or plans
///
/// People and plans are shown to the partner's own people.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Name or id of the partner
    partner: String,
    /// List its people instead, with their roles and security groups
    #[arg(long)]
    people: bool,
    /// List the plans that cover its own tenant instead, and whether they are valid
    #[arg(long, conflicts_with = "people")]
    plans: bool,
    #[command(flatten)]
    show: args::Show,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let shown = app.hub()?.ask(&Show {
            partner: self.partner,
        })?;
        let listing = match (self.people, self.plans) {
            (true, _) => Listing::of(&shown.people),
            (_, true) => Listing::of(&shown.plans),
            _ => Listing::one(&shown.line).loud(),
        };
        Ok(Outcome::listing(listing, self.show.style(&app.ui)))
    }
}
