//! What only a real terminal shows: questions and their answers.

use crate::fixture::count;
use crate::harness::{Sandbox, repository};
use std::io::Write;
use std::process::{Command, Stdio};

/// Runs a command in a terminal of its own where someone types; answers its exit code and what was shown.
pub fn typed(sandbox: &Sandbox, columns: u16, command: &str, keys: &str) -> (i32, String) {
    let line = format!(
        "stty cols {columns} rows 40; '{}' {command}",
        env!("CARGO_BIN_EXE_servhub")
    );
    let mut script = Command::new("script");
    sandbox.surround(script.args(["-qec", &line, "/dev/null"]));
    script
        .env("PATH", std::env::var("PATH").unwrap())
        .env("NO_COLOR", "1")
        .env("TERM", "xterm-256color")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped());
    let mut child = script.spawn().unwrap();
    child.stdin.take().unwrap().write_all(keys.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    (
        output.status.code().unwrap_or(-1),
        String::from_utf8_lossy(&output.stdout).into_owned(),
    )
}

/// Rules: K-8 K-18
#[test]
fn an_import_shows_its_plan_and_does_what_it_was_told() {
    let sandbox = Sandbox::new();
    let command = format!("import '{}'", repository("examples/hub").display());
    let (code, shown) = typed(&sandbox, 120, &command, "n");
    assert_eq!(code, 130, "{shown}");
    assert!(shown.contains("Apply this?"), "{shown}");
    assert_eq!(count(&sandbox.store(), "SELECT count(*) FROM customer"), 0);
    let (code, shown) = typed(&sandbox, 120, &command, "y");
    assert_eq!(code, 0, "{shown}");
    assert!(count(&sandbox.store(), "SELECT count(*) FROM customer") > 0);
    let (code, shown) = typed(&sandbox, 120, &command, "");
    assert_eq!(code, 0, "{shown}");
    assert!(
        shown.contains("nothing left to do") && !shown.contains("Apply this?"),
        "{shown}"
    );
}

/// Rules: K-4
#[test]
fn where_columns_do_not_fit_each_row_stands_by_itself() {
    let sandbox = Sandbox::new();
    sandbox.ok(["demo"]);
    let (code, shown) = typed(&sandbox, 60, "entitlements list --limit 2", "");
    assert_eq!(code, 0, "{shown}");
    let names = shown
        .lines()
        .filter(|line| line.starts_with("entitlement "))
        .count();
    assert_eq!(names, 2, "{shown}");
    assert!(
        shown.lines().all(|line| line.trim_end().chars().count() <= 60),
        "{shown}"
    );
    let (_, wide) = typed(&sandbox, 250, "entitlements list --limit 2", "");
    assert_eq!(
        wide.lines()
            .filter(|line| line.starts_with("entitlement "))
            .count(),
        1,
        "{wide}"
    );
}
