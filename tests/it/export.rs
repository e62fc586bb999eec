//! The exports, by what a customer gets.

use crate::harness::{Sandbox, repository};
use calamine::{Data, Reader, Xlsx, open_workbook};
use sha2::{Digest, Sha256};
use std::path::Path;

/// Days since 1970-01-01: 2026-01-01.
const NEW_YEAR: i64 = 20_454;

/// Two contracts of one customer, with a delivery of each sort, written past the importer: what it refuses
/// or cleans must be exported all the same.
fn small(sandbox: &Sandbox) {
    sandbox.ok(["contract", "list"]);
    sandbox.sql(&format!(
        "INSERT INTO customer (id, code, name) VALUES (1, 'C1', 'Łódź, \"Transport\"'), (2, 'C2', 'Other');
         INSERT INTO contract (id, customer_id, number, kind, starts_on, ends_on) VALUES
           (1, 1, '000000001', 'unified', {NEW_YEAR}, {NEW_YEAR} + 364), (2, 2, '2', 'premier', {NEW_YEAR} - 400, {NEW_YEAR} - 1);
         INSERT INTO schedule (id, contract_id, code, kind, starts_on, ends_on) VALUES
           (1, 1, 'S1', 'base', {NEW_YEAR}, {NEW_YEAR} + 364), (2, 2, 'S2', 'base', {NEW_YEAR} - 400, {NEW_YEAR} - 1);
         INSERT INTO package (id, schedule_id, code, name, kind, starts_on, ends_on) VALUES
           (1, 1, 'P1', 'Base', 'enterprise-wide', {NEW_YEAR}, {NEW_YEAR} + 364),
           (2, 2, 'P2', 'Old', 'enterprise-wide', {NEW_YEAR} - 400, {NEW_YEAR} - 1);
         INSERT INTO entitlement (id, package_id, code, service, category, allowance, quantity, unit, description) VALUES
           (1, 1, 'E1', 'reactive', 'consumable', 'limited', 1000, 'hours', 'Reactive'),
           (2, 1, 'E2', 'proactive', 'consumable', 'as-needed', NULL, 'hours', 'Proactive'),
           (3, 1, 'E3', 'other', 'additional-benefit', 'included', NULL, NULL, 'Benefit'),
           (4, 2, 'E4', 'advisory', 'consumable', 'limited', 300, 'hours', 'Advisory');
         INSERT INTO workspace (id, customer_id, code, name, is_default) VALUES
           (1, 1, 'W1', 'Main', 1), (2, 1, 'W2', 'Plant', 0), (3, 2, 'W3', 'Far', 1);
         INSERT INTO workspace_contract VALUES (1, 1), (3, 2);
         INSERT INTO workspace_package VALUES (1, 1, 0), (2, 1, 0), (3, 2, 0);
         INSERT INTO support_case (number, workspace_id, contract_id, package_id, entitlement_id, kind, class, severity,
             state, title, contact, opened_at) VALUES
           ('100', 1, 1, 1, 1, 'problem-resolution', NULL, 'A', 'open', '=cmd()', 'jana@x.example', {NEW_YEAR} * 86400),
           ('200', 1, 1, 1, 1, 'problem-resolution', 'SU', 'B', 'closed', 'Line
end', NULL, {NEW_YEAR} * 86400);
         INSERT INTO engagement (code, workspace_id, entitlement_id, kind, title, status) VALUES
           ('G1', 1, 2, 'workshop', 'Workshop', 'delivered');
         INSERT INTO source (id, name) VALUES (1, 'deliveries');
         INSERT INTO recording VALUES (1, 'tester', 0);
         INSERT INTO ledger (id, entitlement_id, workspace_id, delivered_on, quantity, reference, note, source_id,
             source_key, recording_id, corrects, reason) VALUES
           (1, 1, 1, {NEW_YEAR} + 9, 850, '200', NULL, 1, 'a', 1, NULL, NULL),
           (2, 1, 2, {NEW_YEAR} + 2, 300, '100', NULL, 1, 'b', 1, NULL, NULL),
           (3, 1, 1, {NEW_YEAR} + 2, 125, '100', 'not shown', 1, 'c', 1, NULL, NULL),
           (4, 1, 1, {NEW_YEAR} + 3, -125, '100', NULL, 1, 'd', 1, 3, 'wrong'),
           (5, 2, 1, {NEW_YEAR} + 5, 800, 'G1', NULL, 1, 'e', 1, NULL, NULL),
           (6, 2, 1, {NEW_YEAR} + 5, 25, NULL, 'by hand', 1, 'f', 1, NULL, NULL);
         INSERT INTO ledger_total SELECT entitlement_id, workspace_id, sum(quantity), count(*), max(delivered_on)
           FROM ledger GROUP BY 1, 2;"
    ));
}

const FIRST: &str = "\"Łódź, \"\"Transport\"\"\",000000001,unified,2026-01-01,2026-12-31";
const E1: &str = "P1,Base,enterprise-wide,active,2026-12-31,E1,reactive,consumable,hours,10,11.5,-1.5,115";
const E2: &str = "P1,Base,enterprise-wide,active,2026-12-31,E2,proactive,consumable,hours,as-needed,8.25,,";
const E3: &str = "P1,Base,enterprise-wide,active,2026-12-31,E3,other,additional-benefit,,included,0,,";
const HEADER: &str = "customer,contract,contract_kind,contract_start,contract_end,workspace,package,package_name,\
package_kind,package_status,package_end,entitlement,service,category,unit,allowance,consumed,remaining,percent_used,\
delivered_on,reference,title,quantity,contact,severity,state,entry_kind,other_case_reason";

/// Rules: K-13 E-5 L-1 O-3 O-4 K-16
#[test]
fn one_line_for_each_delivery_and_for_each_entitlement_without_any() {
    let sandbox = Sandbox::new();
    small(&sandbox);
    let expected = [
        HEADER.to_owned(),
        "Other,2,premier,2024-11-27,2025-12-31,Far,P2,Old,enterprise-wide,inactive,2025-12-31,E4,advisory,consumable,\
         hours,3,0,3,0,,,,,,,,,"
            .to_owned(),
        format!("{FIRST},Main,{E1},2026-01-03,100,=cmd(),1.25,jana@x.example,A,open,use,"),
        format!("{FIRST},Plant,{E1},2026-01-03,100,=cmd(),3,jana@x.example,A,open,use,contract-not-in-workspace"),
        format!("{FIRST},Main,{E1},2026-01-04,100,=cmd(),-1.25,jana@x.example,A,open,correction,"),
        format!("{FIRST},Main,{E1},2026-01-10,200,\"Line\nend\",8.5,,B,closed,use,class-SU"),
        format!("{FIRST},Main,{E2},2026-01-06,,by hand,0.25,,,,use,"),
        format!("{FIRST},Main,{E2},2026-01-06,G1,Workshop,8,,,delivered,use,"),
        format!("{FIRST},Main; Plant,{E3},,,,,,,,,"),
    ];
    let mut rows = expected.to_vec();
    // The two deliveries of one case and day stand in the order in which they were recorded.
    rows.swap(2, 3);
    let found = sandbox.ok(["export", "cpod", "--as-of", "2026-06-30"]);
    assert_eq!(found, rows.join("\r\n") + "\r\n");
}

/// Rules: K-13 T-2 E-5
#[test]
fn a_past_day_counts_what_was_delivered_by_then() {
    let sandbox = Sandbox::new();
    small(&sandbox);
    let found = sandbox.ok([
        "export",
        "cpod",
        "--as-of",
        "2026-01-03",
        "--contract",
        "000000001",
    ]);
    let e1: Vec<&str> = found.lines().filter(|line| line.contains(",E1,")).collect();
    assert_eq!(e1.len(), 2, "{found}");
    assert!(
        e1.iter()
            .all(|line| line.contains(",10,4.25,5.75,42.5,2026-01-03,")),
        "{found}"
    );
    assert_eq!(found.lines().count(), 5, "{found}");
}

/// Rules: K-13 E-5
#[test]
fn a_workspace_narrows_the_rows_and_not_the_figures() {
    let sandbox = Sandbox::new();
    small(&sandbox);
    let found = sandbox.ok(["export", "cpod", "--as-of", "2026-06-30", "--workspace", "W2"]);
    let rows: Vec<&str> = found.lines().skip(1).collect();
    assert_eq!(rows.len(), 3, "{found}");
    assert!(
        rows[0].contains(",Plant,") && rows[0].contains(",10,11.5,-1.5,115,2026-01-03,100,"),
        "{found}"
    );
    assert!(
        rows[1].contains(",Plant,") && rows[1].ends_with(",as-needed,8.25,,,,,,,,,,,"),
        "{found}"
    );
    let both = sandbox.ok([
        "export",
        "cpod",
        "--as-of",
        "2026-06-30",
        "--workspace",
        "W2",
        "--space",
        "W3",
    ]);
    assert_eq!(both.lines().count(), 5, "{both}");
}

/// Rules: K-13 E-7
#[test]
fn a_summary_has_one_line_for_each_entitlement() {
    let sandbox = Sandbox::new();
    small(&sandbox);
    let found = sandbox.ok(["export", "cpod", "--as-of", "2026-11-01", "--summary"]);
    let rows: Vec<&str> = found.lines().collect();
    assert_eq!(rows.len(), 5, "{found}");
    assert!(rows[0].ends_with(",percent_used,deliveries,flags"), "{found}");
    assert!(
        rows[2].contains(",Main; Plant,") && rows[2].ends_with(",10,11.5,-1.5,115,4,used-100;expiring"),
        "{found}"
    );
}

/// Rules: K-15
#[test]
fn the_same_options_give_the_same_bytes_and_the_manifest_proves_them() {
    let sandbox = Sandbox::new();
    small(&sandbox);
    for format in ["csv", "tsv", "json", "jsonl", "xlsx"] {
        let export = |name: &str| {
            let args = [
                "export",
                "cpod",
                "--as-of",
                "2026-06-30",
                "-o",
                format,
                "--out",
                name,
                "--manifest",
                "m.json",
            ];
            let run = sandbox.run(args);
            assert_eq!(run.code, 0, "{run:?}");
            let bytes = std::fs::read(sandbox.path(name)).unwrap();
            let hash: String = Sha256::digest(&bytes)
                .iter()
                .map(|byte| format!("{byte:02x}"))
                .collect();
            assert!(run.stdout.is_empty() && run.stderr.contains(&hash), "{run:?}");
            (
                bytes,
                hash,
                std::fs::read_to_string(sandbox.path("m.json")).unwrap(),
            )
        };
        let (first, again) = (export("first"), export("again"));
        assert!(first == again, "{format} differs");
        let manifest: serde_json::Value = serde_json::from_str(&first.2).unwrap();
        assert_eq!(manifest["sha256"], first.1.as_str());
        assert_eq!(manifest["bytes"], first.0.len());
        assert_eq!(manifest["rows"], 8);
        assert_eq!(manifest["parameters"]["as_of"], "2026-06-30");
    }
}

/// Rules: K-15
#[test]
fn a_report_that_fails_leaves_the_file_that_was_there() {
    let sandbox = Sandbox::new();
    small(&sandbox);
    let path = sandbox.write("proof.csv", "kept");
    let run = sandbox.run(["export", "cpod", "--customer", "Nobody", "--out", "proof.csv"]);
    assert_eq!(run.code, 3, "{run:?}");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "kept");
    let others = std::fs::read_dir(path.parent().unwrap()).unwrap();
    let parts = others.filter(|entry| {
        entry
            .as_ref()
            .unwrap()
            .file_name()
            .to_string_lossy()
            .ends_with(".part")
    });
    assert_eq!(parts.count(), 0, "a temporary file was left");
    let nowhere = sandbox.run(["export", "cpod", "--out", "no/such/folder/proof.csv"]);
    assert_eq!(nowhere.code, 3, "{nowhere:?}");
}

