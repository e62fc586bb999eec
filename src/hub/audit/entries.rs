//! Every ledger entry is vouched for by an audit record: alone, or in a range with a digest.

use super::verify::broken;
use crate::audit::{Entry, EntryRange};
use crate::error::Result;
use crate::store::Read;
use serde_json::Value;

/// The numbers of the entries that records have vouched for so far.
#[derive(Debug, Default)]
pub(super) struct Vouched(Vec<(i64, i64)>);

impl Vouched {
    /// Compares the entries that a record names with those in the ledger.
    pub fn compare(&mut self, at: &Read<'_>, record: i64, entry: &Entry) -> Result<()> {
        let Some(after) = &entry.after else { return Ok(()) };
        let after: Value = serde_json::from_str(after).unwrap_or_default();
        if let Some(id) = single(entry) {
            return self.one(at, record, id, &after);
        }
        let range = after
            .get("entries")
            .cloned()
            .map(serde_json::from_value::<EntryRange>);
        match range {
            Some(Ok(range)) => self.range(at, record, &range),
            _ => Ok(()),
        }
    }

    fn one(&mut self, at: &Read<'_>, record: i64, id: i64, said: &Value) -> Result<()> {
        let Some(stored) = at.entry_as_recorded(id)? else {
            return Err(broken(format!(
                "ledger entry {id} is missing: audit record {record} says what it held"
            )));
        };
        let differs = |(name, value): (&String, &Value)| stored.get(name) != Some(value);
        match said.as_object().is_some_and(|said| said.iter().any(differs)) {
            true => Err(broken(format!(
                "ledger entry {id} was altered: audit record {record} says what it held"
            ))),
            false => {
                self.0.push((id, id));
                Ok(())
            }
        }
    }

    fn range(&mut self, at: &Read<'_>, record: i64, range: &EntryRange) -> Result<()> {
        if at.entries_digest(range.first, range.last)? == range.sha256 {
            self.0.push((range.first, range.last));
            return Ok(());
        }
        Err(broken(format!(
            "audit record {record} does not fit the ledger: one of the entries {} to {} was altered, removed or added",
            range.first, range.last
        )))
    }

    /// Checks that no entry is without a record, and answers how many there are.
    pub fn all(mut self, at: &Read<'_>) -> Result<i64> {
        self.0.sort_unstable();
        let mut reached = 0;
        let end = (i64::MAX, i64::MAX);
        for (first, last) in self.0.iter().copied().chain([end]) {
            if let Some(id) = at.first_entry_between(reached, first)? {
                return Err(broken(format!("ledger entry {id} has no audit record")));
            }
            reached = last.max(reached);
        }
        at.entry_count()
    }
}

/// The one entry that a record is about.
fn single(entry: &Entry) -> Option<i64> {
    entry.subject.strip_prefix("ledger:")?.parse().ok()
}
