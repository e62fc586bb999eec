//! One error type for the whole library: what happened, why, and what to do next (K-11).

pub mod codes;

pub use codes::Code;

/// Shorthand for everything that can fail.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What sort of failure it is; decides the exit code (K-10) and, on a hub, the HTTP status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// It failed for a reason outside the request: disk, store, a fault in servhub.
    Failed,
    /// The request itself is malformed.
    Usage,
    /// What it names is not there.
    NotFound,
    /// The caller may not do it.
    Denied,
    /// A rule says no, or the store has changed meanwhile.
    Refused,
    /// Some rows failed, the rest are done.
    Partial,
    /// The remote hub does not answer.
    Unreachable,
    /// The user pressed Ctrl-C or answered no.
    Interrupted,
}

/// A failure with a stable code. Hints are data: the edge decides how to show them.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub struct Error {
    /// The registered code; `servhub explain CODE` tells more.
    pub code: &'static Code,
    /// What happened, as a full sentence without a full stop.
    pub message: String,
    /// What to do next, most useful first.
    pub hints: Vec<String>,
    /// What lies behind it.
    #[source]
    pub source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl Error {
    /// Adds something the user can do.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// Adds the failure that lies behind this one.
    #[must_use]
    pub fn because(mut self, source: impl std::error::Error + Send + Sync + 'static) -> Self {
        self.source = Some(Box::new(source));
        self
    }

    /// What sort of failure it is.
    pub fn kind(&self) -> Kind {
        self.code.kind
    }
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode;
        let code = match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => &codes::STORE_BUSY,
            Some(ErrorCode::DiskFull) => &codes::DISK_FULL,
            Some(ErrorCode::NotADatabase) => &codes::NOT_A_STORE,
            Some(ErrorCode::DatabaseCorrupt) => &codes::STORE_DAMAGED,
            Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => {
                &codes::STORE_CLOSED
            }
            _ => &codes::STORE_FAILED,
        };
        code.error(format!("the store said: {error}")).because(error)
    }
}

impl From<crate::store::EngineError> for Error {
    fn from(error: crate::store::EngineError) -> Self {
        match error {
            crate::store::EngineError::Sqlite(error) => error.into(),
            other => of_server(other),
        }
    }
}

/// What a database's server says, by the classes of its codes.
fn of_server(error: crate::store::EngineError) -> Error {
    let code = match (error.state(), error.is_away()) {
        (_, true) => &codes::STORE_AWAY,
        (Some("40001" | "40P01" | "55P03" | "57014"), _) => &codes::STORE_BUSY,
        (Some("53100"), _) => &codes::DISK_FULL,
        (Some("25006" | "42501"), _) => &codes::STORE_CLOSED,
        (Some("XX001" | "XX002"), _) => &codes::STORE_DAMAGED,
        _ => &codes::STORE_FAILED,
    };
    code.error(format!("the store said: {error}")).because(error)
}

impl From<std::io::Error> for Error {
    fn from(error: std::io::Error) -> Self {
        codes::IO_FAILED.error(error.to_string()).because(error)
    }
}

/// Says which file a file error is about, because the system's own message does not.
pub trait AtPath<T> {
    /// Names the path in the message.
    fn at(self, path: &std::path::Path) -> Result<T>;
}

impl<T> AtPath<T> for std::io::Result<T> {
    fn at(self, path: &std::path::Path) -> Result<T> {
        self.map_err(|error| {
            let code = match error.kind() {
                std::io::ErrorKind::NotFound => &codes::FILE_MISSING,
                _ => &codes::IO_FAILED,
            };
            code.error(format!("{}: {error}", path.display())).because(error)
        })
    }
}
