//! `servhub health list`

use crate::cli::args::Show;
use crate::cli::{App, Command, Outcome};
use crate::hub::health::List;
use crate::output::Listing;

/// List the known issues of services, the latest first
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Only those that still hold
    #[arg(long)]
    open: bool,
    /// Only those of this service
    #[arg(long, value_name = "SERVICE")]
    service: Option<String>,
    /// Only those of products that this customer subscribes to: its message centre (P-3)
    #[arg(long, value_name = "CUSTOMER")]
    customer: Option<String>,
    #[command(flatten)]
    show: Show,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let issues = app.hub()?.ask(&List {
            open: self.open,
            service: self.service,
            customer: self.customer,
        })?;
        Ok(Outcome::listing(Listing::of(&issues), self.show.style(&app.ui)))
    }
}
