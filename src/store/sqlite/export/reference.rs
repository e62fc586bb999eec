//! What the reference of a delivery names: a case, an engagement, or the row of another kind.

use super::super::Read;
use super::{bytes, text};
use crate::domain::Instant;
use crate::domain::request::{CaseClass, CaseState, Severity};
use crate::error::Result;
use crate::store::engine::Row;

/// A case as a delivery shows it.
#[derive(Debug, Clone, Copy)]
pub struct CaseRow<'a> {
    /// Its number.
    pub number: &'a [u8],
    /// Key of its service line, if known.
    pub entitlement_id: Option<i64>,
    /// Key of its contract, if known.
    pub contract_id: Option<i64>,
    /// Whether its package is known.
    pub has_package: bool,
    /// A class of O-4, if any.
    pub class: Option<CaseClass>,
    /// How much is at stake.
    pub severity: Severity,
    /// Where it is.
    pub state: CaseState,
    /// One line.
    pub title: &'a str,
    /// Primary contact; empty when there is none.
    pub contact: &'a str,
    /// When it was opened.
    pub opened_at: Instant,
}

/// An engagement as a delivery shows it.
#[derive(Debug, Clone, Copy)]
pub struct EngagementRow<'a> {
    /// Its id.
    pub code: &'a [u8],
    /// Key of the entitlement it uses.
    pub entitlement_id: i64,
    /// The word of its status.
    pub status: &'a str,
    /// One line.
    pub title: &'a str,
    /// Contact; empty when there is none.
    pub contact: &'a str,
}

/// The kinds of row that consume by themselves, besides cases and engagements.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detail {
    /// A learning activity, by its id.
    Learning,
    /// An assessment, by its id.
    Assessment,
    /// A support contact, by the account.
    Contact,
}

const CASE: &str =
    "SELECT number, entitlement_id, contract_id, package_id IS NOT NULL, class, severity, state, title,
    contact, opened_at FROM support_case";
const ENGAGEMENT: &str = "SELECT code, entitlement_id, status, title, contact FROM engagement";

impl Read<'_> {
    /// Keys of the entitlements that cases are charged to. What a case took belongs to it, whoever may see the rest
    /// of the entitlement; the ledger that is read with these keys is the person's own.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn case_entitlements(&self) -> Result<Vec<i64>> {
        let sql = "SELECT id FROM main.entitlement WHERE service IN ('reactive', 'advisory')";
        let mut statement = self.conn.prepare_cached(sql)?;
        let rows = statement.query_map([], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Hands every case with a service line to `each`, in no particular order.
    ///
    /// # Errors
    /// The store's own failure, or what `each` answers.
    pub fn each_linked_case(&self, mut each: impl FnMut(CaseRow<'_>) -> Result<()>) -> Result<()> {
        let mut statement = self
            .conn
            .prepare_cached(&format!("{CASE} WHERE entitlement_id IS NOT NULL"))?;
        let mut rows = statement.query([])?;
        while let Some(ref row) = rows.next()? {
            each(case(row)?)?;
        }
        Ok(())
    }

    /// Hands the case of a number to `found`, if there is one.
    ///
    /// # Errors
    /// The store's own failure, or what `found` answers.
    pub fn case_by_number(&self, number: &str, found: impl FnOnce(CaseRow<'_>) -> Result<()>) -> Result<()> {
        let mut statement = self.conn.prepare_cached(&format!("{CASE} WHERE number = ?1"))?;
        let mut rows = statement.query([number])?;
        rows.next()?.map_or(Ok(()), |row| found(case(&row)?))
    }

    /// Hands every engagement to `each`, in no particular order.
    ///
    /// # Errors
    /// The store's own failure, or what `each` answers.
    pub fn each_engagement(&self, mut each: impl FnMut(EngagementRow<'_>) -> Result<()>) -> Result<()> {
        let mut statement = self.conn.prepare_cached(ENGAGEMENT)?;
        let mut rows = statement.query([])?;
        while let Some(ref row) = rows.next()? {
            each(engagement(row)?)?;
        }
        Ok(())
    }

    /// Hands the engagement of an id to `found`, if there is one.
    ///
    /// # Errors
    /// The store's own failure, or what `found` answers.
    pub fn engagement_by_code(
        &self,
        code: &str,
        found: impl FnOnce(EngagementRow<'_>) -> Result<()>,
    ) -> Result<()> {
        let mut statement = self
            .conn
            .prepare_cached(&format!("{ENGAGEMENT} WHERE code = ?1"))?;
        let mut rows = statement.query([code])?;
        rows.next()?.map_or(Ok(()), |row| found(engagement(&row)?))
    }

    /// Hands title, person and status of the row that a source key names to `found`, if there is one.
    ///
    /// # Errors
    /// The store's own failure, or what `found` answers.
    pub fn detail_by_code(
        &self,
        detail: Detail,
        code: &str,
        found: impl FnOnce(&str, &str, &str) -> Result<()>,
    ) -> Result<()> {
        let sql = match detail {
            Detail::Learning => "SELECT title, learner_account, status FROM learning WHERE code = ?1",
            Detail::Assessment => "SELECT name, NULL, status FROM assessment WHERE code = ?1",
            Detail::Contact => {
                "SELECT name, account, NULL FROM contact WHERE account = ?1 ORDER BY id LIMIT 1"
            }
        };
        let mut statement = self.conn.prepare_cached(sql)?;
        let mut rows = statement.query([code])?;
        let row = rows.next()?;
        row.map_or(Ok(()), |row| {
            found(text(&row, 0)?, text(&row, 1)?, text(&row, 2)?)
        })
    }
}

fn case<'a>(row: &'a Row<'_>) -> Result<CaseRow<'a>> {
    Ok(CaseRow {
        number: bytes(row, 0)?,
        entitlement_id: row.get(1)?,
        contract_id: row.get(2)?,
        has_package: row.get(3)?,
        class: row.get(4)?,
        severity: row.get(5)?,
        state: row.get(6)?,
        title: text(row, 7)?,
        contact: text(row, 8)?,
        opened_at: row.get(9)?,
    })
}

fn engagement<'a>(row: &'a Row<'_>) -> Result<EngagementRow<'a>> {
    Ok(EngagementRow {
        code: bytes(row, 0)?,
        entitlement_id: row.get(1)?,
        status: text(row, 2)?,
        title: text(row, 3)?,
        contact: text(row, 4)?,
    })
}
