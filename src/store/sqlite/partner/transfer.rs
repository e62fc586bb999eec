//! Transfers of subscriptions from one partner to another (G-4).

use super::super::scope::Conditions;
use super::super::{Read, Write};
use super::{Page, words};
use crate::domain::Instant;
use crate::domain::sold::transfer::{self, TransferStatus};
use crate::error::Result;
use crate::store::engine::{self, OptionalExtension, Row, params};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A transfer as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[expect(missing_docs, reason = "the names say it")]
pub struct TransferLine {
    pub code: String,
    pub customer: String,
    /// Who sold the subscriptions; the target is not told (G-2).
    pub source: Option<String>,
    /// Who asks for them.
    pub target: String,
    pub status: TransferStatus,
    pub subscriptions: Vec<String>,
    pub requested_at: Instant,
    pub lapses_at: Instant,
    pub settled_at: Option<Instant>,
}

/// Which ones; what is none does not restrict.
#[derive(Debug, Clone, Copy)]
#[expect(missing_docs, reason = "the names say it")]
pub struct TransferFilter<'a> {
    pub customer: Option<i64>,
    /// In any of them; empty means all.
    pub statuses: &'a [TransferStatus],
    pub now: Instant,
    pub page: Page<'a>,
}

/// A transfer with the keys of what it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Moving {
    pub line: TransferLine,
    pub customer_id: i64,
    pub source_id: i64,
    pub target_id: i64,
    /// Keys of the subscriptions.
    pub subscriptions: Vec<i64>,
}

const LINE: &str = "SELECT x.code, u.code AS customer, s.code AS source, t.code AS target, x.status, x.requested_at, x.lapses_at, x.settled_at,
    (SELECT string_agg(b.code, '\n' ORDER BY b.code) FROM main.transfer_item i JOIN main.subscription b ON b.id = i.subscription_id
       WHERE i.transfer_id = x.id) AS subscriptions";

impl Read<'_> {
    /// Transfers by their ids.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn transfers(&self, wanted: TransferFilter<'_>) -> Result<Vec<TransferLine>> {
        let mut on = Conditions::default();
        on.compare("x.customer_id =", wanted.customer);
        if !wanted.statuses.is_empty() {
            let now = on.bind(wanted.now.seconds());
            let all = wanted.statuses.iter();
            let known: Vec<String> = all.map(|s| on.bind(s.word().to_owned())).collect();
            on.require(format!(
                "CASE WHEN x.status = 'pending' AND x.lapses_at < {now} THEN 'lapsed' ELSE x.status END IN ({})",
                known.join(", ")
            ));
        }
        let end = wanted.page.demand(&mut on, "x.code");
        // Whoever is not to know who sold them does not see that partner.
        let sql = format!(
            "{LINE} FROM transfer x JOIN main.customer u ON u.id = x.customer_id LEFT JOIN partner s ON s.id = x.source_id
             JOIN main.partner t ON t.id = x.target_id{}{end}",
            on.clause()
        );
        let mut statement = self.conn.prepare_cached(&sql)?;
        let rows = statement.query_map(on.values(), |row| line(row, Some(wanted.now)))?;
        Ok(rows.collect::<engine::Result<_>>()?)
    }

    /// One transfer as it is kept, for whoever found it.
    ///
    /// # Errors
    /// The store's own failure, or no such key.
    pub(crate) fn moving(&self, id: i64) -> Result<Moving> {
        let sql = format!(
            "{LINE}, x.customer_id, x.source_id, x.target_id FROM main.transfer x JOIN main.customer u ON u.id = x.customer_id
             JOIN main.partner s ON s.id = x.source_id JOIN main.partner t ON t.id = x.target_id WHERE x.id = ?1"
        );
        let mut moving = self.conn.prepare_cached(&sql)?.query_row([id], |row| {
            Ok(Moving {
                line: line(row, None)?,
                customer_id: row.get("customer_id")?,
                source_id: row.get("source_id")?,
                target_id: row.get("target_id")?,
                subscriptions: Vec::new(),
            })
        })?;
        let sql =
            "SELECT subscription_id FROM main.transfer_item WHERE transfer_id = ?1 ORDER BY subscription_id";
        let mut statement = self.conn.prepare_cached(sql)?;
        let rows = statement.query_map([id], |row| row.get(0))?;
        moving.subscriptions = rows.collect::<engine::Result<_>>()?;
        Ok(moving)
    }

    /// The transfer that a subscription waits in.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn pending_transfer(&self, subscription: i64, now: Instant) -> Result<Option<i64>> {
        let sql = "SELECT x.id FROM main.transfer_item i JOIN main.transfer x ON x.id = i.transfer_id
                   WHERE i.subscription_id = ?1 AND x.status = 'pending' AND x.lapses_at >= ?2 ORDER BY x.id LIMIT 1";
        let mut statement = self.conn.prepare_cached(sql)?;
        let found = statement.query_row(params![subscription, now], |row| row.get(0));
        Ok(found.optional()?)
    }
}

impl Write<'_> {
    /// Puts a transfer in.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn put_transfer(&self, moving: &Moving) -> Result<i64> {
        let sql = "INSERT INTO transfer (code, customer_id, source_id, target_id, status, requested_at, lapses_at, settled_at)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) RETURNING id";
        let line = &moving.line;
        let id = self.conn().prepare_cached(sql)?.insert(params![
            line.code,
            moving.customer_id,
            moving.source_id,
            moving.target_id,
            line.status,
            line.requested_at,
            line.lapses_at,
            line.settled_at
        ])?;
        let sql = "INSERT INTO transfer_item (transfer_id, subscription_id) VALUES (?1, ?2)";
        let mut statement = self.conn().prepare_cached(sql)?;
        for subscription in &moving.subscriptions {
            statement.execute(params![id, subscription])?;
        }
        Ok(id)
    }

    /// Keeps how a transfer stands, and since when.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn keep_transfer(&self, id: i64, status: TransferStatus, settled: Instant) -> Result<()> {
        let sql = "UPDATE transfer SET status = ?2, settled_at = ?3 WHERE id = ?1";
        self.conn()
            .prepare_cached(sql)?
            .execute(params![id, status, settled])?;
        Ok(())
    }
}

fn line(row: &Row<'_>, now: Option<Instant>) -> engine::Result<TransferLine> {
    let (status, lapses_at) = (row.get("status")?, row.get("lapses_at")?);
    Ok(TransferLine {
        code: row.get("code")?,
        customer: row.get("customer")?,
        source: row.get("source")?,
        target: row.get("target")?,
        status: now.map_or(status, |now| transfer::at(status, lapses_at, now)),
        subscriptions: words(row, "subscriptions")?,
        requested_at: row.get("requested_at")?,
        lapses_at,
        settled_at: row.get("settled_at")?,
    })
}
