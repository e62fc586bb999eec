//! Which tables a hub has, read from the layout itself: a table that a later migration adds is copied without a word here.

use crate::error::Result;
use rusqlite::Connection;
use std::collections::BTreeSet;

/// Tables that stay behind: a set-up code is for the place where it was printed.
const LEFT: &[&str] = &["setup_code"];
/// The end of the audit chain is a row that every store has; it is written, not put in.
pub(super) const HEAD: &str = "audit_head";
/// Tables that have rows in every new store.
pub(super) const SEEDED: &[&str] = &["calendar", "target", "product", "agreement_template"];

/// A table to copy.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Table {
    /// Its name.
    pub name: String,
    /// Its columns, in their order.
    pub columns: Vec<String>,
    /// Those that tell a row from all others.
    key: Vec<String>,
    refers_to: BTreeSet<String>,
}

impl Table {
    /// All rows, in the order of their keys.
    pub fn select(&self) -> String {
        let (columns, key) = (self.columns.join(", "), self.key.join(", "));
        format!("SELECT {columns} FROM main.{} ORDER BY {key}", self.name)
    }
}

/// The tables of a layout, each after those that it refers to.
pub(super) fn tables(layout: &Connection) -> Result<Vec<Table>> {
    let mut left = all(layout)?;
    let mut ordered: Vec<Table> = Vec::new();
    while !left.is_empty() {
        let waits: BTreeSet<String> = left.iter().map(|table| table.name.clone()).collect();
        let (now, later): (Vec<_>, Vec<_>) = left
            .into_iter()
            .partition(|table| table.refers_to.is_disjoint(&waits));
        if now.is_empty() {
            // Tables that refer to each other: no migration makes such, and the references are checked at the end anyway.
            ordered.extend(later);
            break;
        }
        ordered.extend(now);
        left = later;
    }
    Ok(ordered)
}

fn all(layout: &Connection) -> Result<Vec<Table>> {
    let names = texts(
        layout,
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND ?1 = '' ORDER BY name",
        "",
    )?;
    let wanted = names
        .into_iter()
        .filter(|name| name != HEAD && !LEFT.contains(&name.as_str()));
    wanted.map(|name| table(layout, name)).collect()
}

fn table(layout: &Connection, name: String) -> Result<Table> {
    let refers_to = texts(layout, "SELECT \"table\" FROM pragma_foreign_key_list(?1)", &name)?;
    Ok(Table {
        columns: texts(
            layout,
            "SELECT name FROM pragma_table_info(?1) ORDER BY cid",
            &name,
        )?,
        key: texts(
            layout,
            "SELECT name FROM pragma_table_info(?1) WHERE pk > 0 ORDER BY pk",
            &name,
        )?,
        // A row may refer to another one of its own table: those are looked at when all are there.
        refers_to: refers_to.into_iter().filter(|other| *other != name).collect(),
        name,
    })
}

fn texts(layout: &Connection, sql: &str, of: &str) -> Result<Vec<String>> {
    let mut statement = layout.prepare(sql)?;
    let rows = statement.query_map([of], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

#[cfg(test)]
mod tests {
    use super::{HEAD, LEFT, SEEDED, tables};
    use crate::store::sqlite::blank;

    #[test]
    fn every_table_comes_after_those_it_refers_to() {
        let tables = tables(&blank().unwrap()).unwrap();
        let place = |name: &str| tables.iter().position(|table| table.name == name);
        assert!(place(HEAD).is_none() && LEFT.iter().all(|name| place(name).is_none()));
        assert!(SEEDED.iter().all(|name| place(name).is_some()));
        for (at, table) in tables.iter().enumerate() {
            assert!(!table.key.is_empty(), "{} has no key", table.name);
            for other in &table.refers_to {
                assert!(place(other).unwrap() < at, "{} before {other}", table.name);
            }
        }
        assert!(tables.len() > 40, "{}", tables.len());
    }
}
