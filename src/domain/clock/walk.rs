//! The walk of a clock: from a start through open hours, past closed ones and pauses, to the moment when the
//! time is up (S-3 to S-5).

use super::calendar::{Calendar, Span};
use crate::domain::words::words;
use crate::domain::{Day, Instant};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A clock that has found nothing open for so many days will find nothing.
const PATIENCE: i32 = 3 * 366;

/// Time that does not count, such as waiting for the customer. One without an end still goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pause {
    /// Its first moment.
    pub from: Instant,
    /// The moment at which it ends.
    pub to: Option<Instant>,
}

words! {
    /// What a stretch of the walk is.
    StepKind, "step" {
        /// Open: it counts.
        Counted = "counted",
        /// Closed: it does not.
        Closed = "closed",
        /// Closed, because the day is a holiday.
        Holiday = "holiday",
        /// Open, but the clock stands still.
        Paused = "paused",
    }
}

/// A stretch of the walk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Step {
    /// Its first moment.
    pub from: Instant,
    /// The moment at which it ends; none for a pause that still goes on.
    pub to: Option<Instant>,
    /// What it is.
    pub kind: StepKind,
    /// Name of the holiday.
    pub holiday: Option<String>,
    /// Seconds that are left of the allowed time after it.
    pub left: i64,
}

/// The whole walk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Walk {
    /// Its stretches, one after the other.
    pub steps: Vec<Step>,
    /// When the time is up; none while a pause goes on, or when the calendar never opens.
    pub due: Option<Instant>,
}

impl Calendar {
    /// Where a clock of so many seconds that starts at a moment comes to its end.
    pub fn walk(&self, start: Instant, seconds: i64, pauses: &[Pause]) -> Walk {
        let mut walker = Walker {
            calendar: self,
            at: start,
            left: seconds.max(0),
            steps: Vec::new(),
        };
        let due = walker.go(&in_order(pauses));
        Walk {
            steps: walker.steps,
            due,
        }
    }

    /// Open seconds between two moments, without pauses; zero when the second is not after the first.
    pub fn elapsed(&self, from: Instant, to: Instant, pauses: &[Pause]) -> i64 {
        let pauses = in_order(pauses);
        let (mut day, last) = (from.day_in(&self.zone), to.day_in(&self.zone));
        let mut sum = 0;
        while day <= last && from < to {
            for (start, end) in self.open(day) {
                for (start, end, counts) in cut((start.max(from), end.min(to)), &pauses) {
                    sum += if counts { start.seconds_until(end) } else { 0 };
                }
            }
            day = day.plus(1);
        }
        sum
    }
}

struct Walker<'a> {
    calendar: &'a Calendar,
    at: Instant,
    left: i64,
    steps: Vec<Step>,
}

impl Walker<'_> {
    fn go(&mut self, pauses: &[Pause]) -> Option<Instant> {
        if self.left == 0 {
            return Some(self.at);
        }
        let first = self.at.day_in(&self.calendar.zone);
        let mut quiet = 0;
        let mut day = first;
        while quiet < PATIENCE {
            for span in self.calendar.open(day) {
                if span.1 <= self.at {
                    continue;
                }
                quiet = 0;
                for (from, to, counts) in cut((span.0.max(self.at), span.1), pauses) {
                    self.close(from, day);
                    if !counts {
                        let goes_on = pauses
                            .iter()
                            .any(|pause| pause.from <= from && pause.to.is_none());
                        self.step(from, (!goes_on).then_some(to), StepKind::Paused);
                        if goes_on {
                            return None;
                        }
                        continue;
                    }
                    if from.seconds_until(to) >= self.left {
                        let due = from.plus_seconds(self.left);
                        self.left = 0;
                        self.step(from, Some(due), StepKind::Counted);
                        return Some(due);
                    }
                    self.left -= from.seconds_until(to);
                    self.step(from, Some(to), StepKind::Counted);
                }
            }
            day = day.plus(1);
            quiet += 1;
        }
        None
    }

    /// Tells of the closed time up to a moment, holidays by their names.
    fn close(&mut self, until: Instant, today: Day) {
        let mut day = self.at.day_in(&self.calendar.zone);
        while self.at < until && day <= today {
            let midnight = self.calendar.zone.moment(day.plus(1), 0).min(until);
            let holiday = self.calendar.holidays.get(&day).cloned();
            let kind = if holiday.is_some() {
                StepKind::Holiday
            } else {
                StepKind::Closed
            };
            if midnight > self.at {
                self.step(self.at, Some(midnight), kind);
                if let (Some(last), Some(name)) = (self.steps.last_mut(), holiday) {
                    last.holiday = Some(name);
                }
            }
            day = day.plus(1);
        }
    }

    /// Adds a stretch, or makes the last one longer when it is more of the same.
    fn step(&mut self, from: Instant, to: Option<Instant>, kind: StepKind) {
        if let Some(to) = to {
            self.at = to;
        }
        let left = self.left;
        match self.steps.last_mut() {
            Some(last) if last.kind == kind && last.to == Some(from) && kind != StepKind::Holiday => {
                last.to = to;
                last.left = left;
            }
            _ => self.steps.push(Step {
                from,
                to,
                kind,
                holiday: None,
                left,
            }),
        }
    }
}

/// Pauses by their start, those that touch or overlap made one.
fn in_order(pauses: &[Pause]) -> Vec<Pause> {
    let mut sorted = pauses.to_vec();
    sorted.sort_by_key(|pause| pause.from);
    let mut merged: Vec<Pause> = Vec::new();
    for pause in sorted {
        match merged.last_mut() {
            Some(last) if last.to.is_none_or(|end| end >= pause.from) => {
                last.to = match (last.to, pause.to) {
                    (Some(one), Some(other)) => Some(one.max(other)),
                    _ => None,
                };
            }
            _ => merged.push(pause),
        }
    }
    merged
}

/// A span in pieces: those that count and those that are paused.
fn cut((from, to): Span, pauses: &[Pause]) -> Vec<(Instant, Instant, bool)> {
    let mut pieces = Vec::new();
    let mut at = from;
    for pause in pauses {
        let end = pause.to.unwrap_or(to).min(to);
        if end <= at || pause.from >= to || at >= to {
            continue;
        }
        if pause.from > at {
            pieces.push((at, pause.from, true));
        }
        pieces.push((pause.from.max(at), end, false));
        at = end;
    }
    if at < to {
        pieces.push((at, to, true));
    }
    pieces
}
