//! `servhub demo`

use super::activity;
use super::{App, Command, Outcome};
use crate::demo::{Scale, write_folder};
use crate::error::{AtPath, codes};
use crate::hub::Mode;
use crate::hub::demo::Fill;
use crate::hub::import::discover;
use std::path::{Path, PathBuf};

/// Fill an empty store with a believable provider and its customers, and show their report
#[derive(Debug, clap::Args)]
#[group(id = "demo")]
pub struct Args {
    /// Write the data as an import folder instead of filling the store
    #[arg(long, value_name = "DIR", value_hint = clap::ValueHint::DirPath)]
    write: Option<PathBuf>,
    /// The same seed makes the same data
    #[arg(long, default_value_t = 1, value_name = "NUMBER")]
    seed: u64,
    /// How many times larger than two customers
    #[arg(long, default_value_t = 1, value_name = "TIMES", value_parser = clap::value_parser!(u32).range(1..=10_000))]
    factor: u32,
    #[command(flatten)]
    report: activity::Args,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let scale = Scale {
            seed: self.seed,
            factor: self.factor,
        };
        if let Some(folder) = &self.write {
            return write(folder, &scale);
        }
        let folder = tempfile::tempdir()?;
        write_folder(folder.path(), &scale).at(folder.path())?;
        let inputs = discover(&[folder.path().to_owned()], None, &mut std::io::empty())?;
        let filled = app.hub()?.carry_out(
            &Fill {
                sources: inputs.sources,
            },
            Mode::Apply,
        )?;
        app.ui.note(&match filled.answer {
            None => "this store holds a demonstration already; nothing was changed".to_owned(),
            Some(applied) => format!(
                "{} rows of demonstration data were imported",
                applied.report.total().created
            ),
        });
        let outcome = self.report.run(app)?;
        let next = "next: servhub entitlements explain E0001-0201 · servhub activity other-cases · servhub user list --all-workspaces · servhub export cpod -o html --out proof.html";
        Ok(outcome.note(next))
    }
}

/// Writes the folder; files of the same names are replaced only in a folder that a demonstration made.
fn write(folder: &Path, scale: &Scale) -> anyhow::Result<Outcome> {
    let strangers = std::fs::read_dir(folder).map(|entries| {
        entries
            .flatten()
            .any(|entry| entry.path().extension().is_none_or(|ending| ending != "csv"))
    });
    if strangers.unwrap_or(false) {
        let error = codes::STORE_NOT_EMPTY.error(format!("{} holds other files", folder.display()));
        return Err(error.hint("name a new or empty folder").into());
    }
    let written = write_folder(folder, scale).at(folder)?;
    let note = format!(
        "{} rows in {} files are in {}",
        written.total(),
        written.files.len(),
        folder.display()
    );
    Ok(Outcome::silent().note(note))
}
