//! The life of a request: the steps by themselves, and who takes them from the shell.

use crate::harness::{Run, Sandbox, finish};
use crate::spaces::{acting, works};
use proptest::prelude::*;
use servhub::domain::Instant;
use servhub::domain::life::{REOPEN_DAYS, Standstill, Step, next};
use servhub::domain::request::CaseState;

const DAY: i64 = 86_400;

fn moment(seconds: i64) -> Instant {
    Instant::from_seconds(1_790_000_000 + seconds)
}

/// Where each step leads from each state, in the order of [`Step::ALL`]; a dash is nowhere.
const TABLE: &[(CaseState, [&str; 6])] = &[
    (CaseState::Draft, ["-", "-", "-", "-", "-", "-"]),
    (
        CaseState::Open,
        ["in-progress", "awaiting-customer", "-", "resolved", "-", "-"],
    ),
    (
        CaseState::InProgress,
        ["in-progress", "awaiting-customer", "-", "resolved", "-", "-"],
    ),
    (
        CaseState::AwaitingCustomer,
        ["in-progress", "-", "in-progress", "resolved", "-", "-"],
    ),
    (CaseState::Resolved, ["-", "-", "-", "-", "closed", "in-progress"]),
    (CaseState::Closed, ["-", "-", "-", "-", "-", "in-progress"]),
];

#[test]
fn every_step_from_every_state_leads_on_or_says_what_does() {
    assert_eq!(TABLE.len(), CaseState::ALL.len());
    let names: Vec<&str> = Step::ALL.iter().map(|step| step.word()).collect();
    assert_eq!(names, ["assign", "ask", "answer", "resolve", "close", "reopen"]);
    for (state, leads) in TABLE {
        let closed_at = (*state == CaseState::Closed).then(|| moment(0));
        let ways: Vec<&str> = names
            .iter()
            .zip(leads)
            .filter(|(_, to)| **to != "-")
            .map(|(name, _)| *name)
            .collect();
        for (step, to) in Step::ALL.iter().zip(leads) {
            let came = next(*state, *step, moment(60), closed_at);
            if *to != "-" {
                assert_eq!(came.map(CaseState::word), Ok(*to), "{state} {step}");
                continue;
            }
            let told = came.unwrap_err().to_string();
            let (refused, on) = told.split_once("; from there it goes on by ").unwrap();
            assert_eq!(
                refused,
                format!("a request that is {state} cannot be moved on by {step}")
            );
            let mut on: Vec<&str> = on.split(", ").filter(|way| *way != "nothing").collect();
            on.sort_by_key(|way| names.iter().position(|name| name == way));
            assert_eq!(on, ways, "{state}");
        }
    }
}

#[test]
fn a_closed_request_is_reopened_for_fourteen_days_to_the_second() {
    let closed = moment(0);
    let reopen = |after: i64| next(CaseState::Closed, Step::Reopen, moment(after), Some(closed));
    assert_eq!(REOPEN_DAYS, 14);
    assert_eq!(reopen(0), Ok(CaseState::InProgress));
    assert_eq!(reopen(14 * DAY), Ok(CaseState::InProgress));
    assert_eq!(reopen(14 * DAY + 1), Err(Standstill::TooLate(closed)));
    // One that is resolved waits as long as it takes.
    let resolved = next(CaseState::Resolved, Step::Reopen, moment(400 * DAY), None);
    assert_eq!(resolved, Ok(CaseState::InProgress));
}

/// The rules said another way: who works on it, who has the word, and what is over.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Model {
    Working { begun: bool, customers_word: bool },
    Solved,
    Over { since: i64 },
}

impl Model {
    fn step(self, step: Step, now: i64) -> Option<Self> {
        let begun = Self::Working {
            begun: true,
            customers_word: false,
        };
        match (self, step) {
            (Self::Working { .. }, Step::Assign) => Some(begun),
            (
                Self::Working {
                    customers_word: false,
                    ..
                },
                Step::Ask,
            ) => Some(Self::Working {
                begun: true,
                customers_word: true,
            }),
            (
                Self::Working {
                    customers_word: true, ..
                },
                Step::Answer,
            ) => Some(begun),
            (Self::Working { .. }, Step::Resolve) => Some(Self::Solved),
            (Self::Solved, Step::Close) => Some(Self::Over { since: now }),
            (Self::Solved, Step::Reopen) => Some(begun),
            (Self::Over { since }, Step::Reopen) if now - since <= 14 * DAY => Some(begun),
            _ => None,
        }
    }

