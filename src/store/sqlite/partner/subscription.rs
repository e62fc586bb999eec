//! Subscriptions as lists, and the roles on them (G-4, B-4).

use super::super::Read;
use super::super::scope::Conditions;
use super::Page;
use crate::domain::Day;
use crate::domain::partner::{Family, SubscriptionStatus};
use crate::error::Result;
use crate::store::engine::{self, Row};
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
    pub ends: Option<Day>,
}

/// Which ones; what is none does not restrict.
#[derive(Debug, Clone, Copy, Default)]
pub struct SubscriptionFilter<'a> {
    /// Key of the customer.
    pub customer: Option<i64>,
    /// In any of them; empty means all.
    pub statuses: &'a [SubscriptionStatus],
    /// Of one family.
    pub family: Option<Family>,
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
    /// Its line.
    pub line: SubscriptionLine,
    /// Key of the customer.
    pub customer_id: i64,
    /// Keys of the partners that it is or was given to: first the one that sold it.
    pub partners: Vec<i64>,
}

// Whoever sees a subscription sees whose it is.
const LINE: &str = "SELECT s.code, u.code AS customer, p.code AS partner, o.name AS product, o.family, s.name, s.status, s.quantity,
    s.starts_on, s.ends_on";
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
            let words: Vec<String> = wanted
                .statuses
                .iter()
                .map(|s| on.bind(s.word().to_owned()))
                .collect();
            on.require(format!("s.status IN ({})", words.join(", ")));
        }
        let end = wanted.page.demand(&mut on, "s.code");
        let sql = format!("{LINE} FROM subscription s{FROM}{}{end}", on.clause());
        let mut statement = self.conn.prepare_cached(&sql)?;
        let rows = statement.query_map(on.values(), line)?;
        Ok(rows.collect::<engine::Result<_>>()?)
    }

    /// One subscription, for whoever found it.
    ///
    /// # Errors
    /// The store's own failure, or no such key.
    pub(crate) fn sold(&self, id: i64) -> Result<Sold> {
        let sql = format!("{LINE} FROM main.subscription s{FROM} WHERE s.id = ?1");
        let line = self.conn.prepare_cached(&sql)?.query_row([id], line)?;
        let sql = "SELECT customer_id, partner_id FROM main.subscription WHERE id = ?1";
        let (customer_id, seller) = self
            .conn
            .prepare_cached(sql)?
            .query_row([id], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let given = "SELECT DISTINCT partner_id FROM main.subscription_role
                     WHERE subscription_id = ?1 AND partner_id IS NOT NULL ORDER BY 1";
        let mut statement = self.conn.prepare_cached(given)?;
        let given = statement.query_map([id], |row| row.get(0))?;
        let mut partners = vec![seller];
        partners.extend(given.collect::<engine::Result<Vec<i64>>>()?);
        Ok(Sold {
            line,
            customer_id,
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
    })
}
