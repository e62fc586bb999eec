//! The store of a sandbox in a database of PostgreSQL, when the tests run on one.
//!
//! Tests look at a store, and lay things in it behind the program's back, with SQL for SQLite. On PostgreSQL they do that to
//! a copy in memory; what they changed there is carried over.

use rusqlite::backup::{Backup, StepResult};
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};
use tokio::runtime::{Builder, Runtime};
use tokio_postgres::{Client, NoTls, SimpleQueryMessage, SimpleQueryRow};

/// Which store the tests run on; none or `postgres`.
const KIND: &str = "SERVHUB_TEST_STORE";
/// The folder in which the test's server listens.
const SERVER: &str = "SERVHUB_TEST_SERVER";
/// The database that each sandbox gets a copy of.
const MODEL: &str = "model";

const MIGRATIONS: [&str; 9] = [
    include_str!("../../src/store/sqlite/migrations/0001_foundation.sql"),
    include_str!("../../src/store/sqlite/migrations/0002_people.sql"),
    include_str!("../../src/store/sqlite/migrations/0003_requests.sql"),
    include_str!("../../src/store/sqlite/migrations/0004_partners.sql"),
    include_str!("../../src/store/sqlite/migrations/0005_sign_in.sql"),
    include_str!("../../src/store/sqlite/migrations/0006_customers.sql"),
    include_str!("../../src/store/sqlite/migrations/0007_delegations.sql"),
    include_str!("../../src/store/sqlite/migrations/0008_subscriptions.sql"),
    include_str!("../../src/store/sqlite/migrations/0009_people.sql"),
];

/// Whether the tests run on PostgreSQL.
pub fn is_wanted() -> bool {
    std::env::var(KIND).is_ok_and(|kind| kind == "postgres")
}

fn address(name: &str) -> String {
    let folder = std::env::var(SERVER).unwrap();
    format!("postgres://servhub@/{name}?host={folder}")
}

/// A connection that waits.
struct Server {
    client: Client,
    runtime: Runtime,
}

impl Server {
    fn connect(address: &str) -> Self {
        let runtime = Builder::new_current_thread().enable_all().build().unwrap();
        let (client, connection) = runtime.block_on(tokio_postgres::connect(address, NoTls)).unwrap();
        runtime.spawn(async { drop(connection.await) });
        Self { client, runtime }
    }

    fn run(&self, sql: &str) {
        let done = self.runtime.block_on(self.client.batch_execute(sql));
        done.unwrap_or_else(|error| panic!("{error:?}: {}", sql.chars().take(500).collect::<String>()));
    }

    fn rows(&self, sql: &str) -> Vec<SimpleQueryRow> {
        let all = self.runtime.block_on(self.client.simple_query(sql)).unwrap();
        let rows = all.into_iter().filter_map(|message| match message {
            SimpleQueryMessage::Row(row) => Some(row),
            _ => None,
        });
        rows.collect()
    }

    /// The rows of each statement of several.
    fn answers(&self, sql: &str) -> Vec<Vec<SimpleQueryRow>> {
        let all = self.runtime.block_on(self.client.simple_query(sql)).unwrap();
        let mut answers = Vec::new();
        let mut rows = Vec::new();
        for message in all {
            match message {
                SimpleQueryMessage::Row(row) => rows.push(row),
                SimpleQueryMessage::CommandComplete(_) => answers.push(std::mem::take(&mut rows)),
                _ => {}
            }
        }
        answers
    }
}

/// A database that nobody else uses meanwhile. Making one takes longer than most tests, so they are used again.
pub struct Database {
    number: i64,
    /// Holds the lock of the database.
    holder: Server,
}

impl Database {
    pub fn new() -> Self {
        let server = Server::connect(&address("postgres"));
        make_model(&server);
        let taken = |number: &i64| {
            let lock = format!("SELECT pg_try_advisory_lock({number})");
            server.rows(&lock)[0].get(0) == Some("t")
        };
        let number = (2..).find(taken).unwrap();
        let database = Self {
            number,
            holder: server,
        };
        database.empty();
        database
    }

    fn name(&self) -> String {
        format!("store{}", self.number)
    }

    pub fn store(&self) -> PathBuf {
        PathBuf::from(address(&self.name()))
    }

