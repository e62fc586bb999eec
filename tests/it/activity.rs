//! The customer activity report and its detail views.

use crate::harness::Sandbox;
use crate::supply::{deliver, hub, number, rows};

const FIGURES: &str =
    "part,tile,entitlement,package_status,allowance,unit,consumed,elsewhere,remaining,percent_used,flags";

fn supplied() -> Sandbox {
    let hub = hub();
    deliver(
        &hub,
        "E-REACT",
        "W-1",
        "3.5",
        "2026-02-01",
        &["--reference", "1001"],
    );
    deliver(
        &hub,
        "E-ADVICE",
        "W-1",
        "30",
        "2026-02-02",
        &["--reference", "1002"],
    );
    deliver(&hub, "E-ADVICE", "W-2", "2.25", "2026-03-01", &[]);
    deliver(&hub, "E-DSE", "W-1", "90", "2026-03-01", &[]);
    deliver(&hub, "E-DSE", "W-2", "15.5", "2026-04-01", &[]);
    deliver(
        &hub,
        "E-PRO",
        "W-1",
        "12",
        "2026-05-01",
        &["--reference", "G-DONE"],
    );
    deliver(
        &hub,
        "E-PRO",
        "W-1",
        "1",
        "2026-05-02",
        &["--note", "preparation"],
    );
    deliver(&hub, "E-OLD", "W-1", "4", "2025-05-01", &[]);
    hub
}

fn report(hub: &Sandbox, more: &[&str]) -> Vec<String> {
    let args = ["activity", "-o", "csv", "--columns", FIGURES];
    rows(&hub.ok(args.iter().chain(more)))
        .into_iter()
        .map(str::to_owned)
        .collect()
}

/// Rules: A-1 A-2 E-5 C-1 C-3
#[test]
fn the_report_of_one_workspace_has_its_contracts_its_tiles_and_its_add_on_packages() {
    let hub = supplied();
    let lines = report(&hub, &["--workspace", "výroba"]);
    let expected = [
        "contracts,,,,,,,,,,",
        "enterprise-wide,built-in-proactive,,active,80,hours,13,,67,16.25,",
        "enterprise-wide,as-needed-support,,active,40,hours,30,2.25,7.75,80.63,used-80",
        "enterprise-wide,as-needed-support,,active,as-needed,hours,3.5,,,,",
        "enterprise-wide,on-demand-education,,active,as-needed,count,0,,,,",
        "enterprise-wide,support-contacts,,active,10,seats,0,,10,0,",
        "enterprise-wide,on-demand-assessments,,active,2,count,0,,2,0,",
        "enterprise-wide,other-services,,active,included,,,,,,",
        "enterprise-wide,as-needed-support,,inactive,10,hours,4,,6,40,",
        "add-on,,E-CRED-1,active,50,credits,0,,50,0,expiring",
        "add-on,,E-CRED-2,active,100,credits,0,,100,0,",
        "add-on,,E-DSE,active,100,hours,90,15.5,-5.5,105.5,used-100",
    ];
    assert_eq!(lines, expected);
}

/// Rules: A-2
#[test]
fn active_contracts_are_listed_with_start_and_end_and_others_are_not() {
    let hub = supplied();
    let args = [
        "activity",
        "-o",
        "csv",
        "--columns",
        "part,contract,start,end",
        "--workspace",
        "W-1",
    ];
    let contracts = |more: &[&str]| -> Vec<String> {
        let out = hub.ok(args.iter().chain(more));
        out.lines()
            .filter(|line| line.starts_with("contracts"))
            .map(str::to_owned)
            .collect()
    };
    assert_eq!(contracts(&[]), ["contracts,012345678,2026-01-01,2027-12-31"]);
    assert_eq!(
        contracts(&["--as-of", "2025-12-31"]),
        ["contracts,000000002,2025-01-01,2025-12-31"]
    );
}

