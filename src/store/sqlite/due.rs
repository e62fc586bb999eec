//! What ends within a span of time: each kind by an index on its moment, so that the cost follows what is due.

use super::Read;
use crate::domain::partner::{DelegationStatus, LAPSES_AFTER};
use crate::domain::{Day, Instant};
use crate::error::Result;
use crate::store::engine::{self, Row, params};

/// A span of time that begins now, and whom it is about.
#[derive(Debug, Clone, Copy)]
pub struct Span {
    /// What is over now is not due any more.
    pub now: Instant,
    /// What ends later is not due yet.
    pub until: Instant,
    /// Key of the only customer.
    pub customer: Option<i64>,
}

const DAY: i64 = 86_400;

impl Span {
    /// The first and the last day on which something ends whose last day it is (UTC).
    fn days(self) -> (Day, Day) {
        let number = |instant: Instant| i32::try_from(instant.seconds().div_euclid(DAY)).unwrap_or(i32::MAX);
        (
            Day::from_number(number(self.now)),
            Day::from_number(number(self.until).saturating_sub(1)),
        )
    }
}

/// Something that ends.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Ending {
    pub code: String,
    pub customer: String,
    pub partner: Option<String>,
    pub name: String,
    pub at: Instant,
}

impl Read<'_> {
    /// Delegations that hold, or are agreed on, and end. One that extends itself does not.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn ending_delegations(&self, span: Span) -> Result<Vec<Ending>> {
        use DelegationStatus::{Activating, Active, Approved, Expiring};
        let sql = "SELECT d.code, u.code, p.code, d.name, d.ends_at, d.status, d.starts_at, d.ends_at, d.days, d.auto_extend,
                     d.asked_at, d.approved_at, d.ended_at
                   FROM delegation d JOIN main.partner p ON p.id = d.partner_id JOIN main.customer u ON u.id = d.customer_id
                   WHERE d.auto_extend = 0 AND d.status IN ('approved', 'activating', 'active', 'expiring')
                     AND d.ends_at > ?1 AND d.ends_at <= ?2 AND (CAST(?3 AS bigint) IS NULL OR d.customer_id = ?3)";
        let mut statement = self.conn.prepare_cached(sql)?;
        let rows = statement.query_map(params![span.now, span.until, span.customer], |row| {
            let state = super::partner::life(row)?.status(span.now);
            let goes_on = matches!(state, Approved | Activating | Active | Expiring);
            Ok(goes_on.then_some(ending(row, row.get(4)?)?))
        })?;
        Ok(rows
            .filter_map(engine::Result::transpose)
            .collect::<engine::Result<_>>()?)
    }

    /// Requests for delegated access that lapse.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn lapsing_delegations(&self, span: Span) -> Result<Vec<Ending>> {
        let sql = "SELECT d.code, u.code, p.code, d.name, d.asked_at
                   FROM delegation d JOIN main.partner p ON p.id = d.partner_id JOIN main.customer u ON u.id = d.customer_id
                   WHERE d.status = 'approval-pending' AND d.asked_at > ?1 AND d.asked_at <= ?2
                     AND (CAST(?3 AS bigint) IS NULL OR d.customer_id = ?3)";
        let asked = |instant: Instant| instant.plus_seconds(-LAPSES_AFTER * DAY);
        let mut statement = self.conn.prepare_cached(sql)?;
        let row = params![asked(span.now), asked(span.until), span.customer];
        let rows = statement.query_map(row, |row| {
            let asked: Instant = row.get(4)?;
            ending(row, asked.plus_seconds(LAPSES_AFTER * DAY))
        })?;
        Ok(rows.collect::<engine::Result<_>>()?)
    }

    /// Requests for a relationship that lapse.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn lapsing_relationships(&self, span: Span) -> Result<Vec<Ending>> {
        let sql = "SELECT p.code, u.code, p.code, p.name, r.until_on
                   FROM relationship r JOIN main.partner p ON p.id = r.partner_id JOIN main.customer u ON u.id = r.customer_id
                   WHERE r.status = 'requested' AND r.until_on >= ?1 AND r.until_on <= ?2
                     AND (CAST(?3 AS bigint) IS NULL OR r.customer_id = ?3)";
        self.last_days(sql, span)
    }

    /// Agreements to a version that runs out, where the customer has not confirmed one that counts for longer.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn ending_agreements(&self, span: Span) -> Result<Vec<Ending>> {
        let sql = "SELECT t.code, u.code, p.code, 'version ' || t.version, t.valid_until
                   FROM agreement a JOIN main.agreement_template t ON t.id = a.template_id
                   JOIN main.customer u ON u.id = a.customer_id LEFT JOIN main.partner p ON p.id = a.partner_id
                   WHERE a.status = 'confirmed' AND t.valid_until >= ?1 AND t.valid_until <= ?2
                     AND (CAST(?3 AS bigint) IS NULL OR a.customer_id = ?3)
                     AND NOT EXISTS (SELECT 1 FROM main.agreement o JOIN main.agreement_template n ON n.id = o.template_id
                       WHERE o.customer_id = a.customer_id AND o.status = 'confirmed'
                         AND (n.valid_until IS NULL OR n.valid_until > t.valid_until))";
        self.last_days(sql, span)
    }

    /// Subscriptions whose term ends and is not renewed.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn ending_subscriptions(&self, span: Span) -> Result<Vec<Ending>> {
        let sql = "SELECT s.code, u.code, p.code, s.name, s.ends_on
                   FROM subscription s JOIN main.partner p ON p.id = s.partner_id JOIN main.customer u ON u.id = s.customer_id
                   WHERE s.status IN ('active', 'suspended') AND s.ends_on IS NOT NULL AND s.ends_on >= ?1 AND s.ends_on <= ?2
                     AND (CAST(?3 AS bigint) IS NULL OR s.customer_id = ?3) AND (s.auto_renew = 0 OR s.term IS NULL)";
        self.last_days(sql, span)
    }

    /// Reservations that end.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn ending_reservations(&self, span: Span) -> Result<Vec<Ending>> {
        let sql = "SELECT v.code, u.code, p.code, v.name, v.ends_at
                   FROM reservation v JOIN main.partner p ON p.id = v.partner_id JOIN main.customer u ON u.id = v.customer_id
                   WHERE v.status = 'active' AND v.ends_at > ?1 AND v.ends_at <= ?2
                     AND (CAST(?3 AS bigint) IS NULL OR v.customer_id = ?3)";
        let mut statement = self.conn.prepare_cached(sql)?;
        let rows = statement.query_map(params![span.now, span.until, span.customer], |row| {
            ending(row, row.get(4)?)
        })?;
        Ok(rows.collect::<engine::Result<_>>()?)
    }

    /// What ends with a last day: the moment after it.
    fn last_days(&self, sql: &str, span: Span) -> Result<Vec<Ending>> {
        let (first, last) = span.days();
        let mut statement = self.conn.prepare_cached(sql)?;
        let rows = statement.query_map(params![first, last, span.customer], |row| {
            let last: Day = row.get(4)?;
            ending(row, last.plus(1).start_utc())
        })?;
        Ok(rows.collect::<engine::Result<_>>()?)
    }
}

fn ending(row: &Row<'_>, at: Instant) -> engine::Result<Ending> {
    Ok(Ending {
        code: row.get(0)?,
        customer: row.get(1)?,
        partner: row.get(2)?,
        name: row.get(3)?,
        at,
    })
}
