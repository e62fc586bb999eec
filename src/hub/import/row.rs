//! One row: its cells by column, checked against the kind's table and read as values.

use super::kind::{Field, Kind, Layout, Type};
use super::report::{Fault, Stop};
use crate::domain::country::{self, is_country};
use crate::domain::near::nearest;
use crate::domain::{Day, Instant, Quantity, Zone};
use crate::error::codes;
use crate::store::sqlite::{Cell, Table, Value};
use std::str::FromStr;

/// A row whose columns are in the order of its kind's table. A column that the file lacks is `None`: the row
/// does not speak of it.
#[derive(Debug)]
pub(super) struct Row<'a> {
    pub kind: Kind,
    pub file: &'a str,
    pub line: u64,
    pub cells: &'a [Option<&'a str>],
}

impl<'a> Row<'a> {
    fn layout(&self) -> &'static Layout {
        self.kind.layout()
    }

    /// The text of a cell; empty when there is none.
    pub fn text(&self, column: &str) -> &'a str {
        self.raw(column).unwrap_or("")
    }

    fn raw(&self, column: &str) -> Option<&'a str> {
        self.layout()
            .place(column)
            .and_then(|place| self.cells.get(place).copied().flatten())
    }

    /// The text of a cell that has one.
    pub fn opt(&self, column: &str) -> Option<&'a str> {
        Some(self.text(column)).filter(|text| !text.is_empty())
    }

    /// Whether the file speaks of the column at all.
    pub fn speaks_of(&self, column: &str) -> bool {
        self.raw(column).is_some()
    }

    /// The value of a cell that the table's check has passed.
    pub fn value<T: FromStr>(&self, column: &'static str) -> Result<Option<T>, Fault> {
        match self.opt(column) {
            None => Ok(None),
            Some(text) => text
                .parse()
                .map(Some)
                .map_err(|_| cell_fault(column, format!("\"{text}\" cannot be read"), "see --template")),
        }
    }

    /// The value of a cell that must have one.
    pub fn need<T: FromStr>(&self, column: &'static str) -> Result<T, Fault> {
        self.value(column)?.ok_or_else(|| empty(column))
    }

    /// Whether a cell says yes.
    pub fn yes(&self, column: &str) -> bool {
        self.text(column) == "yes"
    }

    fn cell(&self, name: &'static str, column: &'static str, value: Value) -> Cell {
        Cell {
            name,
            column,
            value,
            given: self.speaks_of(name),
            fixed: false,
        }
    }

    /// A text column for the store; also words, which are stored as they are written.
    pub fn keep(&self, name: &'static str, column: &'static str) -> Cell {
        self.cell(name, column, Value::Text(self.opt(name).map(str::to_owned)))
    }

    /// The same with what an empty cell stands for.
    pub fn keep_or(&self, name: &'static str, column: &'static str, default: &str) -> Cell {
        let text = self.opt(name).unwrap_or(default).to_owned();
        self.cell(name, column, Value::Text(Some(text)))
    }

    /// A day for the store.
    pub fn keep_day(&self, name: &'static str, column: &'static str) -> Result<Cell, Fault> {
        Ok(self.cell(name, column, Value::Day(self.value::<Day>(name)?)))
    }

    /// An instant for the store.
    pub fn keep_instant(&self, name: &'static str, column: &'static str) -> Result<Cell, Fault> {
        Ok(self.cell(name, column, Value::Instant(self.value::<Instant>(name)?)))
    }

    /// A quantity for the store.
    pub fn keep_quantity(&self, name: &'static str, column: &'static str) -> Result<Cell, Fault> {
        Ok(self.cell(name, column, Value::Quantity(self.value::<Quantity>(name)?)))
    }

    /// A count for the store; an empty one is zero.
    pub fn keep_count(&self, name: &'static str, column: &'static str) -> Result<Cell, Fault> {
        let count = self.value::<i64>(name)?.unwrap_or(0);
        Ok(self.cell(name, column, Value::Number(count)))
    }

    /// A count for the store, where none is not zero.
    pub fn keep_opt_count(&self, name: &'static str, column: &'static str) -> Result<Cell, Fault> {
        Ok(self.cell(name, column, Value::Count(self.value::<i64>(name)?)))
    }

    /// Yes or no for the store; an empty cell is no.
    pub fn keep_flag(&self, name: &'static str, column: &'static str) -> Cell {
        self.cell(name, column, Value::Flag(self.yes(name)))
    }

    /// A reference for the store.
    pub fn keep_key(&self, name: &'static str, column: &'static str, table: Table, id: Option<i64>) -> Cell {
        self.cell(name, column, Value::Key(table, id))
    }

    /// All faults of the cells by themselves (K-17): what is empty and may not be, what cannot be read.
    pub fn check(&self) -> Vec<Fault> {
        let pairs = self.layout().fields.iter().zip(self.cells);
        pairs
            .filter_map(|(field, cell)| check_cell(field, cell.unwrap_or("")))
            .collect()
    }
}

