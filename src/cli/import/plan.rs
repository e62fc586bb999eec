//! `servhub import plan DIR|FILE... --out FILE`

use super::flow::Flow;
use crate::cli::args::{Changing, Show};
use crate::cli::row_plan::not_a_stream;
use crate::cli::{App, Command, Outcome};
use crate::hub::import::{Kind, discover};
use std::path::PathBuf;

/// Check everything and save what would be done
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Folders with one file per kind, or files
    #[arg(value_name = "DIR|FILE", required = true, value_hint = clap::ValueHint::AnyPath)]
    paths: Vec<PathBuf>,
    /// Where to save the plan
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    out: PathBuf,
    /// What the rows are, for files whose name does not say it
    #[arg(long, value_enum, value_name = "KIND")]
    kind: Option<Kind>,
    /// Plan the good rows when others have faults
    #[arg(long)]
    keep_going: bool,
    /// Write what would come of every row to this file, as CSV
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    results: Option<PathBuf>,
    /// Exit with 6 when there is something to change
    #[arg(long, help_heading = "Change")]
    detailed_exitcode: bool,
    #[command(flatten)]
    show: Show,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let inputs = discover(&self.paths, self.kind, &mut std::io::empty())?;
        if inputs.sources.iter().any(|source| source.stream) {
            return Err(not_a_stream().into());
        }
        inputs.warnings.iter().for_each(|warning| app.ui.note(warning));
        let changing = Changing::trying(self.detailed_exitcode);
        let flow = Flow {
            app,
            keep_going: self.keep_going,
            results: self.results,
            changing: &changing,
            style: self.show.style(&app.ui),
            carry_out: &|hub, rows, mode, watch| hub.carry_out_watched(&rows, mode, watch),
        };
        flow.plan(&inputs.sources, &super::saved::Sort::Import, &self.out)
    }
}
