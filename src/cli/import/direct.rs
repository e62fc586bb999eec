//! `servhub import DIR|FILE...`

use super::flow::Flow;
use crate::cli::args::{Changing, Show};
use crate::cli::{App, Command, Outcome};
use crate::error::codes;
use crate::hub::import::{Kind, discover};
use std::path::PathBuf;

/// What to import, and how.
#[derive(Debug, clap::Args)]
pub struct Direct {
    /// Folders with one file per kind, files, or - for standard input
    #[arg(value_name = "DIR|FILE", value_hint = clap::ValueHint::AnyPath)]
    paths: Vec<PathBuf>,
    /// What the rows are, for files whose name does not say it
    #[arg(long, value_enum, value_name = "KIND")]
    kind: Option<Kind>,
    /// Print the header and two example lines of a kind
    #[arg(long, value_enum, value_name = "KIND", conflicts_with_all = ["paths", "kind"])]
    template: Option<Kind>,
    /// Apply the good rows when others have faults
    #[arg(long)]
    keep_going: bool,
    /// Write what came of every row to this file, as CSV
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    results: Option<PathBuf>,
    #[command(flatten)]
    changing: Changing,
    #[command(flatten)]
    show: Show,
}

impl Command for Direct {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        if let Some(kind) = self.template {
            return Ok(Outcome::raw(kind.template().into_bytes()));
        }
        if self.paths.is_empty() {
            let error = codes::MISSING_OPTION.error("nothing says what to import");
            return Err(error
                .hint("name a folder or files; `servhub import --template KIND` shows their form")
                .into());
        }
        let flow = Flow {
            app,
            keep_going: self.keep_going,
            results: self.results,
            changing: &self.changing,
            style: self.show.style(&app.ui),
            carry_out: &|hub, rows, mode, watch| hub.carry_out_watched(&rows, mode, watch),
        };
        flow.check_can_ask("An import changes many rows.")?;
        let inputs = discover(&self.paths, self.kind, &mut std::io::stdin().lock())?;
        inputs.warnings.iter().for_each(|warning| app.ui.note(warning));
        Ok(flow.direct(&inputs.sources)?.0)
    }
}
