//! The SQLite store: one file, write-ahead log, full durability.

mod audit;
mod contract;
mod entitlement;
mod find;
mod ledger;
mod open;
mod row;
mod upkeep;
mod workspace;

pub use audit::{AuditFilter, Recorded};
pub use find::Named;
pub use ledger::{Entry, NewEntry, Total};
pub use open::{APPLICATION_ID, SCHEMA_VERSION};
pub use upkeep::Difference;

use crate::error::Result;
use rusqlite::{Connection, Transaction, TransactionBehavior};
use std::path::{Path, PathBuf};

/// An open store.
#[derive(Debug)]
pub struct Db {
    conn: Connection,
    path: PathBuf,
}

/// What may be asked of the store, inside one transaction: all answers are of one moment.
#[derive(Debug, Clone, Copy)]
pub struct Read<'a> {
    pub(crate) conn: &'a Connection,
}

/// A write transaction. Dropping it rolls everything back; only the hub can commit.
#[derive(Debug)]
pub struct Write<'a> {
    tx: Transaction<'a>,
    changes_before: u64,
}

impl Db {
    /// Where the file is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Runs `work` on one consistent snapshot.
    ///
    /// # Errors
    /// What `work` answers, or the store's own failure.
    pub fn read<T>(&self, work: impl FnOnce(Read<'_>) -> Result<T>) -> Result<T> {
        let tx = self.conn.unchecked_transaction()?;
        work(Read { conn: &tx })
    }

    /// Begins a write transaction; waits for other writers.
    ///
    /// # Errors
    /// `E0002` when another process keeps the store for more than a minute.
    pub fn write(&mut self) -> Result<Write<'_>> {
        let tx = self
            .conn
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        let changes_before = tx.total_changes();
        Ok(Write { tx, changes_before })
    }
}

impl Write<'_> {
    /// The same transaction, for reading.
    pub fn read(&self) -> Read<'_> {
        Read { conn: &self.tx }
    }

    /// Whether any row was written since the transaction began.
    pub fn has_changes(&self) -> bool {
        self.tx.total_changes() > self.changes_before
    }

    /// Makes it durable.
    ///
    /// # Errors
    /// The store's own failure; then nothing was changed.
    pub(crate) fn commit(self) -> Result<()> {
        Ok(self.tx.commit()?)
    }

    pub(crate) fn conn(&self) -> &Connection {
        &self.tx
    }
}
