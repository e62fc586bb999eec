//! Filing exactly once: the same key, many processes at once, and processes that die.

use super::desk::{count, create, create_args, desk, filed, sheet};
use super::refuses;
use crate::harness::{Sandbox, finish};
use crate::import::chain_holds;
use crate::spaces::acting;
use std::collections::BTreeSet;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

/// Processes at once.
const CROWD: usize = 16;

/// How often processes are killed; a long run says more with `SERVHUB_KILLS`.
fn kills() -> Option<u32> {
    std::env::var("SERVHUB_KILLS").ok().and_then(|n| n.parse().ok())
}

fn start(hub: &Sandbox, args: Vec<String>) -> Child {
    let mut command = hub.command(args);
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command.spawn().unwrap()
}

/// What each of them printed; all of them must have succeeded.
fn answers(crowd: Vec<Child>) -> Vec<String> {
    let answer = |child: Child| {
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).unwrap()
    };
    crowd.into_iter().map(answer).collect()
}

/// Rules: Q-1
#[test]
fn the_same_key_and_content_answer_with_the_first_result() {
    let hub = desk();
    let with_key = |more: &[&str]| create(&hub, "ben", &[&["--idempotency-key", "K 1/ž"], more].concat());
    let first = with_key(&[]);
    assert_eq!(first.code, 0, "{first:?}");
    let again = with_key(&[]);
    assert_eq!((again.code, &again.stdout), (0, &first.stdout));
    assert!(again.stderr.contains("nothing left to do"), "{again:?}");
    // A day later, and after the request has gone on, the answer is the same.
    let mut later = hub.command(create_args("ben", &["--idempotency-key", "K 1/ž"]));
    let later = finish(later.env("SERVHUB_NOW", "2026-11-22T08:00:00Z"));
    assert_eq!((later.code, &later.stdout), (0, &first.stdout));
    for other in [
        ["--title", "Boiler bursts"],
        ["--severity", "A"],
        ["--contact", "cora@steel.example"],
    ] {
        let refused = with_key(&other);
        refuses(
            &refused,
            5,
            &["E0530", "Q-1", "K 1/ž", "2611210000000010", "--idempotency-key"],
        );
    }
    assert_eq!(filed(&hub), [1, 1, 1]);
    // Without a key each call is a request of its own; another person's key is another key.
    assert_eq!((create(&hub, "ben", &[]).code, filed(&hub)[0]), (0, 2));
    hub.sql("UPDATE member SET support_contact = 1 WHERE account = 'cora@steel.example'");
    let cora = create(&hub, "cora", &["--idempotency-key", "K 1/ž"]);
    assert_eq!((cora.code, filed(&hub)[0]), (0, 3), "{cora:?}");
}

/// Rules: Q-1 X-1
#[test]
fn sixteen_at_once_with_one_key_make_one_request() {
    let hub = desk();
    let crowd = (0..CROWD).map(|_| start(&hub, create_args("ben", &["--idempotency-key", "one"])));
    let answers = answers(crowd.collect());
    assert!(answers[0].contains("2611210000000010"), "{answers:?}");
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
    assert_eq!(filed(&hub), [1, 1, 1]);
    assert_eq!(
        count(&hub, "SELECT count(*) FROM audit WHERE action = 'request.create'"),
        1
    );
    chain_holds(&hub);
    assert_eq!(in_outbox(&hub), 0);
}

/// Rules: Q-1 Q-2
#[test]
fn sixteen_at_once_that_say_different_things_with_one_key_make_one_request() {
    let hub = desk();
    let crowd = (0..CROWD).map(|n| {
        let title = format!("Boiler {n}");
        start(
            &hub,
            create_args("ben", &["--idempotency-key", "one", "--title", &title]),
        )
    });
    let codes = crowd
        .collect::<Vec<_>>()
        .into_iter()
        .map(|child| child.wait_with_output().unwrap());
    let codes: Vec<i32> = codes.map(|output| output.status.code().unwrap()).collect();
    assert_eq!(codes.iter().filter(|code| **code == 0).count(), 1, "{codes:?}");
    assert_eq!(
        codes.iter().filter(|code| **code == 5).count(),
        CROWD - 1,
        "{codes:?}"
    );
    assert_eq!(filed(&hub), [1, 1, 1]);
}

