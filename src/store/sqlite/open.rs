//! Opening, creating and migrating a store.

use super::Db;
use crate::error::{AtPath, Error, Result, codes};
use crate::store::engine::{Begin, Connection};
use crate::store::postgres;
use rusqlite::OpenFlags;
use std::cell::Cell;
use std::path::Path;
use std::time::Duration;

/// Marks the file as ours: "SvHb".
pub const APPLICATION_ID: i32 = 0x5376_4862;

/// The migrations, in order; a store's `user_version` counts those it has.
const MIGRATIONS: &[&str] = &[
    include_str!("migrations/0001_foundation.sql"),
    include_str!("migrations/0002_people.sql"),
    include_str!("migrations/0003_requests.sql"),
    include_str!("migrations/0004_partners.sql"),
    include_str!("migrations/0005_sign_in.sql"),
    include_str!("migrations/0006_customers.sql"),
    include_str!("migrations/0007_delegations.sql"),
    include_str!("migrations/0008_subscriptions.sql"),
    include_str!("migrations/0009_people.sql"),
    include_str!("migrations/0010_lookups.sql"),
];

/// The layout that this release writes.
pub const SCHEMA_VERSION: usize = MIGRATIONS.len();

/// How long a writer waits for the others. Long, because an import of millions of rows is one transaction.
pub(super) const PATIENCE: Duration = Duration::from_secs(60);

impl Db {
    /// Opens the store at `path`, making the file and its folder on first use (K-1), and brings its layout
    /// up to date. Safe when several processes do it at once. A path that is the address of a database opens that.
    ///
    /// # Errors
    /// `E0003` for a file that is no store, `E0004` for one of a newer release, `E0006` for one that
    /// cannot be opened, `E0020` for a database that cannot be reached.
    pub fn open(path: &Path) -> Result<Self> {
        if let Some(address) = address(path) {
            return postgres::open(address);
        }
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            std::fs::create_dir_all(folder).at(folder)?;
        }
        not_a_scrap(path)?;
        let conn = rusqlite::Connection::open_with_flags(
            path,
            OpenFlags::SQLITE_OPEN_READ_WRITE
                | OpenFlags::SQLITE_OPEN_CREATE
                | OpenFlags::SQLITE_OPEN_NO_MUTEX,
        )?;
        let mut db = Self {
            conn: Connection::Sqlite(conn),
            path: path.to_owned(),
            dress: Cell::default(),
        };
        db.settle().map_err(|error| name_file(error, path))?;
        Ok(db)
    }

    /// Another connection to the same store, which only reads.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn second_reader(&self) -> Result<Self> {
        if let Some(session) = self.conn.postgres() {
            return postgres::second_reader(session);
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let conn = rusqlite::Connection::open_with_flags(&self.path, flags)?;
        conn.busy_timeout(PATIENCE)?;
        keep_plans(&conn)?;
        Ok(Self {
            conn: Connection::Sqlite(conn),
            path: self.path.clone(),
            dress: Cell::default(),
        })
    }

    /// The store at `path`, only to look something up in passing: never made, never migrated, and never
    /// waited for longer than a moment.
    ///
    /// # Errors
    /// When there is no such store, or it has another layout.
    pub fn glance(path: &Path) -> Result<Self> {
        let there = match address(path) {
            Some(address) => postgres::peek(address)?,
            None => Self::look(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?,
        };
        there.ok_or_else(other_layout)
    }

    /// The same, and none where a store could be made but is not yet. Nothing stays behind beside the file either, which takes
    /// a connection that could write and may not.
    ///
    /// # Errors
    /// When there is no such file or database, or it has another layout.
    pub fn peek(path: &Path) -> Result<Option<Self>> {
        if let Some(address) = address(path) {
            return postgres::peek(address);
        }
        let db =
            Self::look(path, OpenFlags::SQLITE_OPEN_READ_WRITE).map_err(|error| name_file(error, path))?;
        if let Some(Connection::Sqlite(conn)) = db.as_ref().map(|db| &db.conn) {
            conn.pragma_update(None, "query_only", true)?;
        }
        Ok(db)
    }

    fn look(path: &Path, flags: OpenFlags) -> Result<Option<Self>> {
        not_a_scrap(path)?;
        let conn = rusqlite::Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
        conn.busy_timeout(Duration::from_millis(100))?;
        match layout(&conn)? {
            0 => Ok(None),
            SCHEMA_VERSION => Ok(Some(Self {
                conn: Connection::Sqlite(conn),
                path: path.to_owned(),
                dress: Cell::default(),
            })),
            _ => Err(other_layout()),
        }
    }

    fn settle(&mut self) -> Result<()> {
        let conn = self.conn.sqlite()?;
        conn.busy_timeout(PATIENCE)?;
        conn.set_prepared_statement_cache_capacity(64);
        keep_plans(conn)?;
        // One transaction: between two looks another process may have made the store.
        let version = self.read(|store| layout(store.conn.sqlite()?))?;
        if version < SCHEMA_VERSION || !has_write_ahead_log(self.conn.sqlite()?)? {
            use_write_ahead_log(self.conn.sqlite()?)?;
        }
        if version < SCHEMA_VERSION {
            self.migrate()?;
        }
        self.conn
            .execute_batch("PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;")?;
        Ok(())
    }

    fn migrate(&mut self) -> Result<()> {
        // A table that is made anew is dropped while others refer to it. The switch does nothing within a transaction.
        self.conn.execute_batch("PRAGMA foreign_keys = OFF")?;
        let tx = self.conn.begin(Begin::Write)?;
        // Another process may have migrated while this one waited for the lock.
        let version = layout(tx.sqlite()?)?;
        for migration in &MIGRATIONS[version.min(SCHEMA_VERSION)..] {
            tx.execute_batch(migration)?;
        }
        tx.sqlite()?
            .pragma_update(None, "application_id", APPLICATION_ID)?;
        tx.sqlite()?.pragma_update(
            None,
            "user_version",
            i64::try_from(SCHEMA_VERSION).unwrap_or(i64::MAX),
        )?;
        Ok(tx.commit()?)
    }
}

