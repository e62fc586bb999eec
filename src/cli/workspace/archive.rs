//! `servhub workspace archive`

use crate::cli::args::Changing;
use crate::cli::{App, Command, Outcome};
use crate::hub::workspace::Archive;

/// Archive a workspace: it stays readable
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Name or id of the workspace
    workspace: String,
    #[command(flatten)]
    changing: Changing,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        if !self.changing.dry_run {
            app.ui.confirm(
                &format!("Archive workspace {}?", self.workspace),
                self.changing.yes,
            )?;
        }
        let archive = Archive {
            workspace: self.workspace,
        };
        let done = app
            .hub_for(&self.changing)?
            .carry_out(&archive, self.changing.mode())?;
        Ok(Outcome::silent().changed(&self.changing, done.changed))
    }
}
