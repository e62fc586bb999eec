//! Filing for oneself through the real binary: who may, what is needed, and what each refusal says.

mod behalf;
pub mod desk;
mod files;
mod once;
mod outbox;
mod rules;
mod typing;

use crate::harness::{Run, Sandbox};
use crate::spaces::acting;
use desk::{COMPLETE, count, create, desk, without};

/// Each part of an answer on standard error.
#[track_caller]
fn refuses(run: &Run, code: i32, parts: &[&str]) {
    assert_eq!(run.code, code, "{run:?}");
    assert_eq!(run.stdout, "", "{run:?}");
    for part in parts {
        assert!(run.stderr.contains(part), "\"{part}\" is not in: {}", run.stderr);
    }
}

fn spoiled(sql: &str) -> Sandbox {
    let hub = desk();
    hub.sql(sql);
    hub
}

/// Rules: F-1 F-2
#[test]
fn a_support_contact_files_and_is_told_what_it_is_charged_to() {
    let hub = desk();
    let filed = create(&hub, "ben", &[]);
    assert_eq!(filed.code, 0, "{filed:?}");
    assert_eq!(
        filed.stdout,
        "request,workspace,title,entitlement\r\n2611210000000010,W-1,Boiler leaks,E-1\r\n"
    );
    assert!(filed.stderr.contains("charged to E-1"), "{filed:?}");
    let shown = hub.ok(acting(
        "ben",
        &[
            "request",
            "show",
            "2611210000000010",
            "-o",
            "csv",
            "--columns",
            "state,kind,severity,product,contact,filed_by,contract,package,description,seen_by",
        ],
    ));
    assert_eq!(
        shown.lines().nth(1).unwrap(),
        "open,problem-resolution,B,Steam,ben@steel.example,ben@steel.example,0100,P-1,Since six,V-3"
    );
    assert_eq!(
        count(&hub, "SELECT count(*) FROM audit WHERE action = 'request.create'"),
        1
    );
}

/// Rules: F-1 R-1 R-2
#[test]
fn nobody_but_a_support_contact_of_that_workspace_files() {
    let hub = desk();
    // Whoever may ask the rules gets the answer of the one that refuses.
    for who in ["cora", "adam", "gus", "sam"] {
        let refused = create(&hub, who, &[]);
        refuses(&refused, 5, &["E0531", "F-1", "ask ben@steel.example"]);
    }
    for who in ["dan", "eve"] {
        let refused = create(&hub, who, &[]);
        refuses(
            &refused,
            4,
            &[
                "E0200",
                "F-1",
                "support-contact",
                "servhub request check --workspace W-1",
            ],
        );
    }
    // An administrator of the customer who sees the workspace is told whom to ask.
    let told = hub.run(acting(
        "cora",
        &[&["request", "check", "-w", "W-1"], COMPLETE].concat(),
    ));
    assert_eq!(told.code, 5, "{told:?}");
    assert!(told.stdout.contains("ask ben@steel.example"), "{told:?}");
    assert!(
        told.stdout
            .contains("servhub user contact cora@steel.example --on --workspace W-1"),
        "{told:?}"
    );
    // The mark of one workspace is none of another, and an invitation is none before it is accepted.
    hub.sql(
        "INSERT INTO member (id, workspace_id, account, name, account_kind, status, invited_at)
           VALUES (20, 2, 'ben@steel.example', 'Ben', 'work', 'registered', 0);
         UPDATE member SET support_contact = 1 WHERE account = 'dan@steel.example'",
    );
    let elsewhere = hub.run(acting(
        "ben",
        &[&["request", "create", "-w", "W-2"], COMPLETE].concat(),
    ));
    refuses(&elsewhere, 5, &["E0531", "W-2", "F-1"]);
    refuses(&create(&hub, "dan", &[]), 4, &["E0200", "F-1"]);
    let owner = hub.run(
        [
            &["request", "create", "-w", "W-1", "--contact", "ben@steel.example"],
            COMPLETE,
        ]
        .concat(),
    );
    refuses(
        &owner,
        5,
        &[
            "E0531",
            "F-1",
            "tester is no support contact",
            "ask ben@steel.example",
            "--as ACCOUNT",
        ],
    );
    assert_eq!(count(&hub, "SELECT count(*) FROM support_case"), 5);
    assert_eq!(
        waiting(&hub),
        "",
        "what is refused without a terminal is not kept"
    );
}

