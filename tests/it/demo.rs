//! The demonstration data and the examples folder.

use crate::harness::{Sandbox, repository};
use servhub::demo::{Scale, write_folder};

/// Rules: K-3 K-15
#[test]
fn the_examples_are_what_the_generator_makes() {
    let made = tempfile::tempdir().unwrap();
    let written = write_folder(made.path(), &Scale { seed: 1, factor: 1 }).unwrap();
    for (file, _) in written.files {
        let committed = std::fs::read(repository("examples/hub").join(file)).unwrap();
        let fresh = std::fs::read(made.path().join(file)).unwrap();
        assert!(
            committed == fresh,
            "{file} differs; write it anew with `servhub demo --write examples/hub`"
        );
    }
}

/// Rules: K-3
#[test]
fn a_demonstration_fills_an_empty_store_and_shows_figures() {
    let sandbox = Sandbox::new();
    let shown = sandbox.ok(["demo"]);
    assert!(
        shown.contains("412.5") && shown.contains("-12.5") && shown.contains("103.13 %"),
        "{shown}"
    );
    let again = sandbox.run(["demo"]);
    assert_eq!(again.stdout, shown);
    assert!(again.stderr.contains("nothing was changed"), "{again:?}");
}

/// Rules: K-3
#[test]
fn a_demonstration_never_touches_a_store_with_data() {
    let sandbox = Sandbox::new();
    let customers = sandbox.write("customers.csv", "customer,name\nC1,Skalica Glass\n");
    sandbox.ok(["import", customers.to_str().unwrap(), "--yes"]);
    let refused = sandbox.run(["demo"]);
    assert_eq!(refused.code, 5, "{refused:?}");
    assert!(refused.stderr.contains("error[E0012]"), "{refused:?}");
    let customers = sandbox.ok(["contract", "list"]);
    assert_eq!(customers, "");
}

/// What the people file says comes back, whoever was invited by the contracts before.
///
/// Rules: R-2 R-4 U-5
#[test]
fn the_people_of_a_demonstration_are_those_of_its_file() {
    let sandbox = Sandbox::new();
    sandbox.ok(["demo"]);
    let adopted = sandbox.ok(["user", "adopt", "--all-workspaces"]);
    let columns = |text: &str| {
        let mut lines: Vec<Vec<String>> = csv::Reader::from_reader(text.as_bytes())
            .records()
            .map(|line| line.unwrap().iter().take(12).map(str::to_owned).collect())
            .filter(|line: &Vec<String>| line[7] != "removed")
            .collect();
        lines.sort();
        lines
    };
    let file = std::fs::read_to_string(repository("examples/hub/people.csv")).unwrap();
    assert_eq!(columns(&adopted), columns(&file));
}

/// A larger demonstration is loaded in bulk, as a large import is; nothing hangs in the air afterwards.
///
/// Rules: K-3
#[test]
fn a_larger_demonstration_fills_a_store_that_the_doctor_finds_sound() {
    let hub = Sandbox::new();
    hub.ok(["demo", "--factor", "5"]);
    hub.ok(["doctor"]);
}
