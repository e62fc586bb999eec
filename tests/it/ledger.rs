//! Recording, correcting and listing deliveries.

use crate::harness::{Run, Sandbox};
use crate::supply::{deliver, hub, rows};

fn record(hub: &Sandbox, args: &[&str]) -> Run {
    hub.run(
        [
            "ledger",
            "record",
            "-o",
            "csv",
            "--columns",
            "entitlement,workspace,delivered_on,quantity,late,draw",
        ]
        .iter()
        .chain(args),
    )
}

#[track_caller]
fn refused(run: &Run, code: &str, words: &str) {
    assert_eq!(run.code, 5, "{run:?}");
    assert!(run.stderr.contains(code) && run.stderr.contains(words), "{run:?}");
}

/// Rules: L-2
#[test]
fn a_delivery_is_recorded_for_the_usual_workspace_today() {
    let hub = hub();
    let run = record(&hub, &["--entitlement", "E-CRED-1", "--quantity", "2.5"]);
    assert_eq!(rows(&run.stdout), ["E-CRED-1,Výroba,2026-11-21,2.5,,"], "{run:?}");
    let shared = record(&hub, &["--entitlement", "E-DSE", "--quantity", "1"]);
    assert_eq!(
        rows(&shared.stdout),
        ["E-DSE,Výroba,2026-11-21,1,,"],
        "several: the default one"
    );
    let named = record(
        &hub,
        &[
            "--entitlement",
            "E-DSE",
            "--quantity",
            "1",
            "--workspace",
            "sklad",
        ],
    );
    assert_eq!(rows(&named.stdout), ["E-DSE,Sklad,2026-11-21,1,,"]);
    let entry = hub.ok([
        "ledger",
        "list",
        "-o",
        "csv",
        "--columns",
        "entry,recorded_by,recorded_at,source,source_key",
        "--limit",
        "1",
    ]);
    assert_eq!(rows(&entry), ["1,tester,2026-11-21T08:00:00Z,manual,R1"]);
}

/// Rules: L-3 L-6 E-1 E-3 W-1 W-5
#[test]
fn what_the_rules_forbid_is_refused_and_nothing_is_written() {
    let hub = hub();
    let of = |entitlement: &'static str, more: &[&'static str]| {
        let args: Vec<&str> = ["--entitlement", entitlement, "--quantity", "1"]
            .into_iter()
            .chain(more.iter().copied())
            .collect();
        record(&hub, &args)
    };
    refused(
        &of("E-CRED-1", &["--on", "2026-12-16"]),
        "E0401",
        "today is 2026-11-21",
    );
    refused(
        &of("E-CRED-1", &["--on", "2025-12-31"]),
        "E0400",
        "from 2026-01-01 to 2026-12-15",
    );
    refused(
        &of("E-PRO", &["--reference", "G-PLAN"]),
        "E0402",
        "G-PLAN is planned",
    );
    refused(
        &of("E-PRO", &["--reference", "G-OFF"]),
        "E0402",
        "G-OFF is cancelled",
    );
    refused(&of("E-BENEFIT", &[]), "E0405", "not tracked");
    refused(&of("E-PRO", &["--workspace", "W-3"]), "E0510", "Officine");
    refused(&of("E-PRO", &["--workspace", "W-4"]), "E0511", "was archived on");
    for quantity in ["0", "-1"] {
        refused(
            &record(&hub, &["--entitlement", "E-PRO", "--quantity", quantity]),
            "E0407",
            "ledger correct",
        );
    }
    assert_eq!(rows(&hub.ok(["ledger", "list", "-o", "csv"])).len(), 0);
    let delivered = of("E-PRO", &["--reference", "G-DONE"]);
    assert_eq!(delivered.code, 0, "{delivered:?}");
}

