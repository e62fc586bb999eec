//! What waits while the hub is away.

use super::desk::{create, create_args, desk, filed, sheet};
use super::refuses;
use crate::harness::{Run, Sandbox, TOKEN, finish};
use crate::spaces::acting;
use servhub::domain::Instant;
use servhub::domain::filing::{Draft, Place};
use servhub::error::{Result, codes};
use servhub::hub::request::{Filed, Order};
use servhub::outbox::{Delivery, Outbox, Parcel};

/// Does something while the store is not where it was: a folder without a store stands in its place.
pub fn away<T>(hub: &Sandbox, work: impl FnOnce() -> T) -> T {
    if crate::database::is_wanted() {
        return crate::database::away(&hub.store(), work);
    }
    let store = hub.store();
    let aside = hub.path("aside.db");
    std::fs::rename(&store, &aside).unwrap();
    std::fs::create_dir(&store).unwrap();
    let done = work();
    std::fs::remove_dir(&store).unwrap();
    std::fs::rename(&aside, &store).unwrap();
    done
}

/// An address of this machine at which nobody listens.
const NOWHERE: &str = "http://127.0.0.1:1";

/// Files with the store at another address.
fn remote(hub: &Sandbox, address: &str, more: &[&str]) -> Run {
    finish(
        hub.command(create_args("ben", more))
            .env("SERVHUB_TOKEN", TOKEN)
            .env("SERVHUB_STORE", address),
    )
}

fn list(hub: &Sandbox, columns: &str) -> String {
    let list = hub.ok(["request", "outbox", "list", "-o", "csv", "--columns", columns]);
    list.lines().skip(1).collect::<Vec<_>>().join("\n")
}

fn send(hub: &Sandbox, more: &[&str]) -> Run {
    hub.run(acting(
        "ben",
        &[&["request", "outbox", "send", "-o", "csv"], more].concat(),
    ))
}

/// Everything that lies in the outbox, as text.
fn kept(hub: &Sandbox) -> String {
    let files = std::fs::read_dir(hub.path("outbox")).unwrap();
    files
        .map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap())
        .collect()
}

/// Rules: Q-2 K-10
#[test]
fn a_hub_that_cannot_be_reached_keeps_the_request_and_says_so() {
    let hub = desk();
    let run = remote(&hub, NOWHERE, &["--idempotency-key", "K-7"]);
    refuses(&run, 7, &["E0813", "it is kept as K-7", "servhub request outbox"]);
    assert_eq!(
        list(&hub, "key,kept_at,requests,title,as,store,held_up_by"),
        "K-7,2026-11-21T08:00:00Z,1,Boiler leaks,ben@steel.example,http://127.0.0.1:1,http://127.0.0.1:1: Connection refused (os error 111)"
    );
    assert_eq!(filed(&hub), [0, 0, 0]);
    // It is for that hub and nobody else's: sent with another store, or as another person, it waits on.
    let other = send(&hub, &[]);
    assert_eq!(other.code, 0, "{other:?}");
    assert!(
        other
            .stderr
            .contains("K-7 waits for ben@steel.example at http://127.0.0.1:1"),
        "{other:?}"
    );
    let still = finish(
        hub.command(acting("ben", &["request", "outbox", "send"]))
            .env("SERVHUB_TOKEN", TOKEN)
            .env("SERVHUB_STORE", NOWHERE),
    );
    refuses(&still, 7, &["E0813"]);
    assert_eq!(list(&hub, "key"), "K-7");
    assert_eq!(filed(&hub), [0, 0, 0]);
}

