//! Whether customers may buy for themselves (G-12).

use super::super::{Read, Write};
use crate::domain::partner::Family;
use crate::error::Result;
use crate::store::engine::{self, params};

impl Read<'_> {
    /// Whether a customer may buy a product of this family for itself (G-12). What is of no family, as of the
    /// marketplace, it may not.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn may_buy_itself(&self, customer: i64, family: Option<Family>) -> Result<bool> {
        let Some(family) = family else {
            return Ok(false);
        };
        let sql = "SELECT 1 FROM main.self_purchase WHERE customer_id = ?1 AND family = ?2";
        Ok(self.conn.prepare_cached(sql)?.exists(params![customer, family])?)
    }

    /// The partner that a customer asks to buy for it: the one of record, else the first that serves it (G-12).
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn partner_to_ask(&self, customer: i64) -> Result<Option<String>> {
        let serving = self.serving(customer)?;
        serving.first().map(|(id, _)| self.partner_name(*id)).transpose()
    }

    /// The families that a customer may buy for itself.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn self_purchases(&self, customer: i64) -> Result<Vec<Family>> {
        let sql = "SELECT family FROM self_purchase WHERE customer_id = ?1 ORDER BY family";
        let mut statement = self.conn.prepare_cached(sql)?;
        let rows = statement.query_map([customer], |row| row.get(0))?;
        Ok(rows.collect::<engine::Result<_>>()?)
    }
}

impl Write<'_> {
    /// Lets a customer buy products of a family for itself, or no more.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn put_self_purchase(&self, customer: i64, family: Family, allowed: bool) -> Result<()> {
        let sql = if allowed {
            "INSERT INTO self_purchase (customer_id, family) VALUES (?1, ?2) ON CONFLICT DO NOTHING"
        } else {
            "DELETE FROM self_purchase WHERE customer_id = ?1 AND family = ?2"
        };
        self.conn()
            .prepare_cached(sql)?
            .execute(params![customer, family])?;
        Ok(())
    }
}
