//! The ledger and its kept totals. What is here is the only writer of both (L-1).

use super::{Read, Write};
use crate::domain::{Day, Instant, Quantity};
use crate::error::Result;
use crate::store::engine::{self, OptionalExtension, Row, params};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// An entry to append (L-2).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NewEntry<'a> {
    /// Key of the entitlement it uses.
    pub entitlement_id: i64,
    /// Key of the workspace whose use it is.
    pub workspace_id: i64,
    /// Day of delivery.
    pub delivered_on: Day,
    /// How much; negative in a correction.
    pub quantity: Quantity,
    /// Case number, engagement id, ...
    pub reference: Option<&'a str>,
    /// Free text.
    pub note: Option<&'a str>,
    /// Key of its source.
    pub source_id: i64,
    /// Unique within the source.
    pub source_key: &'a str,
    /// Key of the act of recording.
    pub recording_id: i64,
    /// Recorded outside the package's days on purpose (L-6).
    pub late: bool,
    /// The entry that this one reverses, and why.
    pub corrects: Option<(i64, &'a str)>,
    /// What the parts of one split draw share (L-5).
    pub draw: Option<&'a str>,
}

impl NewEntry<'_> {
    /// What the digest of its recording covers.
    pub(crate) fn content(&self, id: i64) -> crate::audit::EntryContent<'_> {
        crate::audit::EntryContent {
            id,
            entitlement_id: self.entitlement_id,
            workspace_id: self.workspace_id,
            delivered_on: self.delivered_on.number(),
            quantity: self.quantity.hundredths(),
            reference: self.reference,
            note: self.note,
            source_id: self.source_id,
            source_key: self.source_key,
            late: self.late,
            corrects: self.corrects.map(|(id, _)| id),
            reason: self.corrects.map(|(_, reason)| reason),
            draw: self.draw,
        }
    }
}

/// An entry as it stands in the ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Entry {
    /// Key in the store: the number that corrections name.
    pub id: i64,
    /// Key of the entitlement.
    pub entitlement_id: i64,
    /// Key of the workspace.
    pub workspace_id: i64,
    /// Day of delivery.
    pub delivered_on: Day,
    /// How much.
    pub quantity: Quantity,
    /// Case number, engagement id, ...
    pub reference: Option<String>,
    /// Free text.
    pub note: Option<String>,
    /// Name of the source.
    pub source: String,
    /// Unique within the source.
    pub source_key: String,
    /// Who recorded it.
    pub recorded_by: String,
    /// When.
    pub recorded_at: Instant,
    /// Recorded outside the package's days on purpose (L-6).
    pub late: bool,
    /// The entry that this one reverses.
    pub corrects: Option<i64>,
    /// Why it does.
    pub reason: Option<String>,
    /// What the parts of one split draw share (L-5).
    pub draw: Option<String>,
}

/// How much of an entitlement a workspace has used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Total {
    /// Key of the entitlement.
    pub entitlement_id: i64,
    /// Key of the workspace.
    pub workspace_id: i64,
    /// Sum of the entries.
    pub consumed: Quantity,
    /// How many entries there are.
    pub entries: i64,
    /// The latest day among them.
    pub last_day: Day,
}

const ENTRY: &str = "SELECT l.*, s.name AS source, r.recorded_by, r.recorded_at
    FROM ledger l JOIN source s ON s.id = l.source_id JOIN recording r ON r.id = l.recording_id";

impl Write<'_> {
    /// The key of a source, made on first use.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn source(&self, name: &str) -> Result<i64> {
        self.conn()
            .prepare_cached("INSERT INTO source (name) VALUES (?1) ON CONFLICT DO NOTHING")?
            .execute([name])?;
        Ok(self
            .conn()
            .prepare_cached("SELECT id FROM source WHERE name = ?1")?
            .query_row([name], |row| row.get(0))?)
    }

    /// Notes an act of recording, for the entries it writes.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn recording(&self, by: &str, at: Instant) -> Result<i64> {
        let sql = "INSERT INTO recording (recorded_by, recorded_at) VALUES (?1, ?2) RETURNING id";
        Ok(self.conn().prepare_cached(sql)?.insert(params![by, at])?)
    }

    /// Appends an entry and keeps the totals; answers its number.
    ///
    /// # Errors
    /// The store's own failure, also when the source key was used before.
    pub fn append(&self, entry: &NewEntry<'_>) -> Result<i64> {
        let id = self.append_bare(entry)?;
        self.add_to_total(&Total {
            entitlement_id: entry.entitlement_id,
            workspace_id: entry.workspace_id,
            consumed: entry.quantity,
            entries: 1,
            last_day: entry.delivered_on,
        })?;
        Ok(id)
    }

    /// Appends an entry without the totals: for loads that add those up themselves and hand them to
    /// [`Write::add_to_total`] in the same transaction.
    pub(crate) fn append_bare(&self, entry: &NewEntry<'_>) -> Result<i64> {
        let mut insert = self.conn().prepare_cached(
            "INSERT INTO ledger (entitlement_id, workspace_id, delivered_on, quantity, reference, note, source_id,
               source_key, recording_id, late, corrects, reason, draw)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13) RETURNING id",
        )?;
        let id = insert.insert(params![
            entry.entitlement_id,
            entry.workspace_id,
            entry.delivered_on,
            entry.quantity,
            entry.reference,
            entry.note,
            entry.source_id,
            entry.source_key,
            entry.recording_id,
            entry.late,
            entry.corrects.map(|(id, _)| id),
            entry.corrects.map(|(_, reason)| reason),
            entry.draw
        ])?;
        Ok(id)
    }

    /// Adds to a kept total.
    pub(crate) fn add_to_total(&self, part: &Total) -> Result<()> {
        let mut add = self.conn().prepare_cached(
            "INSERT INTO ledger_total (entitlement_id, workspace_id, consumed, entries, last_day) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (entitlement_id, workspace_id) DO UPDATE SET consumed = ledger_total.consumed + excluded.consumed,
               entries = ledger_total.entries + excluded.entries,
               last_day = CASE WHEN excluded.last_day > ledger_total.last_day THEN excluded.last_day ELSE ledger_total.last_day END",
        )?;
        add.execute(params![
            part.entitlement_id,
            part.workspace_id,
            part.consumed,
            part.entries,
            part.last_day
        ])?;
        Ok(())
    }
}

