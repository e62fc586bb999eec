//! `servhub contract activate`

use crate::cli::args::{Changing, Show};
use crate::cli::{App, Command, Outcome};
use crate::hub::activation::Activate;
use crate::output::Listing;

/// Activate a contract: make the default workspace, attach the base packages, invite its people
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Number of the contract
    #[arg(required_unless_present = "due")]
    contract: Option<String>,
    /// Every contract whose first day has come
    #[arg(long, conflicts_with = "contract")]
    due: bool,
    #[command(flatten)]
    changing: Changing,
    #[command(flatten)]
    show: Show,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let activate = Activate {
            contract: self.contract,
            due: self.due,
        };
        let done = app
            .hub_for(&self.changing)?
            .carry_out(&activate, self.changing.mode())?;
        let outcome = Outcome::listing(Listing::of(&done.answer), self.show.style(&app.ui));
        Ok(outcome.changed(&self.changing, done.changed))
    }
}
