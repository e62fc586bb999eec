//! No record, no change: every change of the register, on a store that cannot take its audit record,
//! fails and leaves every row of every table as it was.

use super::rows::{At, Row, Seen, rows};
use super::{World, place};
use crate::harness::{Sandbox, finish};
use rusqlite::Connection;
use rusqlite::types::ValueRef;
use servhub::error::Result;
use servhub::hub::Mode;
use servhub::hub::operations::OPERATIONS;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

/// Ways in which a record cannot be written.
const FAULTS: &[(&str, &str)] = &[
    (
        "the record is turned away",
        "CREATE TRIGGER fault BEFORE INSERT ON audit BEGIN SELECT raise(ABORT, 'a fault'); END",
    ),
    (
        "the record is turned away, and what came before is kept",
        "CREATE TRIGGER fault BEFORE INSERT ON audit BEGIN SELECT raise(FAIL, 'a fault'); END",
    ),
    (
        "the whole transaction is turned away",
        "CREATE TRIGGER fault BEFORE INSERT ON audit BEGIN SELECT raise(ROLLBACK, 'a fault'); END",
    ),
    (
        "the end of the chain cannot be moved",
        "CREATE TRIGGER fault BEFORE UPDATE ON audit_head BEGIN SELECT raise(ABORT, 'a fault'); END",
    ),
    ("there is no audit trail", "DROP TABLE audit"),
];

/// What a change meets: on a file all of it, on a server, where a copy of the store takes long, one after the other in turn.
fn faults(number: usize) -> &'static [(&'static str, &'static str)] {
    if crate::database::is_wanted() {
        std::slice::from_ref(&FAULTS[number % FAULTS.len()])
    } else {
        FAULTS
    }
}

/// The tables of a store.
pub fn tables(conn: &Connection) -> Vec<String> {
    let sql =
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name";
    let mut statement = conn.prepare(sql).unwrap();
    let names = statement.query_map([], |row| row.get(0)).unwrap();
    names.map(|name| name.unwrap()).collect()
}

/// Every row of every table, and the layout, as text.
fn contents(store: &Path) -> BTreeMap<String, Vec<String>> {
    let conn = crate::database::raw(store);
    let mut all: BTreeMap<String, Vec<String>> = tables(&conn)
        .into_iter()
        .map(|table| {
            let mut rows = every_row(&conn, &format!("SELECT * FROM {table}"));
            rows.sort();
            (table, rows)
        })
        .collect();
    let layout = "SELECT type, name, sql FROM sqlite_schema ORDER BY type, name";
    all.insert("(layout)".to_owned(), every_row(&conn, layout));
    all
}

fn every_row(conn: &Connection, sql: &str) -> Vec<String> {
    let mut statement = conn.prepare(sql).unwrap();
    let columns = statement.column_count();
    let mut rows = statement.query([]).unwrap();
    let mut found = Vec::new();
    while let Some(row) = rows.next().unwrap() {
        let cells: Vec<ValueRef<'_>> = (0..columns).map(|place| row.get_ref(place).unwrap()).collect();
        found.push(format!("{cells:?}"));
    }
    found
}

/// A store for one run: the organisation's, or an empty one.
struct Copy {
    sandbox: Sandbox,
}

impl Copy {
    fn of(world: &World, row: &Row) -> Self {
        let sandbox = Sandbox::new();
        if row.wants_empty {
            drop(place::hub(&sandbox.store()));
        } else {
            crate::database::copy(&world.sandbox.store(), &sandbox.store());
        }
        Self { sandbox }
    }

    fn run(&self, world: &World, row: &Row) -> Result<Seen> {
        let operator = place::hub(&self.sandbox.store());
        let mut hub = match row.by {
            Some(by) => operator.on_behalf_of(&by(&world.places[0])).unwrap(),
            None => operator,
        };
        (row.run)(&mut At {
            hub: &mut hub,
            place: &world.places[0],
            mode: Mode::Apply,
            folder: &self.sandbox.path("files"),
        })
    }