    fn state(self) -> CaseState {
        match self {
            Self::Working { begun: false, .. } => CaseState::Open,
            Self::Working {
                customers_word: true, ..
            } => CaseState::AwaitingCustomer,
            Self::Working { .. } => CaseState::InProgress,
            Self::Solved => CaseState::Resolved,
            Self::Over { .. } => CaseState::Closed,
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_life_goes_as_the_model_says(
        steps in proptest::collection::vec((proptest::sample::select(Step::ALL), 0_i64..8 * DAY), 1..40),
    ) {
        let mut model = Model::Working { begun: false, customers_word: false };
        let (mut state, mut closed_at, mut now) = (CaseState::Open, None, 0);
        for (step, wait) in steps {
            now += wait;
            let came = next(state, step, moment(now), closed_at).ok();
            let expected = model.step(step, now);
            prop_assert_eq!(came, expected.map(Model::state), "{} from {} at {}", step, state, now);
            if let (Some(to), Some(after)) = (came, expected) {
                (state, model) = (to, after);
                closed_at = (to == CaseState::Closed).then(|| moment(now));
            }
        }
    }
}

/// A command as a person runs it at a moment.
fn at(hub: &Sandbox, when: &str, who: &str, args: &[&str]) -> Run {
    finish(hub.command(acting(who, args)).env("SERVHUB_NOW", when))
}

const NOON: &str = "2026-11-21T12:00:00Z";

fn done(hub: &Sandbox, who: &str, args: &[&str]) {
    let run = at(hub, NOON, who, args);
    assert_eq!(run.code, 0, "{who} {args:?}: {run:?}");
}

fn refused(hub: &Sandbox, who: &str, args: &[&str]) -> String {
    let run = at(hub, NOON, who, args);
    assert!(matches!(run.code, 4 | 5), "{who} {args:?}: {run:?}");
    format!("{} {}", run.code, run.stderr)
}

fn shown(hub: &Sandbox, number: &str, columns: &str) -> String {
    let text = hub.ok(["request", "show", number, "-o", "csv", "--columns", columns]);
    text.lines().nth(1).unwrap().to_owned()
}

fn history(hub: &Sandbox, number: &str) -> Vec<String> {
    let columns = "account,what,before,after,text";
    let text = hub.ok([
        "request",
        "show",
        number,
        "--history",
        "-o",
        "csv",
        "--columns",
        columns,
    ]);
    text.lines().skip(1).map(str::to_owned).collect()
}

/// Rules: V-3 S-3
#[test]
fn a_note_of_the_customer_gives_the_word_back_and_one_of_the_provider_does_not() {
    let hub = works();
    done(&hub, "ben", &["request", "note", "1001", "--text", "Still cold"]);
    assert_eq!(shown(&hub, "1001", "state,responded_at"), "open,");
    done(&hub, "sam", &["request", "ask", "1001", "--text", "Since when?"]);
    let asked = "awaiting-customer,2026-11-21T12:00:00Z";
    assert_eq!(shown(&hub, "1001", "state,responded_at"), asked);
    done(&hub, "sam", &["request", "note", "1001", "--text", "We wait"]);
    assert_eq!(shown(&hub, "1001", "state,responded_at"), asked);
    done(
        &hub,
        "ben",
        &["request", "note", "1001", "--text", "Since Monday"],
    );
    assert_eq!(shown(&hub, "1001", "state"), "in-progress");
    assert_eq!(
        history(&hub, "1001"),
        [
            "ben@steel.example,note,,,Still cold",
            "sam@provider.example,state,open,awaiting-customer,Since when?",
            "sam@provider.example,note,,,We wait",
            "ben@steel.example,note,,,Since Monday",
            "ben@steel.example,state,awaiting-customer,in-progress,",
        ]
    );
    let empty = at(&hub, NOON, "ben", &["request", "note", "1001", "--text", " "]);
    assert_eq!(empty.code, 2, "{empty:?}");
}

/// Rules: S-1 X-1
#[test]
fn severity_changes_with_a_reason_and_is_recorded_before_and_after() {
    let hub = works();
    let set = |to: &str| {
        done(
            &hub,
            "ben",
            &["request", "severity", "1001", to, "--because", "Line stands"],
        );
    };
    set("A");
    set("A");
    set("C");
    assert_eq!(
        history(&hub, "1001"),
        [
            "ben@steel.example,severity,B,A,Line stands",
            "ben@steel.example,severity,A,C,Line stands",
        ]
    );
    let records = hub.ok(["audit", "list", "--what", "request:1001", "-o", "json"]);
    let records: serde_json::Value = serde_json::from_str(&records).unwrap();
    let rows = records["rows"].as_array().or(records.as_array()).unwrap().clone();
    let text = rows.iter().map(|row| format!("{row}")).collect::<Vec<_>>();
    assert_eq!(text.len(), 2, "{text:?}");
    let stored: Vec<(String, String)> = {
        let conn = crate::database::raw(&hub.store());
        let sql = "SELECT json_extract(before, '$.severity'), json_extract(after, '$.severity') FROM audit
                   WHERE action = 'request.severity' ORDER BY id";
        let mut statement = conn.prepare(sql).unwrap();
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)));
        rows.unwrap().map(Result::unwrap).collect()
    };
    let pair = |before: &str, after: &str| (before.to_owned(), after.to_owned());
    assert_eq!(stored, [pair("B", "A"), pair("A", "C")]);
    let silent = at(&hub, NOON, "ben", &["request", "severity", "1001", "B"]);
    assert_eq!(silent.code, 2, "{silent:?}");
}

