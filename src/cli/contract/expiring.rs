//! `servhub contract expiring`

use crate::cli::args::{AsOf, Show, days};
use crate::cli::{App, Command, Outcome};
use crate::hub::contract::Expiring;
use crate::output::Listing;

/// List contracts and packages that run out, soonest first
#[derive(Debug, clap::Args)]
pub struct Args {
    /// How far ahead to look
    #[arg(long, default_value = "90d", value_parser = days, value_name = "DAYS")]
    within: i32,
    /// Only those of this customer
    #[arg(long, value_name = "CUSTOMER")]
    customer: Option<String>,
    #[command(flatten)]
    as_of: AsOf,
    #[command(flatten)]
    show: Show,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let lines = app.hub_as_of(&self.as_of)?.ask(&Expiring {
            within: self.within,
            customer: self.customer,
        })?;
        Ok(Outcome::listing(Listing::of(&lines), self.show.style(&app.ui)))
    }
}
