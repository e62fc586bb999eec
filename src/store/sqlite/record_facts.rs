//! What recording a delivery needs to know, in one look-up each.

use super::Read;
use crate::domain::entitlement::Service;
use crate::domain::ledger::Purse;
use crate::domain::work::EngagementStatus;
use crate::domain::{Day, Quantity};
use crate::error::Result;
use rusqlite::{OptionalExtension, params};

impl Read<'_> {
    /// The key of a source that was used before.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn source_key(&self, name: &str) -> Result<Option<i64>> {
        let sql = "SELECT id FROM source WHERE name = ?1";
        Ok(self
            .conn
            .prepare_cached(sql)?
            .query_row([name], |row| row.get(0))
            .optional()?)
    }

    /// The status of an engagement, if `code` is one.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn engagement_status(&self, code: &str) -> Result<Option<EngagementStatus>> {
        let sql = "SELECT status FROM engagement WHERE code = ?1";
        Ok(self
            .conn
            .prepare_cached(sql)?
            .query_row([code], |row| row.get(0))
            .optional()?)
    }

    /// The customer's default workspace, if it has one.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn default_workspace(&self, customer_id: i64) -> Result<Option<i64>> {
        let sql = "SELECT id FROM workspace WHERE customer_id = ?1 AND is_default = 1";
        Ok(self
            .conn
            .prepare_cached(sql)?
            .query_row([customer_id], |row| row.get(0))
            .optional()?)
    }

    /// The workspaces that a package is attached to.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn workspaces_of_package(&self, package_id: i64) -> Result<Vec<i64>> {
        let sql = "SELECT workspace_id FROM workspace_package WHERE package_id = ?1 ORDER BY 1";
        let mut statement = self.conn.prepare_cached(sql)?;
        let rows = statement.query_map([package_id], |row| row.get(0))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The tracked entitlements of a service that a workspace may draw from on a day, with what is left, the
    /// one that expires first in front (L-5).
    ///
    /// # Errors
    /// The store's own failure.
    pub fn purses(&self, workspace_id: i64, service: Service, day: Day) -> Result<Vec<Purse>> {
        let sql = "SELECT e.id, p.ends_on, e.quantity,
                     (SELECT ifnull(sum(t.consumed), 0) FROM ledger_total t WHERE t.entitlement_id = e.id)
                   FROM workspace_package w JOIN package p ON p.id = w.package_id JOIN entitlement e ON e.package_id = p.id
                   WHERE w.workspace_id = ?1 AND e.service = ?2 AND e.category = 'consumable' AND e.allowance <> 'included'
                     AND p.starts_on <= ?3 AND p.ends_on >= ?3 AND (p.deactivated_on IS NULL OR p.deactivated_on > ?3)
                   ORDER BY p.ends_on, e.id";
        let mut statement = self.conn.prepare_cached(sql)?;
        let rows = statement.query_map(params![workspace_id, service, day], |row| {
            let (ceiling, used): (Option<Quantity>, Quantity) = (row.get(2)?, row.get(3)?);
            Ok(Purse {
                entitlement_id: row.get(0)?,
                expires: row.get(1)?,
                remaining: ceiling.map(|ceiling| ceiling - used),
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}
