//! What stops a whole server, and so needs one of its own.

use super::load::{Load, is_back, served, works};
use crate::harness::repository;
use std::path::PathBuf;
use std::process::Command;

/// The server of this run, when it is this test's own.
const OWN: &str = "SERVHUB_TEST_OWN";

/// Runs a test anew with a server of its own; answers whether that is where it runs already.
pub fn with_own_server(name: &str) -> bool {
    if std::env::var_os(OWN).is_some() {
        return true;
    }
    let mut again = Command::new(repository("tests/postgres"));
    again.arg(std::env::current_exe().unwrap());
    again.args(["--exact", name, "--nocapture"]).env(OWN, "yes");
    let output = again.output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    false
}

/// Tells the server of this run to do something.
pub fn control(words: &[&str]) {
    let program = PathBuf::from(std::env::var_os("SERVHUB_TEST_SERVER").unwrap()).join("control");
    let done = Command::new(program).args(words).status().unwrap();
    assert!(done.success(), "{words:?}");
}

/// Rules: Q-1 X-1 X-2
#[test]
fn a_server_that_crashes_and_comes_back_has_everything() {
    if !with_own_server("postgres::own::a_server_that_crashes_and_comes_back_has_everything") {
        return;
    }
    let sandbox = works();
    // What the server acknowledges must outlive it; the other tests do without.
    let durable = format!("{}&options=-csynchronous_commit%3Don", sandbox.store().display());
    let hub = served(&sandbox, &durable);
    let load = Load::at(&[&hub], |load| {
        control(&["-m", "immediate", "stop"]);
        load.stands_still(20);
        control(&["start"]);
        is_back(&[&hub], "back", load);
    });
    load.is_all_in(&sandbox);
}
