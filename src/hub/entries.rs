//! A run of ledger entries that one change records: who and when once, and a digest for the audit trail.

use super::Writing;
use crate::audit::{EntriesDigest, EntryRange};
use crate::error::Result;
use crate::policy::Permission;
use crate::store::sqlite::NewEntry;
use std::collections::HashMap;

/// The entries appended so far. The store has one writer at a time, so their numbers follow each other.
#[derive(Debug, Clone, Default)]
pub(crate) struct EntryRun {
    recording: Option<i64>,
    sources: HashMap<String, i64>,
    first: Option<i64>,
    last: i64,
    digest: EntriesDigest,
}

impl EntryRun {
    /// The act of recording, noted on first use.
    pub fn recording<P: Permission>(&mut self, at: &Writing<'_, P>) -> Result<i64> {
        if let Some(id) = self.recording {
            return Ok(id);
        }
        let id = at.recording(at.grant().actor().name(), at.context().now)?;
        self.recording = Some(id);
        Ok(id)
    }

    /// The key of a source, made on first use.
    pub fn source<P: Permission>(&mut self, at: &Writing<'_, P>, name: &str) -> Result<i64> {
        if let Some(id) = self.sources.get(name) {
            return Ok(*id);
        }
        let id = at.source(name)?;
        self.sources.insert(name.to_owned(), id);
        Ok(id)
    }

    /// Appends an entry; its recording is filled in.
    pub fn append<P: Permission>(&mut self, at: &Writing<'_, P>, entry: &NewEntry<'_>) -> Result<i64> {
        let entry = NewEntry {
            recording_id: self.recording(at)?,
            ..entry.clone()
        };
        let id = at.append(&entry)?;
        self.note(id, &entry);
        Ok(id)
    }

    fn note(&mut self, id: i64, entry: &NewEntry<'_>) {
        self.first.get_or_insert(id);
        self.last = id;
        self.digest.add(&entry.content(id));
    }

    /// Takes in what a bulk load has appended.
    pub fn bulk(&mut self, first: i64, last: i64, digest: EntriesDigest) {
        self.first = Some(first);
        self.last = last;
        self.digest = digest;
    }

    /// The range for the audit record, and a fresh start for the next; the recording stays.
    pub fn take_range(&mut self) -> Option<EntryRange> {
        let first = self.first.take()?;
        let sha256 = std::mem::take(&mut self.digest).finish();
        Some(EntryRange {
            first,
            last: self.last,
            sha256,
        })
    }
}
