//! A whole hub from one store to another, whatever engine either lies in: every table with its keys, as of one moment,
//! compared value by value at the target before it is kept.

mod file;
mod plan;
mod sink;
mod sum;

pub(crate) use file::NewFile;

use super::sqlite::{Db, Read, Write, blank};
use crate::error::{Error, Result, codes};
use crate::store::engine::{Connection, Row, params};
use plan::{HEAD, SEEDED, Table};
use rusqlite::types::ValueRef;
use sink::Sink;
use sum::Sum;

/// So many rows pass between two words about how far it is.
const STEP: u64 = 4096;

/// A table that was copied, and how many rows it has.
pub type Copied = (String, u64);

/// Is told what goes on, how many rows of it are done, and how many there are.
pub type Tell<'t> = &'t mut dyn FnMut(&str, u64, u64);

/// Fills an empty store with what is in another one. `prove` looks at the copy before it is kept; where it fails, nothing
/// is.
///
/// # Errors
/// `E0012` when the target has data, `E0022` when the copy is not what was copied, what `prove` answers, or the
/// stores' own failures.
pub(crate) fn copy<T>(
    from: &Db,
    to: &mut Db,
    tell: Tell<'_>,
    prove: impl FnOnce(&Read<'_>) -> Result<T>,
) -> Result<(Vec<Copied>, T)> {
    let tables = plan::tables(&blank()?)?;
    from.read(|source| {
        stay(source.conn)?;
        let target = to.write_proven()?;
        stay(target.conn())?;
        only_if_empty(target.conn(), &tables)?;
        let copied = fill(source.conn, &target, &tables, tell)?;
        check(&target, &tables, &copied, tell)?;
        let proof = prove(&target.read())?;
        target.commit()?;
        let names = tables.into_iter().map(|table| table.name);
        Ok((names.zip(copied.iter().map(|sum| sum.rows)).collect(), proof))
    })
}

/// What a copy would have to bring, counted at one moment, where the target would take it; none for one that is new. `prove` looks
/// at what would be copied.
///
/// # Errors
/// `E0012` when the target has data, what `prove` answers, or the stores' own failures.
pub(crate) fn count_all<T>(
    from: &Db,
    to: Option<&Db>,
    prove: impl FnOnce(&Read<'_>) -> Result<T>,
) -> Result<(Vec<Copied>, T)> {
    let tables = plan::tables(&blank()?)?;
    if let Some(to) = to {
        to.read(|target| only_if_empty(target.conn, &tables))?;
    }
    from.read(|source| {
        let proof = prove(&source)?;
        let of = |table: Table| Ok((count(source.conn, &table)?, table.name));
        let counts = tables.into_iter().map(of);
        let counts = counts.map(|count| count.map(|(rows, name)| (name, rows)));
        Ok((counts.collect::<Result<_>>()?, proof))
    })
}

/// A server would end a transaction that says nothing while the other store works.
fn stay(conn: &Connection) -> Result<()> {
    match conn.postgres() {
        Some(_) => Ok(conn.execute_batch("SET LOCAL idle_in_transaction_session_timeout = 0")?),
        None => Ok(()),
    }
}

/// A new store has rows in the seeded tables and nowhere else.
fn only_if_empty(conn: &Connection, tables: &[Table]) -> Result<()> {
    for table in tables
        .iter()
        .filter(|table| !SEEDED.contains(&table.name.as_str()))
    {
        let sql = format!("SELECT 1 FROM main.{} LIMIT 1", table.name);
        if conn.prepare(&sql)?.exists([])? {
            return Err(codes::STORE_NOT_EMPTY
                .error(format!("the target has data already, in the table {}", table.name))
                .hint("a hub is copied into a new file or an empty database; name another one, nothing was changed"));
        }
    }
    Ok(())
}

fn fill(source: &Connection, target: &Write<'_>, tables: &[Table], tell: Tell<'_>) -> Result<Vec<Sum>> {
    let conn = target.conn();
    for name in tables.iter().rev().map(|table| table.name.as_str()) {
        if SEEDED.contains(&name) {
            conn.execute(&format!("DELETE FROM main.{name}"), [])?;
        }
    }
    let indexes = target.drop_ledger_indexes()?;
    let mut sums = Vec::new();
    for table in tables {
        let all = count(source, table)?;
        let mut sink = Sink::open(conn, table).map_err(|error| of_table(table, error))?;
        let sum = each(source, table, |row, done| {
            if done % STEP == 0 {
                tell(&format!("copying {}", table.name), done, all);
            }
            sink.put(row)
        });
        let sum = sum.and_then(|sum| sink.finish().map(|()| sum));
        sums.push(sum.map_err(|error| of_table(table, error))?);
    }
    if !target.make_ledger_indexes(&indexes)? {
        return Err(differs(
            "the ledger refers to what is not there, or has a key twice",
        ));
    }
    put_head(source, conn)?;
    look(conn, tables)?;
    Ok(sums)
}

/// The end of the audit chain.
fn put_head(source: &Connection, target: &Connection) -> Result<()> {
    let sql = format!("SELECT id, hash FROM main.{HEAD}");
    let mut head = source.prepare(&sql)?;
    let (id, hash): (i64, Vec<u8>) = head.query_row([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    target.execute(
        &format!("UPDATE main.{HEAD} SET id = ?1, hash = ?2"),
        params![id, hash],
    )?;
    Ok(())
}

/// Until a server has looked at the tables by itself, which may be minutes later, its plans would be those of empty ones.
fn look(conn: &Connection, tables: &[Table]) -> Result<()> {
    if conn.postgres().is_none() {
        return Ok(());
    }
    let names: Vec<String> = tables
        .iter()
        .map(|table| format!("main.{}", table.name))
        .collect();
    Ok(conn.execute_batch(&format!("ANALYZE {}", names.join(", ")))?)
}

/// Reads the target's tables again: every value of every row must be there.
fn check(target: &Write<'_>, tables: &[Table], copied: &[Sum], tell: Tell<'_>) -> Result<()> {
    for (table, expected) in tables.iter().zip(copied) {
        let found = each(target.conn(), table, |_, done| {
            if done % STEP == 0 {
                tell(&format!("comparing {}", table.name), done, expected.rows);
            }
            Ok(())
        })?;
        if found != *expected {
            let (name, was, is) = (&table.name, expected.rows, found.rows);
            return Err(differs(&format!(
                "the table {name} has {was} rows, and {is} of other content in the copy"
            )));
        }
    }
    if target.conn().postgres().is_some() {
        return Ok(());
    }
    match target.read().dangling()?.first() {
        None => Ok(()),
        Some(fault) => Err(differs(&format!(
            "a row refers to something that is not there: {fault}"
        ))),
    }
}

fn count(conn: &Connection, table: &Table) -> Result<u64> {
    let sql = format!("SELECT count(*) FROM main.{}", table.name);
    let rows: i64 = conn.prepare(&sql)?.query_row([], |row| row.get(0))?;
    Ok(u64::try_from(rows).unwrap_or_default())
}

/// Gives each row of a table to `take`, with how many came before.
fn each(
    conn: &Connection,
    table: &Table,
    mut take: impl FnMut(&[ValueRef<'_>], u64) -> Result<()>,
) -> Result<Sum> {
    let mut statement = conn.prepare(&table.select())?;
    let mut rows = statement.query([])?;
    let mut sum = Sum::default();
    while let Some(ref row) = rows.next()? {
        let values = values(row, table.columns.len())?;
        take(&values, sum.rows)?;
        sum.add(&values);
    }
    Ok(sum)
}

fn values<'r>(row: &Row<'r>, columns: usize) -> Result<Vec<ValueRef<'r>>> {
    (0..columns).map(|place| Ok(row.get_ref(place)?)).collect()
}

fn of_table(table: &Table, error: Error) -> Error {
    Error {
        message: format!("{}: {}", table.name, error.message),
        ..error
    }
}

fn differs(message: &str) -> Error {
    codes::COPY_DIFFERS
        .error(message)
        .hint("nothing was kept; `servhub doctor` looks for faults in the store that was copied")
}
