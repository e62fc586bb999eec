//! `servhub contract list`

use crate::cli::args::{AsOf, Show};
use crate::cli::{App, Command, Outcome};
use crate::domain::contract::Status;
use crate::hub::contract::List;
use crate::output::Listing;

/// List contracts with their status
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Only those of this customer
    #[arg(long, value_name = "CUSTOMER")]
    customer: Option<String>,
    /// Only those of this status
    #[arg(long, value_enum)]
    status: Option<Status>,
    #[command(flatten)]
    as_of: AsOf,
    #[command(flatten)]
    show: Show,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let lines = app.hub_as_of(&self.as_of)?.ask(&List {
            customer: self.customer,
            status: self.status,
        })?;
        Ok(Outcome::listing(Listing::of(&lines), self.show.style(&app.ui)))
    }
}
