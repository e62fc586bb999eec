//! What a restricted person's reports and changes tell, and what they keep to themselves.

use crate::spaces::{acting, works};

/// Rules: A-5 W-2 V-3
#[test]
fn totals_count_only_what_is_seen_and_what_is_left_is_told_to_those_who_see_all() {
    let hub = works();
    let list = [
        "entitlements",
        "list",
        "-o",
        "csv",
        "--columns",
        "entitlement,consumed,remaining,percent_used",
    ];
    let ben = hub.ok(acting("ben", &list));
    assert_eq!(
        ben.lines().skip(1).collect::<Vec<_>>(),
        ["E-1,12,,", "E-2,0,,", "E-3,1,,"]
    );
    let adam = hub.ok(acting("adam", &list));
    assert_eq!(
        adam.lines().skip(1).collect::<Vec<_>>(),
        ["E-1,12,88,12", "E-2,0,,", "E-3,31,19,62"]
    );
    let ledger = [
        "ledger",
        "list",
        "-o",
        "csv",
        "--columns",
        "entry,quantity,reference,note",
    ];
    let ben = hub.ok(acting("ben", &ledger));
    // Of the second nothing is told; of the fifth only what it is to the workspace: its case is another one's.
    assert_eq!(
        ben.lines().skip(1).collect::<Vec<_>>(),
        ["1,10,1001,night work", "3,2,,call", "5,1,,"]
    );
    let early = hub.ok(acting("ben", &[&list[..], &["--as-of", "2026-09-05"]].concat()));
    assert_eq!(
        early.lines().skip(1).collect::<Vec<_>>(),
        ["E-1,10,,", "E-2,0,,", "E-3,0,,"]
    );
    let over = hub.ok(acting(
        "ben",
        &["activity", "--all-workspaces", "--flag", "used-80", "-o", "csv"],
    ));
    assert_eq!(over.lines().count(), 1);
}

/// Rules: A-5 V-5
#[test]
fn the_proof_of_delivery_holds_nothing_seen_in_part_against_what_is_allowed() {
    let hub = works();
    let proof = ["export", "cpod", "--customer", "STEEL", "-o", "csv"];
    let sam = hub.ok(acting("sam", &proof));
    assert!(
        !sam.contains("1002") && !sam.contains("Secret") && !sam.contains("merger"),
        "{sam}"
    );
    assert!(sam.contains("1001") && sam.contains("Furnace is cold"), "{sam}");
    let page = hub.ok(acting(
        "sam",
        &["export", "cpod", "--customer", "STEEL", "-o", "html"],
    ));
    assert!(page.contains("used, of what you may see"), "{page}");
    assert!(
        page.contains("12 of 100 h with a limit") || page.contains("12 of 100 with a limit"),
        "{page}"
    );
    assert!(!page.contains("Secret"), "{page}");
}

/// Rules: R-1 K-14
#[test]
fn learning_and_health_open_their_own_area_and_nothing_else() {
    let hub = works();
    let code = |who: &str, args: &[&str]| hub.run(acting(who, args)).code;
    assert!(
        hub.ok(acting("lea", &["activity", "education", "-o", "csv"]))
            .contains("Welding")
    );
    assert!(
        hub.ok(acting("hal", &["activity", "assessments", "-o", "csv"]))
            .contains("Boiler check")
    );
    for (who, closed) in [
        ("lea", &["activity", "assessments"][..]),
        ("lea", &["activity"]),
        ("lea", &["activity", "reactive"]),
        ("lea", &["ledger", "list"]),
        ("lea", &["export", "education"]),
        ("hal", &["activity", "education"]),
        ("hal", &["entitlements", "list"]),
        ("cora", &["activity", "education"]),
        ("adam", &["export", "cpod", "-o", "csv"]),
        ("adam", &["doctor"]),
        ("adam", &["audit", "list"]),
        ("sam", &["backup", "copy.db"]),
        ("gus", &["import", "nothing", "--yes"]),
    ] {
        let want = if closed[0] == "import" { [3, 4] } else { [4, 4] };
        assert!(want.contains(&code(who, closed)), "{who} {closed:?}");
    }
}