/// Rules: Q-2 Q-1
#[test]
fn what_waits_is_listed_and_sent_once() {
    let hub = desk();
    hub.write("in.csv", &sheet("Row", 3));
    away(&hub, || {
        let run = create(&hub, "ben", &["--idempotency-key", "K-1"]);
        assert!([1, 2, 7].contains(&run.code), "{run:?}");
        assert!(run.stderr.contains("it is kept as K-1"), "{run:?}");
        let args = acting(
            "ben",
            &["request", "create", "-w", "W-1", "--from", "in.csv", "--yes"],
        );
        assert_ne!(hub.run(args).code, 0);
        // The same again is the same parcel.
        assert_ne!(create(&hub, "ben", &["--idempotency-key", "K-1"]).code, 0);
    });
    let both = list(&hub, "requests,title");
    let mut both: Vec<&str> = both.lines().collect();
    both.sort_unstable();
    assert_eq!(both, ["1,Boiler leaks", "3,Row 1"]);
    let dry = send(&hub, &["--dry-run"]);
    assert!(
        dry.code == 0 && dry.stderr.contains("K-1 would be sent"),
        "{dry:?}"
    );
    refuses(
        &send(&hub, &["K-9"]),
        3,
        &["E0110", "nothing with the key \"K-9\" waits"],
    );
    let one = send(&hub, &["K-1"]);
    assert_eq!(one.code, 0, "{one:?}");
    assert!(
        one.stdout.contains("2611210000000010,W-1,Boiler leaks,E-1"),
        "{one:?}"
    );
    let rest = send(&hub, &[]);
    assert_eq!(rest.stdout.lines().count(), 4, "{rest:?}");
    assert_eq!(list(&hub, "key"), "");
    assert_eq!(send(&hub, &[]).code, 0);
    assert_eq!(filed(&hub), [4, 4, 4]);
    // Whoever did not notice and files again gets the first answer.
    assert_eq!(
        create(&hub, "ben", &["--idempotency-key", "K-1"]).stdout,
        "request,workspace,title,entitlement\r\n2611210000000010,W-1,Boiler leaks,E-1\r\n"
    );
}

/// Rules: Q-2 Q-1
#[test]
fn other_content_with_the_same_key_takes_nothing_away_that_waits() {
    let hub = desk();
    away(&hub, || {
        for title in ["First", "Second"] {
            assert_ne!(
                create(&hub, "ben", &["--idempotency-key", "K-1", "--title", title]).code,
                0
            );
        }
        let cora = create(&hub, "cora", &["--idempotency-key", "K-1", "--title", "Third"]);
        assert_ne!(cora.code, 0);
    });
    let mut lines: Vec<String> = list(&hub, "title").lines().map(str::to_owned).collect();
    lines.sort();
    assert_eq!(lines, ["First", "Second", "Third"]);
    // Both cannot be filed with it: the hub takes one, the other waits on with the reason.
    let sent = send(&hub, &[]);
    assert_eq!(sent.code, 5, "{sent:?}");
    assert!(sent.stderr.contains("E0530"), "{sent:?}");
    assert_eq!(filed(&hub), [1, 1, 1]);
    assert_eq!(list(&hub, "title").lines().count(), 2);
    let drop = |key: &str| hub.run(["request", "outbox", "drop", key, "--yes"]);
    refuses(
        &drop("K-1"),
        3,
        &[
            "E0111",
            "2 acts wait with the key \"K-1\"",
            "say which by its name",
        ],
    );
    for name in list(&hub, "name").lines() {
        assert_eq!(drop(name).code, 0);
    }
    assert_eq!(list(&hub, "key"), "");
}

/// Rules: Q-2 K-8
#[test]
fn what_waits_is_given_up_only_when_told_to() {
    let hub = desk();
    let _ = remote(&hub, NOWHERE, &["--idempotency-key", "K-7"]);
    let drop = |more: &[&str]| hub.run([&["request", "outbox", "drop", "K-7"], more].concat());
    refuses(
        &drop(&[]),
        2,
        &["Give up the request kept as K-7? It was not filed."],
    );
    assert_eq!(drop(&["--dry-run"]).code, 0);
    assert_eq!(list(&hub, "key"), "K-7");
    assert_eq!(drop(&["--yes"]).code, 0);
    refuses(&drop(&["--yes"]), 3, &["nothing with the key \"K-7\" waits"]);
}

