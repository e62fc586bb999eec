//! Subscriptions as lists, and the roles on them (G-4, B-4).

use super::super::scope::Conditions;
use super::super::{Read, Write};
use super::Page;
use crate::domain::partner::{Family, PartnerKind, SubscriptionStatus};
use crate::domain::sold::term::{Billing, Standing, Term};
use crate::domain::{Day, Instant, Zone};
use crate::error::Result;
use crate::store::engine::{self, OptionalExtension, Row, params};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A subscription as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[expect(missing_docs, reason = "the names say it")]
pub struct SubscriptionLine {
    pub code: String,
    pub customer: String,
    pub partner: String,
    pub product: String,
    pub family: Option<Family>,
    pub name: String,
    pub status: SubscriptionStatus,
    pub seats: i64,
    pub starts: Day,
    /// The last day of the term.
    pub ends: Option<Day>,
    pub term: Option<Term>,
    pub billing: Option<Billing>,
    pub auto_renew: bool,
    /// The first and the last day of the next term, when it is going to be renewed.
    pub renews: Option<Day>,
    pub next_ends: Option<Day>,
    /// Until when seats may be lowered and the term be cancelled.
    pub cancel_until: Option<Instant>,
}

impl SubscriptionLine {
    /// How it stands, as far as time and its term go.
    pub fn standing(&self) -> Standing {
        Standing {
            status: self.status,
            term: self.term,
            auto_renew: self.auto_renew,
            starts: self.starts,
            ends: self.ends,
            cancel_until: self.cancel_until,
        }
    }

    /// The same, standing so.
    #[must_use]
    pub fn standing_so(mut self, standing: Standing) -> Self {
        let next = standing.next_term();
        self.status = standing.status;
        self.ends = standing.ends;
        self.cancel_until = standing.open_until();
        self.renews = next.map(|(first, _)| first);
        self.next_ends = next.map(|(_, last)| last);
        self
    }
}

/// Which ones; what is none does not restrict.
#[derive(Debug, Clone, Copy)]
pub struct SubscriptionFilter<'a> {
    /// Key of the customer.
    pub customer: Option<i64>,
    /// In any of them; empty means all.
    pub statuses: &'a [SubscriptionStatus],
    /// Of one family.
    pub family: Option<Family>,
    /// The moment up to which time has done its part.
    pub now: Instant,
    /// Where the list goes on and stops.
    pub page: Page<'a>,
}

/// A role on a subscription, and who holds it: a person, a security group, or a reseller.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[expect(missing_docs, reason = "the names say it")]
pub struct SubscriptionRole {
    pub subscription: String,
    pub role: String,
    pub account: Option<String>,
    pub group: Option<String>,
    pub partner: Option<String>,
}

/// A subscription, and whom it belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sold {
    /// Its line, as time has made it.
    pub line: SubscriptionLine,
    /// The same as it is kept.
    pub kept: SubscriptionLine,
    /// Key of the customer.
    pub customer_id: i64,
    /// Key of the product.
    pub product_id: i64,
    /// Keys of the partners that it is or was given to: first the one that sold it.
    pub partners: Vec<i64>,
}

// Whoever sees a subscription sees whose it is.
const LINE: &str = "SELECT s.code, u.code AS customer, p.code AS partner, o.name AS product, o.family, s.name, s.status, s.quantity,
    s.starts_on, s.ends_on, s.term, s.billing, s.auto_renew, s.cancel_until";
const FROM: &str = " JOIN main.partner p ON p.id = s.partner_id JOIN main.customer u ON u.id = s.customer_id
    JOIN main.product o ON o.id = s.product_id";

