//! Filing at a terminal, where somebody can be asked.

use super::desk::{desk, filed};
use crate::harness::Sandbox;
use crate::terminal::typed;

fn waiting(hub: &Sandbox) -> String {
    let list = hub.ok(["request", "outbox", "list", "-o", "csv", "--columns", "title"]);
    list.lines().skip(1).collect::<Vec<_>>().join(" ")
}

/// Rules: F-3 F-2
#[test]
fn only_what_is_missing_is_asked_for_and_confirmed() {
    let hub = desk();
    let given = "request create -w W-1 --as ben@steel.example --product Steam --kind problem-resolution";
    // The first of the severities is under the cursor.
    let (code, shown) = typed(&hub, 120, given, "Boiler leaks\nSince six\n\ny");
    assert_eq!(code, 0, "{shown}");
    for asked in ["Title", "What happens", "Severity", "File this request?"] {
        assert!(shown.contains(asked), "{asked}: {shown}");
    }
    for given in ["Product:", "Kind", "Primary contact"] {
        assert!(!shown.contains(given), "{given}: {shown}");
    }
    assert!(
        shown.contains("problem-resolution C, Steam: Boiler leaks"),
        "{shown}"
    );
    assert!(shown.contains("contact ben@steel.example"), "{shown}");
    assert!(shown.contains("2611210000000010"), "{shown}");
    assert_eq!((filed(&hub), waiting(&hub)), ([1, 1, 1], String::new()));
}

/// Rules: F-3 K-8
#[test]
fn whoever_answers_no_files_nothing() {
    let hub = desk();
    let command = "request create -w W-1 --as ben@steel.example --product Steam";
    let (code, shown) = typed(&hub, 120, command, "Boiler leaks\nSince six\n\n\nn");
    assert_eq!(code, 130, "{shown}");
    assert!(shown.contains("File this request?"), "{shown}");
    assert_eq!((filed(&hub), waiting(&hub)), ([0, 0, 0], String::new()));
}

/// Rules: F-3 Q-2
#[test]
fn what_was_typed_and_refused_is_kept() {
    let hub = desk();
    let command = "request create -w W-1 --as cora@steel.example --product Steam --kind problem-resolution --severity B";
    let (code, shown) = typed(&hub, 120, command, "Boiler leaks\nA long story\ny");
    assert_eq!(code, 5, "{shown}");
    assert!(shown.contains("nothing typed is lost"), "{shown}");
    assert_eq!((filed(&hub), waiting(&hub).as_str()), ([0, 0, 0], "Boiler leaks"));
    // Somebody marks her, and it is sent as it was typed.
    hub.sql("UPDATE member SET support_contact = 1 WHERE account = 'cora@steel.example'");
    hub.ok(["request", "outbox", "send", "--as", "cora@steel.example"]);
    assert_eq!((filed(&hub), waiting(&hub)), ([1, 1, 1], String::new()));
}

/// Rules: F-3
#[test]
fn with_everything_given_nothing_is_asked() {
    let hub = desk();
    let command = "request create -w W-1 --as ben@steel.example --title T --description D --product Steam --kind problem-resolution --severity A";
    let (code, shown) = typed(&hub, 120, command, "");
    assert_eq!(code, 0, "{shown}");
    assert!(!shown.contains('?'), "{shown}");
    assert_eq!(filed(&hub), [1, 1, 1]);
}
