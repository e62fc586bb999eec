//! The records that are sorted: bytes whose order is the order of the report.
//!
//! A key is the place of the entitlement, the day, the reference (ended so that none is the beginning of
//! another) and the number of the entry. What references may name has no day: it comes first.

use crate::domain::{Day, Quantity};

/// What a reference may name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Case = 0,
    Engagement = 1,
}

/// An entry on its way through the sort.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Entry<'a> {
    pub(super) place: u32,
    pub(super) day: Day,
    pub(super) reference: &'a [u8],
    pub(super) id: i64,
    /// The entry was made from a row of another kind, whose details stand in the place of the note.
    pub(super) is_derived: bool,
    pub(super) is_correction: bool,
    pub(super) workspace_id: i64,
    pub(super) quantity: Quantity,
    pub(super) note: &'a [u8],
}

/// A record, read back.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Record<'a> {
    /// Something that references may name: kind and code as [`fact_key`] joined them, then its details.
    Fact {
        place: u32,
        key: &'a [u8],
        details: &'a [u8],
    },
    /// An entry of the ledger.
    Entry(Entry<'a>),
}

/// No day of the calendar is this early; it puts what may be named before all entries.
const BEFORE_ALL: u32 = 0;

fn day_key(day: Day) -> u32 {
    // Flipping the sign makes negative days compare below positive ones.
    (day.number() as u32) ^ 0x8000_0000
}

fn day_of(key: u32) -> Day {
    Day::from_number((key ^ 0x8000_0000) as i32)
}

/// Appends bytes so that they compare as the whole does: zeros are doubled with 255, and the end is 0, 0.
fn put_ended(out: &mut Vec<u8>, bytes: &[u8]) {
    for (nth, part) in bytes.split(|&byte| byte == 0).enumerate() {
        if nth > 0 {
            out.extend_from_slice(&[0, 0xFF]);
        }
        out.extend_from_slice(part);
    }
    out.extend_from_slice(&[0, 0]);
}

/// Takes bytes that [`put_ended`] wrote; those with zeros inside are put together in `scratch`.
fn take_ended<'a>(bytes: &'a [u8], scratch: &'a mut Vec<u8>) -> Option<(&'a [u8], &'a [u8])> {
    let first = bytes.iter().position(|&byte| byte == 0)?;
    if bytes.get(first + 1) == Some(&0) {
        return Some((&bytes[..first], &bytes[first + 2..]));
    }
    scratch.clear();
    let mut rest = bytes;
    loop {
        let zero = rest.iter().position(|&byte| byte == 0)?;
        scratch.extend_from_slice(&rest[..zero]);
        let mark = *rest.get(zero + 1)?;
        rest = &rest[zero + 2..];
        if mark == 0 {
            return Some((scratch, rest));
        }
        scratch.push(0);
    }
}

/// Kind and code as one key.
pub(super) fn fact_key(out: &mut Vec<u8>, kind: Kind, code: &[u8]) {
    out.push(kind as u8);
    put_ended(out, code);
}

/// Appends a record of something that references may name; `details` writes the rest.
pub(super) fn put_fact(
    out: &mut Vec<u8>,
    place: u32,
    kind: Kind,
    code: &[u8],
    details: impl FnOnce(&mut Vec<u8>),
) {
    out.extend_from_slice(&place.to_be_bytes());
    out.extend_from_slice(&BEFORE_ALL.to_be_bytes());
    fact_key(out, kind, code);
    details(out);
}

/// Appends the record of an entry.
pub(super) fn put_entry(out: &mut Vec<u8>, entry: &Entry<'_>) {
    out.extend_from_slice(&entry.place.to_be_bytes());
    out.extend_from_slice(&day_key(entry.day).to_be_bytes());
    put_ended(out, entry.reference);
    out.extend_from_slice(&entry.id.to_be_bytes());
    out.push(u8::from(entry.is_derived) | u8::from(entry.is_correction) << 1);
    out.extend_from_slice(&entry.workspace_id.to_be_bytes());
    out.extend_from_slice(&entry.quantity.hundredths().to_be_bytes());
    out.extend_from_slice(entry.note);
}

