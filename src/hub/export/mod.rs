//! The exports: proof of delivery, education, requests, and everything as an import folder. They hand their
//! rows on as they find them, so that their memory does not grow with the store.

pub mod activity;
mod cases;
mod columns;
pub mod cpod;
pub mod education;
pub mod folder;
pub mod form;
pub mod manifest;
pub mod requests;
mod targets;
pub mod users;

use super::Reading;
use crate::domain::Day;
use crate::error::Result;
use crate::policy::Permission;
use crate::store::Named;
use crate::store::export::Scope;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a report covers, as the caller named it; an empty list means all.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Selection {
    /// Customers by name or id.
    pub customers: Vec<String>,
    /// Contracts by number.
    pub contracts: Vec<String>,
    /// Workspaces by name or id.
    pub workspaces: Vec<String>,
}

impl Selection {
    /// Looks the names up.
    ///
    /// # Errors
    /// `E0110` or `E0111` for the first that names nothing or several things.
    pub(crate) fn resolve<P: Permission>(&self, at: &Reading<'_, P>) -> Result<Scope> {
        let keys = |what: Named, names: &[String]| -> Result<Vec<i64>> {
            let mut ids: Vec<i64> = names
                .iter()
                .map(|name| at.find(what, name))
                .collect::<Result<_>>()?;
            ids.sort_unstable();
            ids.dedup();
            Ok(ids)
        };
        Ok(Scope {
            customers: keys(Named::Customer, &self.customers)?,
            contracts: keys(Named::Contract, &self.contracts)?,
            workspaces: keys(Named::Workspace, &self.workspaces)?,
        })
    }
}

/// Receives the rows of a listing.
pub trait RowSink {
    /// The next row.
    ///
    /// # Errors
    /// Whatever stops the report.
    fn row(&mut self, values: &[crate::output::Value<'_>]) -> Result<()>;
}

impl<S: RowSink> RowSink for &mut S {
    fn row(&mut self, values: &[crate::output::Value<'_>]) -> Result<()> {
        (**self).row(values)
    }
}

impl RowSink for crate::output::Rows {
    fn row(&mut self, values: &[crate::output::Value<'_>]) -> Result<()> {
        self.write(values)
    }
}

/// What every export answers with, besides the rows that went to its sink.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Made {
    /// How many rows.
    pub rows: u64,
    /// The day the report is as of; without `--as-of` the day it is now in UTC.
    pub as_of: Day,
    /// Id and hash of the newest audit record: which state of the store was reported.
    pub audit_head: (i64, Vec<u8>),
}