fn numbers(hub: &Sandbox, who: &str) -> String {
    let list = [
        "request",
        "list",
        "--all-workspaces",
        "-o",
        "csv",
        "--columns",
        "request",
    ];
    let text = hub.ok(acting(who, &list));
    text.lines().skip(1).collect::<Vec<_>>().join(" ")
}

/// Rules: V-2 V-3 W-2
#[test]
fn a_new_contact_sees_the_request_and_the_one_named_at_first_still_does() {
    let hub = works();
    // Ben sees it because he was named; Cora's group has no share.
    assert_eq!(
        (numbers(&hub, "ben"), numbers(&hub, "cora")),
        ("1001".into(), String::new())
    );
    done(
        &hub,
        "ben",
        &["request", "contact", "1001", "--to", "cora@steel.example"],
    );
    assert_eq!(shown(&hub, "1001", "contact"), "cora@steel.example");
    assert_eq!(
        (numbers(&hub, "ben"), numbers(&hub, "cora")),
        ("1001".into(), "1001".into())
    );
    done(&hub, "cora", &["request", "note", "1001", "--text", "Mine now"]);
    assert_eq!(
        history(&hub, "1001")[0],
        "cora@steel.example,contact,ben@steel.example,cora@steel.example,".replacen("cora", "ben", 1)
    );
    for stranger in ["dan@steel.example", "yan@steel.example", "oto@other.example"] {
        let told = refused(&hub, "cora", &["request", "contact", "1001", "--to", stranger]);
        assert!(
            told.starts_with("5 ") && told.contains("no active member"),
            "{told}"
        );
    }
}

#[test]
fn the_provider_assigns_asks_and_resolves_and_the_customer_does_not() {
    let hub = works();
    let steps: [&[&str]; 3] = [
        &["request", "assign", "1001"],
        &["request", "ask", "1001", "--text", "Since when?"],
        &["request", "resolve", "1001", "--resolution", "New valve"],
    ];
    for who in ["ben", "adam", "gus"] {
        for step in steps {
            let told = refused(&hub, who, step);
            assert!(told.starts_with("4 ") && told.contains("E0200"), "{who}: {told}");
        }
    }
    assert!(history(&hub, "1001").is_empty());
    for step in steps {
        done(&hub, "ida", step);
    }
    assert_eq!(
        shown(&hub, "1001", "state,assignee,responded_at,resolved_at,resolution"),
        "resolved,ida@provider.example,2026-11-21T12:00:00Z,2026-11-21T12:00:00Z,New valve"
    );
    assert_eq!(
        history(&hub, "1001"),
        [
            "ida@provider.example,assignee,,ida@provider.example,",
            "ida@provider.example,state,open,in-progress,",
            "ida@provider.example,state,in-progress,awaiting-customer,Since when?",
            "ida@provider.example,state,awaiting-customer,resolved,New valve",
        ]
    );
    // Una looks after another contract, and does not see this one.
    let hidden = at(&hub, NOON, "una", &["request", "assign", "1001"]);
    assert_eq!(hidden.code, 3, "{hidden:?}");
}