/// "This one first has to be brought up to date."
pub(in super::super) fn other_layout() -> Error {
    codes::NOT_A_STORE
        .error("the store has another layout")
        .hint("`servhub doctor` brings it up to date")
}

/// The layout by itself, in memory.
///
/// # Errors
/// The engine's own failure.
pub(crate) fn blank() -> Result<rusqlite::Connection> {
    let conn = rusqlite::Connection::open_in_memory()?;
    conn.execute_batch("PRAGMA foreign_keys = OFF")?;
    for migration in MIGRATIONS {
        conn.execute_batch(migration)?;
    }
    Ok(conn)
}

/// The address, if it is one of a database.
fn address(path: &Path) -> Option<&str> {
    path.to_str().filter(|text| postgres::is_address(text))
}

/// Prepared statements stay prepared: without this, the engine plans a statement anew for each parameter
/// when its table has a partial index.
fn keep_plans(conn: &rusqlite::Connection) -> Result<()> {
    conn.set_db_config(rusqlite::config::DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    Ok(())
}

/// How many migrations the file has; zero for an empty one.
fn layout(conn: &rusqlite::Connection) -> Result<usize> {
    let pragma = |name: &str| conn.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    let (application, version) = (pragma("application_id")?, pragma("user_version")?);
    if application == 0 && version == 0 {
        let tables: i64 = conn.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
        if tables == 0 {
            return Ok(0);
        }
    }
    if application != i64::from(APPLICATION_ID) {
        return Err(codes::NOT_A_STORE.error("the file is a database, but not one that servhub made"));
    }
    let version = usize::try_from(version).unwrap_or(usize::MAX);
    if version > SCHEMA_VERSION {
        let message =
            format!("the store has layout {version}, and this release knows layouts up to {SCHEMA_VERSION}");
        return Err(codes::STORE_NEWER
            .error(message)
            .hint("use the release of servhub that wrote it; nothing was changed"));
    }
    Ok(version)
}

/// SQLite takes a file shorter than its smallest page for an empty database and would write over it.
fn not_a_scrap(path: &Path) -> Result<()> {
    let Ok(data) = std::fs::metadata(path) else {
        return Ok(());
    };
    if data.is_file() && (1..512).contains(&data.len()) {
        let message = format!("{}: the file holds something else than a store", path.display());
        return Err(codes::NOT_A_STORE.error(message));
    }
    Ok(())
}

/// A backup comes without the log, in one file.
fn has_write_ahead_log(conn: &rusqlite::Connection) -> Result<bool> {
    let mode: String = conn.pragma_query_value(None, "journal_mode", |row| row.get(0))?;
    Ok(mode == "wal")
}

/// Turning the log on needs the file alone for a moment, and SQLite does not always wait for that by itself.
fn use_write_ahead_log(conn: &rusqlite::Connection) -> Result<()> {
    let mut tries = 0;
    loop {
        match conn.pragma_update_and_check(None, "journal_mode", "wal", |row| row.get::<_, String>(0)) {
            Ok(_) => return Ok(()),
            Err(error)
                if tries < 600 && error.sqlite_error_code() == Some(rusqlite::ErrorCode::DatabaseBusy) =>
            {
                tries += 1;
                std::thread::sleep(Duration::from_millis(20));
            }
            Err(error) => return Err(error.into()),
        }
    }
}

fn name_file(error: Error, path: &Path) -> Error {
    Error {
        message: format!("{}: {}", path.display(), error.message),
        ..error
    }
}
