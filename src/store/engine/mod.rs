//! One way to speak to either engine. The statements of the store are written once, for both; what differs in
//! words stands in the dialect, and what differs in kind (opening, migrating, loading) with each engine.
//!
//! Values travel as rusqlite's: a PostgreSQL column becomes the value that SQLite would have given, so that the types of
//! the domain are read and written in one place (`row.rs`).

mod error;
mod params;
mod row;
mod statement;

pub(crate) use error::{Error, OptionalExtension, Result};
pub(crate) use params::{Params, ParamsFromIter, params, params_from_iter};
pub(crate) use row::Row;
pub(crate) use statement::Statement;

use std::ops::Deref;

/// An open connection.
#[derive(Debug)]
pub(crate) enum Connection {
    /// To a file.
    Sqlite(rusqlite::Connection),
}

/// What a transaction is begun for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Begin {
    /// One consistent snapshot.
    Read,
    /// The one writer.
    Write,
}

impl Connection {
    /// The engine's own connection, for what SQLite alone knows.
    pub fn sqlite(&self) -> &rusqlite::Connection {
        let Self::Sqlite(conn) = self;
        conn
    }

    /// The statement of a text, kept for the next time.
    pub fn prepare_cached(&self, sql: &str) -> Result<Statement<'_>> {
        let Self::Sqlite(conn) = self;
        Ok(Statement::Sqlite(conn.prepare_cached(sql)?))
    }

    /// The statement of a text that is not asked again soon.
    pub fn prepare(&self, sql: &str) -> Result<Statement<'_>> {
        self.prepare_cached(sql)
    }

    /// Runs a statement once; says how many rows it wrote.
    pub fn execute(&self, sql: &str, params: impl Params) -> Result<usize> {
        self.prepare_cached(sql)?.execute(params)
    }

    /// Runs several statements without parameters.
    pub fn execute_batch(&self, sql: &str) -> Result<()> {
        Ok(self.sqlite().execute_batch(sql)?)
    }

    /// Begins a transaction, which ends with a roll-back unless it is committed.
    pub fn begin(&self, kind: Begin) -> Result<Transaction<'_>> {
        self.execute_batch(match kind {
            Begin::Read => "BEGIN DEFERRED",
            Begin::Write => "BEGIN IMMEDIATE",
        })?;
        Ok(Transaction {
            conn: self,
            open: true,
        })
    }

    /// How many rows were written through this connection.
    pub fn total_changes(&self) -> u64 {
        self.sqlite().total_changes()
    }
}

/// A transaction of a connection.
#[derive(Debug)]
pub(crate) struct Transaction<'c> {
    conn: &'c Connection,
    open: bool,
}

impl Transaction<'_> {
    /// Makes it durable.
    pub fn commit(mut self) -> Result<()> {
        self.conn.execute_batch("COMMIT")?;
        self.open = false;
        Ok(())
    }
}

impl Deref for Transaction<'_> {
    type Target = Connection;
    fn deref(&self) -> &Connection {
        self.conn
    }
}

impl Drop for Transaction<'_> {
    fn drop(&mut self) {
        if self.open {
            // The engine may have rolled back by itself; then there is nothing left to end.
            let _ = self.conn.execute_batch("ROLLBACK");
        }
    }
}
