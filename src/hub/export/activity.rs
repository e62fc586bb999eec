//! The activity report as an export: its rows are those of `servhub activity`, all of them.

use super::{Made, RowSink};
use crate::domain::Zone;
use crate::error::Result;
use crate::hub::activity::{Report, Row, Wanted};
use crate::hub::{Query, Reading};
use crate::output::{Column, Tabular, Value};
use crate::policy::needs::ReadActivity;
use std::cell::RefCell;

/// Name and version of the rows.
pub const SCHEMA: &str = Row::SCHEMA;
/// The columns.
pub const COLUMNS: &[Column] = Row::COLUMNS;

/// Exports the report.
#[derive(Debug)]
pub struct Activity<S> {
    /// The filters.
    pub wanted: Wanted,
    /// Where it goes.
    pub sink: RefCell<S>,
}

impl<S: RowSink> Query for Activity<S> {
    const NAME: &'static str = "export.activity";
    type Needs = ReadActivity;
    type Answer = Made;

    fn answer(&self, at: &Reading<'_, ReadActivity>) -> Result<Made> {
        let audit_head = at.audit_head()?;
        let report = Report {
            wanted: self.wanted.clone(),
            limit: None,
        };
        let shown = report.answer(at)?;
        let sink = &mut *self.sink.borrow_mut();
        for row in &shown.rows {
            let cells = row.cells();
            let values: Vec<Value<'_>> = cells.iter().map(Value::from).collect();
            sink.row(&values)?;
        }
        Ok(Made {
            rows: shown.rows.len() as u64,
            as_of: at.context().day_in(&Zone::utc()),
            audit_head,
        })
    }
}