    /// Makes it as if nothing had ever been in it.
    fn empty(&self) {
        let (holder, name) = (&self.holder, self.name());
        let there = holder.rows(&format!(
            "SELECT pg_database_size(datname) < 50000000 FROM pg_database WHERE datname = '{name}'"
        ));
        if there.first().is_some_and(|row| row.get(0) == Some("t")) {
            holder.run(&format!(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"
            ));
            let server = Server::connect(&address(&name));
            let spoilt = server.rows("SELECT 1 WHERE to_regclass('seed.spoilt') IS NOT NULL");
            if spoilt.is_empty() {
                let all = server.rows("SELECT string_agg(sql, ' ' ORDER BY id) FROM seed.again");
                server.run(all[0].get(0).unwrap());
                return;
            }
        }
        holder.run(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
        holder.run(&format!("CREATE DATABASE {name} TEMPLATE {MODEL}"));
    }
}

/// What makes a store empty again, as a table of statements.
const AGAIN: &str = "CREATE SCHEMA seed; CREATE TABLE seed.again (id int GENERATED ALWAYS AS IDENTITY, sql text);
    INSERT INTO seed.again (sql) VALUES ('SET session_replication_role = replica;');
    DO $$
    DECLARE
      name text;
    BEGIN
      FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'main' LOOP
        INSERT INTO seed.again (sql) VALUES (format('DELETE FROM main.%s;', name));
      END LOOP;
      FOREACH name IN ARRAY ARRAY['calendar', 'target', 'product', 'audit_head', 'layout'] LOOP
        EXECUTE format('CREATE TABLE seed.%s AS SELECT * FROM main.%s', name, name);
        INSERT INTO seed.again (sql) VALUES (format('INSERT INTO main.%s SELECT * FROM seed.%s;', name, name));
      END LOOP;
    END $$";

/// Whoever comes first makes it; the others wait.
fn make_model(server: &Server) {
    let there = || {
        !server
            .rows(&format!("SELECT 1 FROM pg_database WHERE datname = '{MODEL}'"))
            .is_empty()
    };
    if there() {
        return;
    }
    server.run("SELECT pg_advisory_lock(1)");
    if !there() {
        server.run("DROP DATABASE IF EXISTS unfinished WITH (FORCE); ");
        server.run("CREATE DATABASE unfinished TEMPLATE template0");
        drop(servhub::store::Db::open(Path::new(&address("unfinished"))).unwrap());
        let making = Server::connect(&address("unfinished"));
        // What tests lay in goes past the references, but each row is to know its customer.
        let owners = making.rows(
            "SELECT format('ALTER TABLE %s ENABLE ALWAYS TRIGGER %I', tgrelid::regclass, tgname) FROM pg_trigger
             WHERE tgname LIKE 'owner%'",
        );
        for owner in owners {
            making.run(owner.get(0).unwrap());
        }
        making.run(AGAIN);
        drop(making);
        let mut waited = 0;
        while !server
            .rows("SELECT 1 FROM pg_stat_activity WHERE datname = 'unfinished'")
            .is_empty()
            && waited < 10_000
        {
            waited += 1;
            std::thread::yield_now();
        }
        server.run(&format!("ALTER DATABASE unfinished RENAME TO {MODEL}"));
    }
    server.run("SELECT pg_advisory_unlock(1)");
}

/// A store to be looked at and changed with SQL for SQLite, past the program.
pub struct Raw {
    conn: Connection,
    /// What it was, when it is a copy.
    origin: Option<Origin>,
}

struct Origin {
    address: String,
    tables: Vec<Table>,
    triggers: usize,
}

/// A table's rows, as they were.
struct Table {
    name: String,
    rows: Vec<Vec<Value>>,
}

impl Deref for Raw {
    type Target = Connection;
    fn deref(&self) -> &Connection {
        &self.conn
    }
}

/// Opens a store past the program.
pub fn raw(store: &Path) -> Raw {
    let Some(address) = store.to_str().filter(|text| servhub::store::is_address(text)) else {
        let conn = Connection::open(store).unwrap();
        return Raw { conn, origin: None };
    };
    let conn = blank();
    let tables = names(&conn);
    let server = Server::connect(address);
    let there = server.rows("SELECT tablename FROM pg_tables WHERE schemaname = 'main'");
    let there: Vec<&str> = there.iter().map(|row| row.get(0).unwrap()).collect();
    let (here, gone): (Vec<_>, Vec<_>) = tables
        .into_iter()
        .partition(|name| there.contains(&name.as_str()));
    for name in gone {
        conn.execute_batch(&format!("DROP TABLE {name}")).unwrap();
    }
    // All in one trip: most tests look at a store many times.
    let reading: String = here.iter().map(|name| reading(&conn, name)).collect();
    let mut answers = server.answers(&reading).into_iter();
    for name in &here {
        lay_in(&conn, name, &answers.next().unwrap());
    }
    conn.execute_batch("PRAGMA foreign_keys = ON").unwrap();
    let origin = Origin {
        address: address.to_owned(),
        tables: names(&conn).into_iter().map(|name| table(&conn, name)).collect(),
        triggers: triggers(&conn).len(),
    };
    Raw {
        conn,
        origin: Some(origin),
    }
}

/// Copies what is in a store into another one.
pub fn copy(from: &Path, to: &Path) {
    if !is_wanted() {
        std::fs::copy(from, to).unwrap();
        return;
    }
    let mut raw = raw(from);
    let origin = raw.origin.as_mut().unwrap();
    origin.address = to.to_str().unwrap().to_owned();
    for table in &mut origin.tables {
        table.rows.push(Vec::new());
    }
}

fn names(conn: &Connection) -> Vec<String> {
    let sql = "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY rowid";
    let mut statement = conn.prepare(sql).unwrap();
    let names = statement.query_map([], |row| row.get(0)).unwrap();
    let mut names: Vec<String> = names.map(Result::unwrap).collect();
    // A row finds its customer through the case.
    let of_case = ["case_share", "case_event", "case_file", "filing_key", "intake"];
    names.sort_by_key(|name| of_case.contains(&name.as_str()));
    names
}

fn triggers(conn: &Connection) -> Vec<String> {
    let sql = "SELECT sql FROM sqlite_schema WHERE type = 'trigger' AND name NOT LIKE '%_no_update' AND name NOT LIKE '%_no_delete'";
    let mut statement = conn.prepare(sql).unwrap();
    let texts = statement.query_map([], |row| row.get(0)).unwrap();
    texts.map(Result::unwrap).collect()
}

/// Names and types of a table's columns.
fn columns(conn: &Connection, table: &str) -> Vec<(String, String)> {
    let sql = format!("SELECT name, type FROM pragma_table_info('{table}')");
    let mut statement = conn.prepare(&sql).unwrap();
    let columns = statement
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap();
    columns.map(Result::unwrap).collect()
}

/// The names of the columns in PostgreSQL, where `only` is a word of its own.
fn listed(columns: &[(String, String)]) -> String {
    let names = columns
        .iter()
        .map(|(name, _)| if name == "only" { "single" } else { name });
    names.collect::<Vec<_>>().join(", ")
}

/// An empty store in memory.
fn blank() -> Connection {
    static MODEL: OnceLock<Mutex<Connection>> = OnceLock::new();
    let model = MODEL.get_or_init(|| {
        let conn = Connection::open_in_memory().unwrap();
        conn.execute_batch("PRAGMA foreign_keys = OFF").unwrap();
        for migration in MIGRATIONS {
            conn.execute_batch(migration).unwrap();
        }
        Mutex::new(conn)
    });
    let mut conn = Connection::open_in_memory().unwrap();
    let model = model.lock().unwrap_or_else(PoisonError::into_inner);
    let copy = Backup::new(&model, &mut conn).unwrap();
    assert_eq!(copy.step(-1).unwrap(), StepResult::Done);
    drop(copy);
    conn.execute_batch("PRAGMA foreign_keys = OFF").unwrap();
    conn
}

fn reading(conn: &Connection, table: &str) -> String {
    format!("SELECT {} FROM main.{table};\n", listed(&columns(conn, table)))
}

fn lay_in(conn: &Connection, table: &str, rows: &[SimpleQueryRow]) {
    let columns = columns(conn, table);
    // What a migration put in is read like the rest.
    conn.execute_batch(&format!("DELETE FROM {table}")).unwrap();
    let places: Vec<&str> = columns.iter().map(|_| "?").collect();
    let sql = format!("INSERT INTO {table} VALUES ({})", places.join(", "));
    let mut insert = conn.prepare(&sql).unwrap();
    for row in rows {
        let values =
            columns
                .iter()
                .enumerate()
                .map(|(place, (_, kind))| match (row.get(place), kind.as_str()) {
                    (None, _) => Value::Null,
                    (Some(text), "INTEGER") => Value::Integer(text.parse().unwrap()),
                    (Some(text), "BLOB") => Value::Blob(unhex(&text[2..])),
                    (Some(text), _) => Value::Text(text.to_owned()),
                });
        insert.execute(params_from_iter(values)).unwrap();
    }
}

fn unhex(text: &str) -> Vec<u8> {
    let pairs = (0..text.len()).step_by(2);
    pairs
        .map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap())
        .collect()
}