/// Rules: K-16
#[test]
fn no_cell_is_a_formula_in_what_people_open() {
    let sandbox = Sandbox::new();
    small(&sandbox);
    let args = [
        "export",
        "cpod",
        "--as-of",
        "2026-06-30",
        "--csv-dialect",
        "excel",
    ];
    let found = sandbox.ok(args);
    assert!(found.starts_with("\u{FEFF}customer;contract;"), "{found}");
    assert!(
        found.contains(";'=cmd();") && !found.contains(";=cmd()"),
        "{found}"
    );
    assert!(
        found.contains(";11,5;-1,5;115;") && found.contains(";-1,25;"),
        "{found}"
    );
}

fn shown(cell: &Data) -> String {
    match cell {
        Data::DateTime(day) => {
            let (year, month, date, ..) = day.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{date:02}")
        }
        Data::Float(number) => number.to_string(),
        Data::Empty => String::new(),
        other => other.to_string(),
    }
}

fn sheet(path: &Path, name: &str) -> Vec<Vec<String>> {
    let mut book: Xlsx<_> = open_workbook(path).unwrap();
    let range = book.worksheet_range(name).unwrap();
    range.rows().map(|row| row.iter().map(shown).collect()).collect()
}

fn csv(text: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(text.as_bytes());
    let rows = reader.records();
    rows.map(|row| row.unwrap().iter().map(str::to_owned).collect())
        .collect()
}

