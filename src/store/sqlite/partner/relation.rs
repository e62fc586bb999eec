//! Relationships of partners with customers, as they are kept (G-2).

use super::super::scope::Conditions;
use super::super::{Read, Write};
use crate::domain::partner::{PartnerKind, REQUEST_DAYS, RelationshipStatus};
use crate::domain::{Day, Instant};
use crate::error::Result;
use crate::store::engine::{self, OptionalExtension, Row, params};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How a partner stands to a customer (G-2).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Relation {
    #[serde(skip)]
    pub id: i64,
    /// Id of the customer; none while the partner may not know of it.
    pub customer: Option<String>,
    pub domain: Option<String>,
    pub partner: String,
    pub name: String,
    pub kind: PartnerKind,
    pub status: RelationshipStatus,
    pub of_record: bool,
    pub since: Day,
    /// The last day on which a request can be accepted.
    pub until: Option<Day>,
    /// What the customer accepts it with.
    pub code: Option<String>,
}

/// A relationship as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RelationRow {
    pub partner: i64,
    pub customer: i64,
    pub status: RelationshipStatus,
    pub of_record: bool,
    pub since: Day,
    pub code: Option<String>,
    pub until: Option<Day>,
}

/// Which relationships are listed.
#[derive(Debug, Clone, Default)]
#[expect(missing_docs, reason = "the names say it")]
pub struct RelationFilter {
    pub partner: Option<i64>,
    pub customer: Option<i64>,
    pub after: Option<i64>,
    pub limit: Option<usize>,
}

const LINE: &str = "SELECT r.id, u.code AS customer, lower(m.domain) AS domain, p.code AS partner, p.name, p.kind, r.status, r.of_record,
    r.since_on, r.until_on, r.code
  FROM relationship r JOIN main.partner p ON p.id = r.partner_id JOIN main.customer m ON m.id = r.customer_id
  LEFT JOIN customer u ON u.id = r.customer_id";

const ROW: &str =
    "SELECT partner_id, customer_id, status, of_record, since_on, code, until_on FROM main.relationship";

/// Until when a request can be accepted; none for what is no request.
fn until(status: RelationshipStatus, since: Day, kept: Option<Day>) -> Option<Day> {
    (status == RelationshipStatus::Requested).then(|| kept.unwrap_or_else(|| since.plus(REQUEST_DAYS)))
}

impl Read<'_> {
    /// The relationships that are seen, as they are on a day, in the order in which they were made.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn relationships(&self, filter: &RelationFilter, day: Day) -> Result<Vec<Relation>> {
        let mut on = Conditions::default();
        on.compare("r.partner_id =", filter.partner);
        on.compare("r.customer_id =", filter.customer);
        on.compare("r.id >", filter.after);
        let limit = filter
            .limit
            .map_or(i64::MAX, |limit| i64::try_from(limit).unwrap_or(i64::MAX));
        let limit = on.bind(limit);
        let sql = format!("{LINE}{} ORDER BY r.id LIMIT {limit}", on.clause());
        let mut statement = self.conn.prepare_cached(&sql)?;
        let rows = statement.query_map(on.values(), |row| line(row, day))?;
        Ok(rows.collect::<engine::Result<_>>()?)
    }

    /// The partners of a customer that are seen, by their ids, as they stand on a day.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn relations(&self, customer: i64, day: Day) -> Result<Vec<Relation>> {
        let sql = format!("{LINE} WHERE r.customer_id = ?1 ORDER BY p.code");
        let mut statement = self.conn.prepare_cached(&sql)?;
        let rows = statement.query_map([customer], |row| line(row, day))?;
        Ok(rows.collect::<engine::Result<_>>()?)
    }

    /// How a partner stands to a customer on a day, if it ever asked.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn relationship(&self, partner: i64, customer: i64, day: Day) -> Result<Option<RelationRow>> {
        let mut statement = self
            .conn
            .prepare_cached(&format!("{ROW} WHERE partner_id = ?1 AND customer_id = ?2"))?;
        let found = statement.query_row(params![partner, customer], |row| relation(row, day));
        Ok(found.optional()?)
    }

    /// The relationship whose request has this code, as it is on a day.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn relationship_by_code(&self, code: &str, day: Day) -> Result<Option<RelationRow>> {
        let mut statement = self.conn.prepare_cached(&format!("{ROW} WHERE code = ?1"))?;
        Ok(statement.query_row([code], |row| relation(row, day)).optional()?)
    }

    /// Whether a partner serves a customer now.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn serves(&self, partner: i64, customer: i64) -> Result<bool> {
        let sql = "SELECT 1 FROM main.relationship WHERE partner_id = ?1 AND customer_id = ?2 AND status = 'active'";
        Ok(self
            .conn
            .prepare_cached(sql)?
            .exists(params![partner, customer])?)
    }

    /// Ids of the subscriptions that a partner sold to a customer and that are active on a day, in their order.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn active_subscriptions_of(
        &self,
        partner: i64,
        customer: i64,
        day: Day,
    ) -> Result<Vec<String>> {
        let sql = format!(
            "SELECT s.code FROM main.subscription s WHERE s.customer_id = ?2 AND s.partner_id = ?1 AND {} ORDER BY s.code",
            super::in_force("?3")
        );
        let mut statement = self.conn.prepare_cached(&sql)?;
        let rows = statement.query_map(params![partner, customer, day], |row| row.get(0))?;
        Ok(rows.collect::<engine::Result<_>>()?)
    }
}