/// Rules: A-2 C-3
#[test]
fn the_current_workspace_is_the_default_and_all_are_shown_without_one() {
    let hub = supplied();
    let args = ["activity", "-o", "csv", "--columns", "entitlement,consumed"];
    let mut command = hub.command(args);
    let here = crate::harness::finish(command.env("SERVHUB_WORKSPACE", "W-2"));
    assert!(here.stdout.contains("E-DSE,15.5"), "{here:?}");
    assert!(!here.stdout.contains("E-CRED-1"), "{here:?}");
    assert!(
        here.stderr.contains("workspace W-2 (from SERVHUB_WORKSPACE)"),
        "{here:?}"
    );
    let all = hub.run(args);
    assert!(all.stdout.contains("E-DSE,105.5"), "{all:?}");
    assert!(!all.stdout.contains("E-UNATTACHED"), "{all:?}");
    assert!(all.stderr.contains("servhub workspace use NAME"), "{all:?}");
    let chosen = hub.run(args.into_iter().chain(["--all-workspaces"]));
    assert_eq!((&chosen.stdout, chosen.stderr.as_str()), (&all.stdout, ""));
}

/// Rules: A-2 C-4
#[test]
fn filters_narrow_the_report() {
    let hub = supplied();
    let count = |more: &[&str], part: &str| {
        let lines = report(&hub, more);
        lines.iter().filter(|line| line.starts_with(part)).count()
    };
    assert_eq!(count(&["--contract", "000000002"], "add-on"), 0);
    assert_eq!(count(&["--contract", "012345678"], "add-on"), 3);
    assert_eq!(count(&["--package", "Credits 1"], "add-on"), 1);
    assert_eq!(count(&["--package", "Credits 1"], "enterprise-wide"), 0);
    assert_eq!(count(&["--status", "inactive"], "enterprise-wide"), 1);
    assert_eq!(count(&["--status", "active"], "enterprise-wide"), 7);
    hub.sql("UPDATE package SET deactivated_on = 20500 WHERE code = 'P-DSE'");
    assert_eq!(count(&["--status", "inactive"], "add-on"), 1);
    let both = report(
        &hub,
        &[
            "--workspace",
            "W-1",
            "--workspace",
            "W-2",
            "--status",
            "inactive",
            "--package",
            "P-DSE",
        ],
    );
    assert_eq!(
        both[1],
        "add-on,,E-DSE,inactive,100,hours,105.5,,-5.5,105.5,used-100"
    );
    let unknown = hub.run(["activity", "--workspace", "Vyroba"]);
    assert_eq!(unknown.code, 3, "{unknown:?}");
    assert!(unknown.stderr.contains("Výroba"), "{unknown:?}");
}

/// Rules: E-7
#[test]
fn a_threshold_is_a_filter() {
    let hub = supplied();
    let lines = |flag: &str| report(&hub, &["--workspace", "W-1", "--flag", flag]);
    assert_eq!(
        lines("used-100"),
        ["add-on,,E-DSE,active,100,hours,90,15.5,-5.5,105.5,used-100"]
    );
    assert_eq!(lines("used-80").len(), 1);
    assert_eq!(
        lines("expiring"),
        ["add-on,,E-CRED-1,active,50,credits,0,,50,0,expiring"]
    );
    let listed = hub.ok([
        "entitlements",
        "--flag",
        "used-80",
        "-o",
        "csv",
        "--columns",
        "entitlement",
    ]);
    assert_eq!(rows(&listed), ["E-ADVICE"]);
}

/// Rules: A-4 T-2
#[test]
fn a_report_as_of_a_past_day_leaves_out_what_came_later() {
    let hub = supplied();
    let dse = |day: &str| {
        let lines = report(&hub, &["--workspace", "W-1", "--as-of", day]);
        lines.into_iter().find(|line| line.contains("E-DSE")).unwrap()
    };
    assert_eq!(dse("2026-02-28"), "add-on,,E-DSE,active,100,hours,0,,100,0,");
    assert_eq!(
        dse("2026-03-01"),
        "add-on,,E-DSE,active,100,hours,90,,10,90,used-80"
    );
    assert_eq!(
        dse("2026-04-01"),
        "add-on,,E-DSE,active,100,hours,90,15.5,-5.5,105.5,used-100"
    );
}

/// Rules: T-1 C-4
#[test]
fn today_is_the_contracts_own_day() {
    let hub = supplied();
    hub.sql(&format!(
        "UPDATE package SET ends_on = {} WHERE code = 'P-DSE'",
        number("2026-11-21")
    ));
    let status = |now: &str| {
        let args = [
            "activity",
            "--workspace",
            "W-1",
            "-o",
            "csv",
            "--columns",
            "entitlement,package_status",
        ];
        let out = crate::harness::finish(hub.command(args).env("SERVHUB_NOW", now)).stdout;
        out.lines()
            .find(|line| line.starts_with("E-DSE"))
            .unwrap()
            .to_owned()
    };
    assert_eq!(status("2026-11-21T23:30:00Z"), "E-DSE,active");
    hub.sql("UPDATE contract SET time_zone = 'Pacific/Auckland' WHERE id = 1");
    assert_eq!(status("2026-11-21T23:30:00Z"), "E-DSE,inactive");
    assert_eq!(status("2026-11-21T10:30:00Z"), "E-DSE,active");
}

