//! Response targets as data (S-2, S-3).

use crate::harness::Sandbox;
use servhub::domain::request::{CaseKind, Severity};
use servhub::domain::sla::{Request, Target, target};

fn policy(sandbox: &Sandbox) -> Vec<Target> {
    sandbox.ok(["sla", "list"]);
    let db = servhub::store::Db::open(&sandbox.store()).unwrap();
    db.read(|store| store.targets()).unwrap()
}

/// The table of S-2, cell by cell: minutes and calendar by severity.
/// Rules: S-1 S-2
#[test]
fn the_shipped_targets_are_those_of_the_specification() {
    let sandbox = Sandbox::new();
    let policy = policy(&sandbox);
    let found = |plan, kind, language| {
        Severity::ALL
            .iter()
            .map(|severity| {
                let request = Request {
                    plan,
                    severity: *severity,
                    kind,
                    language,
                };
                target(&policy, &request).map(|line| (line.minutes, line.calendar.clone()))
            })
            .map(|found| {
                found.map_or(String::new(), |(minutes, calendar)| {
                    format!("{minutes} {calendar}")
                })
            })
            .collect::<Vec<_>>()
    };
    let fix = CaseKind::ProblemResolution;
    let advice = CaseKind::Advisory;
    assert_eq!(
        found("csp", fix, Some("en")),
        ["120 24x7", "240 24x7", "480 24x7"]
    );
    assert_eq!(
        found("csp", fix, Some("sk")),
        ["120 business", "240 business", "480 business"]
    );
    assert_eq!(
        found("csp", fix, None),
        ["120 business", "240 business", "480 business"]
    );
    // One business day is the eight hours of the shipped calendar, in whatever language.
    assert_eq!(
        found("csp", advice, Some("en")),
        ["480 business", "480 business", "480 business"]
    );
    assert_eq!(
        found("CSP", advice, Some("de")),
        ["480 business", "480 business", "480 business"]
    );
    assert_eq!(
        found("unified", fix, Some("en")),
        ["60 24x7", "240 business", "240 business"]
    );
    assert_eq!(
        found("unified", advice, None),
        ["60 24x7", "240 business", "240 business"]
    );
    assert_eq!(found("premier", fix, None), ["", "", ""]);
}

/// Rules: S-2
#[test]
fn the_line_that_says_most_holds_whatever_the_order() {
    let line = |severity, kind, language: Option<&str>, minutes| Target {
        plan: "gold".to_owned(),
        severity,
        kind,
        language: language.map(str::to_owned),
        minutes,
        calendar: "24x7".to_owned(),
        pauses: true,
    };
    let mut lines = vec![
        line(None, None, None, 1),
        line(None, None, Some("en"), 2),
        line(None, Some(CaseKind::Advisory), None, 3),
        line(None, Some(CaseKind::Advisory), Some("en"), 4),
        line(Some(Severity::A), None, None, 5),
        line(Some(Severity::A), Some(CaseKind::Advisory), Some("en"), 6),
    ];
    let minutes = |lines: &[Target], severity, kind, language| {
        let request = Request {
            plan: "gold",
            severity,
            kind,
            language,
        };
        target(lines, &request).map(|line| line.minutes)
    };
    for _ in 0..lines.len() {
        lines.rotate_left(1);
        assert_eq!(
            minutes(&lines, Severity::B, CaseKind::ProblemResolution, None),
            Some(1)
        );
        assert_eq!(
            minutes(&lines, Severity::B, CaseKind::ProblemResolution, Some("EN")),
            Some(2)
        );
        assert_eq!(
            minutes(&lines, Severity::B, CaseKind::Advisory, Some("de")),
            Some(3)
        );
        assert_eq!(
            minutes(&lines, Severity::C, CaseKind::Advisory, Some("en")),
            Some(4)
        );
        assert_eq!(
            minutes(&lines, Severity::A, CaseKind::ProblemResolution, Some("en")),
            Some(5)
        );
        assert_eq!(
            minutes(&lines, Severity::A, CaseKind::Advisory, Some("en")),
            Some(6)
        );
    }
}

/// Rules: S-3
#[test]
fn a_calendar_is_shown_day_by_day() {
    let sandbox = Sandbox::new();
    sandbox.ok(["calendar", "list"]);
    sandbox.sql("INSERT INTO holiday (calendar_id, day, name) VALUES (2, 20812, 'Christmas')");
    let shown = sandbox.ok([
        "calendar",
        "show",
        "business",
        "--from",
        "2026-12-24",
        "--days",
        "4d",
        "-o",
        "csv",
    ]);
    assert_eq!(
        shown,
        "day,weekday,hours,holiday\r\n2026-12-24,thu,09:00-17:00,\r\n2026-12-25,fri,,Christmas\r\n2026-12-26,sat,,\r\n2026-12-27,sun,,\r\n"
    );
    let missing = sandbox.run(["calendar", "show", "busines"]);
    assert_eq!(missing.code, 3);
    assert!(
        missing.stderr.contains("did you mean business?"),
        "{}",
        missing.stderr
    );
}
