//! The exit codes, one by one, and what a failure says.

use crate::fixture::{small_hub, touch, with_records};
use crate::harness::{Sandbox, TOKEN, finish};
use std::io::Read;
use std::os::unix::process::ExitStatusExt;
use std::process::Stdio;

fn small() -> Sandbox {
    let sandbox = Sandbox::new();
    small_hub(&sandbox.store());
    sandbox
}

/// Rules: K-10
#[test]
fn done_is_0_also_when_there_is_nothing_to_show() {
    let sandbox = Sandbox::new();
    let run = sandbox.run(["contract", "list"]);
    assert_eq!((run.code, run.stdout.as_str()), (0, ""), "{run:?}");
    assert!(run.stderr.contains("nothing to show"));
    assert_eq!(sandbox.run(["--help"]).code, 0);
    assert_eq!(
        sandbox.run(["--version"]).stdout,
        format!("servhub {}\n", env!("CARGO_PKG_VERSION"))
    );
}

/// Rules: K-10 K-11
#[test]
fn failed_is_1() {
    let sandbox = Sandbox::new();
    sandbox.write("file", "");
    let run = sandbox.run(["contract", "list", "--store", "file/hub.db"]);
    assert_eq!(run.code, 1, "{run:?}");
    assert!(
        run.stdout.is_empty() && run.stderr.contains("error[E0"),
        "{run:?}"
    );
}

/// Rules: K-10 K-11
#[test]
fn wrong_usage_is_2() {
    let sandbox = small();
    let wrong: [&[&str]; 7] = [
        &["contract", "lst"],
        &["contract", "list", "--nope"],
        &["contract", "list", "--as-of", "2026-02-30"],
        &["contract", "list", "--columns", "contrct"],
        &["contract", "list", "--jq", ".["],
        &["contract", "list", "-o", "xml"],
        &[],
    ];
    for args in wrong {
        let run = sandbox.run(args);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{args:?}: {run:?}");
        assert!(
            args.is_empty() || run.stderr.contains("servhub explain E01"),
            "{args:?}: {run:?}"
        );
    }
}

/// Rules: K-9 K-10
#[test]
fn not_found_is_3_and_lists_the_near_ones() {
    let sandbox = small();
    let run = sandbox.run(["contract", "show", "0012345687"]);
    assert_eq!(run.code, 3, "{run:?}");
    assert!(run.stderr.contains("did you mean 0012345678"), "{run:?}");
    let run = sandbox.run(["contract", "list", "--customer", "Lodz Tkaniny"]);
    assert!(run.code == 3 && run.stderr.contains("Łódź Tkaniny"), "{run:?}");
    assert_eq!(sandbox.run(["explain", "E9999"]).code, 3);
    assert_eq!(sandbox.run(["profile", "use", "nobody"]).code, 3);
    assert_eq!(sandbox.run(["contract", "list", "--profile", "nobody"]).code, 3);
}

/// Rules: K-8 K-10
#[test]
fn pending_changes_are_6_when_asked_for() {
    let sandbox = Sandbox::new();
    let add = ["profile", "add", "work", "--store", "work.db", "--dry-run"];
    assert_eq!(sandbox.run(add).code, 0);
    let run = sandbox.run(add.iter().chain(&["--detailed-exitcode"]));
    assert_eq!(run.code, 6, "{run:?}");
    assert!(!sandbox.path("config.toml").exists(), "a dry run changes nothing");
    sandbox.ok(["profile", "add", "work", "--store", "work.db"]);
    assert_eq!(
        sandbox.run(add.iter().chain(&["--detailed-exitcode"])).code,
        0,
        "nothing left to do"
    );
}

/// Rules: K-2 K-10
#[test]
fn a_hub_that_is_not_reached_is_7() {
    let sandbox = Sandbox::new();
    let run = finish(
        sandbox
            .command(["contract", "list", "--store", "http://127.0.0.1:1"])
            .env("SERVHUB_TOKEN", TOKEN),
    );
    assert!(run.code == 7 && run.stderr.contains("127.0.0.1:1"), "{run:?}");
}

