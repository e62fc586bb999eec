//! Requests from the shell: who sees them, with whom they are shared, and why.

use crate::fixture;
use crate::harness::Sandbox;
use crate::spaces::{acting, works};
use servhub::hub::Mode;
use servhub::hub::request::{List, Share, With};

fn numbers(hub: &Sandbox, who: &str, more: &[&str]) -> String {
    let list = [
        "request",
        "list",
        "--all-workspaces",
        "-o",
        "csv",
        "--columns",
        "request",
    ];
    let text = hub.ok(acting(who, &[&list, more].concat()));
    let rows: Vec<&str> = text.lines().skip(1).collect();
    rows.join(" ")
}

fn explained(hub: &Sandbox, person: &str, number: &str) -> String {
    let columns = ["-o", "csv", "--columns", "sees,rule,because"];
    let args = [&["access", "explain", person, number], &columns[..]].concat();
    hub.ok(args).lines().skip(1).collect::<Vec<_>>().join("\n")
}

/// Rules: V-1 V-2 V-3 V-4 V-5 W-2 R-5
#[test]
fn each_sees_the_requests_that_the_rules_show() {
    let hub = works();
    let all = [
        ("adam", "1003 1002 1001"),
        ("ben", "1001"),
        ("cora", ""),
        ("gus", "2001 1003 1002 1001"),
        ("sam", "2001 1001"),
        ("ida", "2001 1001"),
        ("una", "1002"),
        ("yan", "2001"),
        ("oto", ""),
        ("zoe", "9001"),
    ];
    for (who, shown) in all {
        assert_eq!(numbers(&hub, who, &[]), shown, "{who}");
    }
    for who in ["dan", "eve"] {
        let refused = hub.run(acting(who, &["request", "list", "--all-workspaces"]));
        assert_eq!(refused.code, 4, "{who}: {refused:?}");
    }
    let hidden = hub.run(acting("ben", &["request", "show", "1002"]));
    let missing = hub.run(acting("ben", &["request", "show", "7777"]));
    assert_eq!(hidden.code, 3, "{hidden:?}");
    assert_eq!(hidden.stderr.replace("1002", "7777"), missing.stderr);
}

/// Rules: K-7 V-3
#[test]
fn the_list_is_narrowed_by_state_workspace_contract_and_contact() {
    let hub = works();
    assert_eq!(numbers(&hub, "adam", &["--state", "closed"]), "1003");
    assert_eq!(numbers(&hub, "adam", &["--mine"]), "1002");
    assert_eq!(
        numbers(
            &hub,
            "gus",
            &["--contract", "0100", "--kind", "problem-resolution"]
        ),
        "2001 1001"
    );
    assert_eq!(numbers(&hub, "gus", &["--severity", "A"]), "1002");
    let first = hub.run(acting(
        "gus",
        &[
            "request",
            "list",
            "--workspace",
            "Mill",
            "--limit",
            "2",
            "-o",
            "csv",
        ],
    ));
    assert!(first.stderr.contains("--page-token 1002"), "{first:?}");
    assert_eq!(numbers(&hub, "gus", &["--page-token", "1002"]), "1001");
    // A token names nothing that is not seen.
    let foreign = hub.run(acting(
        "gus",
        &["request", "list", "--all-workspaces", "--page-token", "9001"],
    ));
    assert!(foreign.stderr.contains("E0113"), "{foreign:?}");
    let nobody = hub.run(["request", "list", "--mine"]);
    assert_eq!(nobody.code, 2, "{nobody:?}");
}

