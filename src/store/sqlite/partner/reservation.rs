//! Azure reservations, what was calculated of them, and what was given back (G-5).

use super::super::scope::Conditions;
use super::super::{Read, Write};
use super::Page;
use crate::domain::Instant;
use crate::domain::sold::money::Currency;
use crate::domain::sold::reservation::{self, Amounts, Holding, ReservationStatus, ReturnKind};
use crate::domain::sold::term::Term;
use crate::error::Result;
use crate::store::engine::{self, OptionalExtension, Row, params};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A reservation as a list shows it. Amounts are whole minor units.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[expect(missing_docs, reason = "the names say it")]
pub struct ReservationLine {
    pub code: String,
    pub customer: String,
    pub partner: String,
    pub name: String,
    pub sku: String,
    pub region: Option<String>,
    /// Units that are left.
    pub quantity: i64,
    pub term: Term,
    pub currency: Currency,
    /// What was paid for them.
    pub paid: i64,
    pub starts_at: Instant,
    pub ends_at: Instant,
    pub status: ReservationStatus,
    pub settled_at: Option<Instant>,
    /// The one that was given for it.
    pub origin: Option<String>,
}

impl ReservationLine {
    /// It, as far as giving it back goes.
    pub fn holding(&self) -> Holding {
        Holding {
            quantity: self.quantity,
            currency: self.currency,
            paid: self.paid,
            starts: self.starts_at,
            ends: self.ends_at,
        }
    }
}

/// Which ones; what is none does not restrict.
#[derive(Debug, Clone, Copy)]
#[expect(missing_docs, reason = "the names say it")]
pub struct ReservationFilter<'a> {
    pub customer: Option<i64>,
    /// In any of them; empty means all.
    pub statuses: &'a [ReservationStatus],
    pub now: Instant,
    pub page: Page<'a>,
}

/// A reservation with the keys of whose it is.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Reserved {
    pub line: ReservationLine,
    pub customer_id: i64,
    pub partner_id: i64,
}

/// Something that was given back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[expect(missing_docs, reason = "the names say it")]
pub struct ReturnLine {
    pub code: String,
    pub reservation: String,
    pub kind: ReturnKind,
    pub at: Instant,
    pub quantity: i64,
    pub currency: Currency,
    pub returned: i64,
    pub used: i64,
    pub refund: i64,
    /// Cents of USD that count towards the vendor's limit.
    pub counted: i64,
}

/// A calculation as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Calculated {
    pub code: String,
    pub reservation_id: i64,
    pub kind: ReturnKind,
    pub made_at: Instant,
    pub valid_until: Instant,
    pub confirmed_at: Option<Instant>,
    /// What the reservation was, so that a change since is noticed.
    pub before: String,
    pub quantity: i64,
    pub amounts: Amounts,
    pub counted: i64,
    pub usd_rate: Option<i64>,
    pub cost: i64,
    pub refusal: Option<String>,
    /// What is bought instead, as JSON.
    pub purchases: String,
}

const LINE: &str = "SELECT v.code, u.code AS customer, p.code AS partner, v.name, v.sku, v.region, v.quantity, v.term, v.currency, v.paid,
    v.starts_at, v.ends_at, v.status, v.settled_at, o.code AS origin";
const FROM: &str = " JOIN main.customer u ON u.id = v.customer_id JOIN main.partner p ON p.id = v.partner_id
    LEFT JOIN main.reservation o ON o.id = v.origin_id";

