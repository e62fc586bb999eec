//! Business hours: a table of clocks with their due times, and what holds for every clock (S-3, S-5).

use proptest::prelude::*;
use servhub::domain::clock::{Calendar, Pause, Week};
use servhub::domain::{Day, Instant, Zone};
use std::collections::BTreeMap;

fn calendar(zone: &str, week: &str, holidays: &str) -> Calendar {
    Calendar {
        name: "test".to_owned(),
        zone: zone.parse::<Zone>().unwrap(),
        week: week.parse::<Week>().unwrap(),
        holidays: holidays
            .split_whitespace()
            .map(|day| (day.parse::<Day>().unwrap(), "holiday".to_owned()))
            .collect::<BTreeMap<_, _>>(),
    }
}

fn pauses(text: &str) -> Vec<Pause> {
    let pause = |text: &str| {
        let (from, to) = text.split_once('/').unwrap();
        Pause {
            from: from.parse().unwrap(),
            to: (!to.is_empty()).then(|| to.parse().unwrap()),
        }
    };
    text.split_whitespace().map(pause).collect()
}

/// The due times of the table were found minute by minute with another program, and read by hand: weekends,
/// holidays, midnight, both changes of the clock in three zones, pauses.
/// Rules: S-3 S-5
#[test]
fn every_clock_of_the_table_ends_when_it_should() {
    let mut table = csv::Reader::from_reader(include_str!("clock/cases.csv").as_bytes());
    let mut count = 0;
    for row in table.records() {
        let row = row.unwrap();
        let calendar = calendar(&row[1], &row[2], &row[3]);
        let (start, minutes): (Instant, i64) = (row[4].parse().unwrap(), row[5].parse().unwrap());
        let pauses = pauses(&row[6]);
        let walk = calendar.walk(start, minutes * 60, &pauses);
        let due = walk.due.map_or(String::new(), |due| due.to_string());
        assert_eq!(due, &row[7], "{}: {:?}", &row[0], walk.steps);
        if let Some(due) = walk.due {
            assert_eq!(calendar.elapsed(start, due, &pauses), minutes * 60, "{}", &row[0]);
        }
        count += 1;
    }
    assert!(count >= 60, "the table has {count} clocks");
}

/// An interval that ends within the hour that comes twice ends the first time; one that begins there begins
/// the first time, so that hours which touch each other still do.
/// Rules: S-5
#[test]
fn an_hour_that_comes_twice_belongs_to_one_side() {
    let early = calendar("Europe/Bratislava", "sun 01:00-02:30", "");
    let late = calendar("Europe/Bratislava", "sun 02:30-04:00", "");
    let both = calendar("Europe/Bratislava", "sun 01:00-02:30,02:30-04:00", "");
    let (from, to) = (
        "2026-10-24T20:00:00Z".parse().unwrap(),
        "2026-10-25T12:00:00Z".parse().unwrap(),
    );
    let hours = |calendar: &Calendar| calendar.elapsed(from, to, &[]) as f64 / 3600.0;
    assert_eq!((hours(&early), hours(&late), hours(&both)), (1.5, 2.5, 4.0));
}

/// Rules: S-3
#[test]
fn a_calendar_that_never_opens_has_no_due_time() {
    let shut = calendar("UTC", "", "");
    let start = "2026-11-23T09:00:00Z".parse().unwrap();
    assert_eq!(shut.walk(start, 60, &[]).due, None);
    assert_eq!(shut.elapsed(start, start.plus_seconds(1_000_000), &[]), 0);
}

/// Rules: S-3
#[test]
fn hours_are_read_and_written_alike_and_faults_are_named() {
    for text in [
        "mon-fri 09:00-17:00",
        "24x7",
        "mon-fri 08:00-12:00,13:00-17:00; sat 09:00-12:00",
        "sun 22:00-24:00",
        "",
    ] {
        assert_eq!(text.parse::<Week>().unwrap().to_string(), text);
    }
    assert_eq!(
        "sat-mon 10:00-11:00".parse::<Week>().unwrap().to_string(),
        "mon 10:00-11:00; sat-sun 10:00-11:00"
    );
    for (text, fault) in [
        ("mon", "cannot be read"),
        ("mon 9-17", "cannot be read"),
        ("moon 09:00-17:00", "no weekday"),
        ("mon 17:00-09:00", "no part of a day"),
        ("mon 09:00-24:01", "no part of a day"),
        (
            "mon 09:00-12:00,11:00-13:00",
            "mon has hours that overlap: 09:00-12:00 and 11:00-13:00",
        ),
        ("mon 09:00-12:00; mon-fri 10:00-11:00", "overlap"),
    ] {
        let error = text.parse::<Week>().unwrap_err().to_string();
        assert!(error.contains(fault), "{text}: {error}");
    }
}

