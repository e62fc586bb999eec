//! `servhub backup`

use super::{App, Command, Outcome};
use crate::error::{AtPath, Result};
use crate::hub::Outlet;
use crate::hub::upkeep::Backup;
use crate::output::Drain;
use std::path::{Path, PathBuf};

/// Copy the store to a file, as it is at this moment, while others go on working
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The file to write
    file: PathBuf,
    /// Show what would be done, and write nothing
    #[arg(long, help_heading = "Change")]
    dry_run: bool,
    /// Replace the file when it is there
    #[arg(long, short, help_heading = "Change")]
    yes: bool,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let hub = app.hub()?;
        let is_there = self.file.exists();
        let file = self.file.display();
        if is_there && !self.dry_run {
            app.ui
                .confirm(&format!("{file} is there already; replace it?"), self.yes)?;
        }
        let backup = Backup {
            dry_run: self.dry_run,
        };
        let copy = hub.export(&backup, &mut To(&self.file))?;
        if !self.dry_run {
            return Ok(Outcome::silent().note(format!("the store was copied to {file} and checked")));
        }
        let instead = if is_there {
            ", in place of the file that is there"
        } else {
            ""
        };
        Ok(Outcome::silent().note(format!(
            "dry run: nothing was written; {} bytes would be copied to {file}{instead}",
            copy.bytes
        )))
    }
}

/// Where the copy goes. Its folder is made, wherever the store is.
struct To<'a>(&'a Path);

impl Outlet for To<'_> {
    fn open(&mut self, _name: Option<&str>) -> Result<Drain> {
        if let Some(folder) = self.0.parent() {
            std::fs::create_dir_all(folder).at(folder)?;
        }
        Drain::file(self.0)
    }

    fn file(&self) -> Option<&Path> {
        Some(self.0)
    }
}
