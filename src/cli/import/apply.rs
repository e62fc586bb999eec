//! `servhub import apply PLANFILE`

use super::report::outcome;
use super::saved;
use super::watch::Recorder;
use crate::cli::args::{Changing, Show};
use crate::cli::{App, Command, Outcome};
use crate::hub::Mode;
use crate::hub::import::Apply;
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
        let (header, sources) = saved::read(&self.plan)?;
        if self.changing.mode() == Mode::Apply {
            let question = format!("Apply the plan {}?", self.plan.display());
            app.ui.confirm(&question, self.changing.yes)?;
        }
        let recorder = Recorder::new(&app.ui, self.results, false)?;
        let apply = Apply {
            sources: &sources,
            keep_going: header.keep_going,
            digest: true,
            expected: Some(&header.digest),
            watch: &recorder,
        };
        let done = app
            .hub_for(&self.changing)?
            .carry_out(&apply, self.changing.mode())?;
        recorder.finish()?;
        outcome(
            &done,
            header.keep_going,
            &self.changing,
            &self.show.style(&app.ui),
        )
    }
}
