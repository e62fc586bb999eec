//! Importing folders: what is checked, what is said, what is kept.

use crate::harness::{Run, Sandbox};
use sha2::{Digest, Sha256};
use std::time::{Duration, Instant};

/// A small folder in which every kind occurs; every test changes what it is about.
pub fn folder(sandbox: &Sandbox) {
    let files = [
        (
            "customers",
            "customer,name,country,domain\nC1,Žilinská oceľ,SK,zo.example\nC2,Łódź Tekstylia,PL,\n",
        ),
        (
            "contracts",
            "contract,customer,kind,start,end,time_zone\n0001,C1,unified,2026-01-01,2026-12-31,Europe/Bratislava\n0002,C2,premier,2026-01-01,2026-12-31,\n",
        ),
        (
            "schedules",
            "schedule,contract,kind,start,end\nS1,0001,base,2026-01-01,2026-12-31\nS2,0002,base,2026-01-01,2026-12-31\n",
        ),
        (
            "packages",
            "package,schedule,name,kind,start,end\nP1,S1,First half,enterprise-wide,2026-01-01,2026-06-30\nP2,S1,All year,enterprise-wide,2026-01-01,2026-12-31\nP3,S2,Other,enterprise-wide,2026-01-01,2026-12-31\n",
        ),
        (
            "entitlements",
            "entitlement,package,service,category,allowance,quantity,unit,description\nE1,P1,proactive,consumable,limited,10,hours,Hours\nE2,P2,proactive,consumable,limited,20,hours,Hours\nE3,P2,contacts,consumable,limited,2,seats,Contacts\nE4,P2,education,consumable,as-needed,,seats,Learning\nE5,P2,assessment,consumable,limited,3,count,Assessments\nE6,P2,other,additional-benefit,included,,,Library\nE7,P3,proactive,consumable,limited,5,hours,Hours\n",
        ),
        (
            "workspaces",
            "workspace,customer,name,default\nW1,C1,Ústredie,yes\nW2,C2,Fabryka,yes\n",
        ),
        (
            "attachments",
            "workspace,contract,package\nW1,0001,P1\nW1,0001,P2\n",
        ),
        (
            "contacts",
            "contract,account,name,role,since,until\n0001,ana@zo.example,Ana,support-contact,2026-02-01,\n0001,bea@zo.example,Bea,support-contact,2026-02-01,2026-05-01\n",
        ),
        (
            "cases",
            "case,workspace,contract,package,entitlement,kind,severity,state,title,opened_at\n100,W1,0001,P2,E2,advisory,C,open,\"Two\nlines\",2026-03-01T09:30:00Z\n",
        ),
        (
            "engagements",
            "engagement,workspace,entitlement,kind,title,status\nEN1,W1,E1,workshop,Rehearsal,delivered\nEN2,W1,E1,workshop,Later,planned\n",
        ),
        (
            "learning",
            "learning,workspace,learner_account,learner_name,title,status,started_on,completed_on\nL1,W1,ana@zo.example,Ana,Basics,completed,2026-02-01,2026-02-03\nL2,W1,bea@zo.example,Bea,More,registered,,\n",
        ),
        (
            "assessments",
            "assessment,workspace,name,technology,set_up_on,status\nA1,W1,Health,Directory,2026-03-01,active\n",
        ),
        (
            "deliveries",
            "source_key,entitlement,workspace,service,delivered_on,quantity,reference,note,late,corrects,reason\nD1,E1,W1,,2026-03-01,4,EN1,,,,\nD2,,W1,proactive,2026-03-02,8,,drawn,,,\nD3,,,,2026-03-03,-4,,,,D1,twice\nD4,E1,,,2026-07-05,1,,,yes,,\n",
        ),
    ];
    for (name, text) in files {
        sandbox.write(&format!("in/{name}.csv"), text);
    }
}

pub fn import(sandbox: &Sandbox, more: &[&str]) -> Run {
    sandbox.run([&["import", "in", "--yes"], more].concat())
}

fn sql(sandbox: &Sandbox, sql: &str) -> Vec<String> {
    let db = crate::database::raw(&sandbox.store());
    let mut statement = db.prepare(sql).unwrap();
    let width = statement.column_count();
    let rows = statement.query_map([], |row| {
        let cells = (0..width).map(|place| {
            row.get::<_, rusqlite::types::Value>(place)
                .map(|value| match value {
                    rusqlite::types::Value::Null => String::new(),
                    rusqlite::types::Value::Integer(n) => n.to_string(),
                    rusqlite::types::Value::Text(text) => text,
                    other => format!("{other:?}"),
                })
        });
        cells.collect::<Result<Vec<_>, _>>().map(|cells| cells.join("|"))
    });
    rows.unwrap().map(Result::unwrap).collect()
}

