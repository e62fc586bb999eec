//! What can go wrong between the store and its engine.

/// An engine's failure.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    /// SQLite's, and of values that do not fit.
    #[error(transparent)]
    Sqlite(#[from] rusqlite::Error),
    /// PostgreSQL's.
    #[error("{}", told(.0))]
    Postgres(#[from] tokio_postgres::Error),
    /// The system gave no means to wait for an answer.
    #[error(transparent)]
    Thread(std::io::Error),
    /// Something that one engine alone can do was asked of the other one.
    #[error("the store is of the other kind")]
    OtherEngine,
    /// The server was asked, and neither answered nor let anybody else in.
    #[error("the server does not answer")]
    Silent,
    /// The connection ended while a change was being kept.
    #[error("the connection ended while the change was being kept; whether it was is not known")]
    Unsure(#[source] Box<Error>),
    /// A statement failed, and what was done before it would be lost without a word.
    #[error("a statement of the change had failed")]
    Broken,
}

/// What PostgreSQL said, without the statement and without the values.
fn told(error: &tokio_postgres::Error) -> String {
    error
        .as_db_error()
        .map_or_else(|| error.to_string(), |said| said.message().to_owned())
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
        match self {
            Self::Sqlite(error) => {
                error.sqlite_error_code() == Some(rusqlite::ErrorCode::ConstraintViolation)
            }
            _ => self.state().is_some_and(|state| state.starts_with("23")),
        }
    }

    /// Whether the server did not answer, does not let in, or has ended the connection.
    pub fn is_away(&self) -> bool {
        match (self, self.state()) {
            (_, Some(state)) => {
                ["08", "28"].iter().any(|class| state.starts_with(class))
                    || matches!(state, "57P01" | "57P02" | "57P03" | "53300" | "3D000")
            }
            (Self::Unsure(_) | Self::Silent, None) => true,
            // What is not the server's own word is of the connection, unless it is of a value.
            (Self::Postgres(error), None) => {
                error.is_closed() || {
                    use std::error::Error as _;
                    error.source().is_some_and(|cause| cause.is::<std::io::Error>())
                }
            }
            _ => false,
        }
    }

    /// The same, where nobody can say whether a change was kept.
    pub fn unsure(self) -> Self {
        Self::Unsure(Box::new(self))
    }

    /// PostgreSQL's code for what went wrong.
    pub fn state(&self) -> Option<&str> {
        match self {
            Self::Postgres(error) => error.code().map(tokio_postgres::error::SqlState::code),
            _ => None,
        }
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