/// Rules: K-7
#[test]
fn a_report_that_was_cut_says_so() {
    let hub = supplied();
    let cut = hub.run(["activity", "--workspace", "W-1", "--limit", "2", "-o", "csv"]);
    assert!(
        cut.stderr
            .contains("not all add-on entitlements are shown; the rest: --all"),
        "{cut:?}"
    );
    let all = hub.run(["activity", "--workspace", "W-1", "--all", "-o", "csv"]);
    assert!(!all.stderr.contains("not all"), "{all:?}");
    let detail = hub.run(["activity", "proactive", "--workspace", "W-1", "--limit", "2"]);
    assert!(
        detail.stderr.contains("2 of 9 rows are shown; the rest: --all"),
        "{detail:?}"
    );
}

/// Rules: A-3 E-4 L-3
#[test]
fn the_proactive_view_shows_every_engagement_and_what_was_delivered_without_one() {
    let hub = supplied();
    let columns =
        "part,entitlement,consumed,elsewhere,remaining,flags,engagement,status,planned,delivered,note";
    let run = hub.run([
        "activity",
        "proactive",
        "--workspace",
        "W-1",
        "-o",
        "csv",
        "--columns",
        columns,
    ]);
    let expected = [
        "entitlements,E-PRO,13,,67,,,,,,",
        "entitlements,E-CRED-1,0,,50,expiring,,,,,",
        "entitlements,E-CRED-2,0,,100,,,,,,",
        "entitlements,E-DSE,90,15.5,-5.5,used-100,,,,,",
        "engagements,E-PRO,,,,,G-DONE,delivered,16,12,",
        "engagements,E-PRO,,,,,G-OFF,cancelled,8,0,",
        "engagements,E-PRO,,,,,G-PLAN,planned,8,0,",
        "deliveries without an engagement,E-DSE,,,,,,,,90,",
        "deliveries without an engagement,E-PRO,,,,,,,,1,preparation",
    ];
    assert_eq!(rows(&run.stdout), expected);
    let note = "103 hours consumed = 12 on the engagements shown + 91 without one";
    assert!(run.stderr.contains(note), "{run:?}");
}

/// Rules: A-3 L-5
#[test]
fn the_credits_view_shows_purchased_used_left_and_expiry() {
    let hub = supplied();
    hub.ok([
        "ledger",
        "record",
        "--service",
        "proactive-credits",
        "--workspace",
        "W-1",
        "--quantity",
        "60",
        "--source-key",
        "K",
    ]);
    let columns = "part,entitlement,purchased,used,left,expires_on,quantity,draw";
    let out = hub.ok([
        "activity",
        "credits",
        "--workspace",
        "W-1",
        "-o",
        "csv",
        "--columns",
        columns,
    ]);
    let expected = [
        "entitlements,E-CRED-1,,,,,,",
        "entitlements,E-CRED-2,,,,,,",
        "credits,E-CRED-1,50,50,0,2026-12-15,,",
        "credits,E-CRED-2,100,10,90,2027-12-31,,",
        "draws,E-CRED-1,,,,,50,K",
        "draws,E-CRED-2,,,,,10,K",
    ];
    assert_eq!(rows(&out), expected);
}

