//! On-demand education: every learning activity of the people of the workspaces (K-14, D-1).

use super::columns::{LEARNING, learning};
use super::form::{self, Form, Report};
use super::{Made, RowSink, Selection};
use crate::domain::Zone;
use crate::error::Result;
use crate::hub::{Export, Outlet, Query, Reading, Route};
use crate::output::{About, Column};
use crate::policy::needs::ExportEducation;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::cell::RefCell;

/// Name and version of the rows.
pub const SCHEMA: &str = "export.education/1";
/// The columns, in the order of K-14.
pub const COLUMNS: &[Column] = LEARNING;

/// Lists learning activities by customer, workspace, learner, day and title. An activity that began after
/// the day asked about is left out; one that was completed after it counts as started.
#[derive(Debug)]
pub struct Education<S> {
    /// What it covers.
    pub selection: Selection,
    /// Where it goes.
    pub sink: RefCell<S>,
}

impl<S: RowSink> Query for Education<S> {
    const NAME: &'static str = "export.education";
    const ROUTE: Route = Route::get("/exports/education");
    type Needs = ExportEducation;
    type Answer = Made;

    fn answer(&self, at: &Reading<'_, ExportEducation>) -> Result<Made> {
        let audit_head = at.audit_head()?;
        let scope = self.selection.resolve(at)?;
        let as_of = at.context().day_in(&Zone::utc());
        let sink = &mut *self.sink.borrow_mut();
        let mut rows = 0;
        at.each_learning(&scope, |row| match row.as_of(as_of) {
            Some(row) => {
                rows += 1;
                sink.row(&learning(&row))
            }
            None => Ok(()),
        })?;
        Ok(Made {
            rows,
            as_of,
            audit_head,
        })
    }
}

/// The same as a report.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct EducationFile {
    /// What it covers.
    #[serde(flatten)]
    pub selection: Selection,
    /// How it is written.
    #[serde(flatten)]
    pub form: Form,
}

impl Export for EducationFile {
    const NAME: &'static str = Education::<crate::output::Rows>::NAME;
    const ROUTE: Route = Education::<crate::output::Rows>::ROUTE;
    type Needs = ExportEducation;
    type Answer = Report;

    fn write(&self, at: &Reading<'_, ExportEducation>, to: &mut dyn Outlet) -> Result<Report> {
        let about = About {
            schema: SCHEMA,
            title: "Education",
            columns: COLUMNS,
        };
        form::listing(at, to, (&about, self.form), |sink| {
            let selection = self.selection.clone();
            Education { selection, sink }.answer(at)
        })
    }
}