fn waiting(hub: &Sandbox) -> String {
    let list = hub.ok(["request", "outbox", "list", "-o", "csv", "--columns", "key"]);
    list.lines().skip(1).collect::<Vec<_>>().join(" ")
}

/// Rules: F-1 C-5 W-5 W-1
#[test]
fn the_contract_has_to_be_in_force_and_the_workspace_in_use() {
    let ended = spoiled("UPDATE contract SET ends_on = 20700 WHERE id IN (1, 2)");
    refuses(
        &create(&ended, "ben", &[]),
        5,
        &[
            "E0531",
            "F-1",
            "contract 0100 ended on 2026-09-04",
            "C-5",
            "renewed",
        ],
    );
    let later = spoiled("UPDATE contract SET starts_on = 20800 WHERE id IN (1, 2)");
    refuses(
        &create(&later, "ben", &[]),
        5,
        &["E0531", "F-1", "no contract in force is linked"],
    );
    let unlinked = spoiled(
        "DELETE FROM workspace_package WHERE workspace_id = 1; DELETE FROM workspace_contract WHERE workspace_id = 1",
    );
    refuses(
        &create(&unlinked, "ben", &[]),
        5,
        &[
            "E0531",
            "F-1",
            "no contract in force is linked to workspace W-1",
            "servhub workspace attach",
        ],
    );
    let archived = spoiled("UPDATE workspace SET archived_on = 1 WHERE id = 1");
    refuses(
        &create(&archived, "ben", &[]),
        5,
        &["E0531", "F-1", "W-1 is archived (W-5)", "another workspace"],
    );
}

/// Rules: F-1 L-5 E-5
#[test]
fn an_entitlement_in_force_has_to_match_the_kind() {
    let hub = desk();
    let advice = create(&hub, "ben", &["--kind", "advisory"]);
    refuses(
        &advice,
        5,
        &[
            "E0531",
            "F-1",
            "no entitlement in force matches the kind",
            "servhub entitlements list",
        ],
    );
    let named = create(&hub, "ben", &["--entitlement", "E-3"]);
    assert!(named.stdout.contains(",E-3"), "{named:?}");
    let unfit = create(&hub, "ben", &["--entitlement", "E-2"]);
    refuses(&unfit, 5, &["E0531", "F-1"]);
    // Everything used up: it is recorded as it is.
    hub.sql("UPDATE entitlement SET quantity = 100 WHERE id IN (1, 3)");
    let over = create(&hub, "ben", &["--title", "Another"]);
    assert_eq!(over.code, 0, "{over:?}");
}

/// Rules: F-2 F-3
#[test]
fn without_a_terminal_all_that_is_missing_is_named_at_once() {
    let hub = desk();
    let nothing = hub.run(["request", "create", "-w", "W-1"]);
    let all = [
        "--title",
        "--description",
        "--product",
        "--kind",
        "--severity",
        "--contact",
    ];
    refuses(
        &nothing,
        5,
        &[
            "E0532",
            "F-3",
            "nothing was filed",
            &all.join(", "),
            &format!("add {}", all.join(" ")),
        ],
    );
    for left_out in ["--title", "--description", "--product", "--kind", "--severity"] {
        let args = [vec!["request", "create", "-w", "W-1"], without(left_out)].concat();
        let run = hub.run(acting("ben", &args));
        refuses(
            &run,
            5,
            &["E0532", &format!("lacks {left_out};"), &format!("add {left_out}")],
        );
    }
    let blank = create(&hub, "ben", &["--title", " "]);
    refuses(&blank, 5, &["lacks --title;"]);
    let nowhere = hub.run(acting("ben", &[&["request", "create"], COMPLETE].concat()));
    refuses(&nowhere, 2, &["where to file", "add --workspace"]);
    assert_eq!(count(&hub, "SELECT count(*) FROM support_case"), 5);
    assert!(!hub.path("outbox").exists(), "nothing was typed, nothing is kept");
}