/// Rules: K-13 K-16
#[test]
fn the_workbook_says_what_the_csv_says() {
    let sandbox = Sandbox::new();
    small(&sandbox);
    let export = |rest: &[&str]| sandbox.ok([&["export", "cpod", "--as-of", "2026-06-30"], rest].concat());
    export(&["-o", "xlsx", "--out", "proof.xlsx"]);
    let path = sandbox.path("proof.xlsx");
    assert_eq!(sheet(&path, "Detail"), csv(&export(&[])));
    assert_eq!(sheet(&path, "Summary"), csv(&export(&["--summary"])));
    let mut book: Xlsx<_> = open_workbook(&path).unwrap();
    let names = [
        "Cover",
        "Summary",
        "Detail",
        "Contacts",
        "Education",
        "Assessments",
        "Other cases",
    ];
    assert_eq!(book.sheet_names(), names);
    assert!(book.worksheet_formula("Detail").unwrap().is_empty());
    assert_eq!(sheet(&path, "Other cases").len(), 2, "the header and case 200");
}

/// The example hub, imported; slow enough to be shared by the checks that need many rows.
#[test]
fn narrow_and_wide_readings_of_the_ledger_agree() {
    let sandbox = Sandbox::new();
    let folder = repository("examples/hub");
    sandbox.ok(["import".as_ref(), folder.as_os_str(), "--yes".as_ref()]);
    let all = sandbox.ok(["export", "cpod", "--as-of", "2026-11-20"]);
    let contracts: std::collections::BTreeSet<String> =
        csv(&all).into_iter().skip(1).map(|row| row[1].clone()).collect();
    assert!(contracts.len() > 2);
    let mut lines = 1;
    for contract in contracts {
        let one = sandbox.ok(["export", "cpod", "--as-of", "2026-11-20", "--contract", &contract]);
        lines += one.lines().count() - 1;
        assert!(
            one.lines().skip(1).all(|line| all.contains(line)),
            "contract {contract}"
        );
    }
    assert_eq!(lines, all.lines().count());
}