    fn contents(&self) -> BTreeMap<String, Vec<String>> {
        contents(&self.sandbox.store())
    }
}

/// The organisation in one file that can be copied.
fn world() -> World {
    let world = World::new();
    world.sandbox.sql("PRAGMA wal_checkpoint(TRUNCATE)");
    world
}

fn changes() -> Vec<Row> {
    let is_change = |row: &Row| {
        OPERATIONS
            .iter()
            .any(|operation| operation.name == row.name && operation.changes())
    };
    rows().into_iter().filter(is_change).collect()
}

/// Rules: X-1
#[test]
fn a_change_whose_record_cannot_be_written_leaves_everything_as_it_was() {
    let world = world();
    for (number, row) in changes().into_iter().enumerate() {
        for (fault, sql) in faults(number) {
            let copy = Copy::of(&world, &row);
            copy.sandbox.sql(sql);
            let before = copy.contents();
            let came = copy.run(&world, &row);
            let what = format!("{} {}, where {fault}", row.name, row.aim);
            assert!(came.is_err(), "{what}: {came:?}");
            assert!(
                before == copy.contents(),
                "{what}: something was changed, and the error was {came:?}"
            );
        }
    }
}

/// The same changes, where nothing is in their way, do change the store and record it.
///
/// Rules: X-1
#[test]
fn a_change_is_in_the_store_together_with_its_record() {
    let world = world();
    for row in changes() {
        let copy = Copy::of(&world, &row);
        let before = copy.contents();
        let came = copy.run(&world, &row);
        let what = format!("{} {}", row.name, row.aim);
        assert!(matches!(came, Ok(Seen::Changed(true))), "{what}: {came:?}");
        let after = copy.contents();
        let touched: BTreeSet<&String> = after
            .iter()
            .filter(|(table, rows)| before[*table] != **rows)
            .map(|(table, _)| table)
            .collect();
        assert!(touched.contains(&"audit".to_owned()), "{what}: no record");
        assert!(touched.len() > 2, "{what}: only the record: {touched:?}");
        let records = |contents: &BTreeMap<String, Vec<String>>| contents["audit"].len();
        assert!(records(&after) > records(&before), "{what}");
    }
}

/// Files may grow to so many blocks of 512 bytes, far less than the change takes; the system then refuses to
/// write on, as it does on a full disk.
const NO_ROOM: &str = "trap '' XFSZ; ulimit -f 200; exec \"$0\" \"$@\"";

/// Rules: X-1
#[test]
fn a_change_that_finds_no_room_leaves_everything_as_it_was() {
    let sandbox = Sandbox::new();
    drop(place::hub(&sandbox.store()));
    let rows: Vec<String> = (0..5000)
        .map(|number| format!("C{number},Customer {number}\n"))
        .collect();
    sandbox.write("customers.csv", &format!("customer,name\n{}", rows.concat()));
    let import = sandbox.command(["import", "customers.csv", "--yes"]);
    let mut confined = Command::new("/bin/sh");
    confined
        .args(["-c", NO_ROOM])
        .arg(import.get_program())
        .args(import.get_args())
        .current_dir(sandbox.path(""))
        .env_clear()
        .envs(import.get_envs().filter_map(|(name, value)| Some((name, value?))));
    let before = contents(&sandbox.store());
    let run = finish(&mut confined);
    assert_eq!(run.code, 1, "{run:?}");
    assert!(run.stderr.contains("the store said"), "{run:?}");
    assert!(before == contents(&sandbox.store()), "{run:?}");
    sandbox.ok(["import", "customers.csv", "--yes"]);
    assert_eq!(contents(&sandbox.store())["customer"].len(), 5000);
}

/// Rules: X-1
#[test]
fn every_change_of_the_register_is_tried_with_faults() {
    let tried: BTreeSet<&str> = changes().iter().map(|row| row.name).collect();
    let due: BTreeSet<&str> = OPERATIONS
        .iter()
        .filter(|operation| operation.changes())
        .map(|operation| operation.name)
        .collect();
    assert_eq!(tried, due);
}
