//! `servhub workspace attach`

use crate::cli::args::Changing;
use crate::cli::{App, Command, Outcome};
use crate::hub::workspace::Attach;

/// Attach packages, or link contracts
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Name or id of the workspace
    workspace: String,
    /// Attach this package, by name or id (repeatable)
    #[arg(
        long = "package",
        value_name = "PACKAGE",
        required_unless_present = "contracts"
    )]
    packages: Vec<String>,
    /// Link this contract without attaching its packages (repeatable)
    #[arg(long = "contract", value_name = "NUMBER")]
    contracts: Vec<String>,
    #[command(flatten)]
    changing: Changing,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let attach = Attach {
            workspace: self.workspace,
            packages: self.packages,
            contracts: self.contracts,
        };
        let done = app
            .hub_for(&self.changing)?
            .carry_out(&attach, self.changing.mode())?;
        let names = [done.answer.contracts, done.answer.packages].concat().join(", ");
        let note = done
            .changed
            .then(|| format!("attached to {}: {names}", done.answer.workspace));
        let outcome = note.into_iter().fold(Outcome::silent(), Outcome::note);
        Ok(outcome.changed(&self.changing, done.changed))
    }
}
