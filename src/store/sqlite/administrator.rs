//! Global administrators of customers.

use super::{Read, Write};
use crate::error::Result;
use crate::store::engine::{OptionalExtension, params};

impl Read<'_> {
    /// The account, as it is written, and the name of a customer's global administrator.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn administrator(&self, customer_id: i64, account: &str) -> Result<Option<(String, String)>> {
        let sql = "SELECT account, name FROM administrator WHERE customer_id = ?1 AND account = ?2";
        let mut statement = self.conn.prepare_cached(sql)?;
        let found = statement.query_row(params![customer_id, account], |row| {
            Ok((row.get(0)?, row.get(1)?))
        });
        Ok(found.optional()?)
    }

    /// How many global administrators a customer has.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn administrators_at(&self, customer_id: i64) -> Result<i64> {
        let sql = "SELECT count(*) FROM administrator WHERE customer_id = ?1";
        let mut statement = self.conn.prepare_cached(sql)?;
        Ok(statement.query_row([customer_id], |row| row.get(0))?)
    }
}

impl Write<'_> {
    /// Makes an account global administrator of a customer, or gives the one that is a new name.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn appoint(&self, customer_id: i64, account: &str, name: &str) -> Result<()> {
        let sql = "INSERT INTO administrator (customer_id, account, name) VALUES (?1, ?2, ?3)
                   ON CONFLICT (customer_id, account) DO UPDATE SET name = excluded.name";
        self.conn()
            .prepare_cached(sql)?
            .execute(params![customer_id, account, name])?;
        Ok(())
    }

    /// Takes a customer's global administrator away.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn dismiss(&self, customer_id: i64, account: &str) -> Result<()> {
        let sql = "DELETE FROM administrator WHERE customer_id = ?1 AND account = ?2";
        self.conn()
            .prepare_cached(sql)?
            .execute(params![customer_id, account])?;
        Ok(())
    }
}