fn table(conn: &Connection, name: String) -> Table {
    let mut statement = conn.prepare(&format!("SELECT * FROM {name}")).unwrap();
    let width = statement.column_count();
    let rows = statement.query_map([], |row| (0..width).map(|place| row.get(place)).collect());
    let rows = rows.unwrap().map(Result::unwrap).collect();
    drop(statement);
    Table { name, rows }
}

fn literal(value: &Value) -> String {
    match value {
        Value::Null => "NULL".to_owned(),
        Value::Integer(number) => number.to_string(),
        Value::Real(number) => number.to_string(),
        Value::Text(text) => format!("'{}'", text.replace('\'', "''")),
        Value::Blob(bytes) => {
            let digits: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
            format!("'\\x{digits}'")
        }
    }
}

impl Drop for Raw {
    fn drop(&mut self) {
        if std::thread::panicking() {
            return;
        }
        if let Some(origin) = &self.origin {
            carry_over(&self.conn, origin);
        }
    }
}

/// Writes what was changed in the copy into the database.
fn carry_over(conn: &Connection, origin: &Origin) {
    let now = names(conn);
    let (mut empty, mut fill, mut gone) = (String::new(), String::new(), String::new());
    for before in &origin.tables {
        if !now.contains(&before.name) {
            gone += &format!("DROP TABLE main.{} CASCADE;\n", before.name);
            continue;
        }
        let after = table(conn, before.name.clone());
        if after.rows == before.rows {
            continue;
        }
        let columns = columns(conn, &before.name);
        empty += &format!("DELETE FROM main.{};\n", before.name);
        for row in &after.rows {
            let values: Vec<String> = row.iter().map(literal).collect();
            fill += &format!(
                "INSERT INTO main.{} ({}) VALUES ({});\n",
                before.name,
                listed(&columns),
                values.join(", ")
            );
        }
    }
    for trigger in triggers(conn).iter().skip(origin.triggers) {
        gone += &raising(trigger);
    }
    if !gone.is_empty() {
        gone += "CREATE TABLE seed.spoilt ();\n";
    }
    if empty.is_empty() && gone.is_empty() {
        return;
    }
    let server = Server::connect(&origin.address);
    // References and triggers that keep a table as it is do not hold for whoever has the database in hand.
    server.run(&format!(
        "BEGIN; SET LOCAL session_replication_role = replica;\n{empty}{fill}{gone}COMMIT"
    ));
}