/// Rules: Q-2
#[test]
fn a_damaged_file_is_named_and_harms_nothing() {
    let hub = desk();
    away(&hub, || {
        assert_ne!(create(&hub, "ben", &["--idempotency-key", "K-1"]).code, 0)
    });
    let text = kept(&hub);
    hub.write("outbox/torn.json", &text[..text.len() / 2]);
    hub.write("outbox/newer.json", &text.replace("outbox/1", "outbox/9"));
    hub.write("outbox/.tmp12", "half a request");
    let listed = hub.run(["request", "outbox", "list", "-o", "csv", "--columns", "key"]);
    assert_eq!(listed.code, 2, "{listed:?}");
    assert_eq!(listed.stdout, "key\r\nK-1\r\n");
    for name in ["torn.json", "newer.json"] {
        assert!(
            listed.stderr.contains(name) && listed.stderr.contains("E0536"),
            "{listed:?}"
        );
    }
    let sent = send(&hub, &[]);
    assert_eq!(sent.code, 2, "{sent:?}");
    assert!(sent.stdout.contains("2611210000000010"), "{sent:?}");
    assert_eq!(filed(&hub), [1, 1, 1]);
    assert!(hub.path("outbox/torn.json").exists() && hub.path("outbox/newer.json").exists());
    // Filing does not read it at all.
    assert_eq!(create(&hub, "ben", &[]).code, 0);
}

/// Rules: Q-2
#[test]
fn nothing_secret_lies_in_the_outbox_and_nobody_else_reads_it() {
    let hub = desk();
    let run = remote(&hub, "https://ben:hunter2@hub.example/x", &[]);
    assert_ne!(run.code, 0);
    let kept = kept(&hub);
    assert!(
        kept.contains("Boiler leaks") && !kept.contains("hunter2"),
        "{kept}"
    );
    assert!(!run.stderr.contains("hunter2"), "{run:?}");
    use std::os::unix::fs::PermissionsExt;
    for file in std::fs::read_dir(hub.path("outbox")).unwrap() {
        let mode = file.unwrap().metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "{mode:o}");
    }
}

/// Rules: Q-2
#[test]
fn where_nothing_can_be_kept_nothing_is_filed() {
    let hub = desk();
    hub.write("outbox", "a file where the folder should be");
    let run = create(&hub, "ben", &[]);
    assert_eq!(run.code, 1, "{run:?}");
    assert!(run.stderr.contains("outbox"), "{run:?}");
    assert_eq!(filed(&hub), [0, 0, 0]);
}

