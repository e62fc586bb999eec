//! Response targets of real requests: when an answer is due, what is left, and the walk; what will be late; and
//! targets and calendars as files (S-2 to S-5).

use crate::generated::agree;
use crate::harness::{NOW, Sandbox, repository};
use crate::spaces::{acting, works};
use proptest::prelude::*;
use servhub::domain::Instant;
use servhub::hub::request::Sla;
use servhub::hub::{Context, Hub};
use servhub::policy::Actor;
use servhub::store::Db;
use std::fmt::Write;

fn seconds(text: &str) -> i64 {
    text.parse::<Instant>().unwrap().seconds()
}

/// Sets when a request was opened, how severe it is, and the time zone of its contract.
fn opened(hub: &Sandbox, number: &str, when: &str, severity: &str, zone: &str) {
    let at = seconds(when);
    hub.sql(&format!(
        "UPDATE support_case SET opened_at = {at}, severity = '{severity}' WHERE number = '{number}';
         UPDATE contract SET time_zone = '{zone}' WHERE id = (SELECT contract_id FROM support_case WHERE number = '{number}')"
    ));
}

fn came_to(hub: &Sandbox, number: &str, when: &str, state: &str) {
    let at = seconds(when);
    hub.sql(&format!(
        "INSERT INTO case_event (case_id, at, account, kind, before, after)
           SELECT id, {at}, 'ida@provider.example', 'state', state, '{state}' FROM support_case WHERE number = '{number}';
         UPDATE support_case SET state = '{state}' WHERE number = '{number}'"
    ));
}

fn holiday(hub: &Sandbox, day: &str, name: &str) {
    hub.write(
        "holidays.csv",
        &format!("calendar,day,name\nbusiness,{day},{name}\n"),
    );
    hub.ok(["calendar", "import", "--holidays", "holidays.csv", "--yes"]);
}

const FRIDAY: &str = "2026-11-20T15:00:00Z";

