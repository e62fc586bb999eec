//! In whose context a command works is said before anything is done (B-10).

use super::super::outbox::away;
use super::world::{FIRST, SECOND, acting, args, check, create, world};
use crate::harness::{Run, Sandbox};

const STEEL: &str = "context: customer Steel Works, as partner Partner One";
const OWN: &str = "context: own tenant of Partner One";

/// The contexts that were told, and that the first line is one.
#[track_caller]
fn contexts(run: &Run) -> Vec<&str> {
    let lines: Vec<&str> = run.stderr.lines().collect();
    assert!(
        lines.first().is_some_and(|line| line.starts_with("context: ")),
        "{run:?}"
    );
    assert!(!run.stdout.contains("context: "), "{run:?}");
    lines
        .into_iter()
        .filter(|line| line.starts_with("context: "))
        .collect()
}

/// Rules: B-10
#[test]
fn filing_says_it_before_it_files_or_refuses() {
    let hub = world();
    for run in [
        check(&hub, "ada", &[]),
        create(&hub, "ada", &["--dry-run"]),
        create(&hub, "ada", &["--category", ""]),
        create(&hub, "ada", &[]),
    ] {
        assert_eq!(contexts(&run), [STEEL], "{run:?}");
    }
    let own = create(&hub, "ada", &["--own-tenant", "--plan", "PL-1"]);
    assert_eq!(contexts(&own), [OWN]);
    let quiet = create(&hub, "ada", &["--quiet"]);
    assert!(!quiet.stderr.contains("context"), "{quiet:?}");
    // In a workspace one files for oneself: there is no context to tell.
    let ben = create(&hub, "ben", &["-w", "W-1", "--contact", "ben@steel.example"]);
    assert_eq!(ben.code, 0, "{ben:?}");
    assert!(!ben.stderr.contains("context"), "{ben:?}");
}

/// Rules: B-10
#[test]
fn a_file_tells_each_context_once() {
    let hub = world();
    let rows = "One,STEEL,\nTwo,,yes\nThree,Steel Works,\nFour,STEEL,\n";
    let rest = ",D,SharePoint Online,advisory,C,billing\n";
    let rows = rows.replace('\n', rest);
    hub.write(
        "in.csv",
        &format!("title,customer,own_tenant,description,product,kind,severity,category\n{rows}"),
    );
    for more in [["--dry-run"], ["--yes"]] {
        let args = acting("ada", &["request", "create", "--from", "in.csv", "-o", "csv"]);
        let run = hub.run(args.iter().map(String::as_str).chain(more));
        assert_eq!(run.code, 0, "{run:?}");
        assert_eq!(contexts(&run), [STEEL, OWN]);
        assert_eq!(run.stdout.lines().count(), 5, "{run:?}");
    }
}

/// A change of a partner's request by somebody.
#[track_caller]
fn change(hub: &Sandbox, who: &str, change: &[&str]) {
    let run = hub.run(acting(who, &[&["request"], change].concat()));
    assert_eq!(run.code, 0, "{run:?}");
    assert_eq!(contexts(&run), [STEEL], "{change:?}");
}

/// Rules: B-10
#[test]
fn every_command_on_a_partners_request_says_it() {
    let hub = world();
    assert_eq!(create(&hub, "ada", &[]).code, 0);
    hub.write("log.txt", "a log");
    change(&hub, "ada", &["note", FIRST, "--text", "More"]);
    change(&hub, "ada", &["severity", FIRST, "A", "--because", "Worse"]);
    change(&hub, "ada", &["contact", FIRST, "--to", "hal@partner.example"]);
    change(&hub, "ada", &["attach", FIRST, "log.txt"]);
    change(&hub, "ada", &["share", FIRST, "--with", "hal@partner.example"]);
    change(
        &hub,
        "tester",
        &["assign", FIRST, "--to", "tess@provider.example"],
    );
    change(&hub, "tester", &["ask", FIRST, "--text", "Since when?"]);
    change(&hub, "ada", &["note", FIRST, "--text", "Since six", "--dry-run"]);
    change(&hub, "tester", &["resolve", FIRST, "--resolution", "Restarted"]);
    change(&hub, "ada", &["close", FIRST]);
    change(&hub, "ada", &["reopen", FIRST, "--because", "Again"]);
    // A workspace's request has none.
    assert_eq!(
        create(&hub, "ben", &["-w", "W-1", "--contact", "ben@steel.example"]).code,
        0
    );
    let note = hub.run(acting("ben", &["request", "note", SECOND, "--text", "More"]));
    assert_eq!(note.code, 0, "{note:?}");
    assert!(!note.stderr.contains("context"), "{note:?}");
}

/// Rules: B-10 Q-2
#[test]
fn sending_what_waited_says_it_again() {
    let hub = world();
    away(&hub, || assert_ne!(hub.run(args("create", "ada", &[])).code, 0));
    let sent = hub.run(acting("ada", &["request", "outbox", "send", "-o", "csv"]));
    assert_eq!(sent.code, 0, "{sent:?}");
    assert_eq!(contexts(&sent), [STEEL]);
    assert!(sent.stdout.contains(FIRST), "{sent:?}");
}
