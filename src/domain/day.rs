//! Calendar dates and instants (T-1). Nothing here asks the clock (T-2).

use jiff::civil::Date;
use jiff::tz::{AmbiguousOffset, TimeZone};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

/// A calendar date, kept as days since 1970-01-01.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(i32);

/// A moment, kept as seconds since 1970-01-01T00:00:00Z; always UTC (T-1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(i64);

/// Why a text is no date, instant or zone.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DayError {
    /// Not `YYYY-MM-DD`, or no such day in the calendar.
    #[error("\"{0}\" is no date: write it as YYYY-MM-DD, such as 2026-03-31")]
    NotADay(String),
    /// Not RFC 3339.
    #[error("\"{0}\" is no instant: write it as 2026-03-31T09:30:00Z")]
    NotAnInstant(String),
    /// No IANA zone of that name.
    #[error("\"{0}\" is no time zone: write an IANA name such as Europe/Bratislava")]
    NotAZone(String),
}

impl Day {
    /// From days since 1970-01-01.
    pub const fn from_number(days: i32) -> Self {
        Self(days)
    }

    /// Days since 1970-01-01.
    pub const fn number(self) -> i32 {
        self.0
    }

    /// The day `days` later (earlier when negative).
    pub const fn plus(self, days: i32) -> Self {
        Self(self.0.saturating_add(days))
    }

    /// The same day of the month, `months` later (earlier when negative); the last day of a shorter month.
    #[must_use]
    pub fn plus_months(self, months: i32) -> Self {
        let later = self.date().checked_add(jiff::Span::new().months(months));
        Self::from_date(later.unwrap_or(if months < 0 { Date::MIN } else { Date::MAX }))
    }

    /// The day of the week, from 0 for Monday to 6 for Sunday.
    pub const fn weekday(self) -> usize {
        // 1970-01-01 was a Thursday.
        (self.0 as i64 + 3).rem_euclid(7) as usize
    }

    /// Whole days from `self` to `later`.
    pub const fn until(self, later: Self) -> i32 {
        later.0.saturating_sub(self.0)
    }

    /// The first moment of the day, UTC.
    pub fn start_utc(self) -> Instant {
        Instant(i64::from(self.0) * 86_400)
    }

    /// Year, month 1..=12 and day 1..=31 of the Gregorian calendar.
    pub fn parts(self) -> (i16, i8, i8) {
        let date = self.date();
        (date.year(), date.month(), date.day())
    }

    fn date(self) -> Date {
        // Days outside jiff's years -9999..=9999 cannot be made by parsing; clamping keeps this total.
        let span = jiff::Span::new().try_days(self.0).unwrap_or_default();
        jiff::civil::date(1970, 1, 1)
            .checked_add(span)
            .unwrap_or(Date::MAX)
    }

    fn from_date(date: Date) -> Self {
        let days = jiff::civil::date(1970, 1, 1)
            .until(date)
            .map(|span| span.get_days());
        Self(days.unwrap_or(i32::MAX))
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.parts();
        f.pad(&format!("{year:04}-{month:02}-{day:02}"))
    }
}

impl FromStr for Day {
    type Err = DayError;
    fn from_str(text: &str) -> Result<Self, DayError> {
        let wrong = || DayError::NotADay(text.to_owned());
        let bytes = text.as_bytes();
        let shape = bytes.len() == 10
            && bytes.iter().enumerate().all(|(i, b)| {
                if i == 4 || i == 7 {
                    *b == b'-'
                } else {
                    b.is_ascii_digit()
                }
            });
        if !shape {
            return Err(wrong());
        }
        text.parse::<Date>().map(Self::from_date).map_err(|_| wrong())
    }
}

impl Instant {
    /// From seconds since 1970-01-01T00:00:00Z.
    pub const fn from_seconds(seconds: i64) -> Self {
        Self(seconds)
    }

    /// Seconds since 1970-01-01T00:00:00Z.
    pub const fn seconds(self) -> i64 {
        self.0
    }

    /// So many seconds later.
    #[must_use]
    pub const fn plus_seconds(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds))
    }

    /// Seconds from this moment to a later one.
    pub const fn seconds_until(self, later: Self) -> i64 {
        later.0.saturating_sub(self.0)
    }

    /// The calendar day that this moment falls on in a time zone (T-1).
    pub fn day_in(self, zone: &Zone) -> Day {
        if zone.is_utc() {
            return Day(i32::try_from(self.0.div_euclid(86_400)).unwrap_or(i32::MAX));
        }
        Day::from_date(self.timestamp().to_zoned(zone.rules.clone()).date())
    }

    fn timestamp(self) -> jiff::Timestamp {
        jiff::Timestamp::from_second(self.0).unwrap_or(jiff::Timestamp::MAX)
    }
}

impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.timestamp().to_string())
    }
}

impl FromStr for Instant {
    type Err = DayError;
    fn from_str(text: &str) -> Result<Self, DayError> {
        let parsed = text.parse::<jiff::Timestamp>();
        parsed
            .map(|t| Self(t.as_second()))
            .map_err(|_| DayError::NotAnInstant(text.to_owned()))
    }
}

/// An IANA time zone with its rules.
#[derive(Debug, Clone)]
pub struct Zone {
    name: String,
    rules: TimeZone,
}

impl Zone {
    /// Coordinated universal time, the default of a contract.
    pub fn utc() -> Self {
        Self {
            name: "UTC".to_owned(),
            rules: TimeZone::UTC,
        }
    }

    /// The moment at which the clock on the wall shows a minute of a day; minute 1440 is the next midnight. A
    /// time that comes twice is the first of the two, one that is skipped is the moment of the change.
    pub fn moment(&self, day: Day, minute: u16) -> Instant {
        let wall = jiff::Span::new().minutes(i64::from(minute));
        let wall = day
            .date()
            .to_datetime(jiff::civil::Time::midnight())
            .checked_add(wall);
        let wall = self
            .rules
            .to_ambiguous_timestamp(wall.unwrap_or(jiff::civil::DateTime::MAX));
        let at = match wall.offset() {
            AmbiguousOffset::Gap { .. } => wall.later().ok().and_then(|later| {
                let after = later.checked_add(jiff::SignedDuration::from_secs(1)).ok()?;
                Some(self.rules.preceding(after).next()?.timestamp())
            }),
            _ => wall.earlier().ok(),
        };
        Instant(at.unwrap_or(jiff::Timestamp::MAX).as_second())
    }

    /// The IANA name.
    pub fn name(&self) -> &str {
        &self.name
    }

    fn is_utc(&self) -> bool {
        self.name == "UTC"
    }
}

impl FromStr for Zone {
    type Err = DayError;
    fn from_str(name: &str) -> Result<Self, DayError> {
        if name == "UTC" {
            return Ok(Self::utc());
        }
        let rules = TimeZone::get(name).map_err(|_| DayError::NotAZone(name.to_owned()))?;
        let name = rules.iana_name().unwrap_or(name).to_owned();
        Ok(Self { name, rules })
    }
}

macro_rules! as_text {
    ($($name:ident: $format:literal $what:literal),+) => {$(
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> { to.collect_str(self) }
        }
        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> { stringify!($name).into() }
            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({ "type": "string", "format": $format, "description": $what })
            }
        }
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                String::deserialize(from)?.parse().map_err(serde::de::Error::custom)
            }
        }
    )+};
}
as_text!(Day: "date" "A calendar date", Instant: "date-time" "A moment, in UTC");