impl Read<'_> {
    /// Reservations by their ids.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn reservations(&self, wanted: ReservationFilter<'_>) -> Result<Vec<ReservationLine>> {
        let mut on = Conditions::default();
        on.compare("v.customer_id =", wanted.customer);
        if !wanted.statuses.is_empty() {
            let now = on.bind(wanted.now.seconds());
            let all = wanted.statuses.iter();
            let known: Vec<String> = all.map(|s| on.bind(s.word().to_owned())).collect();
            on.require(format!(
                "CASE WHEN v.status = 'active' AND v.ends_at <= {now} THEN 'expired' ELSE v.status END IN ({})",
                known.join(", ")
            ));
        }
        let end = wanted.page.demand(&mut on, "v.code");
        let sql = format!("{LINE} FROM reservation v{FROM}{}{end}", on.clause());
        let mut statement = self.conn.prepare_cached(&sql)?;
        let rows = statement.query_map(on.values(), |row| line(row, wanted.now))?;
        Ok(rows.collect::<engine::Result<_>>()?)
    }

    /// One reservation, for whoever found it.
    ///
    /// # Errors
    /// The store's own failure, or no such key.
    pub(crate) fn reserved(&self, id: i64, now: Instant) -> Result<Reserved> {
        let sql =
            format!("{LINE}, v.customer_id, v.partner_id FROM main.reservation v{FROM} WHERE v.id = ?1");
        let mut statement = self.conn.prepare_cached(&sql)?;
        Ok(statement.query_row([id], |row| {
            Ok(Reserved {
                line: line(row, now)?,
                customer_id: row.get("customer_id")?,
                partner_id: row.get("partner_id")?,
            })
        })?)
    }

    /// What was given back of a reservation, in order.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn reservation_returns(&self, id: i64) -> Result<Vec<ReturnLine>> {
        let sql = "SELECT x.code, v.code, x.kind, x.at, x.quantity, v.currency, x.returned, x.used, x.refund, x.counted
                   FROM reservation_return x JOIN reservation v ON v.id = x.reservation_id
                   WHERE x.reservation_id = ?1 ORDER BY x.at, x.id";
        let mut statement = self.conn.prepare_cached(sql)?;
        let rows = statement.query_map([id], |row| {
            Ok(ReturnLine {
                code: row.get(0)?,
                reservation: row.get(1)?,
                kind: row.get(2)?,
                at: row.get(3)?,
                quantity: row.get(4)?,
                currency: row.get(5)?,
                returned: row.get(6)?,
                used: row.get(7)?,
                refund: row.get(8)?,
                counted: row.get(9)?,
            })
        })?;
        Ok(rows.collect::<engine::Result<_>>()?)
    }

    /// Cents of USD that a partner has had given back for a customer after a moment; exchanges do not count (G-5).
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn given_back(&self, (partner, customer): (i64, i64), since: Instant) -> Result<i64> {
        let sql = "SELECT CAST(coalesce(sum(x.counted), 0) AS bigint) FROM main.reservation v
                   JOIN main.reservation_return x ON x.reservation_id = v.id
                   WHERE v.customer_id = ?1 AND v.partner_id = ?2 AND x.at > ?3 AND x.kind <> 'exchange'";
        let mut statement = self.conn.prepare_cached(sql)?;
        Ok(statement.query_row(params![customer, partner, since], |row| row.get(0))?)
    }

    /// A calculation by its id, with its key.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn calculated(&self, code: &str) -> Result<Option<(i64, Calculated)>> {
        let sql = "SELECT id, code, reservation_id, kind, made_at, valid_until, confirmed_at, before, quantity, returned, used, refund,
                     counted, usd_rate, cost, refusal, purchases FROM main.calculation WHERE code = ?1";
        let mut statement = self.conn.prepare_cached(sql)?;
        let found = statement.query_row([code], |row| Ok((row.get("id")?, calculated(row)?)));
        Ok(found.optional()?)
    }
}

/// Whose a new reservation is, by keys, and for which it was exchanged.
#[derive(Debug, Clone, Copy)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Owner {
    pub customer: i64,
    pub partner: i64,
    pub origin: Option<i64>,
}