/// Rules: K-14 D-1
#[test]
fn education_is_as_it_was_on_the_day() {
    let sandbox = Sandbox::new();
    small(&sandbox);
    sandbox.sql(&format!(
        "INSERT INTO learning (code, workspace_id, learner_account, learner_name, title, status, started_on, completed_on)
         VALUES ('L1', 2, 'b@x.example', 'Ľuboš', 'Late', 'started', {NEW_YEAR} + 40, NULL),
                ('L2', 1, 'a@x.example', 'Žofia', 'Done', 'completed', {NEW_YEAR}, {NEW_YEAR} + 31),
                ('L3', 1, 'a@x.example', 'Žofia', 'Wish', 'registered', NULL, NULL);"
    ));
    let header = "customer,workspace,learner_name,learner_account,title,format,product,level,language,status,started_on,\
                  completed_on,contract,package";
    let customer = "\"Łódź, \"\"Transport\"\"\"";
    let rows = [
        header.to_owned(),
        format!("{customer},Main,Žofia,a@x.example,Wish,,,,,registered,,,,"),
        format!("{customer},Main,Žofia,a@x.example,Done,,,,,started,2026-01-01,,,"),
    ];
    let january = sandbox.ok(["export", "education", "--as-of", "2026-01-31"]);
    assert_eq!(january, rows.join("\r\n") + "\r\n");
    let today = sandbox.ok(["export", "education", "--all"]);
    assert!(
        today.contains(",completed,2026-01-01,2026-02-01,") && today.contains(",Ľuboš,"),
        "{today}"
    );
    assert_eq!(
        sandbox
            .ok(["export", "education", "--workspace", "W2"])
            .lines()
            .count(),
        2
    );
}

/// Rules: O-4 L-1
#[test]
fn requests_carry_the_hours_delivered_on_them() {
    let sandbox = Sandbox::new();
    small(&sandbox);
    let found = csv(&sandbox.ok(["export", "requests"]));
    let told: Vec<_> = found
        .iter()
        .skip(1)
        .map(|row| (row[0].as_str(), row[15].as_str(), row[16].as_str()))
        .collect();
    assert_eq!(told, [("100", "3", ""), ("200", "8.5", "class-SU")]);
    let earlier = csv(&sandbox.ok(["export", "requests", "--as-of", "2026-01-03"]));
    assert_eq!(earlier[1][15], "4.25");
}