/// Everything in the store but moments and hashes.
fn content(sandbox: &Sandbox) -> Vec<String> {
    let tables = [
        "customer",
        "contract",
        "schedule",
        "package",
        "entitlement",
        "workspace",
        "workspace_contract",
        "workspace_package",
        "contact",
        "member",
        "support_case",
        "engagement",
        "learning",
        "assessment",
        "source",
        "ledger",
        "ledger_total",
    ];
    let mut all = Vec::new();
    for table in tables {
        all.push(format!("-- {table}"));
        all.extend(sql(sandbox, &format!("SELECT * FROM {table} ORDER BY 1, 2")));
    }
    all.extend(sql(
        sandbox,
        "SELECT action, subject, before, after FROM audit ORDER BY id",
    ));
    all
}

/// Rules: C-2 L-1 L-4 L-5 L-6 K-18
#[test]
fn a_folder_is_applied_once_and_then_nothing_is_left_to_do() {
    let sandbox = Sandbox::new();
    folder(&sandbox);
    let run = import(&sandbox, &[]);
    assert_eq!(run.code, 0, "{run:?}");
    let ledger = sql(
        &sandbox,
        "SELECT s.name, l.source_key, e.code, l.quantity, l.late, l.reason, l.draw FROM ledger l JOIN source s ON s.id = l.source_id
         JOIN entitlement e ON e.id = l.entitlement_id ORDER BY l.id",
    );
    assert_eq!(
        ledger,
        [
            "contacts|0001/ana@zo.example/|E3|100|0||",
            "contacts|0001/bea@zo.example/|E3|100|0||",
            "contacts|0001/bea@zo.example//reversed|E3|-100|0|released|",
            "learning|L1|E4|100|0||",
            "assessments|A1|E5|100|0||",
            "deliveries|D1|E1|400|0||",
            "deliveries|D2|E1|600|0||D2",
            "deliveries|D2/2|E2|200|0||D2",
            "deliveries|D4|E1|100|1||",
            "deliveries|D3|E1|-400|0|twice|",
        ]
    );
    assert_eq!(
        sql(&sandbox, "SELECT account, status FROM member"),
        ["ana@zo.example|invited"]
    );
    let before = content(&sandbox);
    let again = import(&sandbox, &[]);
    assert_eq!(
        (again.code, again.stderr.contains("nothing left to do")),
        (0, true),
        "{again:?}"
    );
    assert_eq!(content(&sandbox), before);
}

/// Rules: X-2
#[test]
fn the_record_of_a_file_carries_a_digest_of_its_entries() {
    let sandbox = Sandbox::new();
    folder(&sandbox);
    assert_eq!(import(&sandbox, &[]).code, 0);
    let db = servhub::store::Db::open(&sandbox.store()).unwrap();
    let records = sql(
        &sandbox,
        "SELECT after FROM audit WHERE after LIKE '%\"entries\":{%'",
    );
    assert!(records.len() >= 4, "{records:?}");
    for record in records {
        let record: serde_json::Value = serde_json::from_str(&record).unwrap();
        let entries = &record["entries"];
        let (first, last) = (
            entries["first"].as_i64().unwrap(),
            entries["last"].as_i64().unwrap(),
        );
        let digest = db.read(|store| store.entries_digest(first, last)).unwrap();
        assert_eq!(digest, entries["sha256"].as_str().unwrap());
    }
}

fn fault(file: &str, line: &str) -> Run {
    let sandbox = Sandbox::new();
    folder(&sandbox);
    let path = sandbox.path(&format!("in/{file}.csv"));
    let text = std::fs::read_to_string(&path).unwrap();
    sandbox.write(&format!("in/{file}.csv"), &format!("{text}{line}\n"));
    let run = import(
        &sandbox,
        &["-o", "csv", "--columns", "line,column,code,reason,fix"],
    );
    assert_eq!(run.code, 5, "{line}: {run:?}");
    assert!(
        run.stderr.contains("E0300") && run.stderr.contains("nothing was changed"),
        "{run:?}"
    );
    assert_eq!(sql(&sandbox, "SELECT count(*) FROM customer"), ["0"]);
    run
}