/// Rules: V-1 V-2 V-6 X-1
#[test]
fn a_request_is_shared_with_people_and_with_one_group_at_a_time() {
    let hub = works();
    hub.ok(acting(
        "ben",
        &[
            "request",
            "share",
            "1001",
            "--with",
            "CORA@steel.example",
            "--with",
            "lea@steel.example",
        ],
    ));
    assert_eq!(numbers(&hub, "cora", &[]), "1001");
    let again = hub.run(acting(
        "ben",
        &["request", "share", "1001", "--with", "cora@steel.example"],
    ));
    assert_eq!((again.code, again.stderr.as_str()), (0, "nothing left to do\n"));
    hub.ok(acting("cora", &["request", "share", "1001", "--group", "G-2"]));
    let replaced = hub.run(acting(
        "ben",
        &["request", "share", "1001", "--group", "night shift"],
    ));
    assert!(
        replaced.stderr.contains("group G-1 takes the place of group G-2"),
        "{replaced:?}"
    );
    let shown = hub.ok(acting(
        "cora",
        &[
            "request",
            "show",
            "1001",
            "-o",
            "csv",
            "--columns",
            "shared_with,group,seen_by",
        ],
    ));
    assert_eq!(
        shown.lines().nth(1).unwrap(),
        "cora@steel.example;lea@steel.example,G-1,V-1;V-2"
    );
    let asked = hub.run(acting(
        "ben",
        &[
            "request",
            "share",
            "1001",
            "--with",
            "cora@steel.example",
            "--stop",
        ],
    ));
    assert_eq!(asked.code, 2, "{asked:?}");
    hub.ok(acting(
        "ben",
        &[
            "request",
            "share",
            "1001",
            "--with",
            "cora@steel.example",
            "--stop",
            "--yes",
        ],
    ));
    assert!(explained(&hub, "cora@steel.example", "1001").starts_with("yes,V-1,"));
    hub.ok(acting(
        "ben",
        &["request", "share", "1001", "--group", "G-1", "--stop", "--yes"],
    ));
    assert_eq!(numbers(&hub, "cora", &[]), "");
    let trail = hub.ok([
        "audit",
        "list",
        "--what",
        "request:1001",
        "-o",
        "csv",
        "--columns",
        "on_behalf,action",
    ]);
    assert_eq!(trail.lines().nth(1).unwrap(), "ben@steel.example,request.share");
    assert_eq!(trail.lines().count(), 6);
}

/// Rules: V-2 V-6 R-1 R-4 R-5 W-2
#[test]
fn sharing_is_refused_with_those_who_cannot_see_it_and_by_those_who_do_not() {
    let hub = works();
    let share = |who: &str, more: &[&str]| hub.run(acting(who, &[&["request", "share"], more].concat()));
    for stranger in [
        "dan@steel.example",
        "eve@steel.example",
        "yan@steel.example",
        "oto@other.example",
    ] {
        let refused = share("ben", &["1001", "--with", stranger]);
        assert_eq!(refused.code, 5, "{refused:?}");
        assert!(
            refused.stderr.contains("is no active member of workspace W-1"),
            "{refused:?}"
        );
        assert!(refused.stderr.contains("servhub user invite"), "{refused:?}");
    }
    let other = share("gus", &["1001", "--group", "G-3"]);
    assert_eq!(other.code, 5, "{other:?}");
    assert!(other.stderr.contains("G-3 is not of workspace W-1"), "{other:?}");
    assert_eq!(share("cora", &["1001", "--with", "ben@steel.example"]).code, 3);
    assert_eq!(share("sam", &["1001", "--with", "ben@steel.example"]).code, 4);
    let none = hub.ok([
        "request",
        "show",
        "1001",
        "-o",
        "csv",
        "--columns",
        "shared_with,group,seen_by",
    ]);
    assert_eq!(none.lines().nth(1).unwrap(), ",,");
}

