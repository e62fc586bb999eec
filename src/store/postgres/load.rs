//! Loading many ledger entries through `COPY`, and the ledger without its indexes and references for that time.

use super::super::sqlite::CompactEntry;
use crate::error::Result;
use crate::store::engine::{self, Connection, CopyIn};
use std::collections::HashMap;

const COLUMNS: &str =
    "COPY main.ledger (id, entitlement_id, workspace_id, delivered_on, quantity, reference, note, source_id,
    source_key, recording_id, late, draw, of_customer) FROM STDIN BINARY";

/// Takes the ledger's references and indexes away for the time of a load; answers how to make them again, the references last.
/// The index of corrections stays: no entry of a load is one.
pub(in super::super) fn drop_ledger_indexes(conn: &Connection) -> Result<Vec<String>> {
    let texts = |sql: &str| -> Result<Vec<(String, String)>> {
        let mut statement = conn.prepare(sql)?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<engine::Result<_>>()?)
    };
    let constraints = texts(
        "SELECT CAST(conname AS text), pg_get_constraintdef(oid) FROM pg_constraint
         WHERE conrelid = CAST('main.ledger' AS regclass) AND contype IN ('f', 'p') ORDER BY contype DESC, conname",
    )?;
    let indexes = texts(
        "SELECT CAST(i.indexrelid AS regclass)::text, pg_get_indexdef(i.indexrelid) FROM pg_index i
         WHERE i.indrelid = CAST('main.ledger' AS regclass) AND NOT i.indisprimary AND i.indpred IS NULL ORDER BY 1",
    )?;
    for (name, _) in constraints.iter().rev() {
        conn.execute_batch(&format!("ALTER TABLE main.ledger DROP CONSTRAINT {name}"))?;
    }
    for (name, _) in &indexes {
        conn.execute_batch(&format!("DROP INDEX {name}"))?;
    }
    let again = constraints
        .into_iter()
        .map(|(name, text)| format!("ALTER TABLE main.ledger ADD CONSTRAINT {name} {text}"));
    Ok(indexes.into_iter().map(|(_, text)| text).chain(again).collect())
}

/// The customer of every entitlement: told with each entry, because a trigger that finds it out for each anew takes longer than
/// everything else.
pub(in super::super) fn owners(conn: &Connection) -> Result<HashMap<i64, i64>> {
    let mut statement = conn.prepare("SELECT id, of_customer FROM main.entitlement")?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<engine::Result<_>>()?)
}

/// Entries on their way into the ledger.
pub(crate) struct Copy<'w> {
    sink: CopyIn<'w>,
    owners: HashMap<i64, i64>,
    recording: i64,
    next: i64,
}

impl<'w> Copy<'w> {
    /// Begins; nothing else can be asked on the connection until the end.
    pub fn begin(conn: &'w Connection, recording: i64, newest: i64) -> Result<Option<Self>> {
        let Some(session) = conn.postgres() else {
            return Ok(None);
        };
        let owners = owners(conn)?;
        Ok(Some(Self {
            sink: session.copy_in(COLUMNS)?,
            owners,
            recording,
            next: newest + 1,
        }))
    }

    /// Puts an entry in; its number is one more than the newest.
    pub fn put(&mut self, entry: &CompactEntry, text: &str) -> Result<()> {
        let content = entry.content(self.next, text);
        let row = &mut self.sink;
        row.begin_row(13);
        row.bigint(self.next);
        row.bigint(entry.entitlement_id);
        row.bigint(entry.workspace_id);
        row.integer(content.delivered_on);
        row.bigint(content.quantity);
        row.text(content.reference);
        row.text(content.note);
        row.bigint(entry.source_id);
        row.text(Some(content.source_key));
        row.bigint(self.recording);
        row.smallint(entry.late.into());
        row.text(content.draw);
        // A key that is not there fails with the reference to it.
        row.bigint(
            self.owners
                .get(&entry.entitlement_id)
                .copied()
                .unwrap_or_default(),
        );
        self.next += 1;
        Ok(row.end_row()?)
    }

    /// Ends; only then are the entries there.
    pub fn finish(self) -> Result<()> {
        Ok(self.sink.finish()?)
    }
}
