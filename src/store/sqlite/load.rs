//! Loading many ledger entries at once: without indexes, and with references proven by the caller.

use super::{Db, Read, Write};
use crate::audit::EntryContent;
use crate::domain::{Day, Quantity};
use crate::error::Result;
use crate::store::engine::{self, Begin, params};
use crate::store::postgres::{self, Copy};
use rusqlite::CachedStatement;

/// An entry whose texts are places in a piece of memory that many share.
#[derive(Debug, Clone, Copy)]
#[expect(missing_docs, reason = "the fields of the ledger, by their names")]
pub struct CompactEntry {
    pub entitlement_id: i64,
    pub workspace_id: i64,
    pub day: Day,
    pub quantity: Quantity,
    pub source_id: i64,
    pub key: (u32, u32),
    pub reference: Option<(u32, u32)>,
    pub note: Option<(u32, u32)>,
    pub draw: Option<(u32, u32)>,
    pub late: bool,
}

impl Default for CompactEntry {
    fn default() -> Self {
        Self {
            entitlement_id: 0,
            workspace_id: 0,
            day: Day::from_number(0),
            quantity: Quantity::ZERO,
            source_id: 0,
            key: (0, 0),
            reference: None,
            note: None,
            draw: None,
            late: false,
        }
    }
}

fn part(text: &str, (start, end): (u32, u32)) -> &str {
    &text[start as usize..end as usize]
}

impl CompactEntry {
    /// Its source key.
    pub fn key<'t>(&self, text: &'t str) -> &'t str {
        part(text, self.key)
    }

    /// What the digest of its recording covers.
    pub fn content<'t>(&self, id: i64, text: &'t str) -> EntryContent<'t> {
        EntryContent {
            id,
            entitlement_id: self.entitlement_id,
            workspace_id: self.workspace_id,
            delivered_on: self.day.number(),
            quantity: self.quantity.hundredths(),
            reference: self.reference.map(|place| part(text, place)),
            note: self.note.map(|place| part(text, place)),
            source_id: self.source_id,
            source_key: part(text, self.key),
            late: self.late,
            corrects: None,
            reason: None,
            draw: self.draw.map(|place| part(text, place)),
        }
    }
}

/// Puts entries in, one after the other.
pub(crate) enum Loader<'w> {
    /// Into a file.
    Insert(CachedStatement<'w>),
    /// Into a database.
    Copy(Copy<'w>),
}

impl Loader<'_> {
    /// Puts an entry in; its number is one more than the newest.
    pub fn put(&mut self, entry: &CompactEntry, text: &str) -> Result<()> {
        let insert = match self {
            Self::Insert(insert) => insert,
            Self::Copy(copy) => return copy.put(entry, text),
        };
        let text_of = |place: Option<(u32, u32)>| place.map(|place| part(text, place));
        insert.raw_bind_parameter(1, entry.entitlement_id)?;
        insert.raw_bind_parameter(2, entry.workspace_id)?;
        insert.raw_bind_parameter(3, entry.day)?;
        insert.raw_bind_parameter(4, entry.quantity)?;
        insert.raw_bind_parameter(5, text_of(entry.reference))?;
        insert.raw_bind_parameter(6, text_of(entry.note))?;
        insert.raw_bind_parameter(7, entry.source_id)?;
        insert.raw_bind_parameter(8, part(text, entry.key))?;
        insert.raw_bind_parameter(9, entry.late)?;
        insert.raw_bind_parameter(10, text_of(entry.draw))?;
        insert.raw_execute()?;
        Ok(())
    }

    /// Ends; only then are all entries there.
    pub fn finish(self) -> Result<()> {
        match self {
            Self::Insert(_) => Ok(()),
            Self::Copy(copy) => copy.finish(),
        }
    }
}

