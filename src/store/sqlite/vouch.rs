//! The ledger as the audit trail speaks of it.

use super::{NewEntry, Read};
use crate::error::{Result, codes};
use crate::store::engine::{OptionalExtension, Row};

impl Read<'_> {
    /// An entry in the form in which the record of a single entry holds it.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn entry_as_recorded(&self, id: i64) -> Result<Option<serde_json::Value>> {
        let mut statement = self.conn.prepare_cached("SELECT * FROM ledger WHERE id = ?1")?;
        let entry = |row: &Row<'_>| {
            let text = |name: &str| row.get::<_, Option<String>>(name);
            let (reference, note, reason, draw) =
                (text("reference")?, text("note")?, text("reason")?, text("draw")?);
            let (key, corrects): (String, Option<i64>) = (row.get("source_key")?, row.get("corrects")?);
            Ok(serde_json::to_value(NewEntry {
                entitlement_id: row.get("entitlement_id")?,
                workspace_id: row.get("workspace_id")?,
                delivered_on: row.get("delivered_on")?,
                quantity: row.get("quantity")?,
                reference: reference.as_deref(),
                note: note.as_deref(),
                source_id: row.get("source_id")?,
                source_key: &key,
                recording_id: row.get("recording_id")?,
                late: row.get("late")?,
                corrects: corrects.map(|id| (id, reason.as_deref().unwrap_or_default())),
                draw: draw.as_deref(),
            }))
        };
        let found = statement.query_row([id], entry).optional()?.transpose();
        found.map_err(|error| {
            codes::STORE_FAILED
                .error("an entry could not be read")
                .because(error)
        })
    }

    /// The first entry whose number lies between the two, both excluded.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn first_entry_between(&self, after: i64, before: i64) -> Result<Option<i64>> {
        let sql = "SELECT id FROM ledger WHERE id > ?1 AND id < ?2 ORDER BY id LIMIT 1";
        let mut statement = self.conn.prepare_cached(sql)?;
        Ok(statement
            .query_row([after, before], |row| row.get(0))
            .optional()?)
    }

    /// How many entries there are.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn entry_count(&self) -> Result<i64> {
        let mut statement = self.conn.prepare_cached("SELECT count(*) FROM ledger")?;
        Ok(statement.query_row([], |row| row.get(0))?)
    }
}