/// Reads a record back; none for one that this module did not write.
pub(super) fn read<'a>(record: &'a [u8], scratch: &'a mut Vec<u8>) -> Option<Record<'a>> {
    let (place, rest) = record.split_first_chunk()?;
    let (day, rest) = rest.split_first_chunk()?;
    let (place, day) = (u32::from_be_bytes(*place), u32::from_be_bytes(*day));
    if day == BEFORE_ALL {
        let end = end_of_key(rest)?;
        let (key, details) = rest.split_at(end);
        return Some(Record::Fact { place, key, details });
    }
    let (reference, rest) = take_ended(rest, scratch)?;
    let (id, rest) = rest.split_first_chunk()?;
    let (&flags, rest) = rest.split_first()?;
    let (workspace, rest) = rest.split_first_chunk()?;
    let (quantity, note) = rest.split_first_chunk()?;
    Some(Record::Entry(Entry {
        place,
        day: day_of(day),
        reference,
        id: i64::from_be_bytes(*id),
        is_derived: flags & 1 != 0,
        is_correction: flags & 2 != 0,
        workspace_id: i64::from_be_bytes(*workspace),
        quantity: Quantity::from_hundredths(i64::from_be_bytes(*quantity)),
        note,
    }))
}

/// Where the key that [`fact_key`] wrote ends.
fn end_of_key(bytes: &[u8]) -> Option<usize> {
    let mut at = 1;
    loop {
        at += bytes.get(at..)?.iter().position(|&byte| byte == 0)?;
        if *bytes.get(at + 1)? == 0 {
            return Some(at + 2);
        }
        at += 2;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn entry<'a>(key: &'a (u32, i32, Vec<u8>, i64), note: &'a [u8]) -> Entry<'a> {
        Entry {
            place: key.0,
            day: Day::from_number(key.1),
            reference: &key.2,
            id: key.3,
            is_derived: key.0 == 1,
            is_correction: key.3 % 2 == 0,
            workspace_id: 7,
            quantity: Quantity::from_hundredths(-150),
            note,
        }
    }

    fn keys() -> impl Strategy<Value = (u32, i32, Vec<u8>, i64)> {
        let reference =
            prop::collection::vec(prop_oneof![Just(0_u8), Just(255), Just(b'a'), any::<u8>()], 0..6);
        (0_u32..3, -2_i32..3, reference, 0_i64..4)
    }

    proptest! {
        #[test]
        fn bytes_compare_as_the_keys_do(a in keys(), b in keys()) {
            let (mut one, mut two) = (Vec::new(), Vec::new());
            put_entry(&mut one, &entry(&a, b""));
            put_entry(&mut two, &entry(&b, b""));
            prop_assert_eq!(one.cmp(&two), a.cmp(&b));
        }

        #[test]
        fn what_is_written_is_read(key in keys(), note in prop::collection::vec(any::<u8>(), 0..9)) {
            let mut bytes = Vec::new();
            let entry = entry(&key, &note);
            put_entry(&mut bytes, &entry);
            let mut rest = Vec::new();
            prop_assert_eq!(read(&bytes, &mut rest), Some(Record::Entry(entry)));
        }

        #[test]
        fn facts_come_before_entries(code in prop::collection::vec(0_u8..3, 0..6), key in keys()) {
            let (mut fact, mut joined, mut later) = (Vec::new(), Vec::new(), Vec::new());
            put_fact(&mut fact, key.0, Kind::Case, &code, |out| out.extend_from_slice(b"details"));
            fact_key(&mut joined, Kind::Case, &code);
            put_entry(&mut later, &entry(&key, b""));
            prop_assert!(fact < later);
            let mut scratch = Vec::new();
            let expected = Record::Fact { place: key.0, key: &joined, details: b"details" };
            prop_assert_eq!(read(&fact, &mut scratch), Some(expected));
        }
    }
}
