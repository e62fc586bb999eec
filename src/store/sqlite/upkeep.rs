//! Looking after the file itself: its checks and its copies.

use super::{Db, Read};
use crate::error::{AtPath, Result, codes};
use crate::store::engine::Connection;
use rusqlite::OpenFlags;
use rusqlite::backup::{Backup, StepResult};
use std::path::Path;

/// How many faults of one kind are told; the first ones say enough.
const TELL: usize = 5;

/// A kept total that differs from the sum of its entries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TotalDifference {
    /// Code of the entitlement.
    pub entitlement: String,
    /// Code of the workspace.
    pub workspace: String,
    /// What is kept, in hundredths; none when no total is kept.
    pub kept: Option<i64>,
    /// What the entries add up to, in hundredths; none when there is no entry.
    pub summed: Option<i64>,
}

impl Read<'_> {
    /// What the engine finds wrong in the file's pages and indexes; empty when all is well.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn damage(&self) -> Result<Vec<String>> {
        let mut statement = self.conn.prepare(&format!("PRAGMA integrity_check({TELL})"))?;
        let rows = statement.query_map([], |row| row.get::<_, String>(0))?;
        let found: Vec<String> = rows.collect::<Result<_, _>>()?;
        Ok(found.into_iter().filter(|line| line != "ok").collect())
    }

    /// Rows that refer to something that is not there, as `table row → table`.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn dangling(&self) -> Result<Vec<String>> {
        let mut statement = self.conn.prepare("PRAGMA foreign_key_check")?;
        let rows = statement.query_map([], |row| {
            let (table, id): (String, Option<i64>) = (row.get(0)?, row.get(1)?);
            let id = id.map_or(String::new(), |id| format!(" {id}"));
            Ok(format!("{table}{id} → {}", row.get::<_, String>(2)?))
        })?;
        Ok(rows.take(TELL).collect::<Result<_, _>>()?)
    }

    /// Kept totals that are not the sum, the count and the last day of their entries (L-1).
    ///
    /// # Errors
    /// The store's own failure.
    pub fn total_differences(&self) -> Result<Vec<TotalDifference>> {
        let sql = "WITH summed AS (
              SELECT entitlement_id, workspace_id, CAST(sum(quantity) AS bigint) AS consumed, count(*) AS entries, max(delivered_on) AS last_day
              FROM ledger GROUP BY entitlement_id, workspace_id)
            SELECT e.code, w.code, t.consumed, s.consumed
            FROM summed s FULL JOIN ledger_total t USING (entitlement_id, workspace_id)
            LEFT JOIN entitlement e ON e.id = entitlement_id LEFT JOIN workspace w ON w.id = workspace_id
            WHERE t.consumed IS DISTINCT FROM s.consumed OR t.entries IS DISTINCT FROM s.entries
              OR t.last_day IS DISTINCT FROM s.last_day
            ORDER BY e.code NULLS FIRST, w.code NULLS FIRST LIMIT ?1";
        let mut statement = self.conn.prepare(sql)?;
        let rows = statement.query_map([i64::try_from(TELL).unwrap_or(5)], |row| {
            Ok(TotalDifference {
                entitlement: row.get::<_, Option<String>>(0)?.unwrap_or_default(),
                workspace: row.get::<_, Option<String>>(1)?.unwrap_or_default(),
                kept: row.get(2)?,
                summed: row.get(3)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// A setting of the connection or the file, as the engine tells it.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn engine_setting(&self, name: &str) -> Result<String> {
        let value = self
            .conn
            .sqlite()?
            .pragma_query_value(None, name, |row| row.get::<_, rusqlite::types::Value>(0))?;
        Ok(match value {
            rusqlite::types::Value::Integer(number) => number.to_string(),
            rusqlite::types::Value::Text(text) => text,
            _ => String::new(),
        })
    }
}

impl Db {
    /// Copies the store, as it is at this moment, to a file beside `to` and renames it there once the copy
    /// was checked. Others may read and write meanwhile.
    ///
    /// # Errors
    /// `E0008` when the file cannot be written, `E0005` when the copy does not agree with itself.
    pub fn copy_to(&self, to: &Path) -> Result<()> {
        self.only_a_file()?;
        let folder = to
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty())
            .unwrap_or(Path::new("."));
        std::fs::create_dir_all(folder).at(folder)?;
        let temporary = tempfile::Builder::new()
            .prefix(".servhub-backup-")
            .tempfile_in(folder)
            .at(folder)?;
        self.fill(temporary.path())?;
        temporary.as_file().sync_all().at(to)?;
        temporary.persist(to).map_err(|error| error.error).at(to)?;
        Ok(())
    }

    /// How long a copy would be: all pages, without the log.
    ///
    /// # Errors
    /// `E0021` for a database; else the store's own failure.
    pub fn copy_length(&self) -> Result<u64> {
        self.only_a_file()?;
        let pragma = |name: &str| -> Result<u64> {
            let value = self
                .conn
                .sqlite()?
                .pragma_query_value(None, name, |row| row.get::<_, i64>(0))?;
            Ok(u64::try_from(value).unwrap_or_default())
        };
        Ok(pragma("page_count")? * pragma("page_size")?)
    }

    fn only_a_file(&self) -> Result<()> {
        if self.is_file() {
            return Ok(());
        }
        Err(codes::ONLY_A_FILE
            .error("the store is a database, and a backup copies a file")
            .hint("`pg_dump` saves the database; `servhub export folder` writes what is in it"))
    }

    fn fill(&self, path: &Path) -> Result<()> {
        let mut copy = rusqlite::Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        let backup = Backup::new(self.conn.sqlite()?, &mut copy)?;
        // One step takes all pages within one read transaction: no writer waits, and none can come between.
        match backup.step(-1)? {
            StepResult::Done => {}
            _ => return Err(codes::STORE_BUSY.error("the store could not be read for the copy")),
        }
        drop(backup);
        // Without the write-ahead log the copy is one file; opening it as a store turns the log on again.
        copy.pragma_update_and_check(None, "journal_mode", "delete", |row| row.get::<_, String>(0))?;
        let copy = Connection::Sqlite(copy);
        let faults = Read {
            conn: &copy,
            sight: None,
        }
        .damage()?;
        match faults.first() {
            None => Ok(()),
            Some(fault) => Err(codes::STORE_DAMAGED.error(format!("the copy is not sound: {fault}"))),
        }
    }
}