/// Rules: L-6
#[test]
fn a_late_entry_is_recorded_with_a_mark() {
    let hub = hub();
    let late = record(
        &hub,
        &[
            "--entitlement",
            "E-CRED-1",
            "--quantity",
            "1",
            "--on",
            "2025-12-31",
            "--late",
        ],
    );
    assert_eq!(
        rows(&late.stdout),
        ["E-CRED-1,Výroba,2025-12-31,1,yes,"],
        "{late:?}"
    );
    let within = record(
        &hub,
        &[
            "--entitlement",
            "E-CRED-1",
            "--quantity",
            "1",
            "--on",
            "2026-01-01",
            "--late",
        ],
    );
    assert_eq!(
        rows(&within.stdout),
        ["E-CRED-1,Výroba,2026-01-01,1,,"],
        "not late: no mark"
    );
}

/// Rules: L-2 K-10
#[test]
fn the_same_delivery_twice_counts_once_and_another_one_needs_its_own_key() {
    let hub = hub();
    let first = [
        "--entitlement",
        "E-DSE",
        "--quantity",
        "3",
        "--on",
        "2026-05-01",
        "--source",
        "clock",
        "--source-key",
        "T-1",
    ];
    assert_eq!(record(&hub, &first).code, 0);
    let again = record(&hub, &first);
    assert_eq!(again.code, 0, "{again:?}");
    assert!(again.stderr.contains("counts once"), "{again:?}");
    let mut other = first;
    other[3] = "4";
    refused(&record(&hub, &other), "E0403", "to entry 1: 3 on 2026-05-01");
    other[7] = "watch";
    assert_eq!(record(&hub, &other).code, 0, "a key is unique per source");
    let consumed = hub.ok([
        "entitlements",
        "show",
        "E-DSE",
        "-o",
        "csv",
        "--columns",
        "consumed",
    ]);
    assert_eq!(rows(&consumed), ["7"]);
}

/// Rules: L-5
#[test]
fn a_draw_takes_what_expires_first_and_records_the_split() {
    let hub = hub();
    let draw = [
        "--service",
        "proactive-credits",
        "--workspace",
        "W-1",
        "--quantity",
        "70",
        "--source-key",
        "D-1",
    ];
    let split = record(&hub, &draw);
    assert_eq!(
        rows(&split.stdout),
        [
            "E-CRED-1,Výroba,2026-11-21,50,,D-1",
            "E-CRED-2,Výroba,2026-11-21,20,,D-1"
        ],
        "{split:?}"
    );
    let again = record(&hub, &draw);
    assert_eq!(rows(&again.stdout).len(), 2, "{again:?}");
    assert!(again.stderr.contains("nothing left to do"), "{again:?}");
    let more = record(
        &hub,
        &[
            "--service",
            "proactive-credits",
            "--workspace",
            "W-1",
            "--quantity",
            "90",
        ],
    );
    assert_eq!(
        rows(&more.stdout),
        ["E-CRED-2,Výroba,2026-11-21,90,,R2"],
        "over-use falls on the last one"
    );
    let none = record(
        &hub,
        &[
            "--service",
            "proactive-credits",
            "--workspace",
            "W-2",
            "--quantity",
            "1",
        ],
    );
    refused(&none, "E0406", "Sklad");
    let nowhere = record(&hub, &["--service", "proactive-credits", "--quantity", "1"]);
    assert_eq!(nowhere.code, 2, "{nowhere:?}");
    hub.sql("UPDATE entitlement SET unit = 'hours' WHERE code = 'E-CRED-2'");
    let mixed = record(
        &hub,
        &[
            "--service",
            "proactive-credits",
            "--workspace",
            "W-1",
            "--quantity",
            "1",
        ],
    );
    refused(&mixed, "E0410", "hours and credits");
}