/// Rules: K-10
#[test]
fn interrupted_is_130() {
    let sandbox = small();
    let path = sandbox.path("held.db");
    // A store that is being made by someone who holds it: the command waits, and is interrupted while it does.
    let holder = rusqlite::Connection::open(&path).unwrap();
    holder
        .execute_batch("PRAGMA journal_mode = wal; BEGIN IMMEDIATE")
        .unwrap();
    let mut child = sandbox
        .command(["contract", "list", "--store", "held.db"])
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let waits = |child: &mut std::process::Child| child.try_wait().unwrap().is_none();
    let opened = format!("/proc/{}/fd", child.id());
    while waits(&mut child)
        && !std::fs::read_dir(&opened)
            .unwrap()
            .any(|fd| std::fs::read_link(fd.unwrap().path()).is_ok_and(|to| to == path))
    {
        std::thread::yield_now();
    }
    let killed = std::process::Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status()
        .unwrap();
    assert!(killed.success());
    let status = child.wait().unwrap();
    // A shell reports death by signal 2 as 130; other programs see the signal itself.
    assert!(
        status.signal() == Some(2) || status.code() == Some(130),
        "{status:?}"
    );
    drop(holder);
    assert_eq!(
        sandbox.run(["contract", "list", "--store", "held.db"]).code,
        0,
        "and nothing is left half made"
    );
}

/// Rules: K-10
#[test]
fn a_closed_pipe_is_no_failure() {
    let sandbox = Sandbox::new();
    with_records(&sandbox, 3);
    let big = "x".repeat(400_000);
    touch(&sandbox.store(), &big).unwrap();
    for args in [
        vec!["audit", "export"],
        vec!["audit", "list", "-o", "json"],
        vec!["explain", "-o", "json"],
    ] {
        let mut child = sandbox
            .command(&args)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(
            output.status.code() == Some(0) && !said.contains("error"),
            "{args:?}: {said}"
        );
    }
    let mut child = sandbox
        .command(["audit", "export"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = [0; 10];
    child.stdout.take().unwrap().read_exact(&mut first).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(0), "head -c 10");
}

/// Rules: K-10
#[cfg(target_os = "linux")]
#[test]
fn an_answer_that_cannot_be_written_is_a_failure() {
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let sandbox = small();
    let run = finish(sandbox.command(["contract", "list"]).stdout(full));
    assert_eq!(run.code, 1, "{run:?}");
    assert!(run.stderr.contains("error[E0008]"), "{run:?}");
}

/// Rules: K-11
#[test]
fn every_failure_names_a_code_that_explain_knows() {
    let sandbox = small();
    let run = sandbox.run(["contract", "show", "1"]);
    let code = run
        .stderr
        .split("error[")
        .nth(1)
        .unwrap()
        .split(']')
        .next()
        .unwrap()
        .to_owned();
    assert!(run.stderr.contains(&format!("servhub explain {code}")), "{run:?}");
    for text in [code.as_str(), &code.to_lowercase(), &code[1..], "110"] {
        let told = sandbox.ok(["explain", text, "-o", "json", "--jq", ".code, .exit_code"]);
        assert_eq!(told, "E0110\n3\n", "{text}");
    }
    let quiet = sandbox.run(["contract", "show", "1", "--quiet"]);
    assert!(
        quiet.stderr.contains("error[E0110]"),
        "--quiet hides no failure: {quiet:?}"
    );
}

/// Rules: K-11
#[test]
fn no_password_is_shown_or_kept() {
    let sandbox = Sandbox::new();
    let url = "https://anna:hunter2@hub.example.com/x";
    let runs = [
        sandbox.run(["contract", "list", "--store", url]),
        sandbox.run(["profile", "add", "p", "--store", url]),
        sandbox.run(["profile", "show", "--store", url, "-o", "json"]),
    ];
    sandbox.write(
        "config.toml",
        "[profiles.p]\nstore = \"https://anna:hunter2@hub.example.com\"\n",
    );
    let mut all = runs.iter().map(|run| format!("{run:?}")).collect::<String>();
    all += &format!("{:?}", sandbox.run(["profile", "list"]));
    sandbox.write(
        "config.toml",
        "[profiles.p]\nstore = \"https://anna:hunter2@hub.example.com\nx = y z",
    );
    let broken = sandbox.run(["profile", "list"]);
    assert!(
        broken.code == 2 && broken.stderr.contains("error[E0700]"),
        "{broken:?}"
    );
    all += &format!("{broken:?}");
    assert!(!all.contains("hunter2"), "{all}");
    assert_eq!(runs[1].code, 2);
}
