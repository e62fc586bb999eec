//! `servhub contract show`

use crate::cli::args::{self, AsOf};
use crate::cli::{App, Command, Outcome};
use crate::hub::contract::Show;
use crate::output::Listing;

/// Show a contract and its packages
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Number of the contract
    contract: String,
    #[command(flatten)]
    as_of: AsOf,
    #[command(flatten)]
    show: args::Show,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let (line, packages) = app.hub_as_of(&self.as_of)?.ask(&Show {
            contract: self.contract,
        })?;
        let c = &line.contract;
        let note = format!(
            "contract {} of {}: {}, {} to {}, {}",
            c.number, c.customer, c.kind, c.term.start, c.term.end, line.status
        );
        Ok(Outcome::listing(Listing::of(&packages), self.show.style(&app.ui)).note(note))
    }
}
