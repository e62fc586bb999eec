//! `servhub man`

use super::{App, Command, Outcome};
use crate::error::{AtPath, codes};
use std::path::{Path, PathBuf};

/// Print the manual page, or write the pages of all commands to a folder
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Write servhub.1 and a page for each command into this folder
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,
}

impl Command for Args {
    fn run(self, _: &App) -> anyhow::Result<Outcome> {
        let Some(dir) = self.dir else {
            let mut page = Vec::new();
            clap_mangen::Man::new(super::command()).render(&mut page)?;
            return Ok(Outcome::raw(page));
        };
        let count = write_all(&dir)?;
        Ok(Outcome::silent().note(format!("{count} pages written to {}", dir.display())))
    }
}

fn write_all(dir: &Path) -> crate::error::Result<usize> {
    std::fs::create_dir_all(dir).at(dir)?;
    clap_mangen::generate_to(super::command(), dir).map_err(|error| {
        codes::IO_FAILED
            .error(format!("{}: {error}", dir.display()))
            .because(error)
    })?;
    let page = |entry: &std::fs::DirEntry| entry.path().extension().is_some_and(|end| end == "1");
    let entries = std::fs::read_dir(dir).at(dir)?.filter_map(Result::ok);
    Ok(entries.filter(page).count())
}
