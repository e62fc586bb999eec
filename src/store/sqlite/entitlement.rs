//! Entitlements.

use super::Read;
use super::row::allowance;
use crate::domain::entitlement::Entitlement;
use crate::error::Result;
use crate::store::engine::{self, Row};

impl Read<'_> {
    /// The entitlements of a package, or all of them, by code.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn entitlements(&self, package_id: Option<i64>) -> Result<Vec<Entitlement>> {
        let sql = match package_id {
            Some(_) => "SELECT * FROM entitlement WHERE package_id = ?1 ORDER BY code",
            None => "SELECT * FROM entitlement WHERE CAST(?1 AS bigint) IS NULL ORDER BY code",
        };
        let mut statement = self.conn.prepare_cached(sql)?;
        let rows = statement.query_map([package_id], entitlement)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// One entitlement by its key.
    ///
    /// # Errors
    /// The store's own failure, or no such key.
    pub fn entitlement(&self, id: i64) -> Result<Entitlement> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT * FROM entitlement WHERE id = ?1")?;
        Ok(statement.query_row([id], entitlement)?)
    }
}

pub(super) fn entitlement(row: &Row<'_>) -> engine::Result<Entitlement> {
    Ok(Entitlement {
        id: row.get("id")?,
        code: row.get("code")?,
        package_id: row.get("package_id")?,
        service: row.get("service")?,
        category: row.get("category")?,
        allowance: allowance(row)?,
        description: row.get("description")?,
        action_link: row.get("action_link")?,
    })
}
