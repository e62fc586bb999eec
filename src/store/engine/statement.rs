//! A prepared statement, and the rows that it answers with.

use super::postgres::{Flow, Held, Session};
use super::{Error, Params, Result, Row};
use std::sync::{Arc, Mutex};

/// A prepared statement.
pub(crate) enum Statement<'c> {
    /// SQLite's.
    Sqlite(rusqlite::CachedStatement<'c>),
    /// PostgreSQL's.
    Postgres(&'c Session, tokio_postgres::Statement),
}

/// The rows of an answer, one after the other.
pub(crate) enum Rows<'s> {
    /// SQLite's.
    Sqlite(rusqlite::Rows<'s>),
    /// PostgreSQL's, and the one that stands in front.
    Postgres(&'s Session, Arc<Mutex<Flow>>, Option<tokio_postgres::Row>),
}

fn bind(statement: &mut rusqlite::Statement<'_>, params: &impl Params) -> Result<()> {
    let mut place = 0;
    params.each(&mut |value| {
        place += 1;
        Ok(statement.raw_bind_parameter(place, value)?)
    })?;
    let expected = statement.parameter_count();
    if place == expected {
        return Ok(());
    }
    // A place that is left out would be NULL without a word.
    Err(rusqlite::Error::InvalidParameterCount(place, expected).into())
}

pub(super) fn held(params: &impl Params) -> Result<Vec<Held>> {
    let mut values = Vec::new();
    params.each(&mut |value| {
        values.push(Held::of(value)?);
        Ok(())
    })?;
    Ok(values)
}

impl Statement<'_> {
    /// Runs it; says how many rows it wrote.
    pub fn execute(&mut self, params: impl Params) -> Result<usize> {
        match self {
            Self::Sqlite(statement) => {
                bind(statement, &params)?;
                Ok(statement.raw_execute()?)
            }
            Self::Postgres(session, statement) => session.execute(statement, &held(&params)?),
        }
    }

    /// Runs it; answers the key of the row it put in.
    pub fn insert(&mut self, params: impl Params) -> Result<i64> {
        let id = self.query_row(params, |row| row.get(0))?;
        if let Self::Postgres(session, _) = self {
            session.wrote(1);
        }
        Ok(id)
    }

    /// Its rows.
    pub fn query(&mut self, params: impl Params) -> Result<Rows<'_>> {
        match self {
            Self::Sqlite(statement) => {
                bind(statement, &params)?;
                Ok(Rows::Sqlite(statement.raw_query()))
            }
            Self::Postgres(session, statement) => {
                let flow = session.query(statement, &held(&params)?)?;
                Ok(Rows::Postgres(session, flow, None))
            }
        }
    }

    /// Its rows, each as what `map` makes of it.
    pub fn query_map<T, F>(&mut self, params: impl Params, map: F) -> Result<Mapped<'_, F>>
    where
        F: FnMut(&Row<'_>) -> Result<T>,
    {
        Ok(Mapped {
            rows: self.query(params)?,
            map,
        })
    }

    /// Its first row.
    pub fn query_row<T>(
        &mut self,
        params: impl Params,
        map: impl FnOnce(&Row<'_>) -> Result<T>,
    ) -> Result<T> {
        let mut rows = self.query(params)?;
        match rows.next()? {
            Some(row) => map(&row),
            None => Err(Error::Sqlite(rusqlite::Error::QueryReturnedNoRows)),
        }
    }

    /// Whether there is a row.
    pub fn exists(&mut self, params: impl Params) -> Result<bool> {
        Ok(self.query(params)?.next()?.is_some())
    }
}

impl Rows<'_> {
    /// The next row, if there is one.
    pub fn next(&mut self) -> Result<Option<Row<'_>>> {
        match self {
            Self::Sqlite(rows) => Ok(rows.next()?.map(Row::Sqlite)),
            Self::Postgres(session, flow, front) => {
                *front = session.next(flow)?;
                Ok(front.as_ref().map(Row::Postgres))
            }
        }
    }
}

/// Rows that are made into something else.
pub(crate) struct Mapped<'s, F> {
    rows: Rows<'s>,
    map: F,
}

impl<T, F: FnMut(&Row<'_>) -> Result<T>> Iterator for Mapped<'_, F> {
    type Item = Result<T>;

    fn next(&mut self) -> Option<Result<T>> {
        match self.rows.next() {
            Ok(Some(row)) => Some((self.map)(&row)),
            Ok(None) => None,
            Err(error) => Some(Err(error)),
        }
    }
}
