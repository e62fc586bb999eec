//! What can go wrong between the store and its engine.

/// An engine's failure.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    /// SQLite's, and of values that do not fit.
    #[error(transparent)]
    Sqlite(#[from] rusqlite::Error),
}

/// What an engine answers.
pub(crate) type Result<T, E = Error> = std::result::Result<T, E>;

impl From<rusqlite::types::FromSqlError> for Error {
    fn from(error: rusqlite::types::FromSqlError) -> Self {
        Self::Sqlite(error.into())
    }
}

impl Error {
    /// Whether there was no row where one was asked for.
    pub fn is_no_row(&self) -> bool {
        matches!(self, Self::Sqlite(rusqlite::Error::QueryReturnedNoRows))
    }

    /// Whether a row broke a rule of its table.
    pub fn is_constraint(&self) -> bool {
        let Self::Sqlite(error) = self;
        error.sqlite_error_code() == Some(rusqlite::ErrorCode::ConstraintViolation)
    }
}

/// No row is an answer as well.
pub(crate) trait OptionalExtension<T> {
    /// The row, if there was one.
    fn optional(self) -> Result<Option<T>>;
}

impl<T> OptionalExtension<T> for Result<T> {
    fn optional(self) -> Result<Option<T>> {
        match self {
            Ok(value) => Ok(Some(value)),
            Err(error) if error.is_no_row() => Ok(None),
            Err(error) => Err(error),
        }
    }
}
