//! Licences: how many were bought, who holds one, and how many are left (G-7).
//!
//! A seat counts as **bought** while its subscription is active and its term runs: from `starts_on` to `ends_on`, both
//! included, on the day that is asked about, whichever partner sold it. The seats of all such subscriptions of one product
//! add up, because they are the customer's and not the seller's. What is suspended, cancelled, expired, not yet begun or
//! over counts for nothing. A seat that stops to count takes no licence away from anybody: there are then more assigned
//! than bought, and nobody new gets one until that is no longer so.

use super::{Read, Write};
use crate::domain::Day;
use crate::domain::partner::Family;
use crate::error::Result;
use crate::store::engine::{self, OptionalExtension, params};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The seats of a subscription `s` that count on a day.
fn counts(day: &str) -> String {
    format!("s.starts_on <= {day} AND {}", super::partner::in_force(day))
}

/// The licences of one product at a customer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[expect(missing_docs, reason = "the names say it")]
pub struct LicenceLine {
    pub customer: String,
    pub product: String,
    pub family: Option<Family>,
    /// Seats that count, of the subscriptions that are seen.
    pub bought: i64,
    /// Licences that people hold.
    pub assigned: i64,
    /// What is left, less than nothing where seats stopped to count. None for a partner that does not see all that was
    /// bought: the difference would tell what others sold (G-2).
    pub left: Option<i64>,
}

/// More licences of a product than seats.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Overdrawn {
    pub customer: String,
    pub product: String,
    pub seats: i64,
    pub assigned: i64,
}

/// A licence of a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct HeldLicence {
    /// Key of the product.
    #[serde(skip)]
    pub product_id: i64,
    /// Its name.
    pub product: String,
    /// Given back when the person was deleted: it takes no seat, and is remembered for a restore.
    pub given_back: bool,
}

