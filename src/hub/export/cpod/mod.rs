//! The customer proof of delivery: what was bought, what was delivered, what is left (K-13).
//!
//! The ledger is read once in its own order, which costs a fraction of following an index to every entry;
//! small records with a byte-comparable key are sorted outside the memory and joined with the entitlements
//! while merging. A case is looked up in the ledger's stead: cases and engagements travel through the same
//! sort and arrive just before the deliveries of their entitlement.

mod book;
mod file;
mod gather;
mod line;
mod lookup;
mod overview;
mod page;
mod rank;
mod record;
mod tell;
mod text;

pub use book::BookSink;
pub use file::CpodFile;
pub use line::{COLUMNS, Delivery, FIXED, Line, SUMMARY_COLUMNS};
pub use page::PageSink;
pub use text::{SCHEMA, SUMMARY_SCHEMA, TextSink};

use super::{Made, Selection};
use crate::domain::Zone;
use crate::error::Result;
use crate::hub::{Query, Reading, Route};
use crate::policy::needs::ProduceCpod;
use crate::store::export::{AssessmentLine, CaseLine, ContactLine, LearningLine};
use std::cell::RefCell;

/// Receives the report, entitlement by entitlement.
pub trait Sink {
    /// An entitlement begins; its deliveries follow.
    ///
    /// # Errors
    /// Whatever stops the report.
    fn line(&mut self, line: &Line) -> Result<()>;

    /// A delivery of the entitlement that began last.
    ///
    /// # Errors
    /// Whatever stops the report.
    fn delivery(&mut self, line: &Line, delivery: &Delivery<'_>) -> Result<()>;

    /// Whether every line needs the names of the workspaces that its package is attached to, and not only
    /// those without a delivery.
    fn wants_workspaces(&self) -> bool {
        false
    }

    /// Whether the other parts are wanted: contacts, education, assessments and other cases.
    fn wants_annex(&self) -> bool {
        false
    }

    /// A row of another part, after all entitlements.
    ///
    /// # Errors
    /// Whatever stops the report.
    fn annex(&mut self, _row: Annex) -> Result<()> {
        Ok(())
    }
}

/// A row of the report's other parts.
#[derive(Debug)]
pub enum Annex {
    /// A person named on a contract.
    Contact(ContactLine),
    /// A learning activity.
    Learning(LearningLine),
    /// An assessment.
    Assessment(AssessmentLine),
    /// A case listed under other cases, and why (O-5).
    OtherCase(CaseLine, crate::domain::other_case::OtherReason),
}

/// Produces the proof of delivery.
#[derive(Debug)]
pub struct Cpod<S> {
    /// What it covers.
    pub selection: Selection,
    /// Only the entitlements, without their deliveries (`--summary`).
    pub summary: bool,
    /// Where it goes.
    pub sink: RefCell<S>,
}

impl<S: Sink> Query for Cpod<S> {
    const NAME: &'static str = "export.cpod";
    const ROUTE: Route = Route::get("/exports/cpod");
    type Needs = ProduceCpod;
    type Answer = Made;

    fn answer(&self, at: &Reading<'_, ProduceCpod>) -> Result<Made> {
        // First of all: from here on this connection sees one moment, and the second can be compared with it.
        let audit_head = at.audit_head()?;
        let scope = self.selection.resolve(at)?;
        let ranks = rank::Ranks::of(at, &scope)?;
        let gathered = gather::gather(at, &scope, &ranks, &audit_head, !self.summary)?;
        let sink = &mut *self.sink.borrow_mut();
        let rows = tell::tell(at, &scope, gathered, sink, self.summary)?;
        if sink.wants_annex() {
            tell::annexes(at, &scope, sink)?;
        }
        Ok(Made {
            rows,
            as_of: at.context().day_in(&Zone::utc()),
            audit_head,
        })
    }
}
