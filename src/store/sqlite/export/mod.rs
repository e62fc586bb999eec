//! Scans for the exports: rows are lent as the engine holds them, nothing is collected.

mod annex;
mod delivery;
mod folder;
mod holder;
mod line;
mod partner;
mod reference;

pub use annex::{AssessmentLine, CaseLine, ContactLine, LearningLine};
pub use delivery::LedgerRow;
pub use folder::{Cells, Sheet};
pub use holder::HolderLine;
pub use line::LineRow;
pub use reference::{CaseRow, Detail, EngagementRow};

use crate::error::Result;
use crate::store::engine::Row;

/// What a report covers, by keys; an empty list means all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scope {
    /// Customers.
    pub customers: Vec<i64>,
    /// Contracts.
    pub contracts: Vec<i64>,
    /// Workspaces.
    pub workspaces: Vec<i64>,
}

impl Scope {
    /// Whether it covers everything.
    pub fn is_all(&self) -> bool {
        self.customers.is_empty() && self.contracts.is_empty() && self.workspaces.is_empty()
    }

    /// Whether deliveries to this workspace are covered.
    pub fn covers_workspace(&self, id: i64) -> bool {
        self.workspaces.is_empty() || self.workspaces.contains(&id)
    }

    /// Conditions on the customer, contract and workspace columns. The keys are numbers of our own making.
    fn conditions(&self, customer: &str, contract: &str, workspace: &str) -> String {
        let parts = [
            (&self.customers, customer),
            (&self.contracts, contract),
            (&self.workspaces, workspace),
        ];
        let narrowed = parts.into_iter().filter(|(ids, _)| !ids.is_empty());
        let each = narrowed.map(|(ids, column)| format!("{column} IN ({})", list(ids)));
        let all: Vec<String> = std::iter::once("true".to_owned()).chain(each).collect();
        all.join(" AND ")
    }
}

fn list(ids: &[i64]) -> String {
    let ids: Vec<String> = ids.iter().map(i64::to_string).collect();
    ids.join(",")
}

/// A text as it lies in the row; empty when there is none.
fn text<'a>(row: &'a Row<'_>, column: usize) -> Result<&'a str> {
    let value = row.get_ref(column)?.as_str_or_null();
    Ok(value.map_err(rusqlite::Error::from)?.unwrap_or_default())
}

/// The bytes of a text, not looked at; empty when there is none.
fn bytes<'a>(row: &'a Row<'_>, column: usize) -> Result<&'a [u8]> {
    let value = row.get_ref(column)?.as_bytes_or_null();
    Ok(value.map_err(rusqlite::Error::from)?.unwrap_or_default())
}
