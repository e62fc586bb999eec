//! Rows with named columns: the one value that every listing command answers with.

use super::Cell;
use crate::domain::near::nearest;
use crate::error::{Result, codes};

/// A named column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Its name in `--columns`, CSV headers and JSON keys; never changed within a schema version (K-6).
    pub name: &'static str,
    /// Left out of tables and Markdown unless asked for with `--columns`.
    pub quiet: bool,
}

/// A column that every format shows.
pub const fn col(name: &'static str) -> Column {
    Column { name, quiet: false }
}

impl Column {
    /// Left out of tables unless asked for.
    #[must_use]
    pub const fn quiet(self) -> Self {
        Self { quiet: true, ..self }
    }
}

/// A list that was cut: how many there are, and where the next page starts (K-7).
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
pub struct Cut {
    /// How many rows there are in all, when that is known.
    pub total: Option<i64>,
    /// What `--page-token` takes.
    pub next: String,
}

/// Something whose values are rows of one shape.
pub trait Tabular {
    /// Name and version of the shape, such as `contract.list/1`.
    const SCHEMA: &'static str;
    /// Its columns, in order.
    const COLUMNS: &'static [Column];
    /// One value for each column.
    fn cells(&self) -> Vec<Cell>;
}

/// Rows with named columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing {
    /// Name and version of the shape.
    pub schema: &'static str,
    /// The columns, in order.
    pub columns: Vec<Column>,
    /// One cell per column in each row.
    pub rows: Vec<Vec<Cell>>,
    /// A column whose values are headings over blocks of rows, in tables only.
    pub headed_by: Option<&'static str>,
    /// One record, not a list: JSON has no array around it and tables stand upright.
    pub single: bool,
    /// Set when there is more.
    pub cut: Option<Cut>,
}

impl Listing {
    /// A list of things.
    pub fn of<T: Tabular>(items: &[T]) -> Self {
        Self {
            schema: T::SCHEMA,
            columns: T::COLUMNS.to_vec(),
            rows: items.iter().map(Tabular::cells).collect(),
            headed_by: None,
            single: false,
            cut: None,
        }
    }

    /// One thing.
    pub fn one<T: Tabular>(item: &T) -> Self {
        Self {
            single: true,
            ..Self::of(std::slice::from_ref(item))
        }
    }

    /// Shows the values of one column as headings in tables.
    #[must_use]
    pub fn headed_by(self, column: &'static str) -> Self {
        Self {
            headed_by: Some(column),
            ..self
        }
    }

    /// Says that the list was cut (K-7).
    #[must_use]
    pub fn cut(self, cut: Option<Cut>) -> Self {
        Self { cut, ..self }
    }

    /// Shows every column in tables too.
    #[must_use]
    pub fn loud(mut self) -> Self {
        for column in &mut self.columns {
            column.quiet = false;
        }
        self
    }

    /// Picks and orders columns (K-6).
    ///
    /// # Errors
    /// `E0101` with the known columns when one is unknown.
    pub fn pick(mut self, names: &[String]) -> Result<Self> {
        let places = names
            .iter()
            .map(|name| self.place(name))
            .collect::<Result<Vec<usize>>>()?;
        self.columns = places
            .iter()
            .map(|&place| Column {
                quiet: false,
                ..self.columns[place]
            })
            .collect();
        for row in &mut self.rows {
            *row = places.iter().map(|&place| row[place].clone()).collect();
        }
        self.headed_by = self
            .headed_by
            .filter(|heading| names.iter().any(|name| name == heading));
        Ok(self)
    }

    fn place(&self, name: &str) -> Result<usize> {
        self.columns
            .iter()
            .position(|column| column.name == name)
            .ok_or_else(|| {
                let known: Vec<&str> = self.columns.iter().map(|column| column.name).collect();
                let error = codes::UNKNOWN_COLUMN.error(format!(
                    "there is no column \"{name}\"; there are {}",
                    known.join(", ")
                ));
                match nearest(name, known.into_iter()).first() {
                    Some(near) => error.hint(format!("did you mean {near}?")),
                    None => error,
                }
            })
    }
}
