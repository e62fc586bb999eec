//! The audit trail: written with the change or not at all, and every tampering is named.

use crate::fixture::{Touch, count, deliver, hub, small_hub, tamper, touch, with_records};
use crate::harness::Sandbox;
use servhub::hub::Mode;

const FREE: &str = "DROP TRIGGER audit_no_update; DROP TRIGGER audit_no_delete;";

fn verdict(records: usize, sql: &str) -> (i32, String) {
    let sandbox = Sandbox::new();
    with_records(&sandbox, records);
    tamper(&sandbox.store(), &format!("{FREE} {sql}"));
    let run = sandbox.run(["audit", "verify"]);
    (run.code, run.stderr)
}

/// Rules: X-1 X-2
#[test]
fn a_trail_says_who_what_why_when_and_from_where() {
    let sandbox = Sandbox::new();
    with_records(&sandbox, 2);
    let line = sandbox.ok(["audit", "export"]).lines().next().unwrap().to_owned();
    for part in [
        "\"schema\":\"audit.list/1\"",
        "\"record\":1",
        "\"at\":\"2026-09-21T14:13:20Z\"",
        "\"actor\":\"anna\"",
        "\"action\":\"test.touch\"",
        "\"subject\":\"source:source 1\"",
        "\"reason\":\"because\"",
        "\"ticket\":\"T-7\"",
        "\"origin\":\"test\"",
        "\"before\":null",
        "\"after\":\"\\\"source 1\\\"\"",
    ] {
        assert!(line.contains(part), "{part} is not in {line}");
    }
    let verified = sandbox.ok(["audit", "verify", "-o", "json", "--jq", ".records, .verified"]);
    assert_eq!(verified, "2\ntrue\n");
}

/// Rules: X-2
#[test]
fn an_altered_record_is_named() {
    for column in [
        "actor",
        "action",
        "subject",
        "after",
        "reason",
        "ticket",
        "origin",
        "on_behalf",
        "before",
    ] {
        let (code, said) = verdict(4, &format!("UPDATE audit SET {column} = 'x' WHERE id = 3"));
        assert_eq!(code, 1, "{said}");
        assert!(said.contains("error[E0014]: audit record 3 "), "{column}: {said}");
    }
    let (_, said) = verdict(
        4,
        "UPDATE audit SET at = at + 1 WHERE id = 1; UPDATE audit SET actor = 'x' WHERE id = 2",
    );
    assert!(said.contains("audit record 1 "), "the first one is named: {said}");
    let (_, said) = verdict(4, "UPDATE audit SET hash = zeroblob(32) WHERE id = 2");
    assert!(said.contains("audit record 2 "), "{said}");
}

/// Rules: X-2
#[test]
fn a_missing_record_is_named() {
    for (sql, missing) in [
        ("id = 1", 1),
        ("id = 3", 3),
        ("id = 4", 4),
        ("id > 2", 3),
        ("true", 1),
    ] {
        let (code, said) = verdict(4, &format!("DELETE FROM audit WHERE {sql}"));
        assert_eq!(code, 1, "{sql}: {said}");
        assert!(
            said.contains(&format!("audit record {missing} is missing")),
            "{sql}: {said}"
        );
    }
    let (code, said) = verdict(2, "DELETE FROM audit_head");
    assert!(code == 1 && said.contains("E0014"), "{said}");
}

/// A forger who rewrites the end of the chain as well is found by a hash that was noted elsewhere.
///
/// Rules: X-2
#[test]
fn a_rewritten_chain_lacks_a_hash_noted_before() {
    let sandbox = Sandbox::new();
    with_records(&sandbox, 3);
    let head = sandbox.ok(["audit", "verify", "--jq", ".head"]);
    touch(&sandbox.store(), "later").unwrap();
    sandbox.ok(["audit", "verify", "--contains", head.trim()]);
    let other = Sandbox::new();
    with_records(&other, 2);
    let run = other.run(["audit", "verify", "--contains", head.trim()]);
    assert!(run.code == 1 && run.stderr.contains("E0014"), "{run:?}");
}

/// Rules: X-1 X-2
#[test]
fn the_trail_and_the_ledger_cannot_be_changed() {
    let sandbox = Sandbox::new();
    with_records(&sandbox, 1);
    let conn = crate::database::raw(&sandbox.store());
    for sql in ["UPDATE audit SET actor = 'x'", "DELETE FROM audit"] {
        let error = conn.execute(sql, []).unwrap_err().to_string();
        assert!(error.contains("append-only"), "{error}");
    }
}