impl Read<'_> {
    /// Ids of the reservations that a partner sold to a customer and that run at a moment, in their order.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn active_reservations_of(
        &self,
        partner: i64,
        customer: i64,
        now: Instant,
    ) -> Result<Vec<String>> {
        let sql = "SELECT code FROM main.reservation
                   WHERE customer_id = ?2 AND partner_id = ?1 AND status = 'active' AND ends_at > ?3 ORDER BY code";
        let mut statement = self.conn.prepare_cached(sql)?;
        let rows = statement.query_map(params![partner, customer, now], |row| row.get(0))?;
        Ok(rows.collect::<engine::Result<_>>()?)
    }
}

impl Write<'_> {
    /// Keeps how a partner stands to a customer.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn put_relationship(&self, row: &RelationRow) -> Result<()> {
        let sql = "INSERT INTO relationship (partner_id, customer_id, status, of_record, since_on, code, until_on)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
            ON CONFLICT (partner_id, customer_id) DO UPDATE SET status = excluded.status, of_record = excluded.of_record,
              since_on = excluded.since_on, code = excluded.code, until_on = excluded.until_on";
        self.conn().prepare_cached(sql)?.execute(params![
            row.partner,
            row.customer,
            row.status,
            row.of_record,
            row.since,
            row.code,
            row.until
        ])?;
        Ok(())
    }
}

fn line(row: &Row<'_>, day: Day) -> engine::Result<Relation> {
    let kept: RelationshipStatus = row.get("status")?;
    let since: Day = row.get("since_on")?;
    let until = until(kept, since, row.get("until_on")?);
    let status = kept.on(day, until);
    let open = status == RelationshipStatus::Requested;
    Ok(Relation {
        id: row.get("id")?,
        customer: row.get("customer")?,
        domain: row.get("domain")?,
        partner: row.get("partner")?,
        name: row.get("name")?,
        kind: row.get("kind")?,
        status,
        of_record: row.get::<_, bool>("of_record")? && status == RelationshipStatus::Active,
        since,
        until,
        code: if open { row.get("code")? } else { None },
    })
}

fn relation(row: &Row<'_>, day: Day) -> engine::Result<RelationRow> {
    let kept: RelationshipStatus = row.get("status")?;
    let since: Day = row.get("since_on")?;
    let until = until(kept, since, row.get("until_on")?);
    Ok(RelationRow {
        partner: row.get("partner_id")?,
        customer: row.get("customer_id")?,
        status: kept.on(day, until),
        of_record: row.get("of_record")?,
        since,
        code: row.get("code")?,
        until,
    })
}
