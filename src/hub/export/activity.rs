//! The activity report as an export: its rows are those of `servhub activity`, all of them.

use super::form::{self, Form, Report};
use super::{Made, RowSink};
use crate::domain::Zone;
use crate::error::Result;
use crate::hub::activity::{self, Row, Wanted};
use crate::hub::{Export, Outlet, Query, Reading, Route};
use crate::output::{About, Column, Tabular, Value};
use crate::policy::needs::ReadActivity;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
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
    const ROUTE: Route = Route::get("/exports/activity");
    type Needs = ReadActivity;
    type Answer = Made;

    fn answer(&self, at: &Reading<'_, ReadActivity>) -> Result<Made> {
        let audit_head = at.audit_head()?;
        let report = activity::Report {
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

/// The same as a report.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct ActivityFile {
    /// The filters.
    #[serde(flatten)]
    pub wanted: Wanted,
    /// How it is written.
    #[serde(flatten)]
    pub form: Form,
}

impl Export for ActivityFile {
    const NAME: &'static str = Activity::<crate::output::Rows>::NAME;
    const ROUTE: Route = Activity::<crate::output::Rows>::ROUTE;
    type Needs = ReadActivity;
    type Answer = Report;

    fn write(&self, at: &Reading<'_, ReadActivity>, to: &mut dyn Outlet) -> Result<Report> {
        let about = About {
            schema: SCHEMA,
            title: "Activity",
            columns: COLUMNS,
        };
        form::listing(at, to, (&about, self.form), |sink| {
            let wanted = self.wanted.clone();
            Activity { wanted, sink }.answer(at)
        })
    }
}
