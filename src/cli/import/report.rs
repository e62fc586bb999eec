//! How an import is told.

use crate::cli::args::Changing;
use crate::cli::{Exit, Outcome};
use crate::error::{Error, codes};
use crate::hub::Done;
use crate::hub::import::{Applied, Counts, FAULTS_KEPT, Kind, Report, RowResult};
use crate::output::{Cell, Column, Format, Listing, Style, Tabular, col, render};
use crate::ui::Ui;

pub struct CountLine(Kind, Counts);

impl Tabular for CountLine {
    const SCHEMA: &'static str = "import.counts/1";
    const COLUMNS: &'static [Column] = &[
        col("kind"),
        col("created"),
        col("changed"),
        col("unchanged"),
        col("refused"),
    ];

    fn cells(&self) -> Vec<Cell> {
        let number = |n: u64| Cell::Number(i64::try_from(n).unwrap_or(i64::MAX));
        let counts = self.1;
        vec![
            self.0.word().into(),
            number(counts.created),
            number(counts.changed),
            number(counts.unchanged),
            number(counts.refused),
        ]
    }
}

impl Tabular for RowResult {
    const SCHEMA: &'static str = "import.rows/1";
    const COLUMNS: &'static [Column] = &[
        col("file"),
        col("line"),
        col("kind").quiet(),
        col("outcome"),
        col("key"),
        col("column"),
        col("reason"),
        col("fix"),
        col("code"),
    ];

    fn cells(&self) -> Vec<Cell> {
        vec![
            (&self.file).into(),
            i64::try_from(self.line).unwrap_or(i64::MAX).into(),
            self.kind.word().into(),
            self.outcome.word().into(),
            (&self.key).into(),
            self.column.as_ref().map_or(Cell::Empty, Cell::from),
            (&self.reason).into(),
            (&self.fix).into(),
            self.code.as_ref().map_or(Cell::Empty, Cell::from),
        ]
    }
}

/// The listings of a report: counts only in tables, because a document for programs has one shape.
fn listings(report: &Report, style: &Style) -> Vec<Listing> {
    let faults = !report.faults.is_empty();
    let rows = Listing::of(if faults { &report.faults } else { &report.rows });
    if style.format != Format::Table || style.jq.is_some() || !style.columns.is_empty() {
        return vec![rows];
    }
    let counts: Vec<CountLine> = report
        .counts
        .iter()
        .map(|(kind, counts)| CountLine(*kind, *counts))
        .collect();
    vec![Listing::of(&counts), rows]
}

/// Prints a report before asking.
pub(in crate::cli) fn show(report: &Report, style: &Style, ui: &Ui) -> anyhow::Result<()> {
    for listing in listings(report, style) {
        ui.answer(&render(listing, style)?)?;
    }
    notes(report).iter().for_each(|note| ui.note(note));
    Ok(())
}

fn notes(report: &Report) -> Vec<String> {
    let mut notes = report.notes.clone();
    let total = report.total();
    let cut = |kept: usize, all: u64, what: &str| {
        let more = all.saturating_sub(kept as u64);
        (more > 0).then(|| format!("{more} more rows {what}: --results FILE writes all of them"))
    };
    if report.faults.is_empty() {
        notes.extend(cut(report.rows.len(), total.changes(), "change"));
    } else {
        notes.extend(cut(
            FAULTS_KEPT.min(report.faults.len()),
            total.refused,
            "have faults",
        ));
    }
    notes
}

/// What came of an import or a dry run.
pub(in crate::cli) fn outcome(
    done: &Done<Applied>,
    keep_going: bool,
    changing: &Changing,
    style: &Style,
) -> anyhow::Result<Outcome> {
    let report = &done.answer.report;
    let mut outcome = Outcome::silent();
    for listing in listings(report, style) {
        outcome = outcome.also(listing, style.clone());
    }
    for note in notes(report) {
        outcome = outcome.note(note);
    }
    if let Some(error) = failure(report, keep_going) {
        return Ok(outcome.failing(error));
    }
    let total = report.total();
    let (created, changed) = (total.created, total.changed);
    Ok(match (done.changed, changing.dry_run) {
        (false, _) => outcome.note("nothing left to do"),
        (true, true) => {
            let outcome = outcome.note(format!(
                "{created} rows would be created and {changed} changed; nothing was changed"
            ));
            if changing.detailed_exitcode {
                outcome.exit(Exit::Pending)
            } else {
                outcome
            }
        }
        (true, false) => outcome.note(format!("{created} rows created, {changed} changed")),
    })
}

/// What came of an import whose plan was shown before.
pub(in crate::cli) fn applied(done: &Done<Applied>, keep_going: bool) -> anyhow::Result<Outcome> {
    let report = &done.answer.report;
    let total = report.total();
    let outcome = Outcome::silent().note(if done.changed {
        format!("{} rows created, {} changed", total.created, total.changed)
    } else {
        "nothing left to do".to_owned()
    });
    Ok(match failure(report, keep_going) {
        Some(error) => outcome.failing(error),
        None => outcome,
    })
}

fn failure(report: &Report, keep_going: bool) -> Option<Error> {
    let total = report.total();
    let refused = match total.refused {
        0 => return None,
        1 => "1 fault was found".to_owned(),
        many => format!("{many} faults were found"),
    };
    Some(if keep_going {
        codes::IMPORT_PARTIAL
            .error(format!("{refused}; the rows without one are done"))
            .hint("mend the rows above and apply them again")
    } else {
        codes::IMPORT_FAULTS
            .error(format!("{refused}; nothing was changed"))
            .hint("mend the rows above and try again, or apply the good ones with --keep-going")
    })
}