/// Rules: K-17 C-1 E-1 E-3 L-1 L-2 L-3 L-5 L-6 W-1 W-4 T-1 T-3 D-1
#[test]
fn every_fault_is_told_with_line_column_and_fix() {
    let cases = [
        ("customers", "C3,,,", "4,name,E0100"),
        ("customers", "C3,Žilinská oceľ,,", "4,name,E0500"),
        ("customers", "C3,X,slovakia,", "4,country,E0100"),
        (
            "contracts",
            "0003,C9,unified,2026-01-01,2026-12-31,",
            "4,customer,E0110",
        ),
        (
            "contracts",
            "0003,C1,unifed,2026-01-01,2026-12-31,",
            "4,kind,E0100",
        ),
        (
            "contracts",
            "0003,C1,unified,2026-02-30,2026-12-31,",
            "4,start,E0100",
        ),
        (
            "contracts",
            "0003,C1,unified,2026-12-31,2026-01-01,",
            "4,end,E0500",
        ),
        (
            "contracts",
            "0003,C1,unified,2026-01-01,2026-12-31,Europe/Bratislva",
            "4,time_zone,E0100",
        ),
        (
            "contracts",
            "0001,C2,unified,2026-01-01,2026-12-31,",
            "4,customer,E0500",
        ),
        ("contracts", "0003,C1", "4,,E0100"),
        ("schedules", "S3,0001,base,2026-02-01,2026-03-01", "4,kind,E0500"),
        ("packages", "P9,S1,N,add-on,2026-01-01,2027-01-01", "5,end,E0500"),
        (
            "entitlements",
            "E9,P1,proactive,consumable,limited,,hours,D",
            "9,quantity,E0500",
        ),
        (
            "entitlements",
            "E9,P1,proactive,consumable,limited,1.234,hours,D",
            "9,quantity,E0100",
        ),
        (
            "entitlements",
            "E9,P1,proactive,consumable,as-needed,,,D",
            "9,unit,E0500",
        ),
        (
            "entitlements",
            "E9,P1,other,additional-benefit,as-needed,,hours,D",
            "9,allowance,E0500",
        ),
        ("workspaces", "W3,C1,Third,yes", "4,default,E0500"),
        ("attachments", "W1,0002,", "4,contract,E0500"),
        ("attachments", "W1,0001,P3", "4,package,E0500"),
        (
            "contacts",
            "0001,noone,N,support-contact,2026-01-01,",
            "4,account,E0100",
        ),
        (
            "contacts",
            "0001,c@zo.example,N,support-contact,2026-03-01,2026-02-01",
            "4,until,E0500",
        ),
        (
            "contacts",
            "0001,c@zo.example,C,support-contact,2026-03-01,\n0001,d@zo.example,D,support-contact,2026-03-01,",
            "5,role,E0408",
        ),
        (
            "cases",
            "101,W1,0002,,,advisory,C,open,T,2026-03-01T09:30:00Z",
            "4,contract,E0500",
        ),
        ("cases", "1x1,W1,,,,advisory,C,open,T,2026-03-01", "4,case,E0100"),
        (
            "cases",
            "101,W1,,,,advisory,C,open,\"T,2026-03-01T09:30:00Z",
            "4,,E0100",
        ),
        (
            "engagements",
            "EN3,W1,E7,workshop,T,planned",
            "4,entitlement,E0500",
        ),
        ("learning", "L3,W1,a@b,A,T,started,,", "4,started_on,E0500"),
        ("deliveries", "D9,E1,W1,,2026-03-01,0,,,,,", "6,quantity,E0407"),
        (
            "deliveries",
            "D9,E1,W1,,2026-11-22,1,,,yes,,",
            "6,delivered_on,E0401",
        ),
        (
            "deliveries",
            "D9,E1,W1,,2026-07-01,1,,,,,",
            "6,delivered_on,E0400",
        ),
        (
            "deliveries",
            "D9,E1,W1,,2026-03-01,1,EN2,,,,",
            "6,reference,E0402",
        ),
        (
            "deliveries",
            "D1,E1,W1,,2026-03-01,5,EN1,,,,",
            "6,source_key,E0403",
        ),
        (
            "deliveries",
            "D9,,,,2026-03-01,-8,,,,D1,again",
            "6,corrects,E0404",
        ),
        ("deliveries", "D9,E6,W1,,2026-03-01,1,,,,,", "6,entitlement,E0405"),
        ("deliveries", "D9,,W1,dse,2026-03-01,1,,,,,", "6,service,E0406"),
        ("deliveries", "D9,,,,2026-03-01,1,,,,,", "6,entitlement,E0500"),
        ("deliveries", "D9,E7,W1,,2026-03-01,1,,,,,", "6,workspace,E0500"),
    ];
    for (file, line, expected) in cases {
        let run = fault(file, line);
        let told = run
            .stdout
            .lines()
            .any(|told| told.starts_with(expected) && !told.ends_with(','));
        assert!(
            told,
            "{file}: {line}: expected {expected} and a fix in {}",
            run.stdout
        );
    }
}

