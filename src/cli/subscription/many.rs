//! What `create --from` and `set-quantity --from` have in common.

use crate::cli::args::Changing;
use crate::cli::{App, Exit, Outcome};
use crate::error::codes;
use crate::hub::Done;
use crate::hub::import::Verdict;
use crate::hub::subscription::RowOutcome;
use crate::output::{Listing, Style};

/// Asks before many are changed.
pub fn ask(app: &App, changing: &Changing, (verb, noun): (&str, &str), rows: usize) -> anyhow::Result<()> {
    if !changing.dry_run && rows > 1 {
        app.ui.confirm(&format!("{verb} {rows} {noun}?"), changing.yes)?;
    }
    Ok(())
}

/// What came of each row, and how it ended.
pub fn outcome(done: Done<Vec<RowOutcome>>, keep_going: bool, changing: &Changing, style: Style) -> Outcome {
    let refused = done
        .answer
        .iter()
        .filter(|row| row.outcome == Verdict::Refused)
        .count();
    let outcome = Outcome::listing(Listing::of(&done.answer).loud(), style);
    match (refused, keep_going) {
        (0, _) => outcome.changed(changing, done.changed),
        (_, false) => outcome
            .failed(codes::IMPORT_FAULTS.error(format!("{refused} rows are refused; nothing was changed"))),
        (_, true) => outcome
            .changed(changing, done.changed)
            .note(format!("{refused} rows were refused"))
            .exit(Exit::Partial),
    }
}
