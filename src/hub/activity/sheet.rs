//! The shape of a detail view: first the entitlements with description, total and action link, then every
//! row behind them.

use super::sent::Sent;
use crate::domain::entitlement::Unit;
use crate::hub::entitlement::{allowance, elsewhere, flag_words};
use crate::output::{Cell, Column, Listing, col};
use crate::store::UsageLine;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::HashSet;

/// A detail view: its rows, and the words that reconcile them with the totals.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(from = "Sent", into = "Sent")]
#[schemars(with = "Sent")]
pub struct Detail {
    /// The rows.
    pub listing: Listing,
    /// How the rows add up to the totals.
    pub notes: Vec<String>,
}

/// Columns that every detail view begins with.
const HEAD: [Column; 11] = [
    col("part"),
    col("entitlement"),
    col("contract"),
    col("description"),
    col("action_link"),
    col("allowance"),
    col("unit"),
    col("consumed"),
    col("elsewhere"),
    col("remaining"),
    col("flags"),
];

/// A detail view in the making.
#[derive(Debug)]
pub(super) struct Sheet {
    listing: Listing,
    notes: Vec<String>,
    only: Option<HashSet<String>>,
}

impl Sheet {
    /// Begins one with its own columns; `only` are the entitlements whose rows are wanted.
    pub(super) fn new(schema: &'static str, own: &[Column], only: Option<HashSet<String>>) -> Self {
        Self {
            only,
            listing: Listing {
                schema,
                columns: HEAD.iter().chain(own).copied().collect(),
                rows: Vec::new(),
                headed_by: Some("part"),
                single: false,
                cut: None,
            },
            notes: Vec::new(),
        }
    }

    /// Adds entitlements with their totals.
    pub(super) fn heads(&mut self, lines: &[UsageLine]) {
        for line in lines {
            let entitlement = &line.entitlement;
            let mut cells = vec![
                "entitlements".into(),
                (&entitlement.code).into(),
                (&line.contract).into(),
                (&entitlement.description).into(),
                (&entitlement.action_link).into(),
                allowance(entitlement.allowance),
                entitlement.allowance.unit().map(Unit::word).into(),
                Some(line.here).filter(|_| entitlement.is_tracked()).into(),
                elsewhere(line),
                line.usage().remaining.filter(|_| entitlement.is_tracked()).into(),
                flag_words(&line.flags()),
            ];
            cells.resize(self.listing.columns.len(), Cell::Empty);
            self.listing.rows.push(cells);
        }
    }

    /// Adds a row with a cell for each of the view's own columns.
    pub(super) fn row(&mut self, part: &str, entitlement: Cell, contract: Cell, own: Vec<Cell>) {
        let wanted = |only: &HashSet<String>| matches!(&entitlement, Cell::Text(code) if only.contains(code));
        if !self.only.as_ref().is_none_or(wanted) {
            return;
        }
        let mut cells = vec![part.into(), entitlement, contract];
        cells.resize(HEAD.len(), Cell::Empty);
        cells.extend(own);
        cells.resize(self.listing.columns.len(), Cell::Empty);
        self.listing.rows.push(cells);
    }

    /// Says how the rows add up.
    pub(super) fn note(&mut self, note: String) {
        self.notes.push(note);
    }

    /// Finishes it with at most so many rows (K-7).
    pub(super) fn finish(mut self, limit: Option<usize>) -> Detail {
        let all = self.listing.rows.len();
        if let Some(limit) = limit.filter(|limit| *limit < all) {
            self.listing.rows.truncate(limit);
            self.notes
                .push(format!("{limit} of {all} rows are shown; the rest: --all"));
        }
        Detail {
            listing: self.listing,
            notes: self.notes,
        }
    }
}
