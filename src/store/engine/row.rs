//! A row of an answer.

use super::Result;
use super::postgres::any;
use rusqlite::types::{FromSql, ValueRef};

/// A row, while the answer stands on it.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Row<'r> {
    /// SQLite's.
    Sqlite(&'r rusqlite::Row<'r>),
    /// PostgreSQL's.
    Postgres(&'r tokio_postgres::Row),
}

/// How a column is named: by its place or its name.
pub(crate) trait Column: Copy {
    /// The value there.
    fn of<'r>(self, row: &Row<'r>) -> Result<ValueRef<'r>>;
}

impl Column for usize {
    fn of<'r>(self, row: &Row<'r>) -> Result<ValueRef<'r>> {
        Ok(match *row {
            Row::Sqlite(row) => row.get_ref(self)?,
            Row::Postgres(row) => any(row, self)?,
        })
    }
}

impl Column for &str {
    fn of<'r>(self, row: &Row<'r>) -> Result<ValueRef<'r>> {
        match *row {
            Row::Sqlite(row) => Ok(row.get_ref(self)?),
            Row::Postgres(there) => {
                let place = there.columns().iter().position(|column| column.name() == self);
                let missing = || rusqlite::Error::InvalidColumnName(self.to_owned());
                place.ok_or_else(missing)?.of(row)
            }
        }
    }
}

impl<'r> Row<'r> {
    /// The value of a column as what is wanted.
    pub fn get<I: Column, T: FromSql>(&self, at: I) -> Result<T> {
        Ok(T::column_result(at.of(self)?)?)
    }

    /// The value of a column as it stands.
    pub fn get_ref(&self, at: impl Column) -> Result<ValueRef<'r>> {
        at.of(self)
    }
}
