//! What can be checked of a database from outside.

use super::super::sqlite::Read;
use crate::error::Result;
use crate::store::engine;

impl Read<'_> {
    /// What the server calls itself.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn server_version(&self) -> Result<String> {
        self.server_setting("server_version")
    }

    /// A setting of the server.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn server_setting(&self, name: &str) -> Result<String> {
        let mut statement = self.conn.prepare_cached("SELECT current_setting(?1)")?;
        Ok(statement.query_row([name], |row| row.get(0))?)
    }

    /// The layout of the tables.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn server_layout(&self) -> Result<i64> {
        let mut statement = self.conn.prepare_cached("SELECT version FROM main.layout")?;
        Ok(statement.query_row([], |row| row.get(0))?)
    }

    /// References that the server does not vouch for.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn unproven_references(&self) -> Result<Vec<String>> {
        let sql = "SELECT CAST(conrelid AS regclass)::text || ' ' || CAST(conname AS text) FROM pg_constraint
                   WHERE contype = 'f' AND NOT convalidated ORDER BY 1";
        let mut statement = self.conn.prepare_cached(sql)?;
        let rows = statement.query_map([], |row| row.get(0))?;
        Ok(rows.collect::<engine::Result<_>>()?)
    }
}