/// A trigger that stops a change, in PostgreSQL's words.
fn raising(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let (name, event, table) = (words[2], words[4], words[6]);
    let says = text.split('\'').nth(1).unwrap();
    format!(
        "CREATE FUNCTION main.raise_{name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{says}'; END $$;
         CREATE TRIGGER {name} BEFORE {event} ON main.{table} FOR EACH ROW EXECUTE FUNCTION main.raise_{name}();\n"
    )
}

/// A database in which nothing is yet, removed at the end.
pub struct Bare {
    name: String,
}

impl Bare {
    pub fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("bare{}_{number}", std::process::id());
        let server = Server::connect(&address("postgres"));
        server.run(&format!("CREATE DATABASE {name} TEMPLATE template0"));
        Self { name }
    }

    pub fn store(&self) -> PathBuf {
        PathBuf::from(address(&self.name))
    }
}

impl Drop for Bare {
    fn drop(&mut self) {
        let server = Server::connect(&address("postgres"));
        server.run(&format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name));
    }
}

/// Runs PostgreSQL's own SQL.
pub fn batch(store: &Path, sql: &str) {
    Server::connect(store.to_str().unwrap()).run(sql);
}

/// What the server says against a statement; none when it does it.
pub fn refusal(store: &Path, sql: &str) -> Option<String> {
    let server = Server::connect(store.to_str().unwrap());
    let done = server.runtime.block_on(server.client.batch_execute(sql));
    done.err().map(|error| format!("{error:?}"))
}