impl Db {
    /// Begins a write transaction for someone who has proven every reference: foreign keys are not checked
    /// again. The log is carried over into the file once, at the end, and indexes are sorted on two threads.
    /// A larger page cache was measured: it is slower, because it is sorting memory as well.
    ///
    /// # Errors
    /// `E0002` when another process keeps the store for more than a minute.
    pub(crate) fn write_proven(&mut self) -> Result<Write<'_>> {
        if let Ok(conn) = self.conn.sqlite() {
            conn.execute_batch("PRAGMA foreign_keys = OFF; PRAGMA wal_autocheckpoint = 0; PRAGMA cache_size = -2000; PRAGMA threads = 2;")?;
        }
        let tx = self.conn.begin(Begin::Write)?;
        let changes_before = tx.total_changes();
        Ok(Write {
            tx,
            changes_before,
            sight: None,
        })
    }
}

impl Write<'_> {
    /// Takes the ledger's indexes away for the time of a load; answers how to make them again. That of corrections stays: no
    /// entry of a load is one, and making it again would read the whole ledger.
    pub(crate) fn drop_ledger_indexes(&self) -> Result<Vec<String>> {
        if self.conn().postgres().is_some() {
            return postgres::drop_ledger_indexes(self.conn());
        }
        let sql = "SELECT name, sql FROM sqlite_schema WHERE tbl_name = 'ledger' AND type = 'index' AND sql IS NOT NULL AND name <> 'ledger_corrects'";
        let mut statement = self.conn().prepare(sql)?;
        let rows = statement.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)))?;
        let indexes = rows.collect::<engine::Result<Vec<_>>>()?;
        drop(statement);
        for (name, _) in &indexes {
            self.conn().execute_batch(&format!("DROP INDEX {name}"))?;
        }
        Ok(indexes.into_iter().map(|(_, sql)| sql).collect())
    }

    /// Makes the ledger's indexes again; false when a key that must be given once was given twice.
    pub(crate) fn make_ledger_indexes(&self, indexes: &[String]) -> Result<bool> {
        for sql in indexes {
            match self.conn().execute_batch(sql) {
                Err(error) if error.is_constraint() => {
                    return Ok(false);
                }
                other => other?,
            }
        }
        Ok(true)
    }

    /// The way in for many entries of one recording, which come after the newest; none of them corrects another.
    pub(crate) fn ledger_loader(&self, recording_id: i64, newest: i64) -> Result<Loader<'_>> {
        if let Some(copy) = Copy::begin(self.conn(), recording_id, newest)? {
            return Ok(Loader::Copy(copy));
        }
        let mut insert = self.conn().sqlite()?.prepare_cached(
            "INSERT INTO ledger (entitlement_id, workspace_id, delivered_on, quantity, reference, note, source_id,
               source_key, late, draw, recording_id)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        )?;
        insert.raw_bind_parameter(11, recording_id)?;
        Ok(Loader::Insert(insert))
    }

    /// Puts a source in under a key.
    pub(crate) fn put_source(&self, id: i64, name: &str) -> Result<()> {
        let sql = "INSERT INTO source (id, name) VALUES (?1, ?2)";
        self.conn().prepare_cached(sql)?.execute(params![id, name])?;
        Ok(())
    }
}

impl Read<'_> {
    /// The number of the newest entry; zero when there is none.
    pub(crate) fn newest_entry(&self) -> Result<i64> {
        let sql = "SELECT ifnull(max(id), 0) FROM ledger";
        Ok(self.conn.prepare_cached(sql)?.query_row([], |row| row.get(0))?)
    }

    /// All sources.
    pub(crate) fn sources(&self) -> Result<Vec<(i64, String)>> {
        let mut statement = self.conn.prepare("SELECT id, name FROM source")?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<engine::Result<_>>()?)
    }

    /// How much of each entitlement is used, over all workspaces.
    pub(crate) fn used_by_entitlement(&self) -> Result<Vec<(i64, Quantity)>> {
        let sql =
            "SELECT entitlement_id, CAST(sum(consumed) AS bigint) FROM ledger_total GROUP BY entitlement_id";
        let mut statement = self.conn.prepare(sql)?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<engine::Result<_>>()?)
    }
}
