//! A prepared statement, and the rows that it answers with.

use super::{Error, Params, Result, Row};

/// A prepared statement.
pub(crate) enum Statement<'c> {
    /// SQLite's.
    Sqlite(rusqlite::CachedStatement<'c>),
}

/// The rows of an answer, one after the other.
pub(crate) enum Rows<'s> {
    /// SQLite's.
    Sqlite(rusqlite::Rows<'s>),
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

impl Statement<'_> {
    /// Runs it; says how many rows it wrote.
    pub fn execute(&mut self, params: impl Params) -> Result<usize> {
        let Self::Sqlite(statement) = self;
        bind(statement, &params)?;
        Ok(statement.raw_execute()?)
    }

    /// Runs it; answers the key of the row it put in.
    pub fn insert(&mut self, params: impl Params) -> Result<i64> {
        self.query_row(params, |row| row.get(0))
    }

    /// Its rows.
    pub fn query(&mut self, params: impl Params) -> Result<Rows<'_>> {
        let Self::Sqlite(statement) = self;
        bind(statement, &params)?;
        Ok(Rows::Sqlite(statement.raw_query()))
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
        let Self::Sqlite(rows) = self;
        Ok(rows.next()?.map(Row::Sqlite))
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