impl Read<'_> {
    /// Subscriptions by their ids.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn subscriptions(&self, wanted: SubscriptionFilter<'_>) -> Result<Vec<SubscriptionLine>> {
        let mut on = Conditions::default();
        on.compare("s.customer_id =", wanted.customer);
        on.compare("o.family =", wanted.family.map(|family| family.word().to_owned()));
        if !wanted.statuses.is_empty() {
            let today = wanted.now.day_in(&Zone::utc());
            let status = standing_at(&on.bind(i64::from(today.number())));
            let words: Vec<String> = wanted
                .statuses
                .iter()
                .map(|s| on.bind(s.word().to_owned()))
                .collect();
            on.require(format!("{status} IN ({})", words.join(", ")));
        }
        let end = wanted.page.demand(&mut on, "s.code");
        let sql = format!("{LINE} FROM subscription s{FROM}{}{end}", on.clause());
        let mut statement = self.conn.prepare_cached(&sql)?;
        let rows = statement.query_map(on.values(), |row| {
            let kept = line(row)?;
            let standing = kept.standing().at(wanted.now);
            Ok(kept.standing_so(standing))
        })?;
        Ok(rows.collect::<engine::Result<_>>()?)
    }

    /// Whether a customer is archived: nothing is sold to it then (G-1).
    ///
    /// # Errors
    /// The store's own failure, or no such key.
    pub(crate) fn is_archived_customer(&self, customer: i64) -> Result<bool> {
        let sql = "SELECT archived_on IS NOT NULL FROM main.customer WHERE id = ?1";
        let mut statement = self.conn.prepare_cached(sql)?;
        Ok(statement.query_row([customer], |row| row.get(0))?)
    }

    /// How a partner sells, and the provider that it sells through.
    ///
    /// # Errors
    /// The store's own failure, or no such key.
    pub(crate) fn way_of_selling(&self, partner: i64) -> Result<(PartnerKind, Option<String>)> {
        let sql = "SELECT p.kind, o.name FROM main.partner p LEFT JOIN main.partner o ON o.id = p.provider_id WHERE p.id = ?1";
        let mut statement = self.conn.prepare_cached(sql)?;
        Ok(statement.query_row([partner], |row| Ok((row.get(0)?, row.get(1)?)))?)
    }

    /// Key, customer and seller of a subscription by its id, whoever asks.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn subscription_by_id(&self, code: &str) -> Result<Option<(i64, i64, i64)>> {
        let sql = "SELECT id, customer_id, partner_id FROM main.subscription WHERE code = ?1";
        let mut statement = self.conn.prepare_cached(sql)?;
        let found = statement.query_row([code], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)));
        Ok(found.optional()?)
    }

    /// An id that no row of a table has yet.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn free_code(&self, table: &str, prefix: &str) -> Result<String> {
        let sql = format!("SELECT coalesce(max(id), 0) FROM main.{table}");
        let mut number: i64 = self.conn.prepare_cached(&sql)?.query_row([], |row| row.get(0))?;
        let sql = format!("SELECT 1 FROM main.{table} WHERE code = ?1");
        let mut taken = self.conn.prepare_cached(&sql)?;
        loop {
            number += 1;
            let code = format!("{prefix}-{number:06}");
            if !taken.exists([&code])? {
                return Ok(code);
            }
        }
    }

    /// One subscription, for whoever found it.
    ///
    /// # Errors
    /// The store's own failure, or no such key.
    pub(crate) fn sold(&self, id: i64, now: Instant) -> Result<Sold> {
        let sql = format!("{LINE} FROM main.subscription s{FROM} WHERE s.id = ?1");
        let mut statement = self.conn.prepare_cached(&sql)?;
        let kept = statement.query_row([id], line)?;
        let sql = "SELECT customer_id, partner_id, product_id FROM main.subscription WHERE id = ?1";
        let (customer_id, seller, product_id) = self
            .conn
            .prepare_cached(sql)?
            .query_row([id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        let given = "SELECT DISTINCT partner_id FROM main.subscription_role
                     WHERE subscription_id = ?1 AND partner_id IS NOT NULL ORDER BY 1";
        let mut statement = self.conn.prepare_cached(given)?;
        let given = statement.query_map([id], |row| row.get(0))?;
        let mut partners = vec![seller];
        partners.extend(given.collect::<engine::Result<Vec<i64>>>()?);
        Ok(Sold {
            line: kept.clone().standing_so(kept.standing().at(now)),
            kept,
            customer_id,
            product_id,
            partners,
        })
    }

    /// Who holds a role on a subscription. Its customer sees all of them; a partner its own people and groups, and to
    /// whom it gave what it sold (G-2).
    ///
    /// # Errors
    /// The store's own failure.
    pub fn subscription_roles(&self, id: i64) -> Result<Vec<SubscriptionRole>> {
        let sql = "SELECT s.code, r.role, r.account, g.name, p.code FROM subscription_role r
                   JOIN subscription s ON s.id = r.subscription_id LEFT JOIN main.security_group g ON g.id = r.group_id
                   LEFT JOIN main.partner p ON p.id = r.partner_id WHERE s.id = ?1 ORDER BY r.role, r.account NULLS FIRST,
                     g.name NULLS FIRST, p.code NULLS FIRST";
        let mut statement = self.conn.prepare_cached(sql)?;
        let rows = statement.query_map([id], |row| {
            Ok(SubscriptionRole {
                subscription: row.get(0)?,
                role: row.get(1)?,
                account: row.get(2)?,
                group: row.get(3)?,
                partner: row.get(4)?,
            })
        })?;
        Ok(rows.collect::<engine::Result<_>>()?)
    }
}

/// Whether a subscription `s` is in force on a day, as SQL: active, and in its term or renewed at the end of it (G-4).
pub(in crate::store::sqlite) fn in_force(day: &str) -> String {
    format!(
        "s.status = 'active' AND (s.ends_on IS NULL OR s.ends_on >= {day} OR (s.auto_renew = 1 AND s.term IS NOT NULL))"
    )
}

/// The status that time has made of a subscription `s` by a day, as SQL.
pub(super) fn standing_at(day: &str) -> String {
    format!(
        "CASE WHEN s.status IN ('active', 'suspended') AND s.ends_on < {day}
           AND NOT (s.status = 'active' AND s.auto_renew = 1 AND s.term IS NOT NULL) THEN 'expired' ELSE s.status END"
    )
}

/// A subscription as it is kept.
fn line(row: &Row<'_>) -> engine::Result<SubscriptionLine> {
    Ok(SubscriptionLine {
        code: row.get("code")?,
        customer: row.get("customer")?,
        partner: row.get("partner")?,
        product: row.get("product")?,
        family: row.get("family")?,
        name: row.get("name")?,
        status: row.get("status")?,
        seats: row.get("quantity")?,
        starts: row.get("starts_on")?,
        ends: row.get("ends_on")?,
        term: row.get("term")?,
        billing: row.get("billing")?,
        auto_renew: row.get("auto_renew")?,
        renews: None,
        next_ends: None,
        cancel_until: row.get("cancel_until")?,
    })
}

/// Whose a new subscription is, by keys.
#[derive(Debug, Clone, Copy)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Sale {
    pub customer: i64,
    pub partner: i64,
    pub product: i64,
}