/// Who looks after one customer and is a member at another is the provider at the first alone.
///
/// Rules: R-1 W-2
#[test]
fn nobody_handles_requests_where_they_are_only_a_member() {
    let hub = works();
    hub.sql(
        "INSERT INTO member (workspace_id, account, name, account_kind, status, invited_at)
           VALUES (9, 'sam@provider.example', 'Sam', 'work', 'registered', 0);
         INSERT INTO case_share (case_id, account) VALUES (9, 'sam@provider.example');
         UPDATE support_case SET state = 'awaiting-customer' WHERE id = 9;",
    );
    for step in [
        &["request", "assign", "9001"] as &[&str],
        &["request", "resolve", "9001", "--resolution", "Done"],
    ] {
        let told = refused(&hub, "sam", step);
        assert!(
            told.starts_with("4 ") && told.contains("handle-requests on request 9001"),
            "{told}"
        );
    }
    done(&hub, "sam", &["request", "note", "9001", "--text", "Here it is"]);
    assert_eq!(shown(&hub, "9001", "state,responded_at"), "in-progress,");
}

#[test]
fn the_customer_closes_and_reopens_for_fourteen_days() {
    let hub = works();
    let close = ["request", "close", "1001"];
    let told = refused(&hub, "ben", &close);
    assert!(
        told.contains("E0534") && told.contains("from there it goes on by assign, ask, resolve"),
        "{told}"
    );
    done(
        &hub,
        "sam",
        &["request", "resolve", "1001", "--resolution", "New valve"],
    );
    done(&hub, "ben", &close);
    assert_eq!(shown(&hub, "1001", "state,closed_at"), format!("closed,{NOON}"));
    let severity = ["request", "severity", "1001", "A", "--because", "Again"];
    let told = refused(&hub, "ben", &severity);
    assert!(told.contains("servhub request reopen 1001"), "{told}");
    let reopen = ["request", "reopen", "1001", "--because", "Cold again"];
    let late = at(&hub, "2026-12-05T12:00:01Z", "ben", &reopen);
    assert_eq!(late.code, 5, "{late:?}");
    assert!(
        late.stderr.contains("can be reopened for 14 days") && late.stderr.contains("file a new one"),
        "{late:?}"
    );
    let in_time = at(&hub, "2026-12-05T12:00:00Z", "ben", &reopen);
    assert_eq!(in_time.code, 0, "{in_time:?}");
    assert_eq!(
        shown(&hub, "1001", "state,closed_at,resolved_at,resolution"),
        "in-progress,,,"
    );
    // When the first answer came is not forgotten.
    assert_eq!(shown(&hub, "1001", "responded_at"), NOON);
}

/// Rules: V-4 V-6
#[test]
fn a_group_works_on_what_is_shared_with_it_and_who_may_only_see_does_not() {
    let hub = works();
    let note = ["request", "note", "1001", "--text", "On my way"];
    assert_eq!(at(&hub, NOON, "cora", &note).code, 3);
    hub.ok(acting("ben", &["request", "share", "1001", "--group", "G-1"]));
    done(&hub, "cora", &note);
    done(
        &hub,
        "cora",
        &["request", "severity", "1001", "A", "--because", "Worse"],
    );
    hub.ok(["request", "show", "2001"]);
    assert_eq!(numbers(&hub, "yan"), "2001");
    for step in [
        &["request", "note", "2001", "--text", "Me too"] as &[&str],
        &["request", "severity", "2001", "A", "--because", "Worse"],
        &["request", "contact", "2001", "--to", "yan@steel.example"],
        &["request", "close", "2001"],
    ] {
        let told = refused(&hub, "yan", step);
        assert!(told.starts_with("4 "), "{told}");
    }
    assert!(history(&hub, "2001").is_empty());
    // An administrator may work on all of them.
    done(&hub, "adam", &["request", "note", "1003", "--text", "Thanks"]);
}

/// Whoever does not see everything that was used is not told what is left: the number would be wrong, or tell.
///
/// Rules: A-5 F-1
#[test]
fn a_check_tells_what_is_left_to_those_who_see_what_was_used() {
    let hub = works();
    let told = |who: &str| {
        let check = [
            "request",
            "check",
            "--workspace",
            "W-1",
            "--kind",
            "problem-resolution",
        ];
        let run = hub.run(acting(who, &[&check[..], &["-o", "csv"]].concat()));
        assert_eq!(run.code, 5, "{run:?}");
        let line = run.stdout.lines().find(|line| line.contains("entitlement E-1"));
        line.unwrap().to_owned()
    };
    for who in ["adam", "gus"] {
        assert_eq!(
            told(who),
            "F-1,holds,entitlement E-1 will be used; 88 are left of it,",
            "{who}"
        );
    }
    for who in ["ben", "cora", "lea"] {
        assert_eq!(told(who), "F-1,holds,entitlement E-1 will be used,");
    }
}
