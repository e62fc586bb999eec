//! `servhub import DIR|FILE...`

use super::report::{outcome, show};
use super::watch::Recorder;
use crate::cli::args::{Changing, Show};
use crate::cli::{App, Command, Outcome};
use crate::error::codes;
use crate::hub::Mode;
use crate::hub::import::{Apply, Kind, discover};
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
        let asks = self.changing.mode() == Mode::Apply && !self.changing.yes;
        if asks && !app.ui.can_ask {
            app.ui.confirm("An import changes many rows.", false)?;
        }
        let inputs = discover(&self.paths, self.kind, &mut std::io::stdin().lock())?;
        inputs.warnings.iter().for_each(|warning| app.ui.note(warning));
        let mut hub = app.hub_for(&self.changing)?;
        let style = self.show.style(&app.ui);
        let recorder = Recorder::new(&app.ui, self.results.clone(), false)?;
        let apply = Apply {
            sources: &inputs.sources,
            keep_going: self.keep_going,
            digest: asks,
            expected: None,
            watch: &recorder,
        };
        if !asks {
            let done = hub.carry_out(&apply, self.changing.mode())?;
            recorder.finish()?;
            return outcome(&done, self.keep_going, &self.changing, &style);
        }
        let tried = hub.carry_out(&apply, Mode::DryRun)?;
        recorder.finish()?;
        let refused = tried.answer.report.total().refused > 0 && !self.keep_going;
        if refused || !tried.changed {
            return outcome(&tried, self.keep_going, &self.changing, &style);
        }
        show(&tried.answer.report, &style, &app.ui)?;
        app.ui.confirm("Apply this?", false)?;
        let progress = Recorder::new(&app.ui, None, false)?;
        let apply = Apply {
            sources: &inputs.sources,
            keep_going: self.keep_going,
            digest: true,
            expected: tried.answer.report.digest.as_deref(),
            watch: &progress,
        };
        let done = hub.carry_out(&apply, Mode::Apply)?;
        progress.finish()?;
        super::report::applied(&done, self.keep_going)
    }
}