impl Write<'_> {
    /// Puts a reservation in.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn put_reservation(&self, owner: Owner, line: &ReservationLine) -> Result<i64> {
        let sql =
            "INSERT INTO reservation (code, customer_id, partner_id, name, sku, region, quantity, term, currency, paid,
                     starts_at, ends_at, status, settled_at, origin_id)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15) RETURNING id";
        Ok(self.conn().prepare_cached(sql)?.insert(params![
            line.code,
            owner.customer,
            owner.partner,
            line.name,
            line.sku,
            line.region,
            line.quantity,
            line.term,
            line.currency,
            line.paid,
            line.starts_at,
            line.ends_at,
            line.status,
            line.settled_at,
            owner.origin
        ])?)
    }

    /// Keeps what is left of a reservation.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn keep_reservation(&self, id: i64, line: &ReservationLine) -> Result<()> {
        let sql =
            "UPDATE reservation SET quantity = ?2, paid = ?3, status = ?4, settled_at = ?5 WHERE id = ?1";
        self.conn().prepare_cached(sql)?.execute(params![
            id,
            line.quantity,
            line.paid,
            line.status,
            line.settled_at
        ])?;
        Ok(())
    }

    /// Keeps a calculation.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn put_calculation(&self, one: &Calculated) -> Result<i64> {
        let sql =
            "INSERT INTO calculation (code, reservation_id, kind, made_at, valid_until, before, quantity, returned, used,
                     refund, counted, usd_rate, cost, refusal, purchases)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15) RETURNING id";
        Ok(self.conn().prepare_cached(sql)?.insert(params![
            one.code,
            one.reservation_id,
            one.kind,
            one.made_at,
            one.valid_until,
            one.before,
            one.quantity,
            one.amounts.returned,
            one.amounts.used,
            one.amounts.refund,
            one.counted,
            one.usd_rate,
            one.cost,
            one.refusal,
            one.purchases
        ])?)
    }

    /// Notes that a calculation was confirmed, and what was given back by it.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn confirm_calculation(&self, id: i64, one: &Calculated, at: Instant) -> Result<()> {
        let sql = "UPDATE calculation SET confirmed_at = ?2 WHERE id = ?1";
        self.conn().prepare_cached(sql)?.execute(params![id, at])?;
        let sql = "INSERT INTO reservation_return (code, reservation_id, kind, at, quantity, returned, used, refund, counted)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
        self.conn().prepare_cached(sql)?.execute(params![
            one.code,
            one.reservation_id,
            one.kind,
            at,
            one.quantity,
            one.amounts.returned,
            one.amounts.used,
            one.amounts.refund,
            one.counted
        ])?;
        Ok(())
    }
}

fn line(row: &Row<'_>, now: Instant) -> engine::Result<ReservationLine> {
    let (status, ends_at) = (row.get("status")?, row.get("ends_at")?);
    Ok(ReservationLine {
        code: row.get("code")?,
        customer: row.get("customer")?,
        partner: row.get("partner")?,
        name: row.get("name")?,
        sku: row.get("sku")?,
        region: row.get("region")?,
        quantity: row.get("quantity")?,
        term: row.get("term")?,
        currency: row.get("currency")?,
        paid: row.get("paid")?,
        starts_at: row.get("starts_at")?,
        ends_at,
        status: reservation::at(status, ends_at, now),
        settled_at: row.get("settled_at")?,
        origin: row.get("origin")?,
    })
}

fn calculated(row: &Row<'_>) -> engine::Result<Calculated> {
    Ok(Calculated {
        code: row.get("code")?,
        reservation_id: row.get("reservation_id")?,
        kind: row.get("kind")?,
        made_at: row.get("made_at")?,
        valid_until: row.get("valid_until")?,
        confirmed_at: row.get("confirmed_at")?,
        before: row.get("before")?,
        quantity: row.get("quantity")?,
        amounts: Amounts {
            returned: row.get("returned")?,
            used: row.get("used")?,
            refund: row.get("refund")?,
        },
        counted: row.get("counted")?,
        usd_rate: row.get("usd_rate")?,
        cost: row.get("cost")?,
        refusal: row.get("refusal")?,
        purchases: row.get("purchases")?,
    })
}