/// Rules: S-4
#[test]
fn the_walk_tells_why_time_does_not_count() {
    let calendar = calendar("UTC", "mon-fri 09:00-17:00", "2026-11-24");
    let pauses = pauses("2026-11-23T16:00:00Z/2026-11-23T16:30:00Z");
    let walk = calendar.walk("2026-11-23T15:00:00Z".parse().unwrap(), 7200, &pauses);
    let told: Vec<String> = walk
        .steps
        .iter()
        .map(|step| format!("{} {} left {}", step.from, step.kind, step.left / 60))
        .collect();
    assert_eq!(
        told,
        [
            "2026-11-23T15:00:00Z counted left 60",
            "2026-11-23T16:00:00Z paused left 60",
            "2026-11-23T16:30:00Z counted left 30",
            "2026-11-23T17:00:00Z closed left 30",
            "2026-11-24T00:00:00Z holiday left 30",
            "2026-11-25T00:00:00Z closed left 30",
            "2026-11-25T09:00:00Z counted left 0",
        ]
    );
}

const ZONES: [&str; 6] = [
    "UTC",
    "Europe/Bratislava",
    "America/New_York",
    "Australia/Sydney",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
];
const WEEKS: [&str; 6] = [
    "24x7",
    "mon-fri 09:00-17:00",
    "mon-sun 22:00-24:00; mon-sun 00:00-06:00",
    "mon-fri 08:00-12:00,13:00-17:00; sat 09:00-12:00",
    "sun 01:00-02:30,02:30-04:00",
    "mon-sun 02:15-02:45",
];

fn any_calendar() -> impl Strategy<Value = Calendar> {
    (
        0..ZONES.len(),
        0..WEEKS.len(),
        proptest::collection::vec(0..400_i32, 0..6),
    )
        .prop_map(|(zone, week, days)| {
            let mut made = calendar(ZONES[zone], WEEKS[week], "");
            let first: Day = "2026-01-01".parse().unwrap();
            made.holidays = days
                .into_iter()
                .map(|day| (first.plus(day), "holiday".to_owned()))
                .collect();
            made
        })
}

fn any_moment() -> impl Strategy<Value = Instant> {
    // From 2026-01-01 on, for a year: both changes of the clock in every zone.
    (0..365 * 86_400_i64).prop_map(|seconds| Instant::from_seconds(1_767_225_600 + seconds))
}

fn any_pauses() -> impl Strategy<Value = Vec<Pause>> {
    proptest::collection::vec((any_moment(), 1..400_000_i64), 0..5).prop_map(|pauses| {
        let pause = |(from, length): (Instant, i64)| Pause {
            from,
            to: Some(from.plus_seconds(length)),
        };
        pauses.into_iter().map(pause).collect()
    })
}

proptest! {
    /// Rules: S-5
    #[test]
    fn time_is_additive(calendar in any_calendar(), pauses in any_pauses(), a in any_moment(), first in 0..3_000_000_i64, second in 0..3_000_000_i64) {
        let (b, c) = (a.plus_seconds(first), a.plus_seconds(first + second));
        let whole = calendar.elapsed(a, c, &pauses);
        prop_assert_eq!(calendar.elapsed(a, b, &pauses) + calendar.elapsed(b, c, &pauses), whole);
        prop_assert!(whole <= first + second);
    }

    /// Rules: S-5
    #[test]
    fn more_time_or_a_later_start_is_never_due_earlier(calendar in any_calendar(), pauses in any_pauses(), start in any_moment(), later in 0..500_000_i64, time in 0..400_000_i64, more in 0..100_000_i64) {
        let due = calendar.walk(start, time, &pauses).due;
        prop_assert!(due <= calendar.walk(start, time + more, &pauses).due);
        prop_assert!(due <= calendar.walk(start.plus_seconds(later), time, &pauses).due);
    }

    /// Rules: S-5
    #[test]
    fn a_clock_has_run_its_time_when_it_is_due(calendar in any_calendar(), pauses in any_pauses(), start in any_moment(), time in 1..400_000_i64) {
        let walk = calendar.walk(start, time, &pauses);
        let due = walk.due.unwrap();
        prop_assert_eq!(calendar.elapsed(start, due, &pauses), time);
        prop_assert!(calendar.elapsed(start, due.plus_seconds(-1), &pauses) < time);
        // The steps lie end to end from the start to the due time.
        let mut at = start;
        for step in &walk.steps {
            prop_assert_eq!(step.from, at);
            at = step.to.unwrap();
        }
        prop_assert_eq!(at, due);
    }

    /// Rules: S-5
    #[test]
    fn around_the_clock_is_wall_time(zone in 0..ZONES.len(), start in any_moment(), time in 0..5_000_000_i64) {
        let calendar = Calendar::around_the_clock("24x7", ZONES[zone].parse().unwrap());
        prop_assert_eq!(calendar.walk(start, time, &[]).due, Some(start.plus_seconds(time)));
        prop_assert_eq!(calendar.elapsed(start, start.plus_seconds(time), &[]), time);
    }
}
