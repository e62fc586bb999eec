//! Reading the ledger once, with two connections where possible, into sorted records and sums.

use super::lookup::{put_case, put_derived, put_engagement};
use super::rank::Ranks;
use super::record::{Entry, Kind, put_entry, put_fact};
use super::tell::text;
use crate::domain::Quantity;
use crate::error::{Result, codes};
use crate::hub::Reading;
use crate::hub::export::cases::Cases;
use crate::hub::reading::SecondReader;
use crate::policy::Permission;
use crate::sort::{Sorted, Sorter};
use crate::store::Read;
use crate::store::export::{Detail, LedgerRow, Scope};
use std::ops::RangeInclusive;

/// Bytes of records that each of the two readers keeps before it spills them.
const MEMORY: usize = 8 << 20;

/// An index is followed instead of reading the whole ledger when it leads to fewer than one entry in so many.
const WORTH_AN_INDEX: i64 = 8;

/// What reading the ledger gave.
#[derive(Debug)]
pub(super) struct Gathered<'a> {
    pub(super) ranks: &'a Ranks,
    pub(super) cases: Cases,
    pub(super) sums: Sums,
    pub(super) records: Sorted,
}

/// By place: sum of all entries that count, and how many of them are shown.
#[derive(Debug, Default)]
pub(super) struct Sums {
    pub(super) consumed: Vec<Quantity>,
    pub(super) shown: Vec<u32>,
}

impl Sums {
    fn new(length: usize) -> Self {
        Self {
            consumed: vec![Quantity::ZERO; length],
            shown: vec![0; length],
        }
    }

    fn add(&mut self, other: &Self) {
        for (sum, part) in self.consumed.iter_mut().zip(&other.consumed) {
            *sum += *part;
        }
        for (count, part) in self.shown.iter_mut().zip(&other.shown) {
            *count += part;
        }
    }
}

/// What one reader needs to know to judge an entry.
#[derive(Debug, Clone, Copy)]
struct Sieve<'a> {
    scope: &'a Scope,
    ranks: &'a Ranks,
    sources: &'a [(i64, Detail)],
    with_records: bool,
}

/// One reader's share.
#[derive(Debug)]
struct Share {
    sums: Sums,
    sorter: Sorter,
    details: Vec<u8>,
}

impl Share {
    fn new(ranks: &Ranks) -> Self {
        Self {
            sums: Sums::new(ranks.len()),
            sorter: Sorter::new(MEMORY),
            details: Vec::new(),
        }
    }

    fn take(&mut self, sieve: &Sieve<'_>, store: Read<'_>, row: &LedgerRow<'_>) -> Result<()> {
        let Some(place) = sieve.ranks.of_key(row.entitlement_id) else {
            return Ok(());
        };
        if row.delivered_on > sieve.ranks.up_to(place) {
            return Ok(());
        }
        self.sums.consumed[place as usize] += row.quantity;
        if !sieve.scope.covers_workspace(row.workspace_id) {
            return Ok(());
        }
        self.sums.shown[place as usize] += 1;
        if !sieve.with_records {
            return Ok(());
        }
        let source = sieve.sources.iter().find(|(id, _)| *id == row.source_id);
        let (reference, note) = match source {
            Some((_, detail)) => {
                self.details.clear();
                let reference = if row.reference.is_empty() {
                    row.source_key
                } else {
                    row.reference
                };
                let (code, note) = (text(reference)?, text(row.note)?);
                put_derived(&mut self.details, store, *detail, code, note)?;
                (reference, self.details.as_slice())
            }
            None => (row.reference, row.note),
        };
        self.sorter.push(|out| {
            put_entry(
                out,
                &Entry {
                    place,
                    day: row.delivered_on,
                    reference,
                    id: row.id,
                    is_derived: source.is_some(),
                    is_correction: row.is_correction,
                    workspace_id: row.workspace_id,
                    quantity: row.quantity,
                    note,
                },
            );
        })
    }

    fn take_between(&mut self, sieve: &Sieve<'_>, store: Read<'_>, ids: &RangeInclusive<i64>) -> Result<()> {
        store.each_entry_between(ids, |row| self.take(sieve, store, &row))
    }
}

