//! `servhub import plan DIR|FILE... --out FILE`

use super::report::outcome;
use super::saved;
use super::watch::Recorder;
use crate::cli::args::{Changing, Show};
use crate::cli::{App, Command, Outcome};
use crate::error::codes;
use crate::hub::Mode;
use crate::hub::import::{Apply, Kind, Source, discover};
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
        if inputs.sources.iter().any(Source::is_stream) {
            let error =
                codes::BAD_VALUE.error("standard input cannot be read again when the plan is applied");
            return Err(error.hint("save it to a file first").into());
        }
        inputs.warnings.iter().for_each(|warning| app.ui.note(warning));
        let recorder = Recorder::new(&app.ui, self.results, true)?;
        let apply = Apply {
            sources: &inputs.sources,
            keep_going: self.keep_going,
            digest: true,
            expected: None,
            watch: &recorder,
        };
        let done = app.hub()?.carry_out(&apply, Mode::DryRun)?;
        let rows = recorder.finish()?;
        let report = &done.answer.report;
        let refused = report.total().refused > 0 && !self.keep_going;
        let style = self.show.style(&app.ui);
        let changing = Changing {
            dry_run: true,
            detailed_exitcode: self.detailed_exitcode,
            yes: false,
            reason: None,
            ticket: None,
        };
        let outcome = outcome(&done, self.keep_going, &changing, &style)?;
        match rows.filter(|_| !refused) {
            None => Ok(outcome),
            Some(rows) => {
                saved::write(&self.out, &inputs.sources, self.keep_going, report, rows)?;
                let path = self.out.display();
                Ok(outcome.note(format!(
                    "the plan is in {path}; `servhub import apply {path}` does it"
                )))
            }
        }
    }
}
