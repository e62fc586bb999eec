//! The audit trail: written with the change, chained by hash.

use super::{Read, Write};
use crate::audit::{Chain, Entry};
use crate::domain::Instant;
use crate::error::{Result, codes};
use crate::store::engine::{OptionalExtension, Row, params};
use std::ops::ControlFlow;

/// An entry as it stands in the trail.
pub type Recorded = (i64, Entry, Vec<u8>);

const RECORD: &str = "SELECT id, at, actor, on_behalf, action, subject, before, after, reason, ticket, origin, hash FROM audit";

/// Which records are wanted; what is none does not restrict.
#[derive(Debug, Clone, Copy, Default)]
pub struct AuditFilter<'a> {
    /// The acting person, or the one it was done for.
    pub person: Option<&'a str>,
    /// From this moment on.
    pub from: Option<Instant>,
    /// Before this moment.
    pub before: Option<Instant>,
    /// How the subject begins.
    pub subject: Option<&'a str>,
    /// How the action begins.
    pub action: Option<&'a str>,
}

impl AuditFilter<'_> {
    const SQL: &'static str = "(CAST(?1 AS text) IS NULL OR lower(actor) = ?1 OR lower(on_behalf) = ?1)
        AND (CAST(?2 AS bigint) IS NULL OR at >= ?2) AND (CAST(?3 AS bigint) IS NULL OR at < ?3)
        AND (CAST(?4 AS text) IS NULL OR substr(subject, 1, length(?4)) = ?4)
        AND (CAST(?5 AS text) IS NULL OR substr(action, 1, length(?5)) = ?5)";
}

impl AuditFilter<'_> {
    /// The person as accounts are compared.
    fn person(&self) -> Option<String> {
        self.person.map(str::to_ascii_lowercase)
    }
}

impl Write<'_> {
    /// Appends one record to the chain.
    ///
    /// # Errors
    /// Any failure; the caller's transaction must then not be committed.
    pub(crate) fn append_audit(&self, entry: &Entry) -> Result<()> {
        let mut head = self.conn().prepare_cached("SELECT id, hash FROM audit_head")?;
        let (last, hash): (i64, Vec<u8>) = head.query_row([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let id = last + 1;
        let hash = Chain::from_hash(&hash).next(id, entry);
        let mut insert = self.conn().prepare_cached(
            "INSERT INTO audit (id, at, actor, on_behalf, action, subject, before, after, reason, ticket, origin, hash)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
        )?;
        insert.execute(params![
            id,
            entry.at,
            entry.actor,
            entry.on_behalf,
            entry.action,
            entry.subject,
            entry.before,
            entry.after,
            entry.reason,
            entry.ticket,
            entry.origin,
            hash.as_slice()
        ])?;
        let mut advance = self
            .conn()
            .prepare_cached("UPDATE audit_head SET id = ?1, hash = ?2")?;
        advance.execute(params![id, hash.as_slice()])?;
        Ok(())
    }
}

impl Read<'_> {
    /// Id and hash of the newest record. Every change appends one, so equal heads mean one moment.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn audit_head(&self) -> Result<(i64, Vec<u8>)> {
        let mut head = self.conn.prepare_cached("SELECT id, hash FROM audit_head")?;
        let found = head
            .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        found.ok_or_else(|| codes::AUDIT_BROKEN.error("the end of the audit chain is missing"))
    }

    /// What the first change to this store was; none in a store that nothing was written to.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn first_action(&self) -> Result<Option<String>> {
        let mut first = self
            .conn
            .prepare_cached("SELECT action FROM audit ORDER BY id LIMIT 1")?;
        Ok(first.query_row([], |row| row.get(0)).optional()?)
    }

    /// Hands every record after `after`, oldest first, to `each`, until that says stop.
    ///
    /// # Errors
    /// The store's own failure, or what `each` answers.
    pub fn each_audit(
        &self,
        after: i64,
        mut each: impl FnMut(Recorded) -> Result<ControlFlow<()>>,
    ) -> Result<()> {
        let sql = format!("{RECORD} WHERE id > ?1 ORDER BY id");
        let mut statement = self.conn.prepare_cached(&sql)?;
        let mut rows = statement.query([after])?;
        while let Some(ref row) = rows.next()? {
            if each(recorded(row)?)?.is_break() {
                break;
            }
        }
        Ok(())
    }
}

impl Read<'_> {
    /// Up to `limit` wanted records, newest first, older than the record `before`.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn audit_page(
        &self,
        filter: &AuditFilter<'_>,
        before: Option<i64>,
        limit: i64,
    ) -> Result<Vec<Recorded>> {
        let f = filter;
        let sql = format!(
            "{RECORD} WHERE {} AND id < ?6 ORDER BY id DESC LIMIT ?7",
            AuditFilter::SQL
        );
        let mut statement = self.conn.prepare_cached(&sql)?;
        let before = before.unwrap_or(i64::MAX);
        let mut rows = statement.query(params![
            f.person(),
            f.from,
            f.before,
            f.subject,
            f.action,
            before,
            limit
        ])?;
        let mut found = Vec::new();
        while let Some(ref row) = rows.next()? {
            found.push(recorded(row)?);
        }
        Ok(found)
    }

    /// How many records are wanted in all.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn audit_count(&self, filter: &AuditFilter<'_>) -> Result<i64> {
        let f = filter;
        let sql = format!("SELECT count(*) FROM audit WHERE {}", AuditFilter::SQL);
        let mut statement = self.conn.prepare_cached(&sql)?;
        let wanted = params![f.person(), f.from, f.before, f.subject, f.action];
        Ok(statement.query_row(wanted, |row| row.get(0))?)
    }

    /// Hands every wanted record to `each`, oldest first.
    ///
    /// # Errors
    /// The store's own failure, or what `each` answers.
    pub fn each_audit_of(
        &self,
        filter: &AuditFilter<'_>,
        mut each: impl FnMut(Recorded) -> Result<()>,
    ) -> Result<()> {
        let f = filter;
        let sql = format!("{RECORD} WHERE {} ORDER BY id", AuditFilter::SQL);
        let mut statement = self.conn.prepare_cached(&sql)?;
        let mut rows = statement.query(params![f.person(), f.from, f.before, f.subject, f.action])?;
        while let Some(ref row) = rows.next()? {
            each(recorded(row)?)?;
        }
        Ok(())
    }
}

fn recorded(row: &Row<'_>) -> Result<Recorded> {
    let entry = Entry {
        at: row.get("at")?,
        actor: row.get("actor")?,
        on_behalf: row.get("on_behalf")?,
        action: row.get("action")?,
        subject: row.get("subject")?,
        before: row.get("before")?,
        after: row.get("after")?,
        reason: row.get("reason")?,
        ticket: row.get("ticket")?,
        origin: row.get("origin")?,
    };
    Ok((row.get("id")?, entry, row.get("hash")?))
}
