//! `servhub delegation check`

use crate::cli::args::Show;
use crate::cli::{App, Command, Outcome};
use crate::hub::delegation::Check;
use crate::output::Listing;

/// Name the least privileged role for a task, and whether a partner has it at a customer
#[derive(Debug, clap::Args)]
pub struct Args {
    /// What is to be done, in a few words; left out, every task is listed
    #[arg(long, value_name = "TEXT")]
    task: Option<String>,
    /// Whether it was delegated by this customer
    #[arg(long, value_name = "CUSTOMER")]
    customer: Option<String>,
    /// Whether it was delegated to this partner
    #[arg(long, value_name = "PARTNER", requires = "customer")]
    partner: Option<String>,
    #[command(flatten)]
    show: Show,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let checked = app.hub()?.ask(&Check {
            task: self.task,
            customer: self.customer,
            partner: self.partner,
        })?;
        Ok(Outcome::listing(Listing::of(&checked), self.show.style(&app.ui)))
    }
}