/// Rules: L-1
#[test]
fn the_ledger_is_append_only() {
    let sandbox = Sandbox::new();
    small_hub(&sandbox.store());
    let conn = crate::database::raw(&sandbox.store());
    conn.execute_batch(
        "INSERT INTO source (id, name) VALUES (1, 's'); INSERT INTO recording VALUES (1, 'a', 0);
         INSERT INTO ledger (entitlement_id, workspace_id, delivered_on, quantity, source_id, source_key, recording_id)
         VALUES (1, 1, 20100, 100, 1, 'k', 1)",
    )
    .unwrap();
    for sql in ["UPDATE ledger SET quantity = 1", "DELETE FROM ledger"] {
        let error = conn.execute(sql, []).unwrap_err().to_string();
        assert!(error.contains("append-only"), "{error}");
    }
}

/// What the trail says of the ledger is compared with the ledger, so that an entry altered past the program is found.
///
/// Rules: X-2 L-1
#[test]
fn an_altered_ledger_entry_is_named() {
    let cases = [
        ("UPDATE ledger SET quantity = 140 WHERE id = 2", "ledger entry 2 was altered"),
        ("UPDATE ledger SET reference = NULL WHERE id = 3", "ledger entry 3 was altered"),
        ("DELETE FROM ledger WHERE id = 1", "ledger entry 1 is missing"),
        ("UPDATE ledger SET id = 9 WHERE id = 3", "ledger entry 3 is missing"),
        (
            "INSERT INTO ledger SELECT 7, entitlement_id, workspace_id, delivered_on, quantity, reference, note, source_id,
               'x', recording_id, late, corrects, reason, draw FROM ledger WHERE id = 1",
            "ledger entry 7 has no audit record",
        ),
    ];
    for (sql, says) in cases {
        let sandbox = Sandbox::new();
        small_hub(&sandbox.store());
        for key in ["a", "b", "c"] {
            deliver(&sandbox.store(), key);
        }
        assert_eq!(sandbox.ok(["audit", "verify", "--jq", ".entries"]), "3\n");
        tamper(
            &sandbox.store(),
            &format!("DROP TRIGGER ledger_no_update; DROP TRIGGER ledger_no_delete; {sql}"),
        );
        let run = sandbox.run(["audit", "verify"]);
        assert!(
            run.code == 1 && run.stderr.contains(says) && run.stderr.contains("E0014"),
            "{sql}: {run:?}"
        );
    }
}

/// The same for entries that an import wrote in one go.
///
/// Rules: X-2 K-18
#[test]
fn an_altered_imported_entry_is_found() {
    let sandbox = Sandbox::new();
    sandbox.ok(["demo"]);
    let verified = sandbox.ok(["audit", "verify", "--jq", ".entries"]);
    assert_eq!(
        verified.trim(),
        count(&sandbox.store(), "SELECT count(*) FROM ledger").to_string()
    );
    tamper(
        &sandbox.store(),
        "DROP TRIGGER ledger_no_update; UPDATE ledger SET note = 'never said' WHERE id = (SELECT max(id) / 2 FROM ledger)",
    );
    let run = sandbox.run(["audit", "verify"]);
    assert!(
        run.code == 1 && run.stderr.contains("does not fit the ledger"),
        "{run:?}"
    );
}

/// Rules: X-1
#[test]
fn a_change_whose_record_fails_is_not_made() {
    let faults = [
        "DROP TABLE audit",
        "DROP TABLE audit_head",
        "CREATE TRIGGER no BEFORE INSERT ON audit BEGIN SELECT raise(ABORT, 'no'); END",
        "CREATE TRIGGER no BEFORE UPDATE ON audit_head BEGIN SELECT raise(ABORT, 'no'); END",
    ];
    for fault in faults {
        let sandbox = Sandbox::new();
        with_records(&sandbox, 1);
        tamper(&sandbox.store(), fault);
        assert!(touch(&sandbox.store(), "lost").is_err(), "{fault}");
        assert_eq!(
            count(&sandbox.store(), "SELECT count(*) FROM source"),
            1,
            "{fault}"
        );
    }
}

/// Rules: X-1
#[test]
fn a_change_without_a_record_is_stopped() {
    let sandbox = Sandbox::new();
    let change = Touch {
        name: "silent".to_owned(),
        recorded: false,
    };
    let error = hub(&sandbox.store()).carry_out(&change, Mode::Apply).unwrap_err();
    assert_eq!(error.code.id, "E0010");
    assert_eq!(count(&sandbox.store(), "SELECT count(*) FROM source"), 0);
}