/// Rules: A-5 L-1 R-5
#[test]
fn an_entry_that_is_not_seen_is_not_there_to_be_corrected() {
    let hub = works();
    let correct = |who: &str, entry: &str| {
        hub.run(acting(
            who,
            &["ledger", "correct", entry, "--reason", "typo", "--yes"],
        ))
    };
    let hidden = correct("sam", "2");
    let missing = correct("sam", "77");
    assert_eq!(hidden.code, 3, "{hidden:?}");
    assert_eq!(hidden.stderr.replace("entry 2", "entry 77"), missing.stderr);
    assert_eq!(correct("sam", "4").code, 3);
    assert_eq!(correct("ben", "1").code, 4);
    assert_eq!(correct("sam", "1").code, 0);
}

/// Rules: A-5 L-2 L-3 R-5
#[test]
fn a_source_key_tells_of_its_entry_only_those_who_see_that() {
    let hub = works();
    let record = |who: &str, key: &str, more: &[&str]| {
        let args = [
            &[
                "ledger",
                "record",
                "--entitlement",
                "E-1",
                "--quantity",
                "1",
                "--on",
                "2026-09-10",
                "--source",
                "timesheet",
            ][..],
            &["--source-key", key],
            more,
        ];
        hub.run(acting(who, &args.concat()))
    };
    let hidden = record("sam", "k2", &[]);
    assert_eq!(hidden.code, 5, "{hidden:?}");
    assert!(
        !hidden.stderr.contains("30") && !hidden.stderr.contains("entry 2"),
        "{hidden:?}"
    );
    let seen = record("sam", "k1", &[]);
    assert!(seen.stderr.contains("entry 1: 10 on"), "{seen:?}");
    // A planned engagement of another customer is no engagement to this person.
    hub.sql("INSERT INTO engagement (code, workspace_id, entitlement_id, kind, title, status) VALUES ('ENG-9', 9, 4, 'workshop', 'Plan', 'planned');");
    let planned = record("zoe", "n1", &["--reference", "ENG-9"]);
    assert!(planned.stderr.contains("is planned"), "{planned:?}");
    assert_eq!(record("sam", "n2", &["--reference", "ENG-9"]).code, 0);
}

/// Rules: C-2 R-1
#[test]
fn contracts_are_activated_where_the_permission_holds() {
    let hub = works();
    let due = hub.ok(acting(
        "sam",
        &[
            "contract",
            "activate",
            "--due",
            "-o",
            "csv",
            "--columns",
            "contract",
        ],
    ));
    assert_eq!(due.lines().skip(1).collect::<Vec<_>>(), ["0100", "0200"]);
    let foreign = hub.run(acting("sam", &["contract", "activate", "0900"]));
    assert_eq!(foreign.code, 3, "{foreign:?}");
}

/// Rules: O-1 O-3 A-5
#[test]
fn a_case_is_listed_apart_for_the_same_reason_whoever_looks() {
    let hub = works();
    // Contract 0200 is not linked any more, so a member of the workspace does not know it; the case names it all the same.
    hub.sql(
        "DELETE FROM workspace_package WHERE package_id = 2; DELETE FROM workspace_contract WHERE contract_id = 2;
         UPDATE support_case SET named_contact = 'ben@steel.example' WHERE number = '1002';",
    );
    let view = [
        "activity",
        "other-cases",
        "--workspace",
        "W-1",
        "-o",
        "csv",
        "--columns",
        "case,contract,reason",
    ];
    let line = "1002,0200,contract-not-in-workspace";
    assert!(hub.ok(view).contains(line));
    assert!(hub.ok(acting("ben", &view)).contains(line));
    let export = hub.ok(acting("ben", &["export", "requests", "-o", "csv"]));
    assert!(export.contains("contract-not-in-workspace"), "{export}");
}
