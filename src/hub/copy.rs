//! Moving a whole hub from one store to another. It goes past every permission, and past the register of operations: whoever has
//! both stores at hand is their owner, and nobody else can ask for it.

use super::audit::Verify;
use crate::error::{Result, codes};
use crate::output::{Cell, Column, Tabular, col};
use crate::store::{self, Db, NewFile, Read, is_address};
use serde::Serialize;
use std::path::Path;

/// Is told what goes on, how many rows of it are done, and how many there are.
pub type Tell<'t> = &'t mut dyn FnMut(&str, u64, u64);

/// A table that was copied.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Table {
    /// Its name.
    pub table: String,
    /// How many rows it has.
    pub rows: u64,
}

impl Tabular for Table {
    const SCHEMA: &'static str = "copy/1";
    const COLUMNS: &'static [Column] = &[col("table"), col("rows")];

    fn cells(&self) -> Vec<Cell> {
        let rows = i64::try_from(self.rows).unwrap_or(i64::MAX);
        vec![(&self.table).into(), rows.into()]
    }
}

/// A hub that was copied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copied {
    /// Its tables, in the order in which they were copied.
    pub tables: Vec<Table>,
    /// How many records its audit chain has.
    pub records: i64,
}

impl Copied {
    fn of(tables: Vec<(String, u64)>, records: i64) -> Self {
        let table = |(table, rows)| Table { table, rows };
        Self {
            tables: tables.into_iter().map(table).collect(),
            records,
        }
    }
}

/// Copies the hub in one store to another one, which is new or empty. Others may work in the first meanwhile: the copy is of one
/// moment. The second has all of it or nothing.
///
/// # Errors
/// `E0009` when there is no such store, `E0012` when the target has data, `E0014` when the audit chain is broken, `E0022` when the
/// copy is not what was copied, or a store's own failure.
pub fn copy(from: &Path, to: &Path, tell: Tell<'_>) -> Result<Copied> {
    check(from, to)?;
    let source = Db::open(from)?;
    if is_file(to) && !to.exists() {
        let (new, mut target) = NewFile::begin(to)?;
        let copied = fill(&source, &mut target, tell)?;
        new.finish(target)?;
        return Ok(copied);
    }
    fill(&source, &mut Db::open(to)?, tell)
}

/// What [`copy`] would do: the same checks of the first store and of whether the second takes it, and nothing is made or written.
///
/// # Errors
/// As [`copy`], but for what shows while it is written; `E0003` for a store that first has to be brought up to date.
pub fn rehearse(from: &Path, to: &Path) -> Result<Copied> {
    check(from, to)?;
    let target = if is_file(to) && !to.exists() {
        NewFile::check(to)?;
        None
    } else {
        Db::peek(to)?
    };
    let source = Db::peek(from)?.ok_or_else(|| codes::NOT_A_STORE.error("there is nothing to copy yet"))?;
    let prove = |source: &Read<'_>| Verify::default().walk(source);
    let (tables, verified) = store::count_all(&source, target.as_ref(), prove)?;
    Ok(Copied::of(tables, verified.records))
}

fn check(from: &Path, to: &Path) -> Result<()> {
    if is_file(from) && !from.exists() {
        let message = format!("{}: there is no store to copy", from.display());
        return Err(codes::FILE_MISSING.error(message));
    }
    if same(from, to) {
        return Err(codes::BAD_VALUE
            .error("both names are those of the same store")
            .hint("name another store as the target"));
    }
    Ok(())
}

fn is_file(store: &Path) -> bool {
    !store.to_str().is_some_and(is_address)
}

fn same(from: &Path, to: &Path) -> bool {
    from == to
        || from
            .canonicalize()
            .is_ok_and(|from| to.canonicalize().is_ok_and(|to| from == to))
}

fn fill(source: &Db, target: &mut Db, tell: Tell<'_>) -> Result<Copied> {
    let prove = |copy: &Read<'_>| Verify::default().walk(copy);
    let (tables, verified) = store::copy(source, target, tell, prove)?;
    Ok(Copied::of(tables, verified.records))
}