/// Rules: K-4
#[test]
fn listings_come_in_every_format() {
    let sandbox = Sandbox::new();
    small(&sandbox);
    let json: serde_json::Value =
        serde_json::from_str(&sandbox.ok(["export", "requests", "-o", "json"])).unwrap();
    assert_eq!(json["schema"], "export.requests/1");
    assert_eq!(json["rows"][0]["title"], "=cmd()");
    sandbox.ok(["export", "requests", "-o", "xlsx", "--out", "requests.xlsx"]);
    assert_eq!(sheet(&sandbox.path("requests.xlsx"), "Requests")[1][0], "100");
    let page = sandbox.ok(["export", "requests", "-o", "html"]);
    assert!(
        page.starts_with("<!DOCTYPE html>") && page.contains(">=cmd()</td>"),
        "{page}"
    );
}

/// Rules: K-16 K-18
#[test]
fn the_example_hub_survives_the_way_out_and_in() {
    let (one, two) = (Sandbox::new(), Sandbox::new());
    let folder = repository("examples/hub");
    one.ok(["import".as_ref(), folder.as_os_str(), "--yes".as_ref()]);
    one.ok(["export", "folder", "out"]);
    two.ok(["import".as_ref(), one.path("out").as_os_str(), "--yes".as_ref()]);
    two.ok(["export", "folder", "out"]);
    for file in std::fs::read_dir(one.path("out")).unwrap() {
        let file = file.unwrap();
        let again = std::fs::read_to_string(two.path("out").join(file.file_name())).unwrap();
        assert!(
            std::fs::read_to_string(file.path()).unwrap() == again,
            "{:?} differs",
            file.file_name()
        );
    }
    let proof = ["export", "cpod", "--as-of", "2026-11-20"];
    assert!(one.ok(proof) == two.ok(proof), "the proofs differ");
    let refused = one.run(["export", "folder", "out"]);
    assert_eq!(refused.code, 5, "{refused:?}");
}

/// Puts texts, days and quantities of any kind into a store and answers its folder, file by file.
fn filled(texts: &[String], days: (i32, i32), hundredths: i64) -> Sandbox {
    // A text of PostgreSQL holds every character but one.
    let texts: Vec<String> = texts.iter().map(|text| crate::database::storable(text)).collect();
    let sandbox = Sandbox::new();
    fill(&sandbox, &texts, days, hundredths);
    sandbox
}

/// The same in a store that is there.
pub fn fill(sandbox: &Sandbox, texts: &[String], days: (i32, i32), hundredths: i64) {
    small(sandbox);
    let store = crate::database::raw(&sandbox.store());
    let set = |sql: &str, text: &str| store.execute(sql, [text]).unwrap();
    set(
        "UPDATE customer SET name = ?1 WHERE id = 1",
        &format!("1{}", texts[0]),
    );
    set("UPDATE contract SET plan = ?1 WHERE id = 1", &texts[1]);
    set("UPDATE package SET name = ?1 WHERE id = 1", &texts[2]);
    set("UPDATE entitlement SET description = ?1 WHERE id = 1", &texts[3]);
    set(
        "UPDATE workspace SET name = ?1 WHERE id = 2",
        &format!("2{}", texts[4]),
    );
    set("UPDATE support_case SET title = ?1", &texts[5]);
    set("UPDATE engagement SET contact = ?1", &texts[6]);
    let insert = "INSERT INTO ledger (entitlement_id, workspace_id, delivered_on, quantity, reference, note, source_id,
        source_key, recording_id) VALUES (1, 1, ?1, ?2, ?3, ?4, 1, 'any', 1)";
    let day = NEW_YEAR + i64::from(days.0);
    store
        .execute(insert, rusqlite::params![day, hundredths, texts[7], texts[8]])
        .unwrap();
    let learning =
        "INSERT INTO learning (code, workspace_id, learner_account, learner_name, title, status, started_on,
        completed_on) VALUES ('L', 1, 'a@x.example', ?1, ?2, 'completed', ?3, ?4)";
    let done = day + i64::from(days.1);
    store
        .execute(learning, rusqlite::params![texts[9], texts[10], day, done])
        .unwrap();
    kept_by_requests(&store, &texts[11..], day * 86_400 + i64::from(days.1));
    kept_by_partners(&store, texts, day);
}

