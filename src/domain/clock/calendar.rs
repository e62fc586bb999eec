//! A calendar: a time zone, the hours of a week, and holidays (S-3).

use super::week::Week;
use crate::domain::{Day, Instant, Zone};
use std::collections::BTreeMap;

/// When work is done.
#[derive(Debug, Clone)]
pub struct Calendar {
    /// What policies call it.
    pub name: String,
    /// Whose clock on the wall the hours are read from.
    pub zone: Zone,
    /// The hours of a week.
    pub week: Week,
    /// Days on which it is closed, with their names.
    pub holidays: BTreeMap<Day, String>,
}

/// A stretch of open time: from a moment up to but not including another.
pub(super) type Span = (Instant, Instant);

impl Calendar {
    /// Open at every moment.
    pub fn around_the_clock(name: &str, zone: Zone) -> Self {
        Self {
            name: name.to_owned(),
            zone,
            week: Week::around_the_clock(),
            holidays: BTreeMap::new(),
        }
    }

    /// The open stretches of a day. On a day with a change of the clock they are as long as they are in
    /// fact: an hour that is skipped is not there, one that comes twice counts twice (S-5).
    pub(super) fn open(&self, day: Day) -> Vec<Span> {
        if self.holidays.contains_key(&day) {
            return Vec::new();
        }
        let hours = self.week.hours(day.weekday()).iter();
        let spans = hours.map(|hours| {
            (
                self.zone.moment(day, hours.from()),
                self.zone.moment(day, hours.to()),
            )
        });
        spans.filter(|(from, to)| from < to).collect()
    }

    /// Whether it is open at a moment.
    pub fn is_open(&self, at: Instant) -> bool {
        let day = at.day_in(&self.zone);
        self.open(day).iter().any(|(from, to)| *from <= at && at < *to)
    }
}