/// Rules: F-2 W-2 V-3
#[test]
fn the_contact_is_a_member_of_the_workspace() {
    let hub = desk();
    for stranger in [
        "joe@else.example",
        "yan@steel.example",
        "dan@steel.example",
        "eve@steel.example",
    ] {
        let refused = create(&hub, "ben", &["--contact", stranger]);
        refuses(
            &refused,
            5,
            &[
                "E0532",
                "F-2",
                stranger,
                "is no member of workspace W-1",
                "servhub user invite",
            ],
        );
    }
    let other = create(&hub, "ben", &["--contact", "CORA@steel.example"]);
    assert_eq!(other.code, 0, "{other:?}");
    let seen = hub.ok(acting(
        "cora",
        &[
            "request",
            "show",
            "2611210000000010",
            "-o",
            "csv",
            "--columns",
            "seen_by",
        ],
    ));
    assert_eq!(seen.lines().nth(1), Some("V-3"), "{seen}");
}

/// Rules: F-1 F-2 B-1
#[test]
fn a_check_prints_a_line_for_each_rule_and_files_nothing() {
    let hub = desk();
    let check = |more: &[&str]| {
        let args = [
            &[
                "request",
                "check",
                "-w",
                "W-1",
                "-o",
                "csv",
                "--columns",
                "rule,verdict",
            ],
            more,
        ]
        .concat();
        hub.run(acting("ben", &args))
    };
    let sound = check(COMPLETE);
    assert_eq!(sound.code, 0, "{sound:?}");
    let lines: Vec<&str> = sound.stdout.lines().skip(1).collect();
    assert_eq!(
        lines,
        [
            "B-1,not-asked",
            "F-1,holds",
            "F-1,holds",
            "F-1,holds",
            "F-2,holds",
            "F-2,holds"
        ]
    );
    assert!(sound.stderr.contains("it can be filed"), "{sound:?}");
    let bare = check(&["--title", "Boiler leaks"]);
    assert_eq!(bare.code, 5, "{bare:?}");
    let lines: Vec<&str> = bare.stdout.lines().skip(1).collect();
    assert_eq!(
        lines,
        [
            "B-1,not-asked",
            "F-1,holds",
            "F-1,holds",
            "F-1,not-asked",
            "F-2,refused",
            "F-2,holds"
        ]
    );
    assert!(
        bare.stderr.contains("E0537") && bare.stderr.contains("rule F-2"),
        "{bare:?}"
    );
    assert_eq!(count(&hub, "SELECT count(*) FROM support_case"), 5);
}

/// Rules: K-8 F-1
#[test]
fn a_dry_run_asks_every_rule_and_keeps_nothing() {
    let hub = desk();
    let dry = create(&hub, "ben", &["--dry-run", "--detailed-exitcode"]);
    assert_eq!(dry.code, 6, "{dry:?}");
    assert_eq!(create(&hub, "cora", &["--dry-run"]).code, 4);
    assert_eq!(count(&hub, "SELECT count(*) FROM support_case"), 5);
    assert!(!hub.path("outbox").exists());
    // The number was not given either.
    assert!(create(&hub, "ben", &[]).stdout.contains("2611210000000010"));
}

/// Rules: V-2 V-6
#[test]
fn a_request_is_shared_as_it_says_and_with_the_default_group_otherwise() {
    let hub = desk();
    hub.sql(
        "INSERT INTO team_member VALUES (1, 2), (2, 2); UPDATE member SET default_group_id = 2 WHERE id = 2",
    );
    let with = |more: &[&str]| {
        let filed = create(&hub, "ben", more);
        let number = filed
            .stdout
            .lines()
            .nth(1)
            .unwrap()
            .split(',')
            .next()
            .unwrap()
            .to_owned();
        let shown = hub.ok(acting(
            "ben",
            &[
                "request",
                "show",
                &number,
                "-o",
                "csv",
                "--columns",
                "shared_with,group",
            ],
        ));
        shown.lines().nth(1).unwrap().to_owned()
    };
    assert_eq!(with(&[]), ",G-2");
    assert_eq!(
        with(&["--group", "Night shift", "--share-with", "lea@steel.example"]),
        "lea@steel.example,G-1"
    );
    let stranger = create(&hub, "ben", &["--share-with", "oto@other.example"]);
    refuses(&stranger, 5, &["is no active member of workspace W-1"]);
    assert_eq!(count(&hub, "SELECT count(*) FROM support_case"), 7);
}

