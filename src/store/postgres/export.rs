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
    for ids in windows(ids) {
        let (first, last) = ids.into_inner();
        let rows = session.copy_out(&format!(
            "COPY (SELECT id, entitlement_id, workspace_id, delivered_on, quantity, reference, note, source_id, source_key,
               corrects FROM ledger WHERE id BETWEEN {first} AND {last} ORDER BY id) TO STDOUT BINARY"
        ))?;
        let mut row = [None; 10];
        while rows.next(&mut row)? {
            each(entry(&row)?)?;
        }
    }
    Ok(())
}

/// A range in parts that lie side by side.
fn windows(ids: &RangeInclusive<i64>) -> impl Iterator<Item = RangeInclusive<i64>> {
    let (start, end) = (*ids.start(), *ids.end());
    let part = move |first: &i64| *first..=first.saturating_add(TOGETHER - 1).min(end);
    let next = move |first: &i64| first.checked_add(TOGETHER).filter(|next| *next <= end);
    std::iter::successors((start <= end).then_some(start), next).map(move |first| part(&first))
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

#[cfg(test)]
mod tests {
    use super::{TOGETHER, windows};

    #[test]
    fn parts_hold_every_number_once() {
        for (first, last, parts) in [
            (1, 0, 0),
            (1, 1, 1),
            (1, TOGETHER, 1),
            (1, TOGETHER + 1, 2),
            (7, 3 * TOGETHER, 3),
            (i64::MAX - TOGETHER, i64::MAX, 2),
        ] {
            let found: Vec<_> = windows(&(first..=last)).collect();
            assert_eq!(found.len(), parts, "{first}..={last}");
            assert!(found.windows(2).all(|two| two[0].end() + 1 == *two[1].start()));
            assert!(found.first().is_none_or(|part| *part.start() == first));
            assert!(found.last().is_none_or(|part| *part.end() == last));
        }
    }
}
