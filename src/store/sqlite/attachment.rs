//! Attachments of requests. Their bytes are read one file at a time.

use super::{Event, Read, Write};
use crate::domain::Instant;
use crate::error::Result;
use crate::store::engine::{self, OptionalExtension, Row, params};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// An attachment without its bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Attachment {
    /// When it came.
    pub at: Instant,
    /// Who brought it.
    pub account: String,
    /// What it is called.
    pub name: String,
    /// How many bytes it has.
    pub size: i64,
    /// The digest of its bytes.
    pub sha256: Vec<u8>,
}

const COLUMNS: &str = "at, account, name, size, sha256";

impl Read<'_> {
    /// The attachments of a request, in the order in which they came. The caller has looked whether it may be seen.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn files(&self, case_id: i64) -> Result<Vec<Attachment>> {
        let sql = format!("SELECT {COLUMNS} FROM main.case_file WHERE case_id = ?1 ORDER BY at, id");
        let mut statement = self.conn.prepare_cached(&sql)?;
        let rows = statement.query_map([case_id], attachment)?;
        Ok(rows.collect::<engine::Result<_>>()?)
    }

    /// The attachment of a name.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn file(&self, case_id: i64, name: &str) -> Result<Option<Attachment>> {
        let sql = format!("SELECT {COLUMNS} FROM main.case_file WHERE case_id = ?1 AND name = ?2");
        let mut statement = self.conn.prepare_cached(&sql)?;
        Ok(statement
            .query_row(params![case_id, name], attachment)
            .optional()?)
    }

    /// The bytes of the attachment of a name.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn file_bytes(&self, case_id: i64, name: &str) -> Result<Option<Vec<u8>>> {
        let sql = "SELECT content FROM main.case_file WHERE case_id = ?1 AND name = ?2";
        let mut statement = self.conn.prepare_cached(sql)?;
        Ok(statement
            .query_row(params![case_id, name], |row| row.get(0))
            .optional()?)
    }

    /// One key for each content of an attachment, with its digest.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn distinct_files(&self) -> Result<Vec<(i64, Vec<u8>)>> {
        let sql = "SELECT min(id), sha256 FROM case_file GROUP BY sha256";
        let mut statement = self.conn.prepare_cached(sql)?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<engine::Result<_>>()?)
    }

    /// The bytes of an attachment by its key.
    ///
    /// # Errors
    /// The store's own failure, or no such key.
    pub(crate) fn file_content(&self, id: i64) -> Result<Vec<u8>> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT content FROM case_file WHERE id = ?1")?;
        Ok(statement.query_row([id], |row| row.get(0))?)
    }

    /// How often a request has an event of the same content.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn same_events(&self, case_id: i64, event: &Event) -> Result<i64> {
        let sql =
            "SELECT count(*) FROM case_event WHERE case_id = ?1 AND at = ?2 AND account = ?3 AND kind = ?4
                     AND before IS NOT DISTINCT FROM ?5 AND after IS NOT DISTINCT FROM ?6
                     AND text IS NOT DISTINCT FROM ?7";
        let mut statement = self.conn.prepare_cached(sql)?;
        let values = params![
            case_id,
            event.at,
            event.account,
            event.kind,
            event.before,
            event.after,
            event.text
        ];
        Ok(statement.query_row(values, |row| row.get(0))?)
    }
}

fn attachment(row: &Row<'_>) -> engine::Result<Attachment> {
    Ok(Attachment {
        at: row.get(0)?,
        account: row.get(1)?,
        name: row.get(2)?,
        size: row.get(3)?,
        sha256: row.get(4)?,
    })
}

impl Write<'_> {
    /// Keeps an attachment.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn put_file(&self, case_id: i64, file: &Attachment, content: &[u8]) -> Result<()> {
        let sql = "INSERT INTO case_file (case_id, at, account, name, size, sha256, content) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
        self.conn().prepare_cached(sql)?.execute(params![
            case_id,
            file.at,
            file.account,
            file.name,
            file.size,
            file.sha256,
            content
        ])?;
        Ok(())
    }
}
