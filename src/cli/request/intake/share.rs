//! `servhub request intake share`

use crate::cli::args::{self, Show};
use crate::cli::{App, Command, Outcome};
use crate::domain::Day;
use crate::hub::intake::Share;
use crate::output::Listing;

/// Say what share of what came in was solved without escalation, and how that comes about
///
/// The share is of what came to an end; what is open may still go either way, and is counted beside it.
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
    #[command(flatten)]
    show: Show,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let shared = app.hub()?.ask(&Share {
            customer: self.customer,
            since: self.since,
            until: self.until,
        })?;
        Ok(Outcome::listing(Listing::one(&shared), self.show.style(&app.ui)))
    }
}
