//! `servhub ledger correct`

use crate::cli::args::{Changing, Show};
use crate::cli::{App, Command, Outcome};
use crate::hub::ledger::Correct;
use crate::output::Listing;

/// Reverse an entry that was a mistake, with a reason
///
/// The ledger is append-only: a reversing entry names the original and carries --reason, which is required.
#[derive(Debug, clap::Args)]
#[command(mut_arg("reason", |arg| arg.required(true)))]
pub struct Args {
    /// Number of the entry, as `servhub ledger list` shows it
    entry: i64,
    #[command(flatten)]
    changing: Changing,
    #[command(flatten)]
    show: Show,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let correct = Correct { entry: self.entry };
        let done = app
            .hub_for(&self.changing)?
            .carry_out(&correct, self.changing.mode())?;
        let listing = Listing::of(&[done.answer]);
        let outcome = Outcome::listing(listing, self.show.style(&app.ui));
        Ok(outcome.changed(&self.changing, done.changed))
    }
}
