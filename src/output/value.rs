//! A borrowed value, for rows that are written as they are found.

use super::Cell;
use crate::domain::{Day, Instant, Quantity};

/// What a [`Cell`] holds, lent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Value<'a> {
    /// Nothing there.
    Empty,
    /// Any text.
    Text(&'a str),
    /// A whole number.
    Number(i64),
    /// An exact decimal.
    Quantity(Quantity),
    /// Percent used.
    Percent(Quantity),
    /// A calendar day.
    Day(Day),
    /// A moment, UTC.
    Instant(Instant),
    /// Several words.
    Words(&'a [String]),
}

impl<'a> Value<'a> {
    /// A text, where an empty one means that there is none.
    pub fn text(text: &'a str) -> Self {
        if text.is_empty() {
            Self::Empty
        } else {
            Self::Text(text)
        }
    }
}

impl<'a> From<&'a Cell> for Value<'a> {
    fn from(cell: &'a Cell) -> Self {
        match cell {
            Cell::Empty => Self::Empty,
            Cell::Text(text) => Self::Text(text),
            Cell::Number(number) => Self::Number(*number),
            Cell::Quantity(quantity) => Self::Quantity(*quantity),
            Cell::Percent(percent) => Self::Percent(*percent),
            Cell::Day(day) => Self::Day(*day),
            Cell::Instant(instant) => Self::Instant(*instant),
            Cell::Bool(yes) => Self::Text(if *yes { "yes" } else { "no" }),
            Cell::Words(words) => Self::Words(words),
        }
    }
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text)
    }
}

impl<'a> From<&'a String> for Value<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(text)
    }
}

impl<'a> From<&'a Option<String>> for Value<'a> {
    fn from(text: &'a Option<String>) -> Self {
        text.as_deref().map_or(Self::Empty, Self::Text)
    }
}

impl From<Day> for Value<'_> {
    fn from(day: Day) -> Self {
        Self::Day(day)
    }
}

impl From<Option<Day>> for Value<'_> {
    fn from(day: Option<Day>) -> Self {
        day.map_or(Self::Empty, Self::Day)
    }
}

impl From<Instant> for Value<'_> {
    fn from(instant: Instant) -> Self {
        Self::Instant(instant)
    }
}

impl From<Option<Instant>> for Value<'_> {
    fn from(instant: Option<Instant>) -> Self {
        instant.map_or(Self::Empty, Self::Instant)
    }
}

impl From<Quantity> for Value<'_> {
    fn from(quantity: Quantity) -> Self {
        Self::Quantity(quantity)
    }
}

impl From<Value<'_>> for Cell {
    fn from(value: Value<'_>) -> Self {
        match value {
            Value::Empty => Self::Empty,
            Value::Text(text) => Self::Text(text.to_owned()),
            Value::Number(number) => Self::Number(number),
            Value::Quantity(quantity) => Self::Quantity(quantity),
            Value::Percent(percent) => Self::Percent(percent),
            Value::Day(day) => Self::Day(day),
            Value::Instant(instant) => Self::Instant(instant),
            Value::Words(words) => Self::Words(words.to_vec()),
        }
    }
}
