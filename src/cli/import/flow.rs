//! The three ways of applying rows: at once, as a saved plan, and from one. An import and a file of people
//! differ in the change itself only.

use super::report::{applied, outcome, show};
use super::saved;
use super::watch::Recorder;
use crate::cli::args::Changing;
use crate::cli::{App, Outcome};
use crate::error::Result;
use crate::hub::import::{Applied, Apply, Source, Watch};
use crate::hub::{Done, Hub, Mode};
use crate::output::Style;
use std::path::{Path, PathBuf};

/// Makes the change.
pub type CarryOut<'a> = &'a dyn Fn(&mut Hub, Apply, Mode, &dyn Watch) -> Result<Done<Applied>>;

/// What the ways have in common.
pub struct Flow<'a> {
    pub app: &'a App,
    pub keep_going: bool,
    /// Where the outcome of every row goes.
    pub results: Option<PathBuf>,
    pub changing: &'a Changing,
    pub style: Style,
    pub carry_out: CarryOut<'a>,
}

impl Flow<'_> {
    fn asks(&self) -> bool {
        self.changing.mode() == Mode::Apply && !self.changing.yes
    }

    fn rows(&self, sources: &[Source]) -> Apply {
        Apply {
            sources: sources.to_vec(),
            keep_going: self.keep_going,
            ..Apply::default()
        }
    }

    /// Refuses at once, before anything is read, where nobody can be asked (K-8).
    pub fn check_can_ask(&self, what: &str) -> anyhow::Result<()> {
        if self.asks() && !self.app.ui.can_ask {
            self.app.ui.confirm(what, false)?;
        }
        Ok(())
    }

    /// Applies rows: tries, shows and asks, unless that is not wanted. Answers what was applied as well.
    pub fn direct(self, sources: &[Source]) -> anyhow::Result<(Outcome, Option<Applied>)> {
        let mut hub = self.app.hub_for(self.changing)?;
        let asks = self.asks();
        let recorder = Recorder::new(&self.app.ui, self.results.clone(), false)?;
        let mode = if asks { Mode::DryRun } else { self.changing.mode() };
        let rows = Apply {
            digest: asks,
            ..self.rows(sources)
        };
        let tried = (self.carry_out)(&mut hub, rows, mode, &recorder)?;
        recorder.finish()?;
        let refused = tried.answer.report.total().refused > 0 && !self.keep_going;
        if !asks || refused || !tried.changed {
            let told = outcome(&tried, self.keep_going, self.changing, &self.style)?;
            let done = mode == Mode::Apply && tried.changed;
            return Ok((told, done.then_some(tried.answer)));
        }
        show(&tried.answer.report, &self.style, &self.app.ui)?;
        self.app.ui.confirm("Apply this?", false)?;
        let progress = Recorder::new(&self.app.ui, None, false)?;
        let rows = Apply {
            digest: true,
            expected: tried.answer.report.digest.clone(),
            ..self.rows(sources)
        };
        let done = (self.carry_out)(&mut hub, rows, Mode::Apply, &progress)?;
        progress.finish()?;
        let told = applied(&done, self.keep_going)?;
        Ok((told, done.changed.then_some(done.answer)))
    }

    /// Tries rows and saves what would be done.
    pub fn plan(self, sources: &[Source], sort: &saved::Sort, out: &Path) -> anyhow::Result<Outcome> {
        let recorder = Recorder::new(&self.app.ui, self.results.clone(), true)?;
        let rows = Apply {
            digest: true,
            ..self.rows(sources)
        };
        let done = (self.carry_out)(&mut self.app.hub()?, rows, Mode::DryRun, &recorder)?;
        let rows = recorder.finish()?;
        let report = &done.answer.report;
        let refused = report.total().refused > 0 && !self.keep_going;
        let outcome = outcome(&done, self.keep_going, self.changing, &self.style)?;
        match rows.filter(|_| !refused) {
            None => Ok(outcome),
            Some(rows) => {
                let inputs = sources
                    .iter()
                    .map(saved::Input::of_source)
                    .collect::<Result<_>>()?;
                let digest = report.digest.clone().unwrap_or_default();
                let header = saved::Header::new(sort, self.keep_going, (inputs, digest));
                let mut rows = rows.reopen()?;
                saved::write(out, &header.counting(&report.counts), &mut rows)?;
                let (path, noun) = (out.display(), sort.noun());
                Ok(outcome.note(format!(
                    "the plan is in {path}; `servhub {noun} apply {path}` does it"
                )))
            }
        }
    }

    /// Does exactly what a saved plan says.
    pub fn planned(
        self,
        plan: &Path,
        sources: &[Source],
        digest: &str,
    ) -> anyhow::Result<(Outcome, Option<Applied>)> {
        if self.changing.mode() == Mode::Apply {
            let question = format!("Apply the plan {}?", plan.display());
            self.app.ui.confirm(&question, self.changing.yes)?;
        }
        let recorder = Recorder::new(&self.app.ui, self.results.clone(), false)?;
        let rows = Apply {
            digest: true,
            expected: Some(digest.to_owned()),
            ..self.rows(sources)
        };
        let mode = self.changing.mode();
        let done = (self.carry_out)(&mut self.app.hub_for(self.changing)?, rows, mode, &recorder)?;
        recorder.finish()?;
        let told = outcome(&done, self.keep_going, self.changing, &self.style)?;
        let is_kept = mode == Mode::Apply && done.changed;
        Ok((told, is_kept.then_some(done.answer)))
    }
}
