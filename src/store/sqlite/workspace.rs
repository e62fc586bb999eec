//! Workspaces and what is attached to them.

use super::Read;
use crate::domain::contract::Workspace;
use crate::error::Result;
use crate::store::engine::{self, Row};

const WORKSPACE: &str =
    "SELECT w.*, u.name AS customer FROM workspace w JOIN customer u ON u.id = w.customer_id";

impl Read<'_> {
    /// The workspaces of a customer, or all of them, by customer and name.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn workspaces(&self, customer_id: Option<i64>) -> Result<Vec<Workspace>> {
        let sql = format!(
            "{WORKSPACE} WHERE CAST(?1 AS bigint) IS NULL OR w.customer_id = ?1 ORDER BY u.name, w.name"
        );
        let mut statement = self.conn.prepare_cached(&sql)?;
        let rows = statement.query_map([customer_id], workspace)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// One workspace by its key.
    ///
    /// # Errors
    /// The store's own failure, or no such key.
    pub fn workspace(&self, id: i64) -> Result<Workspace> {
        let mut statement = self
            .conn
            .prepare_cached(&format!("{WORKSPACE} WHERE w.id = ?1"))?;
        Ok(statement.query_row([id], workspace)?)
    }

    /// Keys of the packages attached to a workspace (C-3).
    ///
    /// # Errors
    /// The store's own failure.
    pub fn packages_in(&self, workspace_id: i64) -> Result<Vec<i64>> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT package_id FROM workspace_package WHERE workspace_id = ?1")?;
        let rows = statement.query_map([workspace_id], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Workspace and package keys of every attachment (C-3).
    ///
    /// # Errors
    /// The store's own failure.
    pub fn attachments(&self) -> Result<Vec<(i64, i64)>> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT workspace_id, package_id FROM workspace_package")?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Workspace and contract keys of every link (O-3).
    ///
    /// # Errors
    /// The store's own failure.
    pub fn contract_links(&self) -> Result<Vec<(i64, i64)>> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT workspace_id, contract_id FROM workspace_contract")?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

fn workspace(row: &Row<'_>) -> engine::Result<Workspace> {
    Ok(Workspace {
        id: row.get("id")?,
        code: row.get("code")?,
        name: row.get("name")?,
        customer: row.get("customer")?,
        customer_id: row.get("customer_id")?,
        is_default: row.get("is_default")?,
        administrator: row.get("administrator")?,
        allow_personal: row.get("allow_personal")?,
        archived_on: row.get("archived_on")?,
    })
}