/// Rules: V-1 V-2 V-3 V-4 V-5 W-2 R-2
#[test]
fn access_says_by_which_rule_or_why_not() {
    let hub = works();
    let told = [
        (
            "ben@steel.example",
            "1001",
            "yes,V-3,was named as primary contact",
        ),
        (
            "adam@steel.example",
            "1001",
            "yes,V-4,holds workspace-admin in workspace W-1",
        ),
        (
            "gus@steel.example",
            "1001",
            "yes,V-4,is global-admin of Steel Works",
        ),
        ("sam@provider.example", "1001", "yes,V-5,is csam of contract 0100"),
        (
            "una@provider.example",
            "1001",
            "no,,\"is csam of other contracts, and not of this request's (V-5)",
        ),
        (
            "dan@steel.example",
            "1001",
            "no,,was invited to workspace W-1 and has not accepted",
        ),
        ("eve@steel.example", "1001", "no,,was removed from workspace W-1"),
        (
            "yan@steel.example",
            "1001",
            "no,,is not a member of workspace W-1",
        ),
        (
            "cora@steel.example",
            "1001",
            "no,,\"is a member of workspace W-1, but:",
        ),
    ];
    for (person, number, expected) in told {
        let line = explained(&hub, person, number);
        assert!(line.starts_with(expected), "{person}: {line}");
    }
    let typo = hub.run(["access", "explain", "bem@steel.example", "1001"]);
    assert!(
        typo.code == 3 && typo.stderr.contains("ben@steel.example"),
        "{typo:?}"
    );
}

/// Rules: R-1 R-5 X-3
#[test]
fn access_is_explained_to_those_who_may_ask_and_see_the_request() {
    let hub = works();
    let ask =
        |who: &str, person: &str, number: &str| hub.run(acting(who, &["access", "explain", person, number]));
    assert_eq!(ask("adam", "ben@steel.example", "1001").code, 0);
    assert_eq!(ask("ben", "adam@steel.example", "1001").code, 4);
    assert_eq!(ask("una", "ben@steel.example", "1001").code, 3);
    // Whom the caller need not know of is nobody to them, known to the hub or not.
    let answer = |person: &str| {
        let run = ask("adam", person, "1001");
        (run.code, run.stdout.replace(person, "X"))
    };
    assert_eq!(answer("oto@other.example").0, 0);
    assert!(answer("oto@other.example").1.contains("not a member"));
    let who = hub.ok(acting(
        "adam",
        &[
            "request",
            "show",
            "1001",
            "--who",
            "-o",
            "csv",
            "--columns",
            "person,rule",
        ],
    ));
    let lines: Vec<&str> = who.lines().skip(1).collect();
    assert_eq!(
        lines,
        [
            "adam@steel.example,V-4",
            "ben@steel.example,V-3",
            "gus@steel.example,V-4",
            "ida@provider.example,V-5",
            "sam@provider.example,V-5"
        ]
    );
    assert_eq!(
        hub.run(acting("ben", &["request", "show", "1001", "--who"])).code,
        4
    );
}

/// Rules: V-2 W-2 R-5
#[test]
fn one_connection_asks_changes_and_asks_again_with_the_same_eyes() {
    let sandbox = works();
    let mut hub = fixture::hub(&sandbox.store())
        .on_behalf_of("ben@steel.example")
        .unwrap();
    let seen = |hub: &servhub::hub::Hub| {
        let (lines, _) = hub.ask(&List::default()).unwrap();
        let numbers = lines.into_iter().map(|line| line.0.case.number);
        numbers.collect::<Vec<_>>()
    };
    assert_eq!(seen(&hub), ["1001"]);
    let share = |number: &str, account: &str| Share {
        number: number.to_owned(),
        with: With::People(vec![account.to_owned()]),
        stop: false,
    };
    // Cora's membership is asked of the whole store, the request of what Ben may see.
    let done = hub
        .carry_out(&share("1001", "cora@steel.example"), Mode::Apply)
        .unwrap();
    assert!(done.changed);
    let hidden = hub.carry_out(&share("1002", "cora@steel.example"), Mode::Apply);
    assert_eq!(hidden.unwrap_err().code.id, "E0110");
    assert_eq!(seen(&hub), ["1001"]);
}