impl Read<'_> {
    /// The key of a source that was used before.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn source_key(&self, name: &str) -> Result<Option<i64>> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT id FROM source WHERE name = ?1")?;
        Ok(statement.query_row([name], |row| row.get(0)).optional()?)
    }

    /// The digest over the entries of a range, as it stands now: equal to what the audit record of their
    /// recording says, unless they were tampered with.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn entries_digest(&self, first: i64, last: i64) -> Result<String> {
        let mut statement = self.conn.prepare_cached(
            "SELECT id, entitlement_id, workspace_id, delivered_on, quantity, reference, note, source_id, source_key,
               late, corrects, reason, draw FROM ledger WHERE id BETWEEN ?1 AND ?2 ORDER BY id",
        )?;
        let mut rows = statement.query([first, last])?;
        let mut digest = crate::audit::EntriesDigest::default();
        while let Some(ref row) = rows.next()? {
            let text = |place| row.get_ref(place).and_then(|value| Ok(value.as_str_or_null()?));
            digest.add(&crate::audit::EntryContent {
                id: row.get(0)?,
                entitlement_id: row.get(1)?,
                workspace_id: row.get(2)?,
                delivered_on: row.get(3)?,
                quantity: row.get(4)?,
                reference: text(5)?,
                note: text(6)?,
                source_id: row.get(7)?,
                source_key: text(8)?.unwrap_or_default(),
                late: row.get(9)?,
                corrects: row.get(10)?,
                reason: text(11)?,
                draw: text(12)?,
            });
        }
        Ok(digest.finish())
    }

    /// An entry by its number.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn entry(&self, id: i64) -> Result<Option<Entry>> {
        let mut statement = self.conn.prepare_cached(&format!("{ENTRY} WHERE l.id = ?1"))?;
        Ok(statement.query_row([id], entry).optional()?)
    }

    /// The entry that a source gave a key.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn entry_by_key(&self, source_id: i64, key: &str) -> Result<Option<Entry>> {
        let mut statement = self
            .conn
            .prepare_cached(&format!("{ENTRY} WHERE l.source_id = ?1 AND l.source_key = ?2"))?;
        Ok(statement.query_row(params![source_id, key], entry).optional()?)
    }

    /// The entry that reverses another.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn correction_of(&self, id: i64) -> Result<Option<Entry>> {
        let mut statement = self
            .conn
            .prepare_cached(&format!("{ENTRY} WHERE l.corrects = ?1"))?;
        Ok(statement.query_row([id], entry).optional()?)
    }

    /// The entries of an entitlement up to a day, in the order of the report: day, then number.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn entries_of(&self, entitlement_id: i64, up_to: Day) -> Result<Vec<Entry>> {
        let sql = format!(
            "{ENTRY} WHERE l.entitlement_id = ?1 AND l.delivered_on <= ?2 ORDER BY l.delivered_on, l.id"
        );
        let mut statement = self.conn.prepare_cached(&sql)?;
        let rows = statement.query_map(params![entitlement_id, up_to], entry)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

pub(super) fn entry(row: &Row<'_>) -> engine::Result<Entry> {
    Ok(Entry {
        id: row.get("id")?,
        entitlement_id: row.get("entitlement_id")?,
        workspace_id: row.get("workspace_id")?,
        delivered_on: row.get("delivered_on")?,
        quantity: row.get("quantity")?,
        reference: row.get("reference")?,
        note: row.get("note")?,
        source: row.get("source")?,
        source_key: row.get("source_key")?,
        recorded_by: row.get("recorded_by")?,
        recorded_at: row.get("recorded_at")?,
        late: row.get("late")?,
        corrects: row.get("corrects")?,
        reason: row.get("reason")?,
        draw: row.get("draw")?,
    })
}