/// With `SERVHUB_KILLS`: 16 files of 1,000 requests each.
/// Rules: Q-1 F-2 X-1
#[test]
fn sixteen_processes_file_many_requests_and_none_is_lost_or_doubled() {
    let hub = desk();
    let rows = kills().map_or(100, |_| 1_000);
    let crowd = (0..CROWD).map(|n| {
        hub.write(&format!("in-{n}.csv"), &sheet(&format!("File {n} row"), rows));
        start(&hub, from(&format!("in-{n}.csv")))
    });
    let answers = answers(crowd.collect());
    let numbers = answers.iter().flat_map(|answer| answer.lines().skip(1));
    let numbers: BTreeSet<&str> = numbers.map(|line| line.split(',').next().unwrap()).collect();
    assert_eq!(numbers.len(), CROWD * rows);
    let all = i64::try_from(CROWD * rows).unwrap();
    assert_eq!(filed(&hub), [all, all, all]);
    assert_eq!(count(&hub, "SELECT last FROM case_number"), all);
    // One after the other: no number was skipped.
    let last = count(
        &hub,
        "SELECT max(cast(number AS INTEGER) / 10) % 1000000000 FROM support_case WHERE filed_by IS NOT NULL",
    );
    assert_eq!(last, all);
    chain_holds(&hub);
    assert_eq!(in_outbox(&hub), 0);
}

fn from(file: &str) -> Vec<String> {
    acting(
        "ben",
        &[
            "request", "create", "-w", "W-1", "-o", "csv", "--from", file, "--yes",
        ],
    )
}

fn in_outbox(hub: &Sandbox) -> usize {
    let list = hub.ok(["request", "outbox", "list", "-o", "csv"]);
    list.lines().count() - 1
}

/// Kills a command at a random instant of the time that it takes.
struct Hazard {
    seed: u64,
    span: Duration,
}

impl Hazard {
    fn strike(&mut self, hub: &Sandbox, args: Vec<String>) {
        self.seed = self
            .seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let span = u64::try_from(self.span.as_micros()).unwrap().max(1);
        let instant = Duration::from_micros((self.seed >> 33) % span);
        let mut child = start(hub, args);
        std::thread::sleep(instant);
        child.kill().unwrap();
        child.wait().unwrap();
    }
}

/// Rules: Q-1 Q-2 X-1
#[test]
fn killed_at_any_instant_while_filing_none_is_lost_and_none_doubled() {
    let hub = desk();
    hub.write("first.csv", &sheet("First", 3));
    let started = Instant::now();
    answers(vec![start(&hub, from("first.csv"))]);
    let mut hazard = Hazard {
        seed: 0x9E37_79B9_7F4A_7C15,
        span: started.elapsed(),
    };
    for n in 1..=kills().unwrap_or(20) {
        let file = format!("in-{n}.csv");
        hub.write(&file, &sheet(&format!("Kill {n} row"), 3));
        hazard.strike(&hub, from(&file));
        // What was kept is sent, and whoever does not know files again.
        let sent = hub.run(acting("ben", &["request", "outbox", "send"]));
        assert_eq!(sent.code, 0, "{sent:?}");
        assert_eq!(in_outbox(&hub), 0);
        let again = answers(vec![start(&hub, from(&file))]);
        assert_eq!(again[0].lines().count(), 4, "{again:?}");
        let all = i64::from(n + 1) * 3;
        assert_eq!(filed(&hub), [all, all, all], "kill {n}");
    }
    chain_holds(&hub);
}

/// Rules: Q-1 Q-2 X-1
#[test]
fn killed_at_any_instant_while_sending_none_is_lost_and_none_doubled() {
    let hub = desk();
    let mut hazard = Hazard {
        seed: 0x2545_F491_4F6C_DD1D,
        span: Duration::ZERO,
    };
    for n in 0..=kills().unwrap_or(20) {
        hub.write("in.csv", &sheet(&format!("Send {n} row"), 3));
        super::outbox::away(&hub, || {
            for args in [
                from("in.csv"),
                create_args("ben", &["--title", &format!("Alone {n}")]),
            ] {
                assert_ne!(finish(&mut hub.command(args)).code, 0);
            }
        });
        assert_eq!(in_outbox(&hub), 2);
        let send = || acting("ben", &["request", "outbox", "send"]);
        if n == 0 {
            let started = Instant::now();
            answers(vec![start(&hub, send())]);
            hazard.span = started.elapsed();
        } else {
            hazard.strike(&hub, send());
            answers(vec![start(&hub, send())]);
        }
        assert_eq!(in_outbox(&hub), 0);
        let all = i64::from(n + 1) * 4;
        assert_eq!(filed(&hub), [all, all, all], "kill {n}");
    }
    chain_holds(&hub);
}

/// Rules: Q-1 Q-2
#[test]
fn two_senders_at_once_file_what_waits_once() {
    let hub = desk();
    super::outbox::away(&hub, || {
        for n in 0..8 {
            let title = format!("Waiting {n}");
            assert_ne!(create(&hub, "ben", &["--title", &title]).code, 0);
        }
    });
    assert_eq!(in_outbox(&hub), 8);
    let crowd = (0..4).map(|_| start(&hub, acting("ben", &["request", "outbox", "send"])));
    answers(crowd.collect());
    assert_eq!(in_outbox(&hub), 0);
    assert_eq!(filed(&hub), [8, 8, 8]);
}
