//! Saved plans of files of rows that one verb takes: what `plan` saves, `apply` does, or nothing.

use super::args::{Changing, Show};
use super::import::saved::{self, Header, Input, Sort};
use super::{App, Outcome};
use crate::error::{Result, codes};
use crate::hub::foreseen::{self, Foreseen};
use crate::hub::import::Verdict;
use crate::hub::{Change, Done, Mode};
use crate::output::Style;
use std::path::{Path, PathBuf};

/// What is planned, and where the plan goes.
#[derive(Debug, clap::Args)]
pub struct RowsToPlan {
    /// The rows
    #[arg(value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub file: PathBuf,
    /// Where to save the plan
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub out: PathBuf,
    /// Exit with 6 when there is something to change
    #[arg(long, help_heading = "Change")]
    detailed_exitcode: bool,
    #[command(flatten)]
    pub show: Show,
}

/// The plan that is done.
#[derive(Debug, clap::Args)]
pub struct SavedPlan {
    /// A plan that was saved
    #[arg(value_name = "PLANFILE", value_hint = clap::ValueHint::FilePath)]
    pub plan: PathBuf,
    #[command(flatten)]
    pub changing: Changing,
    #[command(flatten)]
    pub show: Show,
}

/// A plan needs a file that can be read again when it is applied.
pub fn not_a_stream() -> crate::error::Error {
    codes::BAD_VALUE
        .error("standard input cannot be read again when the plan is applied")
        .hint("save it to a file first")
}

impl RowsToPlan {
    /// How a plan is tried.
    pub fn changing(&self) -> Changing {
        Changing::trying(self.detailed_exitcode)
    }

    /// Tries the rows and saves what would be done; nothing is saved when a row is refused that is not left out.
    ///
    /// # Errors
    /// As the file and the change.
    pub fn run<C, R: Foreseen>(
        &self,
        app: &App,
        (sort, keep_going): (&Sort, bool),
        read: impl FnOnce(&Path) -> Result<C>,
        tell: impl FnOnce(Done<Vec<R>>, &Changing, Style) -> Outcome,
    ) -> anyhow::Result<Outcome>
    where
        C: Change<Answer = Vec<R>>,
    {
        if self.file.as_os_str() == "-" {
            return Err(not_a_stream().into());
        }
        let input = Input::of(&self.file)?;
        let done = app.hub()?.carry_out(&read(&self.file)?, Mode::DryRun)?;
        let refused = done.answer.iter().any(|row| row.verdict() == Verdict::Refused);
        let saves = keep_going || !refused;
        if saves {
            let header = Header::new(sort, keep_going, (vec![input], foreseen::digest(&done.answer)?));
            saved::write(&self.out, &header, &mut changes(&done.answer)?.as_slice())?;
        }
        let outcome = tell(done, &self.changing(), self.show.style(&app.ui));
        let (path, noun) = (self.out.display(), sort.noun());
        Ok(match saves {
            true => outcome.note(format!(
                "the plan is in {path}; `servhub {noun} apply {path}` does it"
            )),
            false => outcome,
        })
    }
}

/// The rows that change something, one JSON object a line.
fn changes<R: Foreseen>(rows: &[R]) -> Result<Vec<u8>> {
    let mut lines = Vec::new();
    let changing = |row: &&R| matches!(row.verdict(), Verdict::Created | Verdict::Changed);
    for row in rows.iter().filter(changing) {
        serde_json::to_writer(&mut lines, row).map_err(|error| {
            codes::IO_FAILED
                .error("the plan could not be written")
                .because(error)
        })?;
        lines.push(b'\n');
    }
    Ok(lines)
}

impl SavedPlan {
    /// What the plan says before its rows.
    ///
    /// # Errors
    /// `E0302` when its file is another one by now, `E0304` when it is no plan of the noun.
    pub fn open(&self, noun: &str) -> Result<(Header, Sort)> {
        saved::open(&self.plan, noun)
    }

    /// Does exactly what the plan says, or refuses where the hub has changed meanwhile.
    ///
    /// # Errors
    /// `E0302` then.
    pub fn run<C, R: Foreseen>(
        &self,
        app: &App,
        header: &Header,
        read: impl FnOnce(&Path) -> Result<C>,
        tell: impl FnOnce(Done<Vec<R>>, &Changing, Style) -> Outcome,
    ) -> anyhow::Result<Outcome>
    where
        C: Change<Answer = Vec<R>>,
    {
        let [input] = header.inputs.as_slice() else {
            let path = self.plan.display();
            return Err(codes::BAD_PLAN
                .error(format!("{path}: a plan of rows is of one file"))
                .into());
        };
        let wish = read(&input.path)?;
        if !self.changing.dry_run {
            let question = format!("Apply the plan {}?", self.plan.display());
            app.ui.confirm(&question, self.changing.yes)?;
        }
        let done = app
            .hub_for(&self.changing)?
            .carry_out(&wish, self.changing.mode())?;
        let style = self.show.style(&app.ui);
        Ok(tell(done, &self.changing, style))
    }
}
