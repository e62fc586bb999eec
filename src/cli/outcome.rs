//! What a command hands back: the answer, some notices, and how it ended.

use super::args::Changing;
use crate::error::{Error, Kind, codes};
use crate::output::{Listing, Style, render};
use crate::ui::{ColorWish, Ui, exit_code};
use clap::error::ErrorKind;
use std::process::ExitCode;

/// How a command that did not fail ended (K-10).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Done, or nothing left to do.
    Done,
    /// Changes are pending, and `--detailed-exitcode` asked to say so.
    Pending,
    /// Some rows failed, the rest are done.
    Partial,
    /// A check found something wrong, which the answer itself tells.
    Failed,
}

impl Exit {
    /// The number for the shell.
    pub const fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Pending => 6,
            Self::Partial => exit_code(Kind::Partial),
            Self::Failed => exit_code(Kind::Failed),
        }
    }
}

/// The one value that a command answers with.
#[derive(Debug)]
pub struct Outcome {
    answer: Vec<(Listing, Style)>,
    raw: Vec<u8>,
    notes: Vec<String>,
    exit: Exit,
    failure: Option<Error>,
}

impl Outcome {
    /// Nothing on standard output.
    pub fn silent() -> Self {
        Self {
            answer: Vec::new(),
            raw: Vec::new(),
            notes: Vec::new(),
            exit: Exit::Done,
            failure: None,
        }
    }

    /// A listing; when it was cut, a notice says so and how to get the rest (K-7).
    pub fn listing(listing: Listing, style: Style) -> Self {
        let shown = listing.rows.len();
        let note = listing.cut.as_ref().map(|cut| {
            let total = cut.total.map_or(String::new(), |total| format!(" of {total}"));
            format!(
                "{shown}{total} rows shown; the rest: --all, or --page-token {}",
                cut.next
            )
        });
        let empty = (shown == 0).then(|| "nothing to show".to_owned());
        let notes = note.into_iter().chain(empty).collect();
        Self {
            answer: vec![(listing, style)],
            notes,
            ..Self::silent()
        }
    }

    /// Bytes as they are.
    pub fn raw(bytes: Vec<u8>) -> Self {
        Self {
            raw: bytes,
            ..Self::silent()
        }
    }

    /// Adds a notice on standard error.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// Says how a change ended: done, nothing left to do, or (in a dry run) pending (K-8, K-10).
    #[must_use]
    pub fn changed(self, changing: &Changing, changed: bool) -> Self {
        match (changing.dry_run, changed) {
            (_, false) => self.note("nothing left to do"),
            (false, true) => self.note("done"),
            (true, true) => {
                let exit = if changing.detailed_exitcode {
                    Exit::Pending
                } else {
                    Exit::Done
                };
                self.note("dry run: nothing was changed; this is what would be")
                    .exit(exit)
            }
        }
    }

    /// Adds a further listing.
    #[must_use]
    pub fn also(mut self, listing: Listing, style: Style) -> Self {
        self.answer.push((listing, style));
        self
    }

    /// Ends with a failure that the answer explains: it is told after the answer.
    #[must_use]
    pub fn failing(self, failure: Error) -> Self {
        Self {
            failure: Some(failure),
            ..self
        }
    }

    /// Ends in another way than "done".
    #[must_use]
    pub fn exit(self, exit: Exit) -> Self {
        Self { exit, ..self }
    }

    /// Ends as a failure, after the answer was printed.
    #[must_use]
    pub fn failed(self, failure: Error) -> Self {
        Self {
            failure: Some(failure),
            ..self
        }
    }

    /// Prints everything.
    ///
    /// # Errors
    /// An unknown column, a jq program that fails, standard output that cannot be written, or the failure that
    /// the outcome holds.
    pub fn deliver(self, ui: &Ui) -> anyhow::Result<Exit> {
        for (listing, style) in self.answer {
            ui.answer(&render(listing, &style)?)?;
        }
        ui.answer(&self.raw)?;
        for note in &self.notes {
            ui.note(note);
        }
        match self.failure {
            Some(failure) => Err(failure.into()),
            None => Ok(self.exit),
        }
    }
}

/// Help and version go to standard output with 0, wrong usage to standard error with 2.
pub fn usage(error: &clap::Error) -> ExitCode {
    // A closed pipe while printing help is no failure.
    let _ = error.print();
    if !error.use_stderr() {
        return ExitCode::SUCCESS;
    }
    if error.kind() != ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        let more = format!("  more: servhub explain {}", codes::WRONG_USAGE.id);
        Ui::new(ColorWish::Never, false).note(&more);
    }
    ExitCode::from(exit_code(Kind::Usage))
}