/// A fault of one cell.
pub(super) fn cell_fault(column: &'static str, what: impl Into<String>, fix: impl Into<String>) -> Fault {
    Fault {
        column: Some(column),
        what: what.into(),
        fix: fix.into(),
        code: codes::BAD_VALUE.id,
    }
}

/// A fault against a rule.
pub(super) fn rule_fault(column: &'static str, what: impl Into<String>, fix: impl Into<String>) -> Stop {
    Stop::Fault(Fault {
        code: codes::RULE.id,
        ..cell_fault(column, what, fix)
    })
}

fn empty(column: &'static str) -> Fault {
    cell_fault(
        column,
        "the cell is empty",
        "write a value; the column must have one",
    )
}

fn check_cell(field: &Field, text: &str) -> Option<Fault> {
    if text.is_empty() {
        return field.required.then(|| empty(field.name));
    }
    let (what, fix) = complaint(field.holds, text)?;
    Some(cell_fault(field.name, what, fix))
}

/// What is wrong with a text and how to mend it; none when it is right.
fn complaint(holds: Type, text: &str) -> Option<(String, String)> {
    let told = |error: &dyn std::fmt::Display| {
        let message = error.to_string();
        match message.rsplit_once(": ") {
            Some((what, fix)) => (what.to_owned(), fix.to_owned()),
            None => (
                message,
                "write digits with up to two decimal places, such as 12.5".to_owned(),
            ),
        }
    };
    let said = |what: &str, fix: &str| Some((format!("\"{text}\" {what}"), fix.to_owned()));
    match holds {
        Type::Text => None,
        Type::Digits if text.bytes().all(|b| b.is_ascii_digit()) => None,
        Type::Digits => said("is no case number", "write digits only"),
        Type::Country if is_country(text) => None,
        Type::Country => said("is no country", country::FORM),
        Type::Word(_, known) if known.contains(&text) => None,
        Type::Word(what, known) => Some(wrong_word(what, known, text)),
        Type::Day => text.parse::<Day>().err().map(|error| told(&error)),
        Type::Instant => text.parse::<Instant>().err().map(|error| told(&error)),
        Type::Quantity => text.parse::<Quantity>().err().map(|error| told(&error)),
        Type::Count if text.parse::<u32>().is_ok() => None,
        Type::Count => said("is no count", "write a whole number from 0 up"),
        Type::Amount if text.parse::<i64>().is_ok_and(|amount| amount >= 0) => None,
        Type::Amount => said(
            "is no amount",
            "write whole minor units, such as 123450 for 1234.50 EUR",
        ),
        Type::YesNo if matches!(text, "yes" | "no") => None,
        Type::YesNo => said("is neither yes nor no", "write yes or no"),
        Type::Zone => text.parse::<Zone>().err().map(|error| told(&error)),
        Type::Account if is_account(text) => None,
        Type::Account => said("is no mail address", "write it as name@example.org"),
    }
}

fn wrong_word(what: &str, known: &[&str], text: &str) -> (String, String) {
    let near = nearest(text, known.iter().copied());
    let near = near
        .first()
        .map_or(String::new(), |near| format!("did you mean {near}? "));
    (
        format!("\"{text}\" is no {what}"),
        format!("{near}It is one of {}", known.join(", ")),
    )
}

fn is_account(text: &str) -> bool {
    let parts = text.split_once('@');
    parts.is_some_and(|(name, host)| !name.is_empty() && !host.is_empty() && !host.contains('@'))
        && !text.contains(char::is_whitespace)
}
