//! `servhub delegation approve`

use crate::cli::args::{Changing, Show};
use crate::cli::{App, Command, Outcome};
use crate::hub::delegation::Approve;
use crate::output::Listing;

/// Agree to delegated access, as the customer: its days begin now, or on the day that was wished for
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Id or name of the delegation
    delegation: String,
    #[command(flatten)]
    changing: Changing,
    #[command(flatten)]
    show: Show,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let approve = Approve {
            delegation: self.delegation,
        };
        let done = app
            .hub_for(&self.changing)?
            .carry_out(&approve, self.changing.mode())?;
        let outcome = Outcome::listing(Listing::one(&done.answer), self.show.style(&app.ui));
        Ok(outcome.changed(&self.changing, done.changed))
    }
}
