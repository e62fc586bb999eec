//! Reports as bytes: which form, and where they go.

use super::Made;
use crate::domain::{Day, Zone};
use crate::error::Result;
use crate::hub::{Outlet, Reading};
use crate::output::{About, Dialect, Drain, ReportFormat, Rows, Text, Written};
use crate::policy::Permission;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::cell::RefCell;

/// How a report is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Form {
    /// The format.
    #[serde(default = "csv")]
    pub output: ReportFormat,
    /// How CSV is written.
    #[serde(default = "rfc4180")]
    pub csv_dialect: Dialect,
}

const fn csv() -> ReportFormat {
    ReportFormat::Csv
}

const fn rfc4180() -> Dialect {
    Dialect::Rfc4180
}

impl Form {
    /// The text format, when it is one.
    pub fn text(self) -> Option<Text> {
        match self.output {
            ReportFormat::Csv => Some(Text::Csv(self.csv_dialect)),
            ReportFormat::Tsv => Some(Text::Tsv),
            ReportFormat::Json => Some(Text::Json),
            ReportFormat::Jsonl => Some(Text::Jsonl),
            ReportFormat::Xlsx | ReportFormat::Html => None,
        }
    }

    /// The dialect, where it matters.
    pub fn dialect_word(self) -> Option<&'static str> {
        (self.output == ReportFormat::Csv).then(|| self.csv_dialect.word())
    }

    fn rows(self, about: &About, as_of: Day, drain: Drain) -> Result<Rows> {
        match (self.text(), self.output) {
            (Some(text), _) => Ok(Rows::text(about, text, drain)),
            (None, ReportFormat::Xlsx) => Rows::book(about, as_of, drain),
            (None, _) => Ok(Rows::page(about, as_of, drain)),
        }
    }
}

/// What a report answers with, besides its bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Report {
    /// What was made.
    pub made: Made,
    /// What was written.
    pub written: Written,
}

/// Writes a listing while `ask` finds its rows.
pub(super) fn listing<P: Permission>(
    at: &Reading<'_, P>,
    to: &mut dyn Outlet,
    (about, form): (&About, Form),
    ask: impl FnOnce(RefCell<&mut Rows>) -> Result<Made>,
) -> Result<Report> {
    let as_of = at.context().day_in(&Zone::utc());
    let mut rows = form.rows(about, as_of, to.open(None)?)?;
    match ask(RefCell::new(&mut rows)) {
        Ok(made) => Ok(Report {
            made,
            written: rows.finish()?,
        }),
        Err(failure) => Err(rows.abandon(failure)),
    }
}