/// Rules: A-3 L-4 D-1 D-2 T-2
#[test]
fn education_contacts_and_assessments_show_every_row_as_of_the_day() {
    let hub = hub();
    let day = number;
    hub.sql(&format!(
        "INSERT INTO learning (code, workspace_id, learner_account, learner_name, title, status, started_on, completed_on, entitlement_id) VALUES
           ('L-1', 1, 'eva@zs.example', 'Eva', 'Backup', 'completed', {}, {}, 5), ('L-2', 1, 'ján@zs.example', 'Ján', 'Backup', 'registered', NULL, NULL, 5),
           ('L-3', 2, 'iva@zs.example', 'Iva', 'Backup', 'started', {}, NULL, 5);
         INSERT INTO contact (contract_id, workspace_id, account, name, role, account_kind, since_on, until_on) VALUES
           (1, NULL, 'eva@zs.example', 'Eva', 'support-contact', 'work', {}, NULL), (1, 2, 'iva@zs.example', 'Iva', 'support-contact', 'work', {}, {});
         INSERT INTO assessment (code, workspace_id, name, technology, set_up_on, status, high_priority, entitlement_id) VALUES
           ('A-1', 1, 'AD', 'Directory', {}, 'active', 7, 6);",
        day("2026-02-01"), day("2026-06-01"), day("2026-03-01"), day("2026-01-01"), day("2026-01-01"), day("2026-05-01"), day("2026-04-01")
    ));
    let view = |view: &str, columns: &str, more: &[&str]| -> Vec<String> {
        let args = ["activity", view, "-o", "csv", "--columns", columns];
        let out = hub.ok(args.iter().chain(more));
        rows(&out)
            .into_iter()
            .filter(|row| !row.starts_with("entitlements"))
            .map(str::to_owned)
            .collect()
    };
    let learning = "part,learning,status,completed_on";
    assert_eq!(
        view("education", learning, &["-w", "W-1"]),
        ["learning,L-1,completed,2026-06-01", "learning,L-2,registered,"]
    );
    assert_eq!(
        view("education", learning, &["-w", "W-1", "--as-of", "2026-05-31"])[0],
        "learning,L-1,started,"
    );
    assert_eq!(
        view("education", learning, &["-w", "W-1", "--as-of", "2026-01-31"]),
        ["learning,L-2,registered,"]
    );
    let contacts = "part,account,workspace,in_force";
    assert_eq!(
        view("contacts", contacts, &["-w", "W-1"]),
        ["contacts,eva@zs.example,Výroba,yes"]
    );
    assert_eq!(
        view("contacts", contacts, &["-w", "W-2"]),
        ["contacts,iva@zs.example,Sklad,no"]
    );
    assert_eq!(
        view("assessments", "part,assessment,high_priority", &["-w", "W-1"]),
        ["assessments,A-1,7"]
    );
    assert_eq!(
        view("assessments", "part,assessment", &["--as-of", "2026-03-31"]),
        Vec::<String>::new()
    );
}

/// One case for every rule, in workspace W-1 unless its rule says otherwise.
fn with_cases() -> Sandbox {
    let hub = hub();
    let opened = i64::from(number("2026-02-10")) * 86_400;
    let long_ago = i64::from(number("2026-01-05")) * 86_400;
    hub.sql(&format!(
        "INSERT INTO support_case (number, workspace_id, contract_id, package_id, entitlement_id, kind, class, severity, state, title, opened_at) VALUES
           ('1001', 1, 1, 1, 1, 'problem-resolution', NULL, 'A', 'closed', 'Listed', {opened}),
           ('1002', 1, 1, 1, 2, 'advisory', NULL, 'C', 'open', 'Advice', {opened}),
           ('1003', 1, NULL, NULL, NULL, 'problem-resolution', 'SU', 'C', 'open', 'No link', {opened}),
           ('1004', 1, 2, 6, 12, 'problem-resolution', 'DSA', 'C', 'open', 'Expired', {long_ago}),
           ('1005', 1, 3, 1, 1, 'problem-resolution', 'X85', 'C', 'open', 'Foreign', {opened}),
           ('1006', 1, 1, 1, 1, 'problem-resolution', 'REC', 'C', 'open', 'Class', {opened}),
           ('1007', 1, 1, 1, 1, 'problem-resolution', 'SU', 'C', 'open', 'Class', {opened}),
           ('1008', 1, 1, 1, 2, 'advisory', 'DSA', 'C', 'open', 'Class', {opened}),
           ('1009', 1, 1, 1, 2, 'advisory', 'X85', 'C', 'open', 'Class', {opened});"
    ));
    for (entitlement, reference, quantity) in [
        ("E-REACT", "1001", "5"),
        ("E-REACT", "1006", "2.5"),
        ("E-REACT", "1002", "1"),
        ("E-REACT", "none", "0.25"),
    ] {
        deliver(
            &hub,
            entitlement,
            "W-1",
            quantity,
            "2026-02-11",
            &["--reference", reference],
        );
    }
    hub
}

