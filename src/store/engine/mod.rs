//! One way to speak to either engine. The statements of the store are written once, for both; the few words that they do not
//! share are translated for PostgreSQL, and what differs in kind (opening, migrating, loading) stands with each engine.
//!
//! Values travel as rusqlite's: a PostgreSQL column becomes the value that SQLite would have given, so that the types of
//! the domain are read and written in one place (`row.rs`).

mod error;
mod params;
mod postgres;
mod row;
mod statement;

pub(crate) use error::{Error, OptionalExtension, Result};
pub(crate) use params::{Params, ParamsFromIter, params, params_from_iter};
pub(crate) use postgres::{CopyIn, Session};
pub(crate) use row::Row;
pub(crate) use statement::Statement;

use std::ops::Deref;

/// An open connection.
#[derive(Debug)]
#[expect(
    clippy::large_enum_variant,
    reason = "there are few of them, and they stay where they are"
)]
pub(crate) enum Connection {
    /// To a file.
    Sqlite(rusqlite::Connection),
    /// To a database.
    Postgres(Session),
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
    pub fn sqlite(&self) -> Result<&rusqlite::Connection> {
        match self {
            Self::Sqlite(conn) => Ok(conn),
            Self::Postgres(_) => Err(Error::OtherEngine),
        }
    }

    /// The engine's own connection, for what PostgreSQL alone knows; none when it is not one.
    pub fn postgres(&self) -> Option<&Session> {
        match self {
            Self::Sqlite(_) => None,
            Self::Postgres(session) => Some(session),
        }
    }

    /// The statement of a text, kept for the next time.
    pub fn prepare_cached(&self, sql: &str) -> Result<Statement<'_>> {
        Ok(match self {
            Self::Sqlite(conn) => Statement::Sqlite(conn.prepare_cached(sql)?),
            Self::Postgres(session) => Statement::Postgres(session, session.prepare(sql)?),
        })
    }

    /// The statement of a text that is not asked again soon.
    pub fn prepare(&self, sql: &str) -> Result<Statement<'_>> {
        self.prepare_cached(sql)
    }

    /// Runs a statement once; says how many rows it wrote.
    pub fn execute(&self, sql: &str, params: impl Params) -> Result<usize> {
        self.prepare_cached(sql)?.execute(params)
    }

    /// Lets a statement wait for the next one, so that both go to a server in one flight.
    pub fn execute_later(&self, sql: &str, params: impl Params) -> Result<()> {
        match self {
            Self::Sqlite(_) => self.execute(sql, params).map(|_| ()),
            Self::Postgres(session) => {
                session.later_with(session.prepare(sql)?, statement::held(&params)?);
                Ok(())
            }
        }
    }

    /// Runs several statements without parameters.
    pub fn execute_batch(&self, sql: &str) -> Result<()> {
        match self {
            Self::Sqlite(conn) => Ok(conn.execute_batch(sql)?),
            Self::Postgres(session) => session.batch(sql),
        }
    }

    /// Goes back to a mark within the transaction.
    pub fn go_back(&self, sql: &str) -> Result<()> {
        match self {
            Self::Sqlite(conn) => Ok(conn.execute_batch(sql)?),
            Self::Postgres(session) => session.go_back(sql),
        }
    }

    /// Begins a transaction, which ends with a roll-back unless it is committed.
    pub fn begin(&self, kind: Begin) -> Result<Transaction<'_>> {
        match (self, kind) {
            (Self::Sqlite(conn), Begin::Read) => conn.execute_batch("BEGIN DEFERRED")?,
            (Self::Sqlite(conn), Begin::Write) => conn.execute_batch("BEGIN IMMEDIATE")?,
            (Self::Postgres(session), Begin::Read) => session.begin_reading(),
            (Self::Postgres(session), Begin::Write) => session.begin_writing()?,
        }
        Ok(Transaction {
            conn: self,
            open: true,
        })
    }

    /// Ends a transaction that is not kept.
    fn take_back(&self) {
        match self {
            // The engine may have rolled back by itself; then there is nothing left to end.
            Self::Sqlite(conn) => drop(conn.execute_batch("ROLLBACK")),
            Self::Postgres(session) => session.take_back(),
        }
    }

    /// Why a transaction cannot be kept, in which a statement failed.
    fn why_broken(&self) -> Error {
        match self.is_lost() {
            true => Error::Silent,
            false => Error::Broken,
        }
    }

    /// Whether the connection has ended, so that a new one is needed. A file is always there.
    pub fn is_lost(&self) -> bool {
        self.postgres().is_some_and(Session::is_lost)
    }

    /// How many rows were written through this connection.
    pub fn total_changes(&self) -> u64 {
        match self {
            Self::Sqlite(conn) => conn.total_changes(),
            Self::Postgres(session) => session.written(),
        }
    }
}

impl Session {
    /// Ends a transaction that is not kept. A connection on which that cannot be said may still be in it, and is not used again.
    fn take_back(&self) {
        if self.go_back("ROLLBACK").is_err() {
            self.abandon();
        }
    }

    /// Nothing goes to the server before something is asked.
    fn begin_reading(&self) {
        self.forgive();
        self.later("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    }

    /// Whoever holds the end of the audit chain is the one writer: rules look at what is there now.
    fn begin_writing(&self) -> Result<()> {
        self.forgive();
        let begun = self.batch("BEGIN; SELECT id FROM main.audit_head FOR UPDATE");
        if begun.is_err() {
            // The lock may not have come in time; nothing of the transaction may stay.
            self.take_back();
        }
        begun
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
        // PostgreSQL would take a broken transaction back and call it done.
        if self.conn.postgres().is_some_and(Session::is_broken) {
            return Err(self.conn.why_broken());
        }
        let done = self.conn.execute_batch("COMMIT");
        self.open = done.is_err();
        match done {
            Err(error) if error.is_away() => Err(error.unsure()),
            other => other,
        }
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
        let never_begun = self.conn.postgres().is_some_and(Session::never_mind);
        if self.open && !never_begun {
            self.conn.take_back();
        }
    }
}
