//! `servhub workspace detach`

use crate::cli::args::Changing;
use crate::cli::{App, Command, Outcome};
use crate::hub::workspace::Detach;

/// Take a package off a workspace
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Name or id of the workspace
    workspace: String,
    /// Name or id of the package
    #[arg(long, value_name = "PACKAGE")]
    package: String,
    #[command(flatten)]
    changing: Changing,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let question = format!("Take package {} off workspace {}?", self.package, self.workspace);
        let detach = Detach {
            workspace: self.workspace,
            package: self.package,
        };
        if !self.changing.dry_run {
            app.ui.confirm(&question, self.changing.yes)?;
        }
        let done = app
            .hub_for(&self.changing)?
            .carry_out(&detach, self.changing.mode())?;
        Ok(Outcome::silent().changed(&self.changing, done.changed))
    }
}
