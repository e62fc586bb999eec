//! Opening, making and migrating the tables of a database.

use super::super::sqlite::{Db, SCHEMA_VERSION, other_layout};
use super::{address, views};
use crate::error::{Error, Result, codes};
use crate::store::engine::{Connection, Error as EngineError, Session};
use std::path::PathBuf;
use std::time::Duration;

/// The migrations, each with the layout that it makes. The numbers are those of SQLite's.
const MIGRATIONS: &[(usize, &str)] = &[
    (4, include_str!("migrations/0004_all.sql")),
    (5, include_str!("migrations/0005_sign_in.sql")),
    (6, include_str!("migrations/0006_customers.sql")),
    (7, include_str!("migrations/0007_delegations.sql")),
    (8, include_str!("migrations/0008_subscriptions.sql")),
    (9, include_str!("migrations/0009_people.sql")),
    (10, include_str!("migrations/0010_lookups.sql")),
];

/// Whoever migrates holds this lock of the database until the end: "SvHb".
const MIGRATING: i64 = 0x5376_4862;

/// How long to wait for a connection.
const PATIENCE: Duration = Duration::from_secs(5);

/// How plans are made. A statement is planned once for each connection, and questions of one person join many tables. Whoever waits for
/// a lock longer than a minute is told so, and a connection that was cut off inside a transaction does not hold up the others: the
/// server finds out within half a minute, where it knows how.
const SETTINGS: &str =
    "SET search_path = main, public; SET plan_cache_mode = force_generic_plan; SET jit = off; SET geqo = off;
    SET join_collapse_limit = 20; SET from_collapse_limit = 20; SET lock_timeout = '60s';
    SET idle_in_transaction_session_timeout = '10min'; SET client_min_messages = warning;
    SELECT set_config(name, value, false) FROM (VALUES ('tcp_keepalives_idle', '10'), ('tcp_keepalives_interval', '5'),
      ('tcp_keepalives_count', '3'), ('client_connection_check_interval', '5s')) AS wanted (name, value)
    WHERE name IN (SELECT name FROM pg_settings)";

/// Opens the database at an address and brings its layout up to date. Safe when several servers do it at once.
pub(in super::super) fn open(text: &str) -> Result<Db> {
    let db = connect(address::config(text, PATIENCE)?)?;
    let version = layout(db.connection())?;
    if version < SCHEMA_VERSION {
        migrate(db.connection())?;
    }
    Ok(db)
}

/// Another connection to the same database.
pub(in super::super) fn second_reader(session: &Session) -> Result<Db> {
    connect(session.config().clone())
}

/// The database at an address, only to look something up in passing; none while nothing is in it.
pub(in super::super) fn peek(text: &str) -> Result<Option<Db>> {
    let db = connect(address::config(text, Duration::from_secs(1))?)?;
    match layout(db.connection())? {
        0 => Ok(None),
        SCHEMA_VERSION => Ok(Some(db)),
        _ => Err(other_layout()),
    }
}

/// A pooler that hands a connection on after each transaction would hand on these settings and the statements with it: one person's
/// question could be answered with another's. Where a connection that is new here had them before, it is refused.
const OURS_ALONE: &str = "DO $$ BEGIN IF current_setting('servhub.open', true) <> '' THEN
      RAISE EXCEPTION 'the connection is in use' USING ERRCODE = 'SH001'; END IF; END $$;
    SET servhub.open = 'yes'";

/// Makes a connection ours.
fn claim(session: &Session) -> Result<()> {
    let claimed = session.batch(&format!("{OURS_ALONE}; {SETTINGS}"));
    claimed.map_err(|error| match error.state() {
        Some("SH001") => codes::POOLED
            .error("a pooler hands the connection from one transaction to the next")
            .hint("set its pool_mode to session; nothing was changed"),
        _ => error.into(),
    })
}

/// Whatever goes wrong before the server has said a word, TLS as well, means that it cannot be reached.
fn unreached(error: EngineError) -> Error {
    if error.state().is_some() {
        return error.into();
    }
    let causes = std::iter::successors(std::error::Error::source(&error), |cause| cause.source());
    let mut said = vec![error.to_string()];
    for cause in causes.map(ToString::to_string) {
        if !said.iter().any(|before| before.contains(&cause)) {
            said.push(cause);
        }
    }
    codes::STORE_AWAY
        .error(format!("the store said: {}", said.join(": ")))
        .because(error)
}

fn connect(config: tokio_postgres::Config) -> Result<Db> {
    let shown = address::shown(&config);
    let name = |error: Error| Error {
        message: format!("{shown}: {}", error.message),
        ..error
    };
    let session = Session::connect(config).map_err(|error| name(unreached(error)))?;
    claim(&session).map_err(name)?;
    Ok(Db::of(Connection::Postgres(session), PathBuf::from(shown)))
}

/// Which layout the database has; zero when it has none.
fn layout(conn: &Connection) -> Result<usize> {
    // The tables of the catalogue, not its functions: those may answer from what was so before a lock was waited for.
    let there = "SELECT EXISTS (SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                   WHERE n.nspname = 'main' AND c.relname = 'layout'),
                 EXISTS (SELECT 1 FROM pg_namespace WHERE nspname = 'main')";
    let (layout, schema): (bool, bool) = conn
        .prepare(there)?
        .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    if !layout && schema {
        let message = "the database has a schema called main, but not one that servhub made";
        return Err(codes::NOT_A_STORE.error(message));
    }
    if !layout {
        return Ok(0);
    }
    let version: i64 = conn
        .prepare("SELECT version FROM main.layout")?
        .query_row([], |row| row.get(0))?;
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

fn migrate(conn: &Connection) -> Result<()> {
    conn.execute_batch(&format!("BEGIN; SELECT pg_advisory_xact_lock({MIGRATING})"))?;
    let done = bring_up_to_date(conn);
    let end = if done.is_ok() { "COMMIT" } else { "ROLLBACK" };
    conn.go_back(end)?;
    done
}

fn bring_up_to_date(conn: &Connection) -> Result<()> {
    // Another server may have done it while this one waited.
    let version = layout(conn)?;
    if version == SCHEMA_VERSION {
        return Ok(());
    }
    for (_, text) in MIGRATIONS.iter().filter(|(makes, _)| *makes > version) {
        conn.execute_batch(text)?;
    }
    conn.execute_batch(&format!("UPDATE main.layout SET version = {SCHEMA_VERSION}"))?;
    // They hold nothing, so they are made anew each time and cannot lag behind.
    Ok(conn.execute_batch(&views::all())?)
}

#[cfg(test)]
mod tests {
    use super::{MIGRATIONS, SCHEMA_VERSION};

    #[test]
    fn the_last_migration_makes_the_layout_of_this_release() {
        assert_eq!(MIGRATIONS.last().unwrap().0, SCHEMA_VERSION);
    }
}