impl Write<'_> {
    /// Puts a subscription in.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn put_subscription(&self, sale: Sale, line: &SubscriptionLine) -> Result<i64> {
        let sql = "INSERT INTO subscription (code, customer_id, partner_id, product_id, name, status, quantity, starts_on, ends_on,
                     term, billing, auto_renew, cancel_until)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13) RETURNING id";
        Ok(self.conn().prepare_cached(sql)?.insert(params![
            line.code,
            sale.customer,
            sale.partner,
            sale.product,
            line.name,
            line.status,
            line.seats,
            line.starts,
            line.ends,
            line.term,
            line.billing,
            line.auto_renew,
            line.cancel_until
        ])?)
    }

    /// Keeps what a subscription has become.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn keep_subscription(&self, id: i64, line: &SubscriptionLine) -> Result<()> {
        let sql =
            "UPDATE subscription SET status = ?2, quantity = ?3, ends_on = ?4, auto_renew = ?5, cancel_until = ?6
                   WHERE id = ?1";
        self.conn().prepare_cached(sql)?.execute(params![
            id,
            line.status,
            line.seats,
            line.ends,
            line.auto_renew,
            line.cancel_until
        ])?;
        Ok(())
    }

    /// Makes a subscription another partner's. Roles on it end that its seller gave: those of its people and groups, of its
    /// resellers, and the access that these were given.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn hand_over(&self, id: i64, (source, target): (i64, i64)) -> Result<()> {
        let theirs = "(SELECT p.id FROM partner p WHERE p.id = ?2 OR p.provider_id = ?2)";
        let sql = format!(
            "DELETE FROM subscription_role WHERE subscription_id = ?1 AND (partner_id IS NOT NULL
               OR group_id IN (SELECT g.id FROM security_group g WHERE g.partner_id IN {theirs})
               OR (account IN (SELECT q.account FROM partner_person q WHERE q.partner_id IN {theirs})
                 AND account NOT IN (SELECT q.account FROM partner_person q WHERE q.partner_id = ?3)))"
        );
        self.conn()
            .prepare_cached(&sql)?
            .execute(params![id, source, target])?;
        let sql = "UPDATE subscription SET partner_id = ?2 WHERE id = ?1";
        self.conn().prepare_cached(sql)?.execute(params![id, target])?;
        Ok(())
    }
}