/// Rules: K-8
#[test]
fn a_dry_run_leaves_nothing_behind() {
    let sandbox = Sandbox::new();
    let change = Touch {
        name: "tried".to_owned(),
        recorded: true,
    };
    let done = hub(&sandbox.store()).carry_out(&change, Mode::DryRun).unwrap();
    assert!(done.changed);
    assert_eq!(count(&sandbox.store(), "SELECT count(*) FROM source"), 0);
    assert_eq!(count(&sandbox.store(), "SELECT count(*) FROM audit"), 0);
}

/// Rules: X-2 K-7
#[test]
fn a_long_trail_is_read_in_pages_without_gap_or_repeat() {
    let sandbox = Sandbox::new();
    with_records(&sandbox, 5);
    let mut seen = Vec::new();
    let mut token = None;
    loop {
        let mut args = vec![
            "audit",
            "list",
            "--limit",
            "2",
            "--jq",
            "(.rows[].record), .next_page_token",
        ]
        .into_iter()
        .map(str::to_owned)
        .collect::<Vec<_>>();
        args.extend(
            token
                .iter()
                .flat_map(|token: &String| ["--page-token".to_owned(), token.clone()]),
        );
        let run = sandbox.run(&args);
        let lines: Vec<&str> = run.stdout.lines().collect();
        let (next, records) = lines.split_last().unwrap();
        seen.extend(records.iter().map(|record| record.parse::<i64>().unwrap()));
        if *next == "null" {
            assert!(!run.stderr.contains("--page-token"), "{run:?}");
            break;
        }
        assert!(
            run.stderr.contains("of 5 rows shown") && run.stderr.contains(&format!("--page-token {next}")),
            "{run:?}"
        );
        token = Some((*next).to_owned());
    }
    assert_eq!(seen, [5, 4, 3, 2, 1]);
    assert_eq!(
        sandbox.ok(["audit", "list", "--all", "--jq", ".rows | length"]),
        "5\n"
    );
    assert_eq!(sandbox.run(["audit", "list", "--page-token", "x"]).code, 2);
}

/// Rules: X-2
#[test]
fn the_trail_is_filtered_by_person_day_subject_and_operation() {
    let sandbox = Sandbox::new();
    with_records(&sandbox, 3);
    let found = |args: &[&str]| {
        let args = ["audit", "list", "--jq", ".rows | length"]
            .iter()
            .chain(args)
            .copied()
            .collect::<Vec<_>>();
        sandbox.ok(&args).trim().parse::<i32>().unwrap()
    };
    assert_eq!(found(&["--person", "anna"]), 3);
    assert_eq!(found(&["--person", "ann"]), 0);
    assert_eq!(
        found(&["--since", "2026-09-21", "--until", "2026-09-21"]),
        3,
        "both days are included"
    );
    assert_eq!(
        found(&["--since", "2026-09-22"]) + found(&["--until", "2026-09-20"]),
        0
    );
    assert_eq!(found(&["--what", "source:source 2"]), 1);
    assert_eq!(found(&["--what", "source:"]), 3);
    assert_eq!(found(&["--what", "%"]), 0, "no wildcard");
    assert_eq!(found(&["--action", "test."]), 3);
    assert_eq!(found(&["--action", "ledger."]), 0);
    assert_eq!(
        sandbox
            .ok(["audit", "export", "--what", "source:source 2"])
            .lines()
            .count(),
        1
    );
}

/// Rules: X-2 K-15 K-16
#[test]
fn the_trail_is_exported_whole() {
    let sandbox = Sandbox::new();
    touch(&sandbox.store(), "two\nlines, \"quoted\"").unwrap();
    with_records(&sandbox, 2);
    let csv = sandbox.ok(["audit", "export", "-o", "csv"]);
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let subjects: Vec<String> = reader
        .records()
        .map(|record| record.unwrap()[5].to_owned())
        .collect();
    assert_eq!(
        subjects,
        [
            "source:two\nlines, \"quoted\"",
            "source:source 1",
            "source:source 2"
        ]
    );
    sandbox.ok(["audit", "export", "-o", "csv", "--out", "trail.csv"]);
    assert_eq!(std::fs::read_to_string(sandbox.path("trail.csv")).unwrap(), csv);
    let nobody = sandbox.ok(["audit", "export", "-o", "csv", "--person", "nobody"]);
    assert_eq!(nobody.lines().count(), 1, "the header alone");
}
