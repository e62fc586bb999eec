//! Imports of one kind of row under the noun that they are about, such as `servhub sla import`.

use super::flow::Flow;
use crate::cli::args::{Changing, Show};
use crate::cli::{App, Outcome};
use crate::error::codes;
use crate::hub::import::{Kind, discover};
use std::path::PathBuf;

/// What to import, and how.
#[derive(Debug, clap::Args)]
pub struct OfKind {
    /// A file, CSV or JSON Lines, or - for standard input
    #[arg(value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    file: Option<PathBuf>,
    /// Print the header and two example lines
    #[arg(long, conflicts_with = "file")]
    template: bool,
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

impl OfKind {
    /// Does what `servhub import --kind KIND FILE` does.
    pub fn run(self, app: &App, kind: Kind) -> anyhow::Result<Outcome> {
        if self.template {
            return Ok(Outcome::raw(kind.template().into_bytes()));
        }
        let Some(file) = self.file else {
            let error = codes::MISSING_OPTION.error("nothing says what to import");
            return Err(error
                .hint("name a file, or - for standard input; --template shows its form")
                .into());
        };
        let flow = Flow {
            app,
            keep_going: self.keep_going,
            results: self.results,
            changing: &self.changing,
            style: self.show.style(&app.ui),
            carry_out: &|hub, rows, mode, watch| hub.carry_out_watched(&rows, mode, watch),
        };
        flow.check_can_ask("An import changes many rows.")?;
        let inputs = discover(&[file], Some(kind), &mut std::io::stdin().lock())?;
        inputs.warnings.iter().for_each(|warning| app.ui.note(warning));
        Ok(flow.direct(&inputs.sources)?.0)
    }
}