/// A hub that answers as it is told.
struct Told(Option<&'static servhub::error::Code>);

impl Delivery for Told {
    fn deliver(&mut self, _: &[Order]) -> Result<Vec<Filed>> {
        match self.0 {
            Some(code) => Err(code.error("because")),
            None => Ok(Vec::new()),
        }
    }
}

/// Rules: Q-2
#[test]
fn what_the_hub_has_not_answered_stays_and_what_it_refuses_stays_when_it_was_typed() {
    let hub = Sandbox::new();
    let outbox = Outbox::new(hub.path("outbox"));
    let parcel = || {
        let order = Order {
            place: Place::Workspace("W-1".to_owned()),
            draft: Draft::default(),
            key: "K".to_owned(),
            origin: None,
            files: Vec::new(),
        };
        Parcel::new(Instant::from_seconds(0), "hub.db".to_owned(), None, vec![order])
    };
    let stays = |code, typed| {
        let _ = outbox.send(parcel(), &mut Told(code), typed);
        let parcels = outbox.waiting().unwrap().parcels;
        let stays = !parcels.is_empty();
        for parcel in parcels {
            assert_eq!(parcel.held_up_by.as_deref(), Some("because"));
            outbox.drop(&parcel).unwrap();
        }
        stays
    };
    // A locked or broken store, and a hub behind a network, may still have filed it: nobody knows.
    for code in [
        &codes::STORE_BUSY,
        &codes::IO_FAILED,
        &codes::REMOTE_UNSUPPORTED,
        &codes::INTERRUPTED,
    ] {
        assert!(stays(Some(code), false), "{}", code.id);
        assert!(stays(Some(code), true), "{}", code.id);
    }
    for code in [
        &codes::FILING_WHO,
        &codes::DENIED,
        &codes::NOT_FOUND,
        &codes::KEY_REUSED,
    ] {
        assert!(!stays(Some(code), false), "{}", code.id);
        assert!(stays(Some(code), true), "{}", code.id);
    }
    assert!(!stays(None, true));
}

/// What is in the outbox and has no name yet.
fn drafts(hub: &Sandbox) -> Vec<String> {
    let files = std::fs::read_dir(hub.path("outbox")).unwrap();
    let names = files.map(|file| file.unwrap().file_name().into_string().unwrap());
    names.filter(|name| name.starts_with(".tmp")).collect()
}

/// Rules: Q-2
#[test]
fn what_killed_processes_left_is_swept_up_and_what_was_whole_is_kept() {
    let hub = desk();
    away(&hub, || {
        for key in ["K-1", "K-2"] {
            assert_ne!(
                create(&hub, "ben", &["--idempotency-key", key, "--title", key]).code,
                0
            );
        }
    });
    let name = |key: &str| {
        let all = list(&hub, "key,name");
        let line = all.lines().find(|line| line.starts_with(key)).unwrap();
        format!("outbox/{}.json", &line[key.len() + 1..])
    };
    // One had been written and not yet named, one was written again, one only half.
    let (first, second) = (name("K-1"), name("K-2"));
    let text = std::fs::read_to_string(hub.path(&second)).unwrap();
    std::fs::rename(hub.path(&first), hub.path("outbox/.tmpAAAAAA")).unwrap();
    hub.write("outbox/.tmpBBBBBB", &text);
    hub.write("outbox/.tmpCCCCCC", &text[..text.len() / 2]);
    hub.write("outbox/.tmpDDDDDD", "");
    // What another release wrote is not ours to judge.
    hub.write("outbox/.tmpEEEEEE", "{\"schema\":\"outbox/9\"}");
    let mut keys: Vec<String> = list(&hub, "key").lines().map(str::to_owned).collect();
    keys.sort_unstable();
    assert_eq!(keys, ["K-1", "K-2"]);
    assert!(hub.path(&first).exists());
    assert_eq!(drafts(&hub), [".tmpEEEEEE"]);
    std::fs::remove_file(hub.path("outbox/.tmpEEEEEE")).unwrap();

    std::fs::rename(hub.path(&first), hub.path("outbox/.tmpAAAAAA")).unwrap();
    let sent = send(&hub, &[]);
    assert_eq!(sent.stdout.lines().count(), 3, "{sent:?}");
    hub.write("outbox/.tmpCCCCCC", "half");
    assert_eq!(create(&hub, "ben", &[]).code, 0);
    assert_eq!((drafts(&hub), list(&hub, "key").as_str()), (Vec::new(), ""));
    assert_eq!(filed(&hub), [3, 3, 3]);
}

/// Rules: Q-2
#[test]
fn what_a_living_process_writes_is_left_alone() {
    let hub = desk();
    let path = hub.write("outbox/.tmpAAAAAA", "{\"schema\":");
    let file = std::fs::File::open(&path).unwrap();
    file.lock().unwrap();
    assert_eq!(list(&hub, "key"), "");
    assert_eq!(create(&hub, "ben", &[]).code, 0);
    assert_eq!(drafts(&hub).len(), 1);
    drop(file);
    assert_eq!(list(&hub, "key"), "");
    assert_eq!(drafts(&hub).len(), 0);
}
