//! The ledger out of a database through `COPY`, which costs the server and this side less than an answer to a question.

use super::super::sqlite::export::LedgerRow;
use crate::domain::{Day, Quantity};
use crate::error::{Result, codes};
use crate::store::engine::Session;
use std::ops::RangeInclusive;

/// So many numbers are asked for at once: some megabytes of rows.
const TOGETHER: i64 = 20_000;

/// Hands every entry with a number in the range to `each`, by number.
pub(in super::super) fn each_entry_between(
    session: &Session,
    ids: &RangeInclusive<i64>,
    mut each: impl FnMut(LedgerRow<'_>) -> Result<()>,
) -> Result<()> {
    let mut first = *ids.start();
    while first <= *ids.end() {
        let last = first.saturating_add(TOGETHER - 1).min(*ids.end());
        let rows = session.copy_out(&format!(
            "COPY (SELECT id, entitlement_id, workspace_id, delivered_on, quantity, reference, note, source_id, source_key,
               corrects FROM ledger WHERE id BETWEEN {first} AND {last} ORDER BY id) TO STDOUT BINARY"
        ))?;
        let mut row = [None; 10];
        while rows.next(&mut row)? {
            each(entry(&row)?)?;
        }
        first = last + 1;
    }
    Ok(())
}

fn entry<'a>(row: &[Option<&'a [u8]>; 10]) -> Result<LedgerRow<'a>> {
    let text = |at: usize| row[at].unwrap_or_default();
    Ok(LedgerRow {
        id: number(row[0])?,
        entitlement_id: number(row[1])?,
        workspace_id: number(row[2])?,
        delivered_on: Day::from_number(
            number(row[3]).and_then(|day| day.try_into().map_err(|_| unreadable()))?,
        ),
        quantity: Quantity::from_hundredths(number(row[4])?),
        reference: text(5),
        note: text(6),
        source_id: number(row[7])?,
        source_key: text(8),
        is_correction: row[9].is_some(),
    })
}

/// A whole number of whatever width.
fn number(bytes: Option<&[u8]>) -> Result<i64> {
    let bytes = bytes.unwrap_or_default();
    if let Ok(bytes) = bytes.try_into() {
        return Ok(i64::from_be_bytes(bytes));
    }
    if let Ok(bytes) = bytes.try_into() {
        return Ok(i32::from_be_bytes(bytes).into());
    }
    let bytes = bytes.try_into().map_err(|_| unreadable())?;
    Ok(i16::from_be_bytes(bytes).into())
}

fn unreadable() -> crate::error::Error {
    codes::STORE_FAILED.error("the database gave a ledger entry that cannot be read")
}
