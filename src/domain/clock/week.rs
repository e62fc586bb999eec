//! The hours of a week (S-3).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// Minutes of a day.
pub const DAY: u16 = 1440;

const NAMES: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// Part of a day, from a minute up to but not including another (S-3). The last minute may be 24:00.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Interval {
    from: u16,
    to: u16,
}

impl Interval {
    /// From one minute of the day up to another; none unless the first is before the second and both lie
    /// between 00:00 and 24:00.
    pub fn new(from: u16, to: u16) -> Option<Self> {
        (from < to && to <= DAY).then_some(Self { from, to })
    }

    /// The first minute.
    pub const fn from(self) -> u16 {
        self.from
    }

    /// The minute at which it ends.
    pub const fn to(self) -> u16 {
        self.to
    }
}

impl fmt::Display for Interval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (from, to) = (self.from, self.to);
        write!(
            f,
            "{:02}:{:02}-{:02}:{:02}",
            from / 60,
            from % 60,
            to / 60,
            to % 60
        )
    }
}

/// The open hours of each weekday, Monday first; sorted, and never overlapping.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Week([Vec<Interval>; 7]);

/// Why a text is no week.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WeekError {
    /// Not `DAYS HH:MM-HH:MM`.
    #[error("\"{0}\" cannot be read: write the hours as `mon-fri 09:00-17:00; sat 09:00-12:00`, or 24x7")]
    Shape(String),
    /// No such weekday.
    #[error("\"{0}\" is no weekday: it is one of mon, tue, wed, thu, fri, sat, sun")]
    Weekday(String),
    /// Ends before it begins, or lies outside the day.
    #[error("\"{0}\" is no part of a day: it begins before it ends, between 00:00 and 24:00")]
    Interval(String),
    /// Two of one day have a minute in common.
    #[error("{0} has hours that overlap: {1} and {2}")]
    Overlap(&'static str, Interval, Interval),
}

impl Week {
    /// Every hour of every day.
    pub fn around_the_clock() -> Self {
        let all = Interval { from: 0, to: DAY };
        Self(std::array::from_fn(|_| vec![all]))
    }

    /// The hours of a weekday, from 0 for Monday to 6 for Sunday.
    pub fn hours(&self, weekday: usize) -> &[Interval] {
        &self.0[weekday % 7]
    }

    /// Whether it is never open.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(Vec::is_empty)
    }

    fn add(&mut self, weekday: usize, interval: Interval) -> Result<(), WeekError> {
        let hours = &mut self.0[weekday];
        let overlaps = |other: &&Interval| other.from < interval.to && interval.from < other.to;
        if let Some(other) = hours.iter().find(overlaps) {
            return Err(WeekError::Overlap(NAMES[weekday], *other, interval));
        }
        hours.push(interval);
        hours.sort();
        Ok(())
    }
}

impl FromStr for Week {
    type Err = WeekError;

    fn from_str(text: &str) -> Result<Self, WeekError> {
        let mut week = Self::default();
        for part in text.split(';').map(str::trim).filter(|part| !part.is_empty()) {
            if part.eq_ignore_ascii_case("24x7") {
                for weekday in 0..7 {
                    week.add(weekday, Interval { from: 0, to: DAY })?;
                }
                continue;
            }
            let (days, hours) = part
                .split_once(char::is_whitespace)
                .ok_or_else(|| WeekError::Shape(part.to_owned()))?;
            for weekday in weekdays(days)? {
                for hours in hours.split(',').map(str::trim) {
                    week.add(weekday, interval(hours)?)?;
                }
            }
        }
        Ok(week)
    }
}

/// `mon`, `mon-fri`, or `sat-mon`, which goes round the end of the week.
fn weekdays(text: &str) -> Result<Vec<usize>, WeekError> {
    let place = |name: &str| {
        let found = NAMES.iter().position(|known| known.eq_ignore_ascii_case(name));
        found.ok_or_else(|| WeekError::Weekday(name.to_owned()))
    };
    let mut days = Vec::new();
    for part in text.split(',') {
        let (first, last) = part.split_once('-').unwrap_or((part, part));
        let (first, last) = (place(first.trim())?, place(last.trim())?);
        let length = (last + 7 - first) % 7;
        days.extend((0..=length).map(|more| (first + more) % 7));
    }
    Ok(days)
}

fn interval(text: &str) -> Result<Interval, WeekError> {
    let shape = || WeekError::Shape(text.to_owned());
    let (from, to) = text.split_once('-').ok_or_else(shape)?;
    let (from, to) = (minute(from).ok_or_else(shape)?, minute(to).ok_or_else(shape)?);
    Interval::new(from, to).ok_or_else(|| WeekError::Interval(text.to_owned()))
}

fn minute(text: &str) -> Option<u16> {
    let (hours, minutes) = text.trim().split_once(':')?;
    if hours.len() != 2 || minutes.len() != 2 {
        return None;
    }
    let (hours, minutes): (u16, u16) = (hours.parse().ok()?, minutes.parse().ok()?);
    (hours <= 24 && minutes < 60).then_some(hours * 60 + minutes)
}

impl fmt::Display for Week {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if *self == Self::around_the_clock() {
            return f.write_str("24x7");
        }
        let mut day = 0;
        let mut parts = Vec::new();
        while day < 7 {
            let same = self.0[day..]
                .iter()
                .take_while(|hours| **hours == self.0[day])
                .count();
            let last = day + same - 1;
            if !self.0[day].is_empty() {
                let days = if day == last {
                    NAMES[day].to_owned()
                } else {
                    format!("{}-{}", NAMES[day], NAMES[last])
                };
                let hours: Vec<String> = self.0[day].iter().map(Interval::to_string).collect();
                parts.push(format!("{days} {}", hours.join(",")));
            }
            day = last + 1;
        }
        f.write_str(&parts.join("; "))
    }
}
