//! Reading the ledger in its own order, the cheapest there is.

use super::super::Read;
use super::bytes;
use crate::domain::{Day, Quantity};
use crate::error::Result;
use crate::store::engine::{Params, Row, Statement, params};
use crate::store::postgres;
use std::ops::RangeInclusive;

/// A ledger entry as the engine holds it. Texts are bytes: most are only copied.
#[derive(Debug, Clone, Copy)]
pub struct LedgerRow<'a> {
    /// Number of the entry.
    pub id: i64,
    /// Key of the entitlement.
    pub entitlement_id: i64,
    /// Key of the workspace.
    pub workspace_id: i64,
    /// Day of delivery.
    pub delivered_on: Day,
    /// How much.
    pub quantity: Quantity,
    /// Case number, engagement id, ...; empty when there is none.
    pub reference: &'a [u8],
    /// Free text; empty when there is none.
    pub note: &'a [u8],
    /// Key of the source.
    pub source_id: i64,
    /// Unique within the source.
    pub source_key: &'a [u8],
    /// It reverses another entry (L-1).
    pub is_correction: bool,
}

const ROW: &str =
    "SELECT id, entitlement_id, workspace_id, delivered_on, quantity, reference, note, source_id,
    source_key, corrects FROM ledger";

impl Read<'_> {
    /// The lowest and the highest number in the ledger; none when it is empty.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn ledger_range(&self) -> Result<Option<RangeInclusive<i64>>> {
        let sql = "SELECT (SELECT min(id) FROM ledger), (SELECT max(id) FROM ledger)";
        let ends = self.conn.prepare_cached(sql)?.query_row([], |row| {
            Ok((row.get::<_, Option<i64>>(0)?, row.get::<_, Option<i64>>(1)?))
        })?;
        Ok(ends.0.zip(ends.1).map(|(first, last)| first..=last))
    }

    /// Hands every entry with a number in the range to `each`, by number.
    ///
    /// # Errors
    /// The store's own failure, or what `each` answers.
    pub fn each_entry_between(
        &self,
        ids: &RangeInclusive<i64>,
        each: impl FnMut(LedgerRow<'_>) -> Result<()>,
    ) -> Result<()> {
        if let Some(session) = self.conn.postgres() {
            return postgres::each_entry_between(session, ids, each);
        }
        let mut statement = self
            .conn
            .prepare_cached(&format!("{ROW} WHERE id BETWEEN ?1 AND ?2 ORDER BY id"))?;
        visit(&mut statement, params![ids.start(), ids.end()], each)
    }

    /// Hands every entry of one entitlement up to a day to `each`, in no particular order.
    ///
    /// # Errors
    /// The store's own failure, or what `each` answers.
    pub fn each_entry_of(
        &self,
        entitlement_id: i64,
        up_to: Day,
        each: impl FnMut(LedgerRow<'_>) -> Result<()>,
    ) -> Result<()> {
        let mut statement = self
            .conn
            .prepare_cached(&format!("{ROW} WHERE entitlement_id = ?1 AND delivered_on <= ?2"))?;
        visit(&mut statement, params![entitlement_id, up_to], each)
    }

    /// How many entries an entitlement has, from the kept totals.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn count_entries_of(&self, entitlement_id: i64) -> Result<i64> {
        let sql =
            "SELECT CAST(ifnull(sum(entries), 0) AS bigint) FROM ledger_total WHERE entitlement_id = ?1";
        let mut statement = self.conn.prepare_cached(sql)?;
        Ok(statement.query_row([entitlement_id], |row| row.get(0))?)
    }

    /// The key of a source, if it has ever been used.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn source_id(&self, name: &str) -> Result<Option<i64>> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT (SELECT id FROM source WHERE name = ?1)")?;
        Ok(statement.query_row([name], |row| row.get(0))?)
    }
}

fn visit(
    statement: &mut Statement<'_>,
    params: impl Params,
    mut each: impl FnMut(LedgerRow<'_>) -> Result<()>,
) -> Result<()> {
    let mut rows = statement.query(params)?;
    while let Some(ref row) = rows.next()? {
        each(entry(row)?)?;
    }
    Ok(())
}

fn entry<'a>(row: &'a Row<'_>) -> Result<LedgerRow<'a>> {
    Ok(LedgerRow {
        id: row.get(0)?,
        entitlement_id: row.get(1)?,
        workspace_id: row.get(2)?,
        delivered_on: row.get(3)?,
        quantity: row.get(4)?,
        reference: bytes(row, 5)?,
        note: bytes(row, 6)?,
        source_id: row.get(7)?,
        source_key: bytes(row, 8)?,
        is_correction: row.get_ref(9)? != rusqlite::types::ValueRef::Null,
    })
}
