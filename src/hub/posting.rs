//! What consumes by itself: support contacts, learning, assessments. Each has a chain of entries in its own
//! source; a change of its days reverses the last and adds a new one (L-1).

use super::Writing;
use super::entries::EntryRun;
use crate::domain::{Day, Quantity};
use crate::error::Result;
use crate::policy::Permission;
use crate::store::sqlite::{Entry, NewEntry};

/// What should stand in the ledger for one thing.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wanted {
    /// The entitlement it is counted on.
    pub entitlement_id: i64,
    /// Whose use it is.
    pub workspace_id: i64,
    /// From when it counts.
    pub day: Day,
    /// From when it counts no more.
    pub until: Option<Day>,
    /// Recorded outside the package's days.
    pub late: bool,
}

/// One thing that consumes by itself.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Posting<'a> {
    /// Name of the source.
    pub source: &'a str,
    /// Its key there.
    pub key: &'a str,
    /// What its entries refer to.
    pub reference: &'a str,
}

/// What stands for it now.
#[derive(Debug)]
pub(crate) struct Standing {
    place: u32,
    entry: Option<Entry>,
    reversal: Option<Entry>,
}

const RELEASED: &str = "released";

impl Posting<'_> {
    fn chain_key(&self, place: u32) -> String {
        if place == 1 {
            self.key.to_owned()
        } else {
            format!("{}#{place}", self.key)
        }
    }

    /// The end of its chain.
    pub fn standing<P: Permission>(&self, at: &Writing<'_, P>) -> Result<Standing> {
        let mut standing = Standing {
            place: 0,
            entry: None,
            reversal: None,
        };
        let Some(source) = at.reading().source_key(self.source)? else {
            return Ok(standing);
        };
        while let Some(entry) = at
            .reading()
            .entry_by_key(source, &self.chain_key(standing.place + 1))?
        {
            standing.place += 1;
            standing.entry = Some(entry);
        }
        if let Some(entry) = &standing.entry {
            standing.reversal = at.reading().correction_of(entry.id)?;
        }
        Ok(standing)
    }

    /// Makes the ledger say what is wanted; answers what was done, if anything was.
    pub fn settle<P: Permission>(
        &self,
        at: &Writing<'_, P>,
        run: &mut EntryRun,
        wanted: Option<Wanted>,
    ) -> Result<Option<&'static str>> {
        let standing = self.standing(at)?;
        if standing.says(wanted) {
            return Ok(None);
        }
        if let (Some(entry), Some(wanted)) = (&standing.entry, wanted)
            && standing.reversal.is_none()
            && entry.is_for(&wanted)
        {
            // Only the release is new.
            self.reverse(
                at,
                run,
                entry,
                wanted.until.unwrap_or(entry.delivered_on),
                RELEASED,
            )?;
            return Ok(Some("released"));
        }
        if let (Some(entry), None) = (&standing.entry, &standing.reversal) {
            self.reverse(at, run, entry, entry.delivered_on, "its dates have changed")?;
        }
        let Some(wanted) = wanted else {
            return Ok(Some("counted no more"));
        };
        let key = self.chain_key(standing.place + 1);
        let id = run_entry(self, at, run, &key, &wanted)?;
        if let (Some(until), Some(entry)) = (wanted.until, at.reading().entry(id)?) {
            self.reverse(at, run, &entry, until, RELEASED)?;
        }
        Ok(Some(if standing.entry.is_some() {
            "counted anew"
        } else {
            "counted"
        }))
    }

    fn reverse<P: Permission>(
        &self,
        at: &Writing<'_, P>,
        run: &mut EntryRun,
        entry: &Entry,
        day: Day,
        reason: &str,
    ) -> Result<()> {
        let key = format!("{}/reversed", entry.source_key);
        let reversal = NewEntry {
            entitlement_id: entry.entitlement_id,
            workspace_id: entry.workspace_id,
            delivered_on: day,
            quantity: -entry.quantity,
            reference: entry.reference.as_deref(),
            note: None,
            source_id: run.source(at, self.source)?,
            source_key: &key,
            recording_id: 0,
            late: entry.late,
            corrects: Some((entry.id, reason)),
            draw: None,
        };
        run.append(at, &reversal)?;
        Ok(())
    }
}

fn run_entry<P: Permission>(
    posting: &Posting<'_>,
    at: &Writing<'_, P>,
    run: &mut EntryRun,
    key: &str,
    wanted: &Wanted,
) -> Result<i64> {
    let entry = NewEntry {
        entitlement_id: wanted.entitlement_id,
        workspace_id: wanted.workspace_id,
        delivered_on: wanted.day,
        quantity: Quantity::whole(1),
        reference: Some(posting.reference),
        note: None,
        source_id: run.source(at, posting.source)?,
        source_key: key,
        recording_id: 0,
        late: wanted.late,
        corrects: None,
        draw: None,
    };
    run.append(at, &entry)
}

impl Entry {
    fn is_for(&self, wanted: &Wanted) -> bool {
        self.entitlement_id == wanted.entitlement_id
            && self.workspace_id == wanted.workspace_id
            && self.delivered_on == wanted.day
    }
}

impl Standing {
    /// The entitlement that it is counted on now, if it is.
    pub fn entitlement(&self) -> Option<i64> {
        self.entry.as_ref().map(|entry| entry.entitlement_id)
    }

    /// The day from which it is counted.
    pub fn day(&self) -> Option<Day> {
        self.entry.as_ref().map(|entry| entry.delivered_on)
    }

    /// Its workspace.
    pub fn workspace(&self) -> Option<i64> {
        self.entry.as_ref().map(|entry| entry.workspace_id)
    }

    fn says(&self, wanted: Option<Wanted>) -> bool {
        let released = self
            .reversal
            .as_ref()
            .filter(|reversal| reversal.reason.as_deref() == Some(RELEASED))
            .map(|reversal| reversal.delivered_on);
        match (&self.entry, &self.reversal, wanted) {
            (None, _, None) => true,
            (Some(_), Some(_), None) => true,
            (Some(entry), None, Some(wanted)) => wanted.until.is_none() && entry.is_for(&wanted),
            (Some(entry), Some(_), Some(wanted)) => {
                wanted.until.is_some() && released == wanted.until && entry.is_for(&wanted)
            }
            _ => false,
        }
    }
}