/// Rules: L-1
#[test]
fn a_mistake_is_reversed_once_with_a_reason() {
    let hub = hub();
    deliver(&hub, "E-DSE", "W-2", "8", "2026-05-01", &["--reference", "call"]);
    let correct = |entry: &str| {
        hub.run([
            "ledger",
            "correct",
            entry,
            "--reason",
            "typed twice",
            "-o",
            "csv",
            "--columns",
            "entry,kind,workspace,delivered_on,quantity,reference,corrects,reason",
        ])
    };
    assert_eq!(
        rows(&correct("1").stdout),
        ["2,correction,Sklad,2026-05-01,-8,call,1,typed twice"]
    );
    refused(&correct("1"), "E0404", "corrected by entry 2: typed twice");
    refused(&correct("2"), "E0404", "itself the correction of entry 1");
    assert_eq!(correct("99").code, 3);
    let silent = hub.run(["ledger", "correct", "1"]);
    assert_eq!(silent.code, 2, "{silent:?}");
    let consumed = hub.ok([
        "entitlements",
        "show",
        "E-DSE",
        "-o",
        "csv",
        "--columns",
        "consumed,remaining",
    ]);
    assert_eq!(rows(&consumed), ["0,100"]);
}

/// Rules: L-1 X-1
#[test]
fn entries_cannot_be_changed_and_each_has_its_audit_record() {
    let hub = hub();
    deliver(&hub, "E-DSE", "W-2", "8", "2026-05-01", &["--ticket", "T-7"]);
    hub.ok(["ledger", "correct", "1", "--reason", "wrong"]);
    let store = crate::database::raw(&hub.store());
    let changed = store.execute("UPDATE ledger SET quantity = 1", []);
    assert!(changed.unwrap_err().to_string().contains("append-only"));
    let audited: Vec<(String, String, Option<String>, Option<String>)> = store
        .prepare("SELECT action, subject, reason, ticket FROM audit ORDER BY id")
        .unwrap()
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(
        audited[0],
        (
            "ledger.record".to_owned(),
            "ledger:1".to_owned(),
            None,
            some("T-7")
        )
    );
    assert_eq!(
        audited[1],
        (
            "ledger.correct".to_owned(),
            "ledger:2".to_owned(),
            some("wrong"),
            None
        )
    );
}

/// Rules: K-8 K-10
#[test]
fn a_dry_run_shows_the_entry_and_keeps_none() {
    let hub = hub();
    let run = record(
        &hub,
        &[
            "--entitlement",
            "E-DSE",
            "--quantity",
            "1",
            "--dry-run",
            "--detailed-exitcode",
        ],
    );
    assert_eq!(
        (run.code, rows(&run.stdout)),
        (6, vec!["E-DSE,Výroba,2026-11-21,1,,"]),
        "{run:?}"
    );
    assert_eq!(rows(&hub.ok(["ledger", "list", "-o", "csv"])).len(), 0);
}

/// Rules: K-7 L-2
#[test]
fn the_ledger_is_listed_in_pages_and_by_filter() {
    let hub = hub();
    for day in ["2026-02-01", "2026-03-01", "2026-04-01"] {
        deliver(&hub, "E-DSE", "W-1", "1", day, &["--reference", day]);
        deliver(&hub, "E-PRO", "W-2", "1", day, &["--source", "clock"]);
    }
    let list = |more: &[&str]| {
        hub.run(
            ["ledger", "list", "-o", "csv", "--columns", "entry"]
                .iter()
                .chain(more),
        )
    };
    let entries = |more: &[&str]| rows(&list(more).stdout).join(" ");
    let first = list(&["--limit", "4"]);
    assert_eq!(rows(&first.stdout), ["1", "2", "3", "4"]);
    assert!(first.stderr.contains("--page-token 4"), "{first:?}");
    assert_eq!(entries(&["--limit", "4", "--page-token", "4"]), "5 6");
    assert_eq!(entries(&["--entitlement", "E-DSE"]), "1 3 5");
    assert_eq!(entries(&["--workspace", "Sklad", "--from", "2026-03-01"]), "4 6");
    assert_eq!(entries(&["--to", "2026-02-28"]), "1 2");
    assert_eq!(
        entries(&["--source", "clock", "--contract", "012345678"]),
        "2 4 6"
    );
    assert_eq!(entries(&["--reference", "2026-03-01"]), "3");
    assert_eq!(list(&["--page-token", "x"]).code, 2);
}