/// Reads everything the report needs. With `with_records` false only the sums are made.
pub(super) fn gather<'a, P: Permission>(
    at: &Reading<'_, P>,
    scope: &Scope,
    ranks: &'a Ranks,
    audit_head: &(i64, Vec<u8>),
    with_records: bool,
) -> Result<Gathered<'a>> {
    let sources = sources(at)?;
    let sieve = Sieve {
        scope,
        ranks,
        sources: &sources,
        with_records,
    };
    let cases = Cases::of(at)?;
    let mut own = Share::new(ranks);
    let mut records = Sorted::default();
    if by_index(at, scope, ranks)? {
        for (place, &key) in ranks.keys().iter().enumerate() {
            let up_to = ranks.up_to(u32::try_from(place).unwrap_or(u32::MAX));
            at.each_entry_of(key, up_to, |row| own.take(&sieve, **at, &row))?;
        }
    } else if let Some(ids) = at.ledger_range()? {
        if with_records {
            take_facts(at, &cases, ranks, &mut own.sorter)?;
        }
        if let Some(other) = both_halves(at, &sieve, &mut own, &ids, audit_head)? {
            own.sums.add(&other.sums);
            records = other.sorter.finish()?;
        }
    }
    Ok(Gathered {
        ranks,
        cases,
        sums: own.sums,
        records: own.sorter.finish()?.with(records),
    })
}

/// The sources whose entries were made from rows of other kinds.
fn sources<P: Permission>(at: &Reading<'_, P>) -> Result<Vec<(i64, Detail)>> {
    let kinds = [
        ("learning", Detail::Learning),
        ("assessments", Detail::Assessment),
        ("contacts", Detail::Contact),
    ];
    let mut found = Vec::new();
    for (name, kind) in kinds {
        found.extend(at.source_id(name)?.map(|id| (id, kind)));
    }
    Ok(found)
}

/// Whether the report covers so little of the ledger that an index is cheaper than reading all of it.
fn by_index<P: Permission>(at: &Reading<'_, P>, scope: &Scope, ranks: &Ranks) -> Result<bool> {
    let Some(ids) = at.ledger_range()?.filter(|_| !scope.is_all()) else {
        return Ok(false);
    };
    let most = (ids.end() - ids.start()) / WORTH_AN_INDEX;
    let mut covered = 0;
    for &key in ranks.keys() {
        covered += at.count_entries_of(key)?;
        if covered > most {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Cases and engagements travel with the entries, so that none has to be looked up.
fn take_facts<P: Permission>(
    at: &Reading<'_, P>,
    cases: &Cases,
    ranks: &Ranks,
    sorter: &mut Sorter,
) -> Result<()> {
    at.each_linked_case(
        |case| match case.entitlement_id.and_then(|key| ranks.of_key(key)) {
            Some(place) => sorter.push(|out| {
                put_fact(out, place, Kind::Case, case.number, |out| {
                    put_case(out, &case, cases)
                });
            }),
            None => Ok(()),
        },
    )?;
    at.each_engagement(|engagement| match ranks.of_key(engagement.entitlement_id) {
        Some(place) => sorter.push(|out| {
            put_fact(out, place, Kind::Engagement, engagement.code, |out| {
                put_engagement(out, &engagement);
            });
        }),
        None => Ok(()),
    })
}

/// Reads one half here and the other with a second connection, when both see the same moment; else all here.
fn both_halves<P: Permission>(
    at: &Reading<'_, P>,
    sieve: &Sieve<'_>,
    own: &mut Share,
    ids: &RangeInclusive<i64>,
    audit_head: &(i64, Vec<u8>),
) -> Result<Option<Share>> {
    let second = at.second_reader()?;
    let middle = ids.start() + (ids.end() - ids.start()) / 2;
    let (lower, upper) = (*ids.start()..=middle, middle + 1..=*ids.end());
    let other = std::thread::scope(|threads| {
        let other = threads.spawn({
            let upper = &upper;
            move || upper_half(&second, sieve, upper, audit_head)
        });
        let lower = own.take_between(sieve, **at, &lower);
        let other = other
            .join()
            .unwrap_or_else(|_| Err(codes::STORE_FAILED.error("a reader of the store stopped")));
        lower.and(other)
    })?;
    if other.is_none() {
        own.take_between(sieve, **at, &upper)?;
    }
    Ok(other)
}

/// None when the second connection sees another moment than the first (a change came in between).
fn upper_half(
    second: &SecondReader<'_>,
    sieve: &Sieve<'_>,
    ids: &RangeInclusive<i64>,
    audit_head: &(i64, Vec<u8>),
) -> Result<Option<Share>> {
    second.read(|store| {
        if store.audit_head()? != *audit_head {
            return Ok(None);
        }
        let mut share = Share::new(sieve.ranks);
        share.take_between(sieve, store, ids)?;
        Ok(Some(share))
    })
}
