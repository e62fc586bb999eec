//! One value of a listing, still typed.

use crate::domain::{Day, Instant, Quantity};
use serde::{Serialize, Serializer};
use std::borrow::Cow;
use std::fmt;

/// A typed value; every format writes it in its own way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Nothing there.
    Empty,
    /// Any text.
    Text(String),
    /// A whole number.
    Number(i64),
    /// An exact decimal.
    Quantity(Quantity),
    /// Percent used; drawn as a bar at a terminal.
    Percent(Quantity),
    /// A calendar day.
    Day(Day),
    /// A moment, UTC.
    Instant(Instant),
    /// Yes or no.
    Bool(bool),
    /// Several words; joined with `;` where a format has no lists (a `;` or `\\` within one gets a `\\` in front).
    Words(Vec<String>),
}

impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => Ok(()),
            Self::Text(text) => f.write_str(text),
            Self::Number(number) => write!(f, "{number}"),
            Self::Quantity(quantity) | Self::Percent(quantity) => write!(f, "{quantity}"),
            Self::Day(day) => write!(f, "{day}"),
            Self::Instant(instant) => write!(f, "{instant}"),
            Self::Bool(yes) => f.write_str(if *yes { "yes" } else { "no" }),
            Self::Words(words) => {
                let escaped = words
                    .iter()
                    .map(|word| word.replace('\\', "\\\\").replace(';', "\\;"));
                f.write_str(&escaped.collect::<Vec<_>>().join(";"))
            }
        }
    }
}

impl Serialize for Cell {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Empty => to.serialize_none(),
            Self::Text(text) => to.serialize_str(text),
            Self::Number(number) => to.serialize_i64(*number),
            Self::Quantity(quantity) | Self::Percent(quantity) => quantity.serialize(to),
            Self::Day(day) => day.serialize(to),
            Self::Instant(instant) => instant.serialize(to),
            Self::Bool(yes) => to.serialize_bool(*yes),
            Self::Words(words) => words.serialize(to),
        }
    }
}

impl From<&Cow<'_, str>> for Cell {
    fn from(text: &Cow<'_, str>) -> Self {
        Self::Text(text.clone().into_owned())
    }
}

macro_rules! cell_from {
    ($($from:ty => $cell:expr),+ $(,)?) => {$(
        impl From<$from> for Cell {
            fn from(value: $from) -> Self { let make: fn($from) -> Cell = $cell; make(value) }
        }
    )+};
}

cell_from! {
    String => Cell::Text,
    &String => |text| Cell::Text(text.clone()),
    &str => |text| Cell::Text(text.to_owned()),
    i64 => Cell::Number,
    Quantity => Cell::Quantity,
    Day => Cell::Day,
    Instant => Cell::Instant,
    bool => Cell::Bool,
    Vec<String> => Cell::Words,
}

impl<T> From<&Option<T>> for Cell
where
    T: Clone,
    Cell: From<T>,
{
    fn from(value: &Option<T>) -> Self {
        value.clone().map_or(Self::Empty, Self::from)
    }
}

impl<T> From<Option<T>> for Cell
where
    Cell: From<T>,
{
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Empty, Self::from)
    }
}
