//! Known issues of services (G-10). They are nobody's own: whoever may ask sees all of them.

use super::{Read, Write};
use crate::domain::Instant;
use crate::domain::health::Classification;
use crate::error::Result;
use crate::store::engine::{self, OptionalExtension, Row, params};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A known issue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Issue {
    pub id: i64,
    pub code: String,
    pub service: String,
    pub title: String,
    pub classification: Classification,
    /// The vendor's word.
    pub status: String,
    pub region: Option<String>,
    pub impact: Option<String>,
    pub started_at: Instant,
    pub ended_at: Option<Instant>,
    /// When something was last said of it.
    pub updated_at: Option<Instant>,
}

/// What was said of an issue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Update {
    /// When.
    pub at: Instant,
    /// The words.
    pub text: String,
}

const ISSUE: &str = "SELECT i.id, i.code, i.service, i.title, i.classification, i.status, i.region, i.impact, i.started_at,
    i.ended_at, (SELECT max(u.at) FROM main.health_update u WHERE u.issue_id = i.id) FROM main.health_issue i";

impl Read<'_> {
    /// The issues of a service or of all, the latest first.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn issues(&self, service: Option<&str>) -> Result<Vec<Issue>> {
        let sql = format!(
            "{ISSUE} WHERE CAST(?1 AS citext) IS NULL OR i.service = ?1 ORDER BY i.started_at DESC, i.code"
        );
        let mut statement = self.conn.prepare_cached(&sql)?;
        let rows = statement.query_map([service], issue)?;
        Ok(rows.collect::<engine::Result<_>>()?)
    }

    /// The issue of a code.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn issue(&self, code: &str) -> Result<Option<Issue>> {
        let mut statement = self.conn.prepare_cached(&format!("{ISSUE} WHERE i.code = ?1"))?;
        Ok(statement.query_row([code], issue).optional()?)
    }

    /// What was said of an issue, in order.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn health_updates(&self, issue_id: i64) -> Result<Vec<Update>> {
        let sql = "SELECT at, text FROM main.health_update WHERE issue_id = ?1 ORDER BY at, id";
        let mut statement = self.conn.prepare_cached(sql)?;
        let rows = statement.query_map([issue_id], |row| {
            Ok(Update {
                at: row.get(0)?,
                text: row.get(1)?,
            })
        })?;
        Ok(rows.collect::<engine::Result<_>>()?)
    }
}

fn issue(row: &Row<'_>) -> engine::Result<Issue> {
    Ok(Issue {
        id: row.get(0)?,
        code: row.get(1)?,
        service: row.get(2)?,
        title: row.get(3)?,
        classification: row.get(4)?,
        status: row.get(5)?,
        region: row.get(6)?,
        impact: row.get(7)?,
        started_at: row.get(8)?,
        ended_at: row.get(9)?,
        updated_at: row.get(10)?,
    })
}

impl Write<'_> {
    /// Keeps what was said of an issue; says whether it was new.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn put_health_update(&self, issue_id: i64, at: Instant, text: &str) -> Result<bool> {
        let sql = "INSERT INTO health_update (issue_id, at, text) SELECT CAST(?1 AS bigint), CAST(?2 AS bigint), CAST(?3 AS text) WHERE NOT EXISTS
                     (SELECT 1 FROM health_update WHERE issue_id = ?1 AND at = ?2 AND text = ?3)";
        let new = self
            .conn()
            .prepare_cached(sql)?
            .execute(params![issue_id, at, text])?;
        Ok(new > 0)
    }
}