/// What requests keep, and known issues, with texts of any kind. One event happened twice.
fn kept_by_requests(store: &rusqlite::Connection, texts: &[String], at: i64) {
    let sql = "UPDATE support_case SET description = ?1, resolution = ?2, assignee = ?3, filed_by = ?3, named_contact = ?4,
        responded_at = ?5, resolved_at = ?5, around_the_clock = 1, category = 'defect'";
    let case = rusqlite::params![texts[0], texts[1], texts[2], texts[3], at];
    store.execute(sql, case).unwrap();
    let event = "INSERT INTO case_event (case_id, at, account, kind, before, after, text) VALUES (1, ?1, 'a', 'note', ?2, ?3, ?4)";
    for _ in 0..2 {
        let values = rusqlite::params![at, texts[4], texts[3], texts[0]];
        store.execute(event, values).unwrap();
    }
    let name = texts[1].replace(|c: char| c.is_control() || "/\\".contains(c), "_") + ".txt";
    let content = texts.concat().into_bytes();
    let file = "INSERT INTO case_file (case_id, at, account, name, size, sha256, content) VALUES (2, ?1, 'b', ?2, ?3, ?4, ?5)";
    let hash = Sha256::digest(&content).to_vec();
    let values = rusqlite::params![at, name, i64::try_from(content.len()).unwrap(), hash, content];
    store.execute(file, values).unwrap();
    let issue = "INSERT INTO health_issue (id, code, service, title, classification, status, impact, started_at) VALUES
        (1, 'H1', ?1, ?2, 'incident', ?3, ?4, ?5)";
    let told = |text: &str| format!("1{text}");
    let values = rusqlite::params![told(&texts[0]), told(&texts[1]), told(&texts[2]), texts[3], at];
    store.execute(issue, values).unwrap();
    let update = "INSERT INTO health_update (issue_id, at, text) VALUES (1, ?1, ?2)";
    store
        .execute(update, rusqlite::params![at, told(&texts[4])])
        .unwrap();
}

/// Partners and what is theirs, with texts of any kind.
fn kept_by_partners(store: &rusqlite::Connection, texts: &[String], day: i64) {
    let told = |text: &str| format!("1{text}");
    let put = |sql: &str, values: &[&dyn rusqlite::ToSql]| store.execute(sql, values).unwrap();
    put(
        "INSERT INTO partner (id, code, name, kind, domain, phone, hours, languages, charges, structure, structure_by) VALUES
         (1, ?1, ?2, 'direct-bill', 'p.example', ?3, ?4, ?5, ?6, 'outsourced', ?7)",
        &[&told(&texts[0]), &told(&texts[1]), &texts[2], &texts[3], &texts[4], &texts[5], &told(&texts[6])],
    );
    // Lists of groups and services are separated by ; and end without spaces.
    let part = |text: &str| format!("1{}1", text.replace([';', '\n'], " "));
    put(
        "INSERT INTO security_group VALUES (1, 1, ?1)",
        &[&part(&texts[7])],
    );
    put(
        "INSERT INTO partner_person VALUES (1, 1, 'a@p.example', ?1), (2, 1, 'b@p.example', ?2)",
        &[&texts[8], &texts[9]],
    );
    put(
        "INSERT INTO partner_role VALUES (1, 'admin-agent'), (1, 'sales-agent')",
        &[],
    );
    put("INSERT INTO security_group_member VALUES (1, 1), (1, 2)", &[]);
    put(
        "INSERT INTO partner_plan VALUES (1, 1, ?1, 'premier', ?2, ?2)",
        &[&told(&texts[10]), &day],
    );
    put(
        "INSERT INTO relationship (id, partner_id, customer_id, status, of_record, since_on, code, until_on)
           VALUES (1, 1, 1, 'removed', 1, ?1, ?2, ?1 + 90)",
        &[&day, &told(&texts[2])],
    );
    kept_of_customers(store, texts, day);
    put(
        "INSERT INTO delegation VALUES (1, ?1, 1, 1, ?2, 'expiring', ?3, ?3 + 86400, 1, 1, ?3 - 9, ?3 - 5, ?3 + 7)",
        &[&told(&texts[11]), &told(&texts[12]), &(day * 86_400)],
    );
    put(
        "INSERT INTO delegation_role VALUES (1, 1, '62e90394-69f5-4237-9190-012177145e10', NULL),
         (2, 1, '62e90394-69f5-4237-9190-012177145e10', 1)",
        &[],
    );
    put(
        "INSERT INTO product (id, name, services, publisher, link, phone) VALUES (100, ?1, ?2, ?3, ?4, ?5)",
        &[
            &told(&texts[13]),
            &format!("{}\n{}", part(&texts[14]), part(&texts[15])),
            &told(&texts[0]),
            &texts[1],
            &texts[2],
        ],
    );
    put(
        "INSERT INTO subscription (id, code, customer_id, partner_id, product_id, name, status, quantity, starts_on, ends_on)
           VALUES (1, ?1, 1, 1, 100, ?2, 'suspended', 7, ?3, NULL)",
        &[&told(&texts[3]), &texts[4], &day],
    );
    put(
        "INSERT INTO subscription_role VALUES (1, 1, 'Owner', NULL, 1, NULL)",
        &[],
    );
    put(
        "INSERT INTO support_case (id, number, partner_id, customer_id, kind, severity, state, title, opened_at, family,
           subscription, plan, not_covered_by, because) VALUES
         (300, '300', 1, 1, 'advisory', 'C', 'open', ?1, ?2, 'azure', ?3, ?4, ?5, ?6), (301, '301', 1, NULL, 'advisory', 'C', 'open',
           ?1, ?2, NULL, NULL, NULL, NULL, NULL)",
        &[&told(&texts[5]), &(day * 86_400), &texts[6], &texts[7], &texts[8], &texts[9]],
    );
    put("INSERT INTO case_share VALUES (300, 'b@p.example')", &[]);
    put(
        "INSERT INTO intake VALUES (1, ?1, 1, 1, ?2, 'a@p.example', ?3, ?4, ?5, 'escalated', 300)",
        &[
            &told(&texts[10]),
            &(day * 86_400),
            &texts[11],
            &told(&texts[12]),
            &told(&texts[13]),
        ],
    );
}

