//! What came of each row.

use super::kind::Kind;
use super::lines::hex;
use crate::domain::words::words;
use crate::error::{Error, Result};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::borrow::Cow;

/// So many faults are kept with their text; the rest are counted.
pub const FAULTS_KEPT: usize = 1000;
/// So many rows that change something are kept for showing.
pub const ROWS_KEPT: usize = 50;

words! {
    /// What came of a row.
    Verdict, "outcome" {
        /// It made something new.
        Created = "created",
        /// It changed what was there.
        Changed = "changed",
        /// It says what is there already.
        Unchanged = "unchanged",
        /// It has a fault.
        Refused = "refused",
    }
}

/// What is wrong with a row, where, and what to do (K-17).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// The column, when one is to blame.
    pub column: Option<&'static str>,
    /// What is wrong.
    pub what: String,
    /// What to do.
    pub fix: String,
    /// The code that `servhub explain` knows more about.
    pub code: &'static str,
}

impl Fault {
    /// A fault with a registered code.
    pub fn of(column: Option<&'static str>, error: &Error) -> Self {
        Self {
            column,
            what: error.message.clone(),
            fix: error.hints.join("; "),
            code: error.code.id,
        }
    }
}

/// Why a row was not taken: its own fault, or one that ends the whole import.
#[derive(Debug)]
pub(super) enum Stop {
    Fault(Fault),
    Hard(Error),
}

impl From<Fault> for Stop {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Self::Hard(error)
    }
}

/// What came of one row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RowResult {
    /// The input's name.
    pub file: String,
    /// Line on which the row begins, from 1.
    pub line: u64,
    /// Its kind.
    pub kind: Kind,
    /// What came of it.
    pub outcome: Verdict,
    /// What the row is about.
    pub key: String,
    /// The column to blame, when it was refused.
    pub column: Option<Cow<'static, str>>,
    /// Why.
    pub reason: String,
    /// What to do, when it was refused.
    pub fix: String,
    /// The code of the fault.
    pub code: Option<Cow<'static, str>>,
}

/// How many rows of a kind came to what.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Counts {
    /// New.
    pub created: u64,
    /// Changed.
    pub changed: u64,
    /// As they were.
    pub unchanged: u64,
    /// Refused.
    pub refused: u64,
}

impl Counts {
    fn add(&mut self, verdict: Verdict, rows: u64) {
        match verdict {
            Verdict::Created => self.created += rows,
            Verdict::Changed => self.changed += rows,
            Verdict::Unchanged => self.unchanged += rows,
            Verdict::Refused => self.refused += rows,
        }
    }

    /// Rows that would change the store.
    pub fn changes(&self) -> u64 {
        self.created + self.changed
    }
}

/// Watches an import row by row; the command line writes result files and draws progress with it.
pub trait Watch: Sync {
    /// Whether [`Watch::row`] wants to be called for every row, the unchanged ones as well.
    fn wants_rows(&self) -> bool;
    /// A row was judged.
    ///
    /// # Errors
    /// Ends the import; nothing is changed then.
    fn row(&self, row: &RowResult) -> Result<()>;
    /// So many bytes of an input were read.
    fn progress(&self, name: &str, read: u64, length: u64);
}

/// Watches nothing.
#[derive(Debug, Clone, Copy)]
pub struct Unwatched;

impl Watch for Unwatched {
    fn wants_rows(&self) -> bool {
        false
    }
    fn row(&self, _: &RowResult) -> Result<()> {
        Ok(())
    }
    fn progress(&self, _: &str, _: u64, _: u64) {}
}

/// Everything an import answers with.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Report {
    /// Counts by kind, in the order of application; only kinds that came up.
    pub counts: Vec<(Kind, Counts)>,
    /// The first rows that change something.
    pub rows: Vec<RowResult>,
    /// The first faults.
    pub faults: Vec<RowResult>,
    /// Columns that are not known, contracts that were activated, and the like.
    pub notes: Vec<String>,
    /// Hash over every row's outcome; only made for plans.
    pub digest: Option<String>,
}

