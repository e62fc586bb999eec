//! A detail view on its way between two machines: every cell with its type, which its JSON for readers does not tell.

use super::sheet::Detail;
use crate::domain::{Day, Instant, Quantity};
use crate::output::{Cell, Column, Listing};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::sync::Mutex;

/// A detail view.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Detail")]
pub(super) struct Sent {
    schema: String,
    columns: Vec<SentColumn>,
    rows: Vec<Vec<SentCell>>,
    headed_by: Option<String>,
    notes: Vec<String>,
}

#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "DetailColumn")]
struct SentColumn {
    name: String,
    quiet: bool,
}

#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(rename = "DetailCell")]
enum SentCell {
    Empty,
    Text(String),
    Number(i64),
    Quantity(Quantity),
    Percent(Quantity),
    Day(Day),
    Instant(Instant),
    Bool(bool),
    Words(Vec<String>),
}

impl From<Detail> for Sent {
    fn from(detail: Detail) -> Self {
        let listing = detail.listing;
        let column = |column: Column| SentColumn {
            name: column.name.to_owned(),
            quiet: column.quiet,
        };
        let row = |row: Vec<Cell>| row.into_iter().map(SentCell::from).collect();
        Self {
            schema: listing.schema.to_owned(),
            columns: listing.columns.into_iter().map(column).collect(),
            rows: listing.rows.into_iter().map(row).collect(),
            headed_by: listing.headed_by.map(str::to_owned),
            notes: detail.notes,
        }
    }
}

impl From<Sent> for Detail {
    fn from(sent: Sent) -> Self {
        let column = |column: SentColumn| Column {
            name: name(column.name),
            quiet: column.quiet,
        };
        let row = |row: Vec<SentCell>| row.into_iter().map(Cell::from).collect();
        Self {
            listing: Listing {
                schema: name(sent.schema),
                columns: sent.columns.into_iter().map(column).collect(),
                rows: sent.rows.into_iter().map(row).collect(),
                headed_by: sent.headed_by.map(name),
                single: false,
                cut: None,
            },
            notes: sent.notes,
        }
    }
}

/// A name as the program's own are. There are few, and each is kept once.
fn name(text: String) -> &'static str {
    static KNOWN: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());
    let mut known = KNOWN.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    if let Some(name) = known.get(text.as_str()) {
        return name;
    }
    let name: &'static str = text.leak();
    known.insert(name);
    name
}

impl From<Cell> for SentCell {
    fn from(cell: Cell) -> Self {
        match cell {
            Cell::Empty => Self::Empty,
            Cell::Text(text) => Self::Text(text),
            Cell::Number(number) => Self::Number(number),
            Cell::Quantity(quantity) => Self::Quantity(quantity),
            Cell::Percent(percent) => Self::Percent(percent),
            Cell::Day(day) => Self::Day(day),
            Cell::Instant(instant) => Self::Instant(instant),
            Cell::Bool(yes) => Self::Bool(yes),
            Cell::Words(words) => Self::Words(words),
        }
    }
}

impl From<SentCell> for Cell {
    fn from(cell: SentCell) -> Self {
        match cell {
            SentCell::Empty => Self::Empty,
            SentCell::Text(text) => Self::Text(text),
            SentCell::Number(number) => Self::Number(number),
            SentCell::Quantity(quantity) => Self::Quantity(quantity),
            SentCell::Percent(percent) => Self::Percent(percent),
            SentCell::Day(day) => Self::Day(day),
            SentCell::Instant(instant) => Self::Instant(instant),
            SentCell::Bool(yes) => Self::Bool(yes),
            SentCell::Words(words) => Self::Words(words),
        }
    }
}