/// Requests in every state of their clocks, with what makes them so.
fn scenes() -> Vec<(&'static str, Sandbox)> {
    let scene = |make: &dyn Fn(&Sandbox)| {
        let hub = works();
        opened(&hub, "1001", FRIDAY, "B", "UTC");
        make(&hub);
        hub
    };
    vec![
        ("open over a weekend", scene(&|_| {})),
        (
            "the same where it is an hour later",
            scene(&|hub| opened(hub, "1001", FRIDAY, "B", "Europe/Bratislava")),
        ),
        (
            "the same where it is morning",
            scene(&|hub| opened(hub, "1001", FRIDAY, "B", "America/New_York")),
        ),
        (
            "the same where it is evening",
            scene(&|hub| opened(hub, "1001", FRIDAY, "B", "Asia/Kolkata")),
        ),
        (
            "with a holiday after the weekend",
            scene(&|hub| holiday(hub, "2026-11-23", "Founders' Day")),
        ),
        (
            "critical: around the clock, and late",
            scene(&|hub| opened(hub, "1001", FRIDAY, "A", "America/New_York")),
        ),
        (
            "over a change of the clock",
            scene(&|hub| {
                opened(hub, "1001", "2026-10-24T00:30:00Z", "B", "Europe/Bratislava");
                hub.sql("UPDATE calendar SET week = 'sat-sun 00:00-24:00', zone = 'Europe/Bratislava' WHERE name = 'business';
                         UPDATE target SET minutes = 2880 WHERE plan = 'unified' AND severity = 'B'");
            }),
        ),
        (
            "answered in time",
            scene(&|hub| {
                let at = seconds("2026-11-20T15:45:00Z");
                hub.sql(&format!(
                    "UPDATE support_case SET state = 'in-progress', responded_at = {at} WHERE number = '1001'"
                ));
            }),
        ),
        (
            "answered late",
            scene(&|hub| {
                let at = seconds("2026-11-20T16:00:01Z");
                opened(hub, "1001", FRIDAY, "A", "UTC");
                hub.sql(&format!(
                    "UPDATE support_case SET state = 'in-progress', responded_at = {at} WHERE number = '1001'"
                ));
            }),
        ),
        (
            "the customer has the word",
            scene(&|hub| came_to(hub, "1001", "2026-11-20T15:30:00Z", "awaiting-customer")),
        ),
        (
            "the customer had the word for an hour",
            scene(&|hub| {
                came_to(hub, "1001", "2026-11-20T15:15:00Z", "awaiting-customer");
                came_to(hub, "1001", "2026-11-20T16:15:00Z", "open");
            }),
        ),
        (
            "the same where the clock does not pause",
            scene(&|hub| {
                came_to(hub, "1001", "2026-11-20T15:15:00Z", "awaiting-customer");
                came_to(hub, "1001", "2026-11-20T16:15:00Z", "open");
                hub.sql("UPDATE target SET pauses = 0");
            }),
        ),
        (
            "imported, and gone on since",
            scene(&|hub| hub.sql("UPDATE support_case SET state = 'in-progress' WHERE number = '1001'")),
        ),
        (
            "a calendar that never opens again",
            scene(&|hub| hub.sql("UPDATE calendar SET week = ''")),
        ),
        (
            "no target speaks of it",
            scene(&|hub| hub.sql("DELETE FROM target WHERE plan = 'unified'")),
        ),
        (
            "without a contract",
            scene(&|hub| hub.sql("UPDATE support_case SET contract_id = NULL WHERE number = '1001'")),
        ),
    ]
}

/// Rules: S-1 S-3 S-4 S-5
#[test]
fn the_due_time_what_is_left_and_the_walk_are_told() {
    let mut text = format!("Asked at {NOW}, a Saturday.\n");
    for (name, hub) in scenes() {
        writeln!(text, "\n== {name}").unwrap();
        for more in [&[] as &[&str], &["--brief", "-o", "csv"]] {
            let run = hub.run([&["request", "sla", "1001"], more].concat());
            writeln!(
                text,
                "$ servhub {}",
                [&["request", "sla", "1001"], more].concat().join(" ")
            )
            .unwrap();
            write!(text, "{}{}", run.stdout.replace('\r', ""), run.stderr).unwrap();
            if run.code != 0 {
                writeln!(text, "(exit code {})", run.code).unwrap();
            }
        }
    }
    agree("tests/golden/sla.txt", &text);
}

fn late(hub: &Sandbox, who: Option<&str>, more: &[&str]) -> String {
    let list = [
        "request",
        "list",
        "--all-workspaces",
        "-o",
        "csv",
        "--columns",
        "request",
        "--breaching",
    ];
    let args = [&list, more].concat();
    let text = match who {
        Some(who) => hub.ok(acting(who, &args)),
        None => hub.ok(args),
    };
    text.lines().skip(1).collect::<Vec<_>>().join(" ")
}

/// All four at 08:00 on a Saturday: 1001 was due a day ago, 2001 an hour ago, 1002 has 30 minutes left, and 9001
/// four hours of Monday.
fn pressing() -> Sandbox {
    let hub = works();
    opened(&hub, "1001", "2026-11-20T07:00:00Z", "A", "UTC");
    opened(&hub, "2001", "2026-11-21T06:00:00Z", "A", "UTC");
    opened(&hub, "1002", "2026-11-21T07:30:00Z", "A", "UTC");
    opened(&hub, "9001", "2026-11-21T07:00:00Z", "B", "UTC");
    hub
}

/// Rules: S-4 V-2 V-4 V-5
#[test]
fn what_is_late_or_will_be_is_listed_most_pressing_first_to_those_who_see_it() {
    let hub = pressing();
    assert_eq!(late(&hub, None, &["0m"]), "1001 2001");
    assert_eq!(late(&hub, None, &["29m"]), "1001 2001");
    assert_eq!(late(&hub, None, &["30m"]), "1001 2001 1002");
    assert_eq!(late(&hub, None, &["4h"]), "1001 2001 1002 9001");
    let all = [
        ("sam", "1001 2001"),
        ("una", "1002"),
        ("ben", "1001"),
        ("cora", ""),
        ("yan", "2001"),
        ("gus", "1001 2001 1002"),
        ("adam", "1001 1002"),
        ("zoe", ""),
    ];
    for (who, expected) in all {
        assert_eq!(late(&hub, Some(who), &["1h"]), expected, "{who}");
    }
    // Once answered it is pressing no more.
    hub.ok(acting("sam", &["request", "assign", "1001"]));
    assert_eq!(late(&hub, None, &["1h"]), "2001 1002");
}

/// Rules: S-4 K-4 K-7
#[test]
fn what_is_late_is_narrowed_and_paged_like_the_list() {
    let hub = pressing();
    assert_eq!(late(&hub, None, &["4h", "--severity", "B"]), "9001");
    assert_eq!(late(&hub, None, &["4h", "--contract", "0100"]), "1001 2001");
    assert_eq!(late(&hub, None, &["4h", "--kind", "advisory"]), "");
    assert_eq!(
        late(&hub, None, &["4h", "--state", "open,resolved"]),
        "1001 2001 1002 9001"
    );
    assert_eq!(late(&hub, None, &["4h", "--state", "in-progress"]), "");
    assert_eq!(late(&hub, Some("ben"), &["4h", "--mine"]), "1001");
    let page = [
        "request",
        "list",
        "--all-workspaces",
        "--breaching",
        "4h",
        "--limit",
        "2",
    ];
    let first = hub.run(page);
    assert!(first.stderr.contains("--page-token 2001"), "{first:?}");
    assert_eq!(late(&hub, None, &["4h", "--page-token", "2001"]), "1002 9001");
    let strange = hub.run([&page[..], &["--page-token", "1003"]].concat());
    assert!(strange.stderr.contains("E0113"), "{strange:?}");
    let json = hub.ok([
        "request",
        "list",
        "--all-workspaces",
        "--breaching",
        "0h",
        "-o",
        "json",
        "--jq",
        ".rows[].request",
    ]);
    assert_eq!(
        json.split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
            .replace('"', ""),
        "1001 2001"
    );
    let wrong = hub.run(["request", "list", "--breaching", "soon"]);
    assert!(wrong.code == 2 && wrong.stderr.contains("1h or 30m"), "{wrong:?}");
}

/// Minutes from a moment up to another that lie in the business hours of a place and in no pause, one by one.
fn plain_minutes(from: i64, to: i64, offset: i64, pause: (i64, i64)) -> i64 {
    let mut count = 0;
    let mut minute = from;
    while minute < to {
        let there = minute + offset;
        // The first day of 1970 was a Thursday.
        let weekday = (there.div_euclid(1440) + 3).rem_euclid(7);
        let open = weekday < 5 && (540..1020).contains(&there.rem_euclid(1440));
        let paused = pause.0 <= minute && minute < pause.1;
        count += i64::from(open && !paused);
        minute += 1;
    }
    count
}

fn asked_at(hub: &Sandbox, minute: i64) -> Hub {
    let context = Context {
        actor: Actor::Operator("owner".to_owned()),
        now: Instant::from_seconds(minute * 60),
        as_of: None,
        reason: None,
        ticket: None,
        origin: "test".to_owned(),
    };
    Hub::local(Db::open(&hub.store()).unwrap(), context)
}

/// Rules: S-3 S-4 S-5
#[test]
fn what_is_left_is_what_is_allowed_less_what_has_gone_by() {
    let hub = works();
    let config = ProptestConfig {
        cases: 128,
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    let zones = vec![("UTC", 0), ("Asia/Kolkata", 330), ("Etc/GMT+5", -300)];
    let clocks = (
        29_820_000_i64..29_840_000,
        0_i64..15_000,
        (0_i64..3_000, 1_i64..3_000),
        1_i64..3_000,
        proptest::sample::select(zones),
    );
    let mut runner = proptest::test_runner::TestRunner::new(config);
    let came = runner.run(&clocks, |(start, wait, pause, allowed, (zone, offset))| {
        let pause = (start + pause.0, start + pause.0 + pause.1);
        let now = start + wait;
        hub.sql(&format!(
            "UPDATE contract SET time_zone = '{zone}';
             UPDATE target SET minutes = {allowed};
             UPDATE support_case SET opened_at = {start} * 60 WHERE number = '1001';
             DELETE FROM case_event;
             INSERT INTO case_event (case_id, at, account, kind, after) VALUES
               (1, {} * 60, 'x', 'state', 'awaiting-customer'), (1, {} * 60, 'x', 'state', 'open')",
            pause.0, pause.1
        ));
        let asked = Sla {
            number: "1001".to_owned(),
        };
        let clock = asked_at(&hub, now).ask(&asked).unwrap();
        let gone = plain_minutes(start, now, offset, pause);
        prop_assert_eq!(clock.left, Some((allowed - gone) * 60));
        let due = clock.due_at.unwrap().seconds() / 60;
        prop_assert_eq!(plain_minutes(start, due, offset, pause), allowed);
        Ok(())
    });
    came.unwrap();
}

fn rows(hub: &Sandbox, args: &[&str]) -> Vec<String> {
    let text = hub.ok([args, &["-o", "csv"]].concat());
    text.lines().skip(1).map(str::to_owned).collect()
}

/// Rules: S-2 K-17
#[test]
fn targets_come_from_a_file_and_a_line_of_the_same_key_takes_the_place_of_the_one_before() {
    let hub = Sandbox::new();
    hub.ok(["sla", "list"]);
    let text = "plan,severity,kind,language,minutes,calendar,pauses\nUnified,A,,,30,24X7,no\ngold,,,sk,90,business,\n";
    hub.write("new.csv", text);
    let tried = hub.run(["sla", "import", "new.csv", "--dry-run", "--detailed-exitcode"]);
    assert_eq!(tried.code, 6, "{tried:?}");
    assert_eq!(
        rows(&hub, &["sla", "show", "unified"])[0],
        "unified,A,,,60,24x7,yes"
    );
    hub.ok(["sla", "import", "new.csv", "--yes"]);
    assert_eq!(
        rows(&hub, &["sla", "show", "UNIFIED"])[0],
        "Unified,A,,,30,24x7,no"
    );
    assert_eq!(
        rows(&hub, &["sla", "show", "gold"]),
        ["gold,,,sk,90,business,yes"]
    );
    let again = hub.run(["sla", "import", "new.csv", "--yes"]);
    assert!(again.stderr.contains("nothing"), "{again:?}");
    let typo = hub.run(["sla", "show", "unfied"]);
    assert!(
        typo.code == 3 && typo.stderr.to_lowercase().contains("did you mean unified?"),
        "{typo:?}"
    );
    let actions = hub.ok(["audit", "list", "-o", "csv", "--columns", "action,subject"]);
    assert!(
        actions.contains("import.apply,target:gold/any/any/sk"),
        "{actions}"
    );
}

/// Rules: S-3 K-17
#[test]
fn calendars_and_holidays_come_from_files_and_standard_input() {
    let hub = Sandbox::new();
    hub.write(
        "mine.csv",
        "calendar,zone,week\nshop,Europe/Bratislava,\"sat 09:00-12:00; Mon-Fri 08:00-12:00,13:00-17:00\"\n",
    );
    hub.ok(["calendar", "import", "mine.csv", "--yes"]);
    let listed = rows(&hub, &["calendar", "list"]);
    assert_eq!(
        listed[2],
        "shop,Europe/Bratislava,\"mon-fri 08:00-12:00,13:00-17:00; sat 09:00-12:00\",0"
    );
    let piped = "printf 'calendar,day,name\\nshop,2026-12-24,Christmas Eve\\n' | servhub calendar import --holidays - --yes";
    let run = crate::harness::finish(&mut hub.shell(piped));
    assert_eq!(run.code, 0, "{run:?}");
    let shown = rows(
        &hub,
        &["calendar", "show", "shop", "--from", "2026-12-24", "--days", "2d"],
    );
    assert_eq!(
        shown,
        [
            "2026-12-24,thu,,Christmas Eve",
            "2026-12-25,fri,08:00-12:00;13:00-17:00,"
        ]
    );
    let template = hub.ok(["calendar", "import", "--template"]);
    assert!(template.starts_with("calendar,zone,week\r\n"), "{template}");
    let nothing = hub.run(["sla", "import"]);
    assert_eq!(nothing.code, 2, "{nothing:?}");
}

/// Rules: S-2 S-3 K-17
#[test]
fn faults_in_targets_and_calendars_name_line_column_and_fix_and_change_nothing() {
    let hub = Sandbox::new();
    hub.ok(["sla", "list"]);
    let before = (rows(&hub, &["sla", "list"]), rows(&hub, &["calendar", "list"]));
    let holidays = ["calendar", "import", "--holidays"];
    let faults: [(&[&str], &str, &str, &str); 9] = [
        (
            &["sla", "import"],
            "plan,minutes,calendar\ngold,0,business",
            "2,minutes",
            "at least one minute",
        ),
        (
            &["sla", "import"],
            "plan,minutes,calendar\ngold,soon,business",
            "2,minutes",
            "whole number",
        ),
        (
            &["sla", "import"],
            "plan,minutes,calendar\ngold,9,busines",
            "2,calendar",
            "did you mean business?",
        ),
        (
            &["sla", "import"],
            "plan,severity,minutes,calendar\ngold,D,9,business",
            "2,severity",
            "one of A, B, C",
        ),
        (
            &["calendar", "import"],
            "calendar,week\nodd,mon 17:00-09:00",
            "2,week",
            "mon-fri 09:00-17:00",
        ),
        (
            &["calendar", "import"],
            "calendar,week\nodd,\"mon 09:00-12:00,11:00-13:00\"",
            "2,week",
            "overlap",
        ),
        (
            &["calendar", "import"],
            "calendar,week\nodd,;",
            "2,week",
            "never be open",
        ),
        (
            &["calendar", "import"],
            "calendar,zone,week\nodd,Europe/Bratislva,24x7",
            "2,zone",
            "",
        ),
        (
            &holidays,
            "calendar,day,name\nbusiness,2026-02-30,Odd",
            "2,day",
            "",
        ),
    ];
    for (command, text, place, fix) in faults {
        hub.write("bad.csv", &format!("{text}\n"));
        let columns = ["bad.csv", "--yes", "--results", "results.csv"];
        let run = hub.run([command, &columns].concat());
        assert_eq!(run.code, 5, "{text}: {run:?}");
        let told = std::fs::read_to_string(hub.path("results.csv")).unwrap();
        let (line, column) = place.split_once(',').unwrap();
        assert!(
            told.contains(&format!("bad.csv,{line},"))
                && told.contains(&format!(",{column},"))
                && told.contains(fix),
            "{text}: {told}"
        );
        std::fs::remove_file(hub.path("results.csv")).unwrap();
    }
    assert_eq!(
        before,
        (rows(&hub, &["sla", "list"]), rows(&hub, &["calendar", "list"]))
    );
}

/// The shipped targets are in every new store; a folder says what became of them.
///
/// Rules: S-2 S-3 K-16
#[test]
fn targets_and_calendars_survive_the_way_out_and_in() {
    let (one, two) = (Sandbox::new(), Sandbox::new());
    one.ok(["sla", "list"]);
    one.write(
        "in/calendars.csv",
        "calendar,zone,week\nBusiness,Europe/Bratislava,mon-thu 08:00-16:30\nnight,,sat-mon 22:00-24:00\n",
    );
    one.write(
        "in/holidays.csv",
        "calendar,day,name\nnight,2026-12-26,\"Saint, Stephen\"\nbusiness,2026-12-25,Christmas\n",
    );
    one.write("in/targets.csv", "plan,severity,kind,language,minutes,calendar,pauses\nCSP,A,problem-resolution,en,100,night,no\nzinc,,advisory,,7,business,yes\n");
    one.ok(["import", "in", "--yes"]);
    one.ok(["export", "folder", "out"]);
    two.ok(["import".as_ref(), one.path("out").as_os_str(), "--yes".as_ref()]);
    two.ok(["export", "folder", "out"]);
    for name in ["calendars", "holidays", "targets"] {
        let read = |hub: &Sandbox| std::fs::read_to_string(hub.path(&format!("out/{name}.csv"))).unwrap();
        assert!(read(&one) == read(&two), "{name} differ");
        assert!(read(&one).lines().count() > 2, "{name} is empty");
    }
    let read = std::fs::read_to_string(one.path("out/calendars.csv")).unwrap();
    assert!(
        read.contains("Business,Europe/Bratislava,mon-thu 08:00-16:30"),
        "{read}"
    );
}

/// The blocks of a page that are marked with a word.
fn blocks(page: &str, mark: &str) -> String {
    let start = format!("```{mark}\n");
    let parts = page.split(&start).skip(1);
    parts.filter_map(|part| part.split("```").next()).collect()
}

/// What the page on requests shows can be typed, and does what it says.
///
/// Rules: S-2 S-3 S-4
#[test]
fn the_page_on_requests_is_true() {
    let page = std::fs::read_to_string(repository("docs/requests.md")).unwrap();
    let hub = Sandbox::new();
    for (kind, command) in [
        ("calendars", &["calendar", "import"] as &[&str]),
        ("holidays", &["calendar", "import", "--holidays"]),
        ("targets", &["sla", "import"]),
    ] {
        let text = blocks(&page, &format!("csv {kind}"));
        let name = format!("{kind}.csv");
        hub.write(&name, &text);
        hub.ok([command, &[&name, "--yes"]].concat());
        // What was brought in comes out of a folder in the same words.
        hub.ok(["export", "folder", &format!("out-{kind}")]);
        let out = std::fs::read_to_string(hub.path(&format!("out-{kind}/{name}"))).unwrap();
        for line in text.lines() {
            assert!(out.contains(line), "{kind}: {line}: {out}");
        }
    }
    let walk = blocks(&page, "text");
    let golden = std::fs::read_to_string(repository("tests/golden/sla.txt")).unwrap();
    assert!(!walk.is_empty() && golden.contains(&walk), "{walk}");
    let mut commands = 0;
    for code in page.split('`').skip(1).step_by(2) {
        let Some(words) = code.strip_prefix("servhub ") else {
            continue;
        };
        let is_name = |word: &&str| word.bytes().all(|byte| byte.is_ascii_lowercase());
        let mut args: Vec<&str> = words.split(' ').take_while(is_name).collect();
        if args == ["calendar", "show", "bratislava"] {
            hub.ok(words.split(' '));
            args.pop();
        }
        args.push("--help");
        hub.ok(args);
        commands += 1;
    }
    assert!(commands >= 20, "{commands}");
}
