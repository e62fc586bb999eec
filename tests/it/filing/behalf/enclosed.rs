//! Files that go with a request in the same command: all of it is filed, or nothing (`--attach`).

use super::super::outbox::away;
use super::world::{FIRST, acting, count, create, traces, world};
use crate::harness::Sandbox;

fn two() -> Sandbox {
    let hub = world();
    hub.write("mail.log", "a log\n");
    hub.write("more/screen.txt", "a screen\n");
    hub
}

const BOTH: [&str; 4] = ["--attach", "mail.log", "--attach", "more/screen.txt"];

fn files(hub: &Sandbox) -> i64 {
    count(hub, "SELECT count(*) FROM case_file")
}

/// Rules: X-1 B-10
#[test]
fn files_go_with_the_request() {
    let hub = two();
    let before = traces(&hub);
    let dry = create(&hub, "ada", &[&BOTH[..], &["--dry-run"]].concat());
    assert_eq!(dry.code, 0, "{dry:?}");
    assert_eq!((traces(&hub), files(&hub)), (before, 0));
    let filed = create(&hub, "ada", &BOTH);
    assert_eq!(filed.code, 0, "{filed:?}");
    assert!(
        filed.stderr.contains("filed with mail.log, screen.txt;"),
        "{filed:?}"
    );
    let listed = hub.ok(acting(
        "hal",
        &[
            "request",
            "show",
            FIRST,
            "--files",
            "-o",
            "csv",
            "--columns",
            "name,size,account",
        ],
    ));
    assert_eq!(
        listed,
        "name,size,account\r\nmail.log,6,ada@partner.example\r\nscreen.txt,9,ada@partner.example\r\n"
    );
    assert_eq!(
        hub.ok(acting("hal", &["request", "file", FIRST, "screen.txt"])),
        "a screen\n"
    );
    let history = hub.ok(acting(
        "ada",
        &[
            "request",
            "show",
            FIRST,
            "--history",
            "-o",
            "csv",
            "--columns",
            "what,text",
        ],
    ));
    assert!(
        history.contains("file,\"mail.log: 6 bytes, SHA-256 "),
        "{history}"
    );
    let record = "SELECT count(*) FROM audit WHERE action = 'request.create' AND after LIKE '%screen.txt: 9 bytes, SHA-256 %'";
    assert_eq!(count(&hub, record), 1);
    // For oneself as well.
    let ben = create(&hub, "ben", &["-w", "W-1", "--attach", "mail.log"]);
    assert_eq!((ben.code, files(&hub)), (0, 3), "{ben:?}");
}

/// Rules: B-4 X-1
#[test]
fn what_is_not_filed_leaves_no_file_and_the_other_way_round() {
    let hub = two();
    hub.write("other/mail.log", "another log\n");
    let before = traces(&hub);
    for (who, more, code, told) in [
        ("ada", vec!["--attach", "gone.log"], 3, "E0009"),
        ("ada", vec!["--attach", "-"], 2, "E0105"),
        (
            "ada",
            vec!["--attach", "mail.log", "--attach", "other/mail.log"],
            5,
            "E0541",
        ),
        ("pia", vec!["--attach", "mail.log"], 5, "E0554"),
    ] {
        let run = create(&hub, who, &more);
        assert_eq!(run.code, code, "{run:?}");
        assert!(run.stderr.contains(told), "{run:?}");
    }
    assert_eq!((traces(&hub), files(&hub)), (before, 0));
}

/// Rules: Q-1
#[test]
fn files_are_a_part_of_what_a_key_stands_for() {
    let hub = two();
    let with = |more: &[&'static str]| create(&hub, "ada", &[&["--idempotency-key", "K"], more].concat());
    assert_eq!(with(&BOTH).code, 0);
    let before = traces(&hub);
    assert_eq!(with(&BOTH).code, 0);
    // Wherever the same bytes lie.
    hub.write("elsewhere/mail.log", "a log\n");
    assert_eq!(
        with(&["--attach", "elsewhere/mail.log", "--attach", "more/screen.txt"]).code,
        0
    );
    for other in [with(&[]), with(&BOTH[..2])] {
        assert!(other.code == 5 && other.stderr.contains("E0530"), "{other:?}");
    }
    hub.write("mail.log", "a longer log\n");
    let changed = with(&BOTH);
    assert!(
        changed.code == 5 && changed.stderr.contains("E0530"),
        "{changed:?}"
    );
    assert_eq!((traces(&hub), files(&hub)), (before, 2));
}

/// Rules: Q-2
#[test]
fn what_waits_goes_with_its_files_as_they_were() {
    let hub = two();
    let send = || hub.run(acting("ada", &["request", "outbox", "send", "-o", "csv"]));
    away(&hub, || {
        let kept = create(&hub, "ada", &[&BOTH[..], &["--idempotency-key", "K"]].concat());
        assert!(kept.code != 0 && kept.stderr.contains("kept as K"), "{kept:?}");
    });
    hub.write("mail.log", "a longer log\n");
    let changed = send();
    assert_eq!(changed.code, 5, "{changed:?}");
    assert!(
        changed.stderr.contains("E0542") && changed.stderr.contains("mail.log"),
        "{changed:?}"
    );
    std::fs::remove_file(hub.path("mail.log")).unwrap();
    let gone = send();
    assert!(gone.code == 3 && gone.stderr.contains("mail.log"), "{gone:?}");
    assert_eq!(
        (count(&hub, "SELECT count(*) FROM support_case"), files(&hub)),
        (0, 0)
    );
    // It is put back, and all of it goes, from whatever folder.
    hub.write("mail.log", "a log\n");
    let mut command = hub.command(acting("ada", &["request", "outbox", "send"]));
    let sent = crate::harness::finish(command.current_dir(hub.path("more")));
    assert_eq!(sent.code, 0, "{sent:?}");
    assert_eq!(
        (count(&hub, "SELECT count(*) FROM support_case"), files(&hub)),
        (1, 2)
    );
}