/// Rules: O-1 O-2 O-3 O-4 O-5 A-3
#[test]
fn other_cases_are_listed_apart_with_the_first_rule_that_fires() {
    let hub = with_cases();
    let columns = "case,class,reason,rule,hours";
    let out = hub.ok([
        "activity",
        "other-cases",
        "-w",
        "W-1",
        "-o",
        "csv",
        "--columns",
        columns,
    ]);
    let expected = [
        "1004,DSA,expired-contract,O-2,0",
        "1003,SU,missing-link,O-1,0",
        "1005,X85,contract-not-in-workspace,O-3,0",
        "1006,REC,class-REC,O-4,2.5",
        "1007,SU,class-SU,O-4,0",
        "1008,DSA,class-DSA,O-4,0",
        "1009,X85,class-X85,O-4,0",
    ];
    assert_eq!(rows(&out), expected);
}

/// Rules: A-3 E-4 O-5
#[test]
fn the_reactive_view_shows_its_cases_and_accounts_for_every_hour() {
    let hub = with_cases();
    let columns = "part,entitlement,consumed,case,hours";
    let run = hub.run([
        "activity",
        "reactive",
        "-w",
        "W-1",
        "-o",
        "csv",
        "--columns",
        columns,
    ]);
    let expected = [
        "entitlements,E-OLD,0,,",
        "entitlements,E-REACT,8.75,,",
        "cases,E-REACT,,1001,5",
    ];
    assert_eq!(rows(&run.stdout), expected);
    let note = "8.75 consumed = 5 on the cases shown + 2.5 on cases under other-cases + 1 on cases of the other kind + 0.25 without a case";
    assert!(run.stderr.contains(note), "{run:?}");
    let advisory = hub.ok([
        "activity",
        "--view",
        "advisory",
        "-w",
        "W-1",
        "-o",
        "csv",
        "--columns",
        "part,case",
    ]);
    assert_eq!(rows(&advisory), ["entitlements,", "cases,1002"]);
}

/// Rules: O-2 O-3 O-5
#[test]
fn which_rule_fires_depends_on_the_day_and_the_workspace_looked_at() {
    let hub = with_cases();
    let reason = |case: &str, day: &str| {
        let out = hub.ok([
            "activity",
            "other-cases",
            "-w",
            "W-1",
            "--as-of",
            day,
            "-o",
            "csv",
            "--columns",
            "case,reason",
        ]);
        out.lines()
            .find_map(|line| line.strip_prefix(&format!("{case},")).map(str::to_owned))
    };
    assert_eq!(reason("1001", "2026-11-21"), None);
    assert_eq!(reason("1001", "2028-01-01").as_deref(), Some("expired-contract"));
    assert_eq!(reason("1001", "2026-02-09"), None, "not opened yet");
    hub.sql("DELETE FROM workspace_contract WHERE workspace_id = 1 AND contract_id = 1");
    assert_eq!(
        reason("1001", "2026-11-21").as_deref(),
        Some("contract-not-in-workspace")
    );
    let elsewhere = hub.ok(["activity", "other-cases", "-w", "W-2", "-o", "csv"]);
    assert_eq!(rows(&elsewhere).len(), 0, "cases stay with their workspace (W-2)");
}

/// Rules: A-1 K-4
#[test]
fn a_table_has_a_heading_for_each_part_and_json_its_schema() {
    let hub = supplied();
    let table = hub.ok(["activity", "-w", "W-2"]);
    assert!(table.starts_with("contracts\n"), "{table}");
    assert!(
        table.contains("\nenterprise-wide\n") && table.contains("\nadd-on\n"),
        "{table}"
    );
    let json: serde_json::Value =
        serde_json::from_str(&hub.ok(["activity", "-w", "W-2", "-o", "json"])).unwrap();
    assert_eq!(json["schema"], "activity.report/1");
    let dse = json["rows"].as_array().unwrap().last().unwrap();
    assert_eq!(
        (dse["entitlement"].as_str(), dse["remaining"].to_string().as_str()),
        (Some("E-DSE"), "-5.5")
    );
    for view in servhub::domain::activity::View::WORDS {
        let json: serde_json::Value =
            serde_json::from_str(&hub.ok(["activity", view, "-o", "json"])).unwrap();
        assert_eq!(json["schema"], format!("activity.{view}/1"));
    }
}