impl Read<'_> {
    /// How many seats of a product a customer holds on a day, from all partners together. Rules ask this; what one partner
    /// sold is not told to another (G-2).
    ///
    /// # Errors
    /// The store's own failure.
    pub fn seats_bought(&self, customer: i64, product: i64, day: Day) -> Result<i64> {
        let sql = format!(
            "SELECT CAST(ifnull(sum(s.quantity), 0) AS bigint) FROM main.subscription s
             WHERE s.customer_id = ?1 AND s.product_id = ?3 AND {}",
            counts("?2")
        );
        let mut statement = self.conn.prepare_cached(&sql)?;
        Ok(statement.query_row(params![customer, day, product], |row| row.get(0))?)
    }

    /// How many seats of a product were ever bought for a customer and not cancelled, whether they count now or not.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn seats_of_all(&self, customer: i64, product: i64) -> Result<i64> {
        let sql = "SELECT CAST(ifnull(sum(s.quantity), 0) AS bigint) FROM main.subscription s
                   WHERE s.customer_id = ?1 AND s.product_id = ?2";
        let mut statement = self.conn.prepare_cached(sql)?;
        Ok(statement.query_row([customer, product], |row| row.get(0))?)
    }

    /// How many licences of a product a customer's people hold now. What was given back by someone who was deleted does
    /// not count.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn licences_assigned(&self, customer: i64, product: i64) -> Result<i64> {
        let sql =
            "SELECT count(*) FROM main.licence WHERE customer_id = ?1 AND product_id = ?2 AND given_back = 0";
        let mut statement = self.conn.prepare_cached(sql)?;
        Ok(statement.query_row([customer, product], |row| row.get(0))?)
    }

    /// Whether the acting person sees every subscription whose seats count (G-2).
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn sees_seats(&self, customer: i64, product: i64, day: Day) -> Result<bool> {
        if !self.is_restricted() {
            return Ok(true);
        }
        let sql = format!(
            "SELECT 1 FROM main.subscription s WHERE s.customer_id = ?1 AND s.product_id = ?3 AND {}
               AND NOT EXISTS (SELECT 1 FROM temp.seen_subscription x WHERE x.id = s.id)",
            counts("?2")
        );
        let mut statement = self.conn.prepare_cached(&sql)?;
        Ok(!statement.exists(params![customer, day, product])?)
    }

    /// Bought, assigned and left of each product of a customer, by its name. What was bought are the seats that are seen.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn licence_lines(&self, customer: i64, day: Day) -> Result<Vec<LicenceLine>> {
        let sql = format!(
            "SELECT u.code, o.name, o.family, o.id,
               (SELECT CAST(ifnull(sum(s.quantity), 0) AS bigint) FROM subscription s
                  WHERE s.customer_id = ?1 AND s.product_id = o.id AND {}),
               (SELECT count(*) FROM licence l WHERE l.customer_id = ?1 AND l.product_id = o.id AND l.given_back = 0)
             FROM main.product o JOIN main.customer u ON u.id = ?1
             WHERE o.id IN (SELECT product_id FROM subscription WHERE customer_id = ?1
               UNION SELECT product_id FROM licence WHERE customer_id = ?1 AND given_back = 0) ORDER BY o.name",
            counts("?2")
        );
        let mut statement = self.conn.prepare_cached(&sql)?;
        let rows = statement.query_map(params![customer, day], |row| {
            let line = LicenceLine {
                customer: row.get(0)?,
                product: row.get(1)?,
                family: row.get(2)?,
                bought: row.get(4)?,
                assigned: row.get(5)?,
                left: None,
            };
            Ok((row.get(3)?, line))
        })?;
        let mut lines = Vec::new();
        for (product, line) in rows.collect::<engine::Result<Vec<(i64, LicenceLine)>>>()? {
            let sees = self.sees_seats(customer, product, day)?;
            lines.push(LicenceLine {
                left: sees.then_some(line.bought - line.assigned),
                ..line
            });
        }
        Ok(lines)
    }

    /// Products of which more licences are assigned at a customer than seats count on a day, at most so many.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn overdrawn_seats(&self, day: Day, most: i64) -> Result<Vec<Overdrawn>> {
        let sql = format!(
            "SELECT u.code, o.name, h.seats, h.assigned FROM (
               SELECT l.customer_id, l.product_id, l.assigned,
                 (SELECT CAST(ifnull(sum(s.quantity), 0) AS bigint) FROM main.subscription s
                    WHERE s.customer_id = l.customer_id AND s.product_id = l.product_id AND {}) AS seats
               FROM (SELECT customer_id, product_id, count(*) AS assigned FROM main.licence
                 WHERE given_back = 0 GROUP BY customer_id, product_id) l) h
             JOIN main.customer u ON u.id = h.customer_id JOIN main.product o ON o.id = h.product_id
             WHERE h.assigned > h.seats ORDER BY u.code, o.name LIMIT ?2",
            counts("?1")
        );
        let mut statement = self.conn.prepare_cached(&sql)?;
        let rows = statement.query_map(params![day, most], |row| {
            Ok(Overdrawn {
                customer: row.get(0)?,
                product: row.get(1)?,
                seats: row.get(2)?,
                assigned: row.get(3)?,
            })
        })?;
        Ok(rows.collect::<engine::Result<_>>()?)
    }

    /// What a person holds, and what they gave back when they were deleted, by product.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn licences_of(&self, person: i64) -> Result<Vec<HeldLicence>> {
        let sql = "SELECT l.product_id, o.name, l.given_back FROM main.licence l JOIN main.product o ON o.id = l.product_id
                   WHERE l.person_id = ?1 ORDER BY o.name";
        let mut statement = self.conn.prepare_cached(sql)?;
        let rows = statement.query_map([person], |row| {
            Ok(HeldLicence {
                product_id: row.get(0)?,
                product: row.get(1)?,
                given_back: row.get(2)?,
            })
        })?;
        Ok(rows.collect::<engine::Result<_>>()?)
    }

    /// Keys of the products that a person holds a licence of.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn licence_keys(&self, person: i64) -> Result<Vec<i64>> {
        let sql = "SELECT product_id FROM main.licence WHERE person_id = ?1";
        let mut statement = self.conn.prepare_cached(sql)?;
        let rows = statement.query_map([person], |row| row.get(0))?;
        Ok(rows.collect::<engine::Result<_>>()?)
    }

    /// Key and name of a product, by its name in whatever case.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn product_key(&self, name: &str) -> Result<Option<(i64, String)>> {
        let sql = "SELECT id, name FROM main.product WHERE name = ?1";
        let mut statement = self.conn.prepare_cached(sql)?;
        let found = statement.query_row([name], |row| Ok((row.get(0)?, row.get(1)?)));
        Ok(found.optional()?)
    }
}

impl Write<'_> {
    /// Gives a person a licence, or remembers one that was given back.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn put_licence(
        &self,
        customer: i64,
        person: i64,
        product: i64,
        given_back: bool,
    ) -> Result<()> {
        let sql =
            "INSERT INTO licence (customer_id, person_id, product_id, given_back) VALUES (?1, ?2, ?3, ?4)";
        let mut statement = self.conn().prepare_cached(sql)?;
        statement.execute(params![customer, person, product, given_back])?;
        Ok(())
    }

    /// Takes a licence away.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn drop_licence(&self, person: i64, product: i64) -> Result<()> {
        let sql = "DELETE FROM licence WHERE person_id = ?1 AND product_id = ?2";
        self.conn().prepare_cached(sql)?.execute([person, product])?;
        Ok(())
    }

    /// Sets whether a licence is given back.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn set_given_back(&self, person: i64, product: i64, given_back: bool) -> Result<()> {
        let sql = "UPDATE licence SET given_back = ?3 WHERE person_id = ?1 AND product_id = ?2";
        self.conn()
            .prepare_cached(sql)?
            .execute(params![person, product, given_back])?;
        Ok(())
    }
}