/// Rules: K-9 K-17
#[test]
fn misspelt_names_and_columns_list_the_near_ones() {
    let run = fault("packages", "P9,S11,N,add-on,2026-01-01,2026-12-31");
    assert!(run.stdout.contains("did you mean S1"), "{run:?}");
    let sandbox = Sandbox::new();
    sandbox.write("in/customers.csv", "customer,nam,colour\nC1,X,red\n");
    let run = import(&sandbox, &[]);
    assert_eq!(run.code, 2, "{run:?}");
    assert!(
        run.stderr.contains("E0303") && run.stderr.contains("\"nam\""),
        "{run:?}"
    );
    sandbox.write(
        "in/customers.csv",
        "\u{FEFF}Name ; CUSTOMER;colour\r\n\"Semi;colon \"\"A\"\"\";C1;red\r\n",
    );
    let run = import(&sandbox, &[]);
    assert_eq!(run.code, 0, "{run:?}");
    assert!(run.stderr.contains("\"colour\" is not known"), "{run:?}");
    assert_eq!(
        sql(&sandbox, "SELECT code, name FROM customer"),
        ["C1|Semi;colon \"A\""]
    );
}

/// Rules: K-10 K-17
#[test]
fn keep_going_applies_the_good_rows_and_says_so() {
    let sandbox = Sandbox::new();
    folder(&sandbox);
    sandbox.write("in/customers.csv", "customer,name\nC1,A\nC2,B\nC3,\nC4,D\n");
    let results = sandbox.path("results.csv");
    let run = import(
        &sandbox,
        &["--keep-going", "--results", results.to_str().unwrap()],
    );
    assert_eq!(run.code, 8, "{run:?}");
    assert_eq!(
        sql(&sandbox, "SELECT code FROM customer ORDER BY 1"),
        ["C1", "C2", "C4"]
    );
    let results = std::fs::read_to_string(results).unwrap();
    assert!(
        results.contains("customers.csv,4,customers,refused,C3,name,"),
        "{results}"
    );
    assert!(
        results.contains("customers.csv,5,customers,created,C4,"),
        "{results}"
    );
}

/// Rules: K-8 K-10 K-18
#[test]
fn a_dry_run_changes_nothing_and_an_import_needs_a_yes() {
    let sandbox = Sandbox::new();
    folder(&sandbox);
    let run = sandbox.run(["import", "in"]);
    assert_eq!((run.code, run.stderr.contains("E0103")), (2, true), "{run:?}");
    let run = sandbox.run(["import", "in", "--dry-run", "--detailed-exitcode"]);
    assert_eq!(run.code, 6, "{run:?}");
    assert_eq!(sql(&sandbox, "SELECT count(*) FROM customer"), ["0"]);
    assert_eq!(import(&sandbox, &[]).code, 0);
    assert_eq!(
        sandbox
            .run(["import", "in", "--dry-run", "--detailed-exitcode"])
            .code,
        0
    );
}