impl Report {
    /// All kinds together.
    pub fn total(&self) -> Counts {
        self.counts
            .iter()
            .fold(Counts::default(), |sum, (_, more)| Counts {
                created: sum.created + more.created,
                changed: sum.changed + more.changed,
                unchanged: sum.unchanged + more.unchanged,
                refused: sum.refused + more.refused,
            })
    }
}

/// Takes the rows' outcomes in, in bounded memory.
pub(super) struct Tally<'a> {
    watch: &'a dyn Watch,
    digest: Option<Sha256>,
    pub report: Report,
}

/// The state of a tally at a moment.
pub(super) struct Snapshot {
    digest: Option<Sha256>,
    counts: Vec<(Kind, Counts)>,
    rows: usize,
}

impl std::fmt::Debug for Tally<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.report.fmt(f)
    }
}

impl<'a> Tally<'a> {
    pub fn new(watch: &'a dyn Watch, digest: bool) -> Self {
        Self {
            watch,
            digest: digest.then(Sha256::new),
            report: Report::default(),
        }
    }

    pub fn watch(&self) -> &'a dyn Watch {
        self.watch
    }

    /// Whether every row must be told one by one.
    pub fn is_detailed(&self) -> bool {
        self.digest.is_some() || self.watch.wants_rows()
    }

    /// Whether rows that make something new are still to be told one by one.
    pub fn wants_new(&self) -> bool {
        self.digest.is_some() || self.has_room()
    }

    /// Whether the first changes are still to be kept.
    pub fn has_room(&self) -> bool {
        self.report.rows.len() < ROWS_KEPT
    }

    pub fn counts(&mut self, kind: Kind) -> &mut Counts {
        let found = self.report.counts.iter().position(|(k, _)| *k == kind);
        let place = found.unwrap_or_else(|| {
            self.report.counts.push((kind, Counts::default()));
            self.report.counts.len() - 1
        });
        &mut self.report.counts[place].1
    }

    /// Counts rows that nobody wants to see one by one.
    pub fn bulk(&mut self, kind: Kind, verdict: Verdict, rows: u64) {
        self.counts(kind).add(verdict, rows);
    }

    pub fn row(&mut self, row: RowResult) -> Result<()> {
        self.counts(row.kind).add(row.outcome, 1);
        if let Some(digest) = &mut self.digest {
            let parts = [row.kind.word(), row.outcome.word(), &row.key, &row.reason];
            digest.update(row.line.to_be_bytes());
            for part in parts {
                digest.update((part.len() as u64).to_be_bytes());
                digest.update(part.as_bytes());
            }
        }
        if self.watch.wants_rows() {
            self.watch.row(&row)?;
        }
        match row.outcome {
            Verdict::Refused if self.report.faults.len() < FAULTS_KEPT => self.report.faults.push(row),
            Verdict::Created | Verdict::Changed if self.has_room() => self.report.rows.push(row),
            _ => {}
        }
        Ok(())
    }

    /// What must be put back when rows that were told are judged again.
    pub fn snapshot(&self) -> Snapshot {
        Snapshot {
            digest: self.digest.clone(),
            counts: self.report.counts.clone(),
            rows: self.report.rows.len(),
        }
    }

    /// Forgets the rows told since.
    pub fn go_back(&mut self, to: Snapshot) {
        self.digest = to.digest;
        self.report.counts = to.counts;
        self.report.rows.truncate(to.rows);
    }

    pub fn note(&mut self, note: String) {
        if !self.report.notes.contains(&note) && self.report.notes.len() < FAULTS_KEPT {
            self.report.notes.push(note);
        }
    }

    pub fn finish(mut self) -> Report {
        self.report.digest = self.digest.take().map(|mut digest| {
            digest.update(self.report.notes.join("\n"));
            hex(&digest.finalize())
        });
        self.report.counts.sort_by_key(|(kind, _)| *kind);
        self.report
            .faults
            .sort_by(|a, b| (a.kind, &a.file, a.line).cmp(&(b.kind, &b.file, b.line)));
        self.report
    }
}