/// Rules: F-2
#[test]
fn numbers_count_up_by_day_and_show_a_slip() {
    use servhub::domain::number::Number;
    let hub = desk();
    // One that came in with an import is taken.
    hub.sql("UPDATE support_case SET number = '2611210000000028' WHERE number = '1002'");
    let on = |day: &str| {
        let args = acting(
            "ben",
            &[&["request", "create", "-w", "W-1", "-o", "csv"], COMPLETE].concat(),
        );
        let run = crate::harness::finish(hub.command(args).env("SERVHUB_NOW", day));
        assert_eq!(run.code, 0, "{run:?}");
        run.stdout
            .lines()
            .nth(1)
            .unwrap()
            .split(',')
            .next()
            .unwrap()
            .to_owned()
    };
    let numbers = [
        on("2026-11-21T00:00:00Z"),
        on("2026-11-21T23:59:59Z"),
        on("2026-11-22T00:00:00Z"),
        on("2026-11-21T12:00:00Z"),
        on("2026-11-22T12:00:00Z"),
    ];
    let plain = numbers.each_ref().map(|number| &number[..15]);
    assert_eq!(
        plain,
        [
            "261121000000001",
            "261121000000003",
            "261122000000001",
            "261121000000004",
            "261122000000002"
        ]
    );
    for number in &numbers {
        assert_eq!(number.len(), 16);
        assert!(Number::is_sound(number) && !Number::has_slip(number), "{number}");
    }
}

/// Rules: F-2 K-9
#[test]
fn a_number_is_found_as_it_is_spoken_and_a_wrong_digit_is_noticed() {
    let hub = desk();
    assert_eq!(create(&hub, "ben", &[]).code, 0);
    let show = |number: &str| {
        hub.run(acting(
            "ben",
            &["request", "show", number, "-o", "csv", "--columns", "title"],
        ))
    };
    for typed in [
        "2611210000000010",
        "2611 2100 0000 0010",
        "2611-2100-0000-0010",
        " 2611.2100.0000.0010",
        "2611–2100–0000–0010",
    ] {
        assert!(show(typed).stdout.contains("Boiler leaks"), "{typed}");
    }
    for wrong in ["2611 2100 0000 0011", "2611210000000100", "2611210000000070"] {
        refuses(&show(wrong), 3, &["E0110", "a digit is wrong"]);
    }
    for other in ["7777", "2611 2100 0000 0028", "26112100000000100"] {
        let run = show(other);
        refuses(&run, 3, &["E0110", other]);
        assert!(!run.stderr.contains("a digit is wrong"), "{run:?}");
    }
    // Spaces and dashes that a number has of its own are part of it, and are found first.
    hub.sql("UPDATE support_case SET number = 'OLD-1' WHERE number = '1001'");
    assert!(show("OLD-1").stdout.contains("Furnace is cold"));
    // Whoever does not see it learns nothing by typing it another way.
    let hidden = hub.run(acting("cora", &["request", "show", "2611 2100 0000 0010"]));
    let missing = hub.run(acting("cora", &["request", "show", "2611 2100 0000 0028"]));
    assert_eq!(hidden.stderr.replace("0010", "0028"), missing.stderr);
}

/// Rules: F-2
#[test]
fn the_check_digit_finds_every_wrong_digit_and_most_swaps() {
    use servhub::domain::{Day, number::Number};
    let number = Number::new("2026-11-21".parse::<Day>().unwrap(), 1_234_567);
    assert_eq!(
        number.spoken(),
        "2611 2100 1234 5679".replace("5679", &number.digits()[12..])
    );
    let digits = number.digits().to_owned();
    for place in 0..16 {
        for digit in '0'..='9' {
            let mut other: Vec<char> = digits.chars().collect();
            let same = other[place] == digit;
            other[place] = digit;
            let other: String = other.into_iter().collect();
            assert_eq!(Number::is_sound(&other), same, "{other}");
        }
    }
    for place in 0..15 {
        let mut other: Vec<char> = digits.chars().collect();
        other.swap(place, place + 1);
        let (a, b) = (other[place], other[place + 1]);
        let swapped: String = other.into_iter().collect();
        let blind = a == b || matches!((a, b), ('0', '9') | ('9', '0'));
        assert_eq!(Number::is_sound(&swapped), blind, "{swapped}");
    }
}
