//! Making workspaces and attaching to them.

use super::{Read, Write};
use crate::domain::Day;
use crate::error::Result;
use crate::store::engine::params;

/// A workspace to make (W-1).
#[derive(Debug, Clone, Copy)]
pub struct NewWorkspace<'a> {
    /// Key of the customer.
    pub customer_id: i64,
    /// Short id, unique in the hub.
    pub code: &'a str,
    /// Name, unique within the customer.
    pub name: &'a str,
    /// Account of its administrator.
    pub administrator: &'a str,
    /// Takes personal accounts on a unified contract (W-4).
    pub allow_personal: bool,
}

impl Write<'_> {
    /// Makes a workspace; answers its key.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn create_workspace(&self, new: &NewWorkspace<'_>) -> Result<i64> {
        let sql = "INSERT INTO workspace (customer_id, code, name, administrator, allow_personal) VALUES (?1, ?2, ?3, ?4, ?5) RETURNING id";
        let mut insert = self.conn().prepare_cached(sql)?;
        let row = params![
            new.customer_id,
            new.code,
            new.name,
            new.administrator,
            new.allow_personal
        ];
        Ok(insert.insert(row)?)
    }

    /// Gives a workspace its name and says whether it takes personal accounts (W-4).
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn configure_workspace(&self, id: i64, name: &str, allow_personal: bool) -> Result<()> {
        let sql = "UPDATE workspace SET name = ?2, allow_personal = ?3 WHERE id = ?1";
        self.conn()
            .prepare_cached(sql)?
            .execute(params![id, name, allow_personal])?;
        Ok(())
    }

    /// Takes a package off a workspace; says whether it was attached.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn detach_package(&self, workspace_id: i64, package_id: i64) -> Result<bool> {
        let sql = "DELETE FROM workspace_package WHERE workspace_id = ?1 AND package_id = ?2";
        Ok(self
            .conn()
            .prepare_cached(sql)?
            .execute([workspace_id, package_id])?
            > 0)
    }

    /// Archives a workspace (W-5).
    ///
    /// # Errors
    /// The store's own failure.
    pub fn archive_workspace(&self, workspace_id: i64, on: Day) -> Result<()> {
        let sql = "UPDATE workspace SET archived_on = ?2 WHERE id = ?1";
        self.conn()
            .prepare_cached(sql)?
            .execute(params![workspace_id, on])?;
        Ok(())
    }
}

impl Read<'_> {
    /// What was recorded in a workspace against a package: entitlement code and number of entries. Read from
    /// the kept totals.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn recorded_in(&self, workspace_id: i64, package_id: i64) -> Result<Vec<(String, i64)>> {
        let sql = "SELECT e.code, t.entries FROM entitlement e JOIN ledger_total t ON t.entitlement_id = e.id
                   WHERE e.package_id = ?2 AND t.workspace_id = ?1 AND t.entries > 0 ORDER BY e.code";
        let mut statement = self.conn.prepare_cached(sql)?;
        let rows = statement.query_map([workspace_id, package_id], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
