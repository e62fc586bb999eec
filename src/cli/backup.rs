//! `servhub backup`

use super::outlet::Out;
use super::{App, Command, Outcome};
use crate::hub::upkeep::Backup;
use std::path::PathBuf;

/// Copy the store to a file, as it is at this moment, while others go on working
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The file to write
    file: PathBuf,
    /// Replace the file when it is there
    #[arg(long, short, help_heading = "Change")]
    yes: bool,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let hub = app.hub()?;
        if self.file.exists() {
            let question = format!("{} is there already; replace it?", self.file.display());
            app.ui.confirm(&question, self.yes)?;
        }
        let note = format!("the store was copied to {} and checked", self.file.display());
        hub.export(&Backup {}, &mut Out::to(Some(&self.file), &app.ui))?;
        Ok(Outcome::silent().note(note))
    }
}