/// Rules: K-18
#[test]
fn a_saved_plan_is_applied_exactly_or_not_at_all() {
    let sandbox = Sandbox::new();
    folder(&sandbox);
    let plan = |name| sandbox.run(["import", "plan", "in", "--out", name]);
    assert_eq!(plan("a.plan").code, 0);
    assert_eq!(sql(&sandbox, "SELECT count(*) FROM customer"), ["0"]);
    let apply = |name| sandbox.run(["import", "apply", name, "--yes"]);
    sandbox.write("more/customers.csv", "customer,name\nC1,Renamed meanwhile\n");
    assert_eq!(sandbox.run(["import", "more", "--yes"]).code, 0);
    let stale = apply("a.plan");
    assert_eq!(
        (stale.code, stale.stderr.contains("E0302")),
        (5, true),
        "{stale:?}"
    );
    assert_eq!(sql(&sandbox, "SELECT count(*) FROM contract"), ["0"]);
    let planned = plan("b.plan");
    assert!(
        planned.stdout.contains("name: Renamed meanwhile → Žilinská oceľ"),
        "{planned:?}"
    );
    assert_eq!(apply("b.plan").code, 0);
    sandbox.write("in/customers.csv", "customer,name\nC1,Other\n");
    let changed = apply("b.plan");
    assert_eq!(
        (changed.code, changed.stderr.contains("E0302")),
        (5, true),
        "{changed:?}"
    );
}

/// Rules: K-17
#[test]
fn templates_can_be_imported_as_they_are() {
    let sandbox = Sandbox::new();
    let mut kinds = Vec::new();
    for kind in servhub::hub::import::Kind::ALL {
        let text = sandbox.ok(["import", "--template", kind.word()]);
        sandbox.write(&format!("in/{kind}.csv"), &text);
        kinds.push(kind.word());
    }
    // The examples of attachments are the digests of these.
    for bytes in ["test", "test2"] {
        let name: String = Sha256::digest(bytes)
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        sandbox.write(&format!("in/files/{name}"), bytes);
    }
    let run = import(&sandbox, &["-o", "csv"]);
    assert_eq!(run.code, 0, "{run:?}");
    assert_eq!(
        sql(
            &sandbox,
            "SELECT count(*) FROM ledger WHERE source_id = (SELECT id FROM source WHERE name = 'timesheets')"
        ),
        ["2"]
    );
}

/// Rules: K-17
#[test]
fn json_lines_of_several_kinds_come_in_any_order() {
    let sandbox = Sandbox::new();
    let text = "{\"import\":\"contracts\",\"contract\":\"0001\",\"customer\":\"C1\",\"kind\":\"unified\",\"start\":\"2026-01-01\",\"end\":\"2026-12-31\"}\n\
                {\"kind\":\"customers\",\"customer\":\"C1\",\"name\":\"A\\nB \u{1F600}\",\"country\":null}\n";
    sandbox.write("stream.jsonl", text);
    let run = sandbox.run(["import", "stream.jsonl", "--yes"]);
    assert_eq!(run.code, 0, "{run:?}");
    assert_eq!(sql(&sandbox, "SELECT name FROM customer"), ["A\nB \u{1F600}"]);
    sandbox.write("bad.jsonl", "{\"import\":\"customer\"}\n");
    let run = sandbox.run(["import", "bad.jsonl", "--yes", "-o", "csv"]);
    assert_eq!(run.code, 5, "{run:?}");
    assert!(run.stdout.contains("did you mean customers?"), "{run:?}");
}

/// Rules: K-18
#[test]
fn a_large_file_comes_to_the_same_as_row_by_row() {
    let (bulk, rows) = (Sandbox::new(), Sandbox::new());
    let mut text = "source_key,entitlement,workspace,service,delivered_on,quantity,reference,note,late,corrects,reason\n".to_owned();
    for n in 0..3_000_u32 {
        let (day, quantity) = (1 + n % 28, f64::from(n % 400 + 1) / 100.0);
        let place = if n % 3 == 0 { "E2,W1," } else { ",W1,proactive" };
        text += &format!(
            "D{n},{place},2026-03-{day:02},{quantity},,\"a, \"\"note\"\" {n} {}\",,,\n",
            "long ".repeat(80)
        );
    }
    text += "X1,,,,2026-03-30,-0.01,,,,D0,wrong\n";
    for sandbox in [&bulk, &rows] {
        folder(sandbox);
        sandbox.write("in/deliveries.csv", &text);
    }
    assert_eq!(import(&bulk, &[]).code, 0);
    // A result file wants every row told, which only the row-by-row way does.
    assert_eq!(
        import(&rows, &["--results", rows.path("r.csv").to_str().unwrap()]).code,
        0
    );
    assert_eq!(content(&bulk), content(&rows));
    let again = import(&bulk, &[]);
    assert!(
        again.code == 0 && again.stderr.contains("nothing left to do"),
        "{again:?}"
    );
    let twice = Sandbox::new();
    folder(&twice);
    twice.write(
        "in/deliveries.csv",
        &format!("{text}D7,E2,W1,,2026-03-01,9,,,,,\n"),
    );
    let run = import(&twice, &["-o", "csv"]);
    assert_eq!(run.code, 5, "{run:?}");
    assert!(
        run.stdout.contains("3003") && run.stdout.contains("E0403"),
        "{run:?}"
    );
    assert_eq!(
        sql(
            &twice,
            "SELECT count(*) FROM sqlite_schema WHERE tbl_name = 'ledger' AND type = 'index'"
        ),
        ["3"]
    );
}

