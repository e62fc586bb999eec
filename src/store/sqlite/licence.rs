//! Licences: how many were bought, who holds one, and how many are left (G-7).
//!
//! A seat counts as **bought** while its subscription is active and its term runs: from `starts_on` to `ends_on`, both
//! included, on the day that is asked about, whichever partner sold it. The seats of all such subscriptions of one product
//! add up, because they are the customer's and not the seller's. What is suspended, cancelled, expired, not yet begun or
//! over counts for nothing. A seat that stops to count takes no licence away from anybody: there are then more assigned
//! than bought, and nobody new gets one until that is no longer so.

use super::Read;
use crate::domain::Day;
use crate::error::Result;
use crate::store::engine::params;

/// The seats of a subscription `s` that count on day `?3`.
const COUNTS: &str = "s.status = 'active' AND s.starts_on <= ?3 AND (s.ends_on IS NULL OR s.ends_on >= ?3)";

impl Read<'_> {
    /// How many seats of a product a customer holds on a day, from all partners together. Rules ask this; what one partner
    /// sold is not told to another (G-2).
    ///
    /// # Errors
    /// The store's own failure.
    pub fn seats_bought(&self, customer: i64, product: i64, day: Day) -> Result<i64> {
        let sql = format!(
            "SELECT CAST(ifnull(sum(s.quantity), 0) AS bigint) FROM main.subscription s
             WHERE s.customer_id = ?1 AND s.product_id = ?2 AND {COUNTS}"
        );
        let mut statement = self.conn.prepare_cached(&sql)?;
        Ok(statement.query_row(params![customer, product, day], |row| row.get(0))?)
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
}
