//! `servhub export folder`

use crate::cli::{App, Command, Outcome, outlet};
use crate::error::{AtPath, codes};
use crate::hub::export::folder::Folder;
use std::path::{Path, PathBuf};

/// Everything as an import folder, one CSV file for each kind
///
/// `servhub import` fills another store with it. What support contacts, learning and assessments consume is
/// not written: the import counts it again. A draw from several packages is written as its parts.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The folder to make; it appears whole or not at all
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        check_free(&self.folder)?;
        let hub = app.hub()?;
        let above = self
            .folder
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty());
        let above = above.unwrap_or_else(|| Path::new("."));
        let part = tempfile::Builder::new()
            .prefix(".servhub-")
            .suffix(".part")
            .tempdir_in(above)
            .at(above)?;
        let counts = hub.export(&Folder {}, &mut outlet::Folder(part.path().to_owned()))?;
        appear(part, &self.folder)?;
        let files = counts
            .rows
            .iter()
            .map(|(kind, rows)| format!("{} {rows}", kind.word()));
        let told = files.collect::<Vec<_>>().join(", ");
        let outcome = Outcome::silent().note(format!("{}: {told}", self.folder.display()));
        Ok(match counts.left_out {
            0 => outcome,
            number => outcome.note(format!(
                "{number} corrections were left out: they reverse what an import counts by itself"
            )),
        })
    }
}

/// An empty folder may be there, but nothing that would be mixed up or lost.
fn check_free(folder: &Path) -> anyhow::Result<()> {
    if !folder.exists() {
        return Ok(());
    }
    let empty = std::fs::read_dir(folder).at(folder)?.next().is_none();
    if empty {
        return Ok(());
    }
    let error = codes::FOLDER_IN_USE.error(format!("{} is there and not empty", folder.display()));
    Err(error.hint("name a folder that is not there yet").into())
}

fn appear(part: tempfile::TempDir, folder: &Path) -> anyhow::Result<()> {
    if folder.exists() {
        std::fs::remove_dir(folder).at(folder)?;
    }
    std::fs::rename(part.path(), folder).at(folder)?;
    // It has its name now; there is nothing left to remove.
    let _ = part.keep();
    #[cfg(unix)]
    std::fs::set_permissions(folder, std::os::unix::fs::PermissionsExt::from_mode(0o755)).at(folder)?;
    Ok(())
}
