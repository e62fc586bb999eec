//! The way into a table of the target.

use super::plan::Table;
use crate::error::{Result, codes};
use crate::store::engine::{Connection, CopyIn};
use crate::store::postgres;
use rusqlite::types::{ToSqlOutput, ValueRef};
use std::collections::HashMap;

/// Rows on their way into a table.
pub(super) enum Sink<'w> {
    /// Of a file.
    Insert(rusqlite::CachedStatement<'w>),
    /// Of a database.
    Copy(CopyIn<'w>, Vec<tokio_postgres::types::Type>, Option<Owners>),
}

/// Whose an entry of the ledger is, and which column says it.
pub(super) struct Owners {
    place: usize,
    of: HashMap<i64, i64>,
}

impl<'w> Sink<'w> {
    /// Opens a table. Nothing else can be asked on the connection until the end.
    pub fn open(conn: &'w Connection, table: &Table) -> Result<Self> {
        let Some(session) = conn.postgres() else {
            return Self::of_file(conn, table);
        };
        let (name, columns) = (&table.name, table.columns.join(", "));
        let form = session.prepare(&format!("SELECT {columns} FROM main.{name}"))?;
        let types = form
            .columns()
            .iter()
            .map(|column| column.type_().clone())
            .collect();
        let owners = owners(conn, table)?;
        let derived = owners.as_ref().map_or("", |_| ", of_customer");
        let sink = session.copy_in(&format!(
            "COPY main.{name} ({columns}{derived}) FROM STDIN BINARY"
        ))?;
        Ok(Self::Copy(sink, types, owners))
    }

    fn of_file(conn: &'w Connection, table: &Table) -> Result<Self> {
        let places: Vec<String> = (1..=table.columns.len()).map(|n| format!("?{n}")).collect();
        let sql = format!(
            "INSERT INTO main.{} ({}) VALUES ({})",
            table.name,
            table.columns.join(", "),
            places.join(", ")
        );
        Ok(Self::Insert(conn.sqlite()?.prepare_cached(&sql)?))
    }

    /// Puts a row in.
    ///
    /// # Errors
    /// `E0100` for a text that a database cannot hold, else the store's own failure.
    pub fn put(&mut self, row: &[ValueRef<'_>]) -> Result<()> {
        match self {
            Self::Insert(insert) => {
                for (place, value) in row.iter().enumerate() {
                    insert.raw_bind_parameter(place + 1, ToSqlOutput::Borrowed(*value))?;
                }
                insert.raw_execute()?;
            }
            Self::Copy(sink, types, owners) => {
                let columns = row.len() + usize::from(owners.is_some());
                sink.begin_row(i16::try_from(columns).unwrap_or(i16::MAX));
                for (value, ty) in row.iter().zip(types.iter()) {
                    storable(value)?;
                    sink.value(*value, ty)?;
                }
                if let Some(owners) = owners {
                    sink.bigint(owners.find(row));
                }
                sink.end_row()?;
            }
        }
        Ok(())
    }

    /// Ends; only then are all rows there.
    pub fn finish(self) -> Result<()> {
        match self {
            Self::Insert(_) => Ok(()),
            Self::Copy(sink, ..) => Ok(sink.finish()?),
        }
    }
}

/// The one character that a file takes and a database does not.
fn storable(value: &ValueRef<'_>) -> Result<()> {
    match value {
        ValueRef::Text(text) if text.contains(&0) => Err(codes::BAD_VALUE
            .error("a text holds the character U+0000, which PostgreSQL does not take")
            .hint("take it out of that text in the store that is copied; nothing was changed")),
        _ => Ok(()),
    }
}

impl Owners {
    /// A customer that is not there fails with the reference to it.
    fn find(&self, row: &[ValueRef<'_>]) -> i64 {
        match row.get(self.place) {
            Some(ValueRef::Integer(id)) => self.of.get(id).copied().unwrap_or_default(),
            _ => 0,
        }
    }
}

fn owners(conn: &Connection, table: &Table) -> Result<Option<Owners>> {
    if table.name != "ledger" {
        return Ok(None);
    }
    let Some(place) = table.columns.iter().position(|name| name == "entitlement_id") else {
        return Ok(None);
    };
    let of = postgres::owners(conn)?;
    Ok(Some(Owners { place, of }))
}
