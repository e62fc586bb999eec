//! `servhub import apply PLANFILE`

use super::flow::Flow;
use super::saved;
use crate::cli::args::{Changing, Show};
use crate::cli::{App, Command, Outcome};
use std::path::PathBuf;

/// Do exactly what a saved plan says
#[derive(Debug, clap::Args)]
pub struct Args {
    /// A file that `servhub import plan` wrote
    #[arg(value_name = "PLANFILE", value_hint = clap::ValueHint::FilePath)]
    plan: PathBuf,
    /// Write what came of every row to this file, as CSV
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    results: Option<PathBuf>,
    #[command(flatten)]
    changing: Changing,
    #[command(flatten)]
    show: Show,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let (header, sources) = saved::read(&self.plan, "import")?;
        let flow = Flow {
            app,
            keep_going: header.keep_going,
            results: self.results,
            changing: &self.changing,
            style: self.show.style(&app.ui),
            carry_out: &|hub, rows, mode, watch| hub.carry_out_watched(&rows, mode, watch),
        };
        Ok(flow.planned(&self.plan, &sources, &header.digest)?.0)
    }
}