/// Everything that a database holds, as text: every row of every table.
pub fn dump(store: &Path) -> String {
    let tables = texts(
        store,
        "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables
         WHERE schemaname NOT IN ('pg_catalog', 'information_schema')",
    );
    let rows = |table: &String| texts(store, &format!("SELECT CAST(t AS text) FROM {table} t"));
    tables.iter().flat_map(rows).collect::<Vec<_>>().join("\n")
}

/// Does something while a transaction stays open in which that SQL was done.
pub fn meanwhile<T>(store: &Path, sql: &str, work: impl FnOnce() -> T) -> T {
    let server = Server::connect(store.to_str().unwrap());
    server.run(&format!("BEGIN; {sql}"));
    let done = work();
    server.run("ROLLBACK");
    done
}

/// A column of texts, by PostgreSQL's own SQL.
pub fn texts(store: &Path, sql: &str) -> Vec<String> {
    let server = Server::connect(store.to_str().unwrap());
    let rows = server.rows(sql);
    rows.iter().map(|row| row.get(0).unwrap().to_owned()).collect()
}

/// A number, by PostgreSQL's own SQL.
pub fn figure(store: &Path, sql: &str) -> i64 {
    let server = Server::connect(store.to_str().unwrap());
    server.rows(sql)[0].get(0).unwrap().parse().unwrap()
}

/// A column: its table, its name, and whether it may be missing.
type Column = (String, String, bool);

/// The columns of the server's tables.
pub fn columns_of_server(store: &Path) -> Vec<Column> {
    let server = Server::connect(store.to_str().unwrap());
    let rows = server.rows(
        "SELECT table_name, column_name, is_nullable FROM information_schema.columns c
         WHERE table_schema = 'main' AND column_name <> 'of_customer' AND table_name <> 'layout'
           AND EXISTS (SELECT 1 FROM pg_tables t WHERE t.schemaname = 'main' AND t.tablename = c.table_name)
         ORDER BY table_name COLLATE \"C\", ordinal_position",
    );
    let text = |row: &SimpleQueryRow, place| row.get(place).unwrap().to_owned();
    let column = |row: &SimpleQueryRow| (text(row, 0), text(row, 1), text(row, 2) == "YES");
    rows.iter().map(column).collect()
}

/// The columns of a file's tables, by PostgreSQL's names.
pub fn columns_of_file() -> Vec<Column> {
    let conn = blank();
    let sql = "SELECT t.name, CASE c.name WHEN 'only' THEN 'single' ELSE c.name END, c.\"notnull\" = 0 AND c.pk = 0
               FROM sqlite_schema t JOIN pragma_table_info(t.name) c WHERE t.type = 'table' ORDER BY t.name, c.cid";
    let mut statement = conn.prepare(sql).unwrap();
    let columns = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)));
    columns.unwrap().map(Result::unwrap).collect()
}

/// Does something while a database cannot be reached: for that time it has another name.
pub fn away<T>(store: &Path, work: impl FnOnce() -> T) -> T {
    let name = store.to_str().unwrap().rsplit_once("@/").unwrap().1;
    let name = name.split_once('?').unwrap().0;
    let server = Server::connect(&address("postgres"));
    let rename = |from: &str, to: &str| {
        server.run(&format!(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{from}'"
        ));
        server.run(&format!("ALTER DATABASE {from} RENAME TO {to}"));
    };
    let aside = format!("{name}_aside");
    rename(name, &aside);
    let done = work();
    rename(&aside, name);
    done
}

/// A text as the engine can hold it.
pub fn storable(text: &str) -> String {
    if is_wanted() {
        text.replace('\0', "0")
    } else {
        text.to_owned()
    }
}