/// Rules: K-18 X-2
#[test]
fn a_killed_import_leaves_all_or_nothing_and_the_next_one_does_the_rest() {
    let wanted = Sandbox::new();
    folder(&wanted);
    let started = Instant::now();
    assert_eq!(import(&wanted, &[]).code, 0);
    let took = started.elapsed();
    let wanted = content(&wanted);
    let kills: u32 = std::env::var("SERVHUB_KILLS")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(20);
    let mut seed = 0x9E37_79B9_7F4A_7C15_u64;
    for _ in 0..kills {
        let sandbox = Sandbox::new();
        folder(&sandbox);
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let instant = Duration::from_micros((seed >> 33) % u64::try_from(took.as_micros()).unwrap().max(1));
        let mut command = sandbox.command(["import", "in", "--yes"]);
        let mut child = command
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(instant);
        child.kill().unwrap();
        child.wait().unwrap();
        let again = import(&sandbox, &[]);
        assert_eq!(again.code, 0, "killed after {instant:?}: {again:?}");
        assert_eq!(content(&sandbox), wanted, "killed after {instant:?}");
        chain_holds(&sandbox);
    }
}

pub fn chain_holds(sandbox: &Sandbox) {
    let db = servhub::store::Db::open(&sandbox.store()).unwrap();
    let mut chain = servhub::audit::Chain::START;
    db.read(|store| {
        store.each_audit(0, |(id, entry, hash)| {
            assert_eq!(chain.next(id, &entry).as_slice(), hash, "record {id}");
            chain = servhub::audit::Chain::from_hash(&hash);
            Ok(std::ops::ControlFlow::Continue(()))
        })
    })
    .unwrap();
}

mod round_trip {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]
        /// Rules: K-16 T-3
        #[test]
        fn any_text_number_and_day_survives(
            texts in prop::collection::vec("[^\u{0}]{1,20}", 1..8),
            hundredths in 0..1_000_000_000_i64,
            day in 0..20_000_i32,
            excel in any::<bool>(),
        ) {
            let sandbox = Sandbox::new();
            folder(&sandbox);
            let day = servhub::domain::Day::from_number(day);
            let quantity = servhub::domain::Quantity::from_hundredths(hundredths);
            let mut bytes = if excel { "\u{FEFF}".as_bytes().to_vec() } else { Vec::new() };
            let mut writer = csv::WriterBuilder::new()
                .delimiter(if excel { b';' } else { b',' }).terminator(csv::Terminator::CRLF).from_writer(&mut bytes);
            writer.write_record(["engagement", "workspace", "entitlement", "kind", "title", "status", "planned_on", "planned_quantity"]).unwrap();
            for (place, text) in texts.iter().enumerate() {
                let title = if excel { servhub::output::defuse(text).into_owned() } else { text.clone() };
                writer.write_record([&format!("X{place}"), "W1", "E1", "workshop", &title, "planned", &day.to_string(), &quantity.to_string()]).unwrap();
            }
            writer.flush().unwrap();
            drop(writer);
            std::fs::write(sandbox.path("in/engagements.csv"), bytes).unwrap();
            sandbox.write("in/deliveries.csv", "source_key,delivered_on,quantity\n");
            let run = import(&sandbox, &[]);
            prop_assert_eq!(run.code, 0, "{:?}", run);
            let db = crate::database::raw(&sandbox.store());
            let mut statement = db.prepare("SELECT title, planned_on, planned_quantity FROM engagement ORDER BY id").unwrap();
            let rows: Vec<(String, i32, i64)> = statement
                .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).unwrap().map(Result::unwrap).collect();
            let wanted: Vec<_> = texts.iter().map(|text| (text.clone(), day.number(), hundredths)).collect();
            prop_assert_eq!(rows, wanted);
        }
    }
}