/// What partners keep of customers, and what customers find them by, with texts of any kind.
fn kept_of_customers(store: &rusqlite::Connection, texts: &[String], day: i64) {
    let told = |text: &str| format!("1{text}");
    let part = |text: &str| format!("1{}1", text.replace([';', '\n'], " "));
    let put = |sql: &str, values: &[&dyn rusqlite::ToSql]| store.execute(sql, values).unwrap();
    put(
        "UPDATE customer SET street = ?1, city = ?2, region = ?3, postal_code = ?4, contact_first = ?5, contact_last = ?6,
           mail = 'a@x.example', phone = '+421 2 555 0100', registration_number = ?7, language = 'sk', qualification = 'education',
           vetting = 'denied', vetting_reason = ?8, archived_on = ?9 WHERE id = 1",
        &[
            &told(&texts[0]),
            &told(&texts[1]),
            &told(&texts[2]),
            &told(&texts[3]),
            &told(&texts[4]),
            &told(&texts[5]),
            &told(&texts[6]),
            &told(&texts[7]),
            &day,
        ],
    );
    put(
        "INSERT INTO self_purchase (customer_id, family) VALUES (1, 'ems'), (1, 'azure')",
        &[],
    );
    put(
        "UPDATE partner SET business_name = ?1, kind = 'indirect-provider' WHERE id = 1",
        &[&told(&texts[8])],
    );
    put(
        "INSERT INTO partner_listing VALUES (1, 'offer', ?1), (1, 'industry', ?2), (1, 'location', ?3)",
        &[&part(&texts[9]), &part(&texts[10]), &part(&texts[11])],
    );
    put(
        "INSERT INTO partner (id, code, name, kind, domain, provider_id) VALUES (2, 'RES', 'Reseller', 'indirect-reseller', 'r.example', 1)",
        &[],
    );
    put(
        "INSERT INTO support_contact (customer_id, partner_id, reseller_id) VALUES (1, 1, 2)",
        &[],
    );
    put(
        "INSERT INTO agreement_template (id, code, version, region, language, customer_type, audience, link, valid_from, valid_until)
           VALUES (900, ?1, 7, ?2, ?3, 'nonprofit', 'direct', ?4, ?5, ?5)",
        &[&told(&texts[0]), &told(&texts[1]), &told(&texts[2]), &told(&texts[3]), &day],
    );
    put(
        "INSERT INTO agreement (customer_id, template_id, status, partner_id, code, invited_on, first_name, last_name, mail, phone, agreed_on)
           VALUES (1, 900, 'confirmed', 1, ?1, ?2, ?3, ?4, 'a@x.example', ?5, 20000)",
        &[&told(&texts[4]), &day, &told(&texts[5]), &told(&texts[6]), &told(&texts[7])],
    );
}

pub fn folder(sandbox: &Sandbox) -> Vec<(String, String)> {
    sandbox.ok(["export", "folder", "out"]);
    let read = |file: std::fs::DirEntry| {
        let text = std::fs::read_to_string(file.path()).unwrap();
        (file.file_name().into_string().unwrap(), text)
    };
    let mut all = Vec::new();
    for folder in ["out", "out/files"] {
        let files = std::fs::read_dir(sandbox.path(folder)).unwrap();
        let files = files
            .map(|file| file.unwrap())
            .filter(|file| file.path().is_file());
        all.extend(files.map(read));
    }
    all.sort();
    all
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { cases: 24, failure_persistence: None, ..Default::default() })]

    /// Rules: K-16 T-3
    #[test]
    fn any_text_day_and_quantity_survives_the_way_out_and_in(
        texts in proptest::collection::vec(proptest::prop_oneof!["[=+@'\t\r\n,;\" a-]{1,6}", "\\PC{1,12}", "(?s).{1,8}"], 16),
        days in (0_i32..300, 0_i32..300),
        hundredths in 1_i64..1_000_000_000_000,
    ) {
        let one = filled(&texts, days, hundredths);
        let out = folder(&one);
        let two = Sandbox::new();
        let run = two.run(["import".as_ref(), one.path("out").as_os_str(), "--yes".as_ref()]);
        proptest::prop_assert_eq!(run.code, 0, "{:?}", run);
        let again = folder(&two);
        proptest::prop_assert_eq!(out.len(), again.len());
        for (before, after) in out.iter().zip(&again) {
            proptest::prop_assert_eq!(before, after);
        }
    }
}

/// Rules: K-4 K-16
#[test]
fn the_page_escapes_what_it_shows_and_needs_no_network() {
    let sandbox = Sandbox::new();
    small(&sandbox);
    sandbox.sql("UPDATE customer SET name = '<script>alert(1)</script>' WHERE id = 1");
    let page = sandbox.ok(["export", "cpod", "--as-of", "2026-06-30", "-o", "html"]);
    assert!(
        page.contains("&lt;script&gt;") && !page.contains("<script"),
        "{page}"
    );
    for outside in ["http://", "https://", "src=", "@import", "url("] {
        assert!(!page.contains(outside), "the page names {outside}");
    }
    assert!(
        page.contains("115 % – over-used") && page.contains("<b>11.5</b> of 10 hours · 1.5 over"),
        "{page}"
    );
    assert!(
        page.contains("as needed, no limit") && page.contains("<b>8.25 hours</b> used"),
        "{page}"
    );
    let again = sandbox.ok(["export", "cpod", "--as-of", "2026-06-30", "-o", "html"]);
    assert!(page == again, "two pages differ");
}

/// Rules: A-1 A-2 A-4
#[test]
fn the_activity_export_has_the_rows_of_the_report() {
    let sandbox = Sandbox::new();
    small(&sandbox);
    let report = [
        "activity",
        "--all-workspaces",
        "--all",
        "--as-of",
        "2026-06-30",
        "-o",
        "csv",
    ];
    let export = ["export", "activity", "--as-of", "2026-06-30"];
    assert_eq!(sandbox.ok(export), sandbox.ok(report));
    let plant = sandbox.ok([&export[..], &["--workspace", "W2"]].concat());
    assert_eq!(
        plant,
        sandbox.ok([&report[..1], &["--workspace", "W2"], &report[2..]].concat())
    );
}

/// Every cell of the one plain query, written as the export writes it.
fn asked(sandbox: &Sandbox, day: i64) -> Vec<Vec<String>> {
    use rusqlite::types::Value;
    let store = crate::database::raw(&sandbox.store());
    let mut query = store.prepare(include_str!("cpod.sql")).unwrap();
    let columns = query.column_count();
    let rows = query.query_map([day], |row| {
        let cells = (0..columns).map(|place| match row.get_unwrap::<_, Value>(place) {
            Value::Null => String::new(),
            Value::Real(number) => number.to_string(),
            Value::Text(text) => text,
            other => panic!("{other:?}"),
        });
        Ok(cells.collect())
    });
    rows.unwrap().map(Result::unwrap).collect()
}

/// Rules: K-13 E-5 O-5 C-4
#[test]
fn the_proof_agrees_with_one_plain_query() {
    let sandbox = Sandbox::new();
    let folder = repository("examples/hub");
    sandbox.ok(["import".as_ref(), folder.as_os_str(), "--yes".as_ref()]);
    for (text, day) in [("2026-11-20", NEW_YEAR + 323), ("2025-03-01", NEW_YEAR - 306)] {
        let found = csv(&sandbox.ok(["export", "cpod", "--as-of", text]));
        let expected = asked(&sandbox, day);
        assert_eq!(found[0].join(","), HEADER);
        for (found, expected) in found.iter().skip(1).zip(&expected) {
            assert_eq!(found, expected, "as of {text}");
        }
        assert_eq!(found.len() - 1, expected.len());
    }
}
