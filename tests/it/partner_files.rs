//! Partners in import folders: what is taken over, what is refused, and the way out and in again.

use crate::harness::{Run, Sandbox, repository};
use std::path::Path;

/// Two customers and a partner's tenant served by a direct partner, a provider and its reseller.
const FILES: [(&str, &str); 13] = [
    (
        "customers",
        "customer,name,country,domain\nC1,Žilinská oceľ,SK,zo.example\nC2,Łódź Tekstylia,PL,lodz.example\n",
    ),
    (
        "workspaces",
        "workspace,customer,name,default\nW1,C1,Ústredie,yes\n",
    ),
    // The reseller stands above its provider.
    (
        "partners",
        "partner,name,kind,domain,provider,support_level,mail,structure,structure_by\nP1,Malé Riešenia,indirect-reseller,mr.example,P2,,,resold,Veľký Sklad\nP2,Veľký Sklad,indirect-provider,vs.example,,premier,help@vs.example,own,\nP3,Oblak,direct-bill,oblak.example,,,,,\n",
    ),
    (
        "security_groups",
        "partner,group\nP1,Nočná zmena\nP2,Nočná zmena\nP2,Nobody yet\n",
    ),
    (
        "partner_people",
        "partner,account,name,roles,groups\nP1,ivo@mr.example,Ivo,helpdesk-agent,Nočná zmena\nP2,ela@vs.example,Ela,partner-admin;admin-agent,Azure;Nočná zmena\nP3,ota@oblak.example,Ota,admin-agent,\n",
    ),
    (
        "partner_plans",
        "plan,partner,kind,starts_on,ends_on\nPL1,P3,premier,2026-01-01,2026-12-31\n",
    ),
    (
        "relationships",
        "partner,customer,status,of_record,since_on\nP1,C1,active,yes,2026-01-01\nP2,C1,active,no,2026-01-01\nP3,C2,active,yes,2026-01-01\n",
    ),
    (
        "delegations",
        "delegation,partner,customer,name,status,starts_at,ends_at\nD1,P2,C1,Oceľ,active,2026-01-01T00:00:00Z,2028-01-01T00:00:00Z\nD2,P3,C2,Tekstylia,created,,\n",
    ),
    (
        "delegation_roles",
        "delegation,role,group\nD1,service support administrator,Nočná zmena\nD1,29232cdf-9323-42fd-ade2-1d097af3e4de,\n",
    ),
    (
        "products",
        "product,family,services,publisher,link\nStav Ledger,,Stav;Stav Cloud,Stav s.r.o.,https://stav.example\n",
    ),
    (
        "subscriptions",
        "subscription,customer,partner,product,name,status,quantity,starts_on,ends_on\nS1,C1,P2,microsoft azure,Výroba,active,,2026-01-01,\n",
    ),
    (
        "subscription_roles",
        "subscription,role,account,group,partner\nS1,Owner,ela@vs.example,,\nS1,Support Request Contributor,,Azure,\nS1,Support Request Contributor,,P1/Nočná zmena,\nS1,Contributor,,,P1\n",
    ),
    (
        "cases",
        "case,workspace,partner,customer,kind,severity,state,product,title,contact,opened_at,category,family,subscription,plan,not_covered_by,because\n100,W1,,,advisory,C,open,,Own,,2026-03-01T09:30:00Z,,,,,,\n200,,P2,C1,problem-resolution,A,open,Microsoft Azure,Theirs,ela@vs.example,2026-03-01T09:30:00Z,defect,azure,S1,csp,EX1,Another region\n300,,P3,,problem-resolution,C,open,Microsoft 365,Own tenant,ota@oblak.example,2026-03-01T09:30:00Z,billing,microsoft-365,,csp,,\n",
    ),
];

/// More that comes after the cases.
const LATER: [(&str, &str); 3] = [
    ("shares", "case,account,group\n200,ELA@vs.example,\n"),
    (
        "events",
        "case,at,account,kind,before,after,text\n200,2026-03-01T09:30:00Z,ela@vs.example,state,,open,\n",
    ),
    (
        "intake",
        "intake,partner,customer,at,account,reporter,title,diagnosis,outcome,case\nI1,P2,C1,2026-03-01T08:00:00Z,ela@vs.example,,Stojí,Ich sieť,solved,\nI2,P2,C1,2026-03-01T08:00:00Z,ela@vs.example,Ana,Stojí zas,Nie ich sieť,escalated,200\n",
    ),
];

fn hub() -> Sandbox {
    let sandbox = Sandbox::new();
    for (name, text) in FILES.iter().chain(&LATER) {
        sandbox.write(&format!("in/{name}.csv"), text);
    }
    let run = sandbox.run(["import", "in", "--yes"]);
    assert_eq!(run.code, 0, "{run:?}");
    sandbox
}

fn rows(sandbox: &Sandbox, sql: &str) -> Vec<String> {
    let db = crate::database::raw(&sandbox.store());
    let mut statement = db.prepare(sql).unwrap();
    let rows = statement.query_map([], |row| row.get(0)).unwrap();
    rows.map(|row| row.unwrap()).collect()
}

fn import(sandbox: &Sandbox, kind: &str, text: &str) -> Run {
    sandbox.write(&format!("more/{kind}.csv"), text);
    sandbox.run(["import", &format!("more/{kind}.csv"), "--yes"])
}

fn exported(sandbox: &Sandbox, folder: &str) -> Vec<(String, String)> {
    sandbox.ok(["export", "folder", folder]);
    let files = std::fs::read_dir(sandbox.path(folder)).unwrap();
    let mut all: Vec<(String, String)> = files
        .map(|file| {
            let file = file.unwrap();
            let text = std::fs::read_to_string(file.path()).unwrap();
            (file.file_name().into_string().unwrap(), text)
        })
        .collect();
    all.sort();
    all
}

/// Rules: K-18 B-4 G-2 G-3 P-1 P-2
#[test]
fn partners_are_taken_over_once_and_then_nothing_is_left_to_do() {
    let sandbox = hub();
    let people = "SELECT q.account || ' ' || r.role || ' ' || g.name FROM partner_person q JOIN partner_role r ON r.person_id = q.id
        JOIN security_group_member m ON m.person_id = q.id JOIN security_group g ON g.id = m.group_id ORDER BY 1";
    assert_eq!(
        rows(&sandbox, people),
        [
            "ela@vs.example admin-agent Azure",
            "ela@vs.example admin-agent Nočná zmena",
            "ela@vs.example partner-admin Azure",
            "ela@vs.example partner-admin Nočná zmena",
            "ivo@mr.example helpdesk-agent Nočná zmena",
        ]
    );
    let sold = "SELECT r.role || ' ' || coalesce(r.account, q.code || ' ' || g.name, p.code) FROM subscription_role r
        LEFT JOIN security_group g ON g.id = r.group_id LEFT JOIN partner q ON q.id = g.partner_id
        LEFT JOIN partner p ON p.id = r.partner_id ORDER BY 1";
    assert_eq!(
        rows(&sandbox, sold),
        [
            "Contributor P1",
            "Owner ela@vs.example",
            "Support Request Contributor P1 Nočná zmena",
            "Support Request Contributor P2 Azure",
        ]
    );
    let roles = "SELECT r.role || ' ' || ifnull(g.name, '-') FROM delegation_role r LEFT JOIN security_group g ON g.id = r.group_id";
    assert_eq!(
        rows(&sandbox, &format!("{roles} ORDER BY 1")),
        [
            "29232cdf-9323-42fd-ade2-1d097af3e4de -",
            "f023fd81-a637-4b56-95fd-791ac0226033 Nočná zmena"
        ]
    );
    let audit = "SELECT CAST(count(*) AS TEXT) FROM audit";
    let before = rows(&sandbox, audit);
    let again = sandbox.run(["import", "in", "--yes"]);
    assert_eq!(again.code, 0, "{again:?}");
    assert!(again.stderr.contains("nothing left to do"), "{again:?}");
    assert_eq!(rows(&sandbox, audit), before);
    let planned = sandbox.run(["import", "in", "--dry-run", "--detailed-exitcode"]);
    assert_eq!(planned.code, 0, "{planned:?}");
}

/// Rules: K-16 B-4 G-2
#[test]
fn partners_survive_the_way_out_and_in() {
    let (one, two) = (hub(), Sandbox::new());
    let out = exported(&one, "out");
    let run = two.run(["import".as_ref(), one.path("out").as_os_str(), "--yes".as_ref()]);
    assert_eq!(run.code, 0, "{run:?}");
    let again = exported(&two, "out");
    for (before, after) in out.iter().zip(&again) {
        assert_eq!(before, after);
    }
    let has = |file: &str, text: &str| {
        let file = out.iter().find(|(name, _)| name == file).unwrap();
        assert!(file.1.contains(text), "{file:?}");
    };
    has("products.csv", "Stav Ledger,,Stav;Stav Cloud,Stav s.r.o.,");
    has("products.csv", "\nMicrosoft Azure,azure,Azure,");
    has("security_groups.csv", "\nP2,Nobody yet");
    has("subscription_roles.csv", ",P1/Nočná zmena,");
    has("shares.csv", "200,ELA@vs.example,");
    // Into the store that it came from, it changes nothing.
    let back = one.run(["import", "out", "--dry-run", "--detailed-exitcode"]);
    assert_eq!(back.code, 0, "{back:?}");
}

/// Rules: K-17 B-1 B-4 B-6 B-7 G-2 G-3 P-1 P-2
#[test]
fn every_fault_of_partners_is_told_with_line_column_and_fix() {
    let partners = "partner,name,kind,domain,provider,site,structure,structure_by\n";
    let delegations = "delegation,partner,customer,name,status,starts_at,ends_at\n";
    let subscriptions = "subscription,customer,partner,product,name,status,starts_on,ends_on\n";
    let roles = "subscription,role,account,group,partner\n";
    let cases =
        "case,workspace,partner,customer,kind,severity,state,title,contact,opened_at,contract,because\n";
    let intake = "intake,partner,customer,at,account,title,diagnosis,outcome,case\n";
    let products = "product,family,publisher,link\n";
    let faults: [(&str, &str, &str, &str); 44] = [
        (
            "partners",
            partners,
            "P9,New,indirect-reseller,n.example,,,,",
            "2,provider,E0500",
        ),
        (
            "partners",
            partners,
            "P9,New,indirect-reseller,n.example,P3,,,",
            "2,provider,E0500",
        ),
        (
            "partners",
            partners,
            "P9,New,indirect-reseller,n.example,P22,,,",
            "2,provider,E0110",
        ),
        (
            "partners",
            partners,
            "P9,New,direct-bill,n.example,P2,,,",
            "2,provider,E0500",
        ),
        (
            "partners",
            partners,
            "P9,New,direct,n.example,,,,",
            "2,kind,E0100",
        ),
        (
            "partners",
            partners,
            "P2,Veľký Sklad,direct-bill,vs.example,,,,",
            "2,kind,E0500",
        ),
        (
            "partners",
            partners,
            "P9,Oblak,direct-bill,n.example,,,,",
            "2,name,E0500",
        ),
        (
            "partners",
            partners,
            "P9,New,direct-bill,OBLAK.example,,,,",
            "2,domain,E0500",
        ),
        (
            "partners",
            partners,
            "P9,New,direct-bill,mail@n.example,,,,",
            "2,domain,E0100",
        ),
        (
            "partners",
            partners,
            "P9,New,direct-bill,n.example,,n.example,,",
            "2,site,E0100",
        ),
        (
            "partners",
            partners,
            "P9,New,direct-bill,n.example,,,resold,",
            "2,structure_by,E0500",
        ),
        (
            "partners",
            partners,
            "P9,New,direct-bill,n.example,,,own,Them",
            "2,structure_by,E0500",
        ),
        ("security_groups", "partner,group\n", "P1,a;b", "2,group,E0100"),
        (
            "partner_people",
            "partner,account,name,roles\n",
            "P3,x@oblak.example,X,admin-agnt",
            "2,roles,E0100",
        ),
        (
            "partner_people",
            "partner,account,name,roles\n",
            "P3,x@oblak.example,X,global-admin",
            "2,roles,E0100",
        ),
        (
            "partner_people",
            "partner,account,name,roles\n",
            "P3,ana@ZO.example,Ana,admin-agent",
            "2,account,E0500",
        ),
        (
            "partner_people",
            "partner,account,name\n",
            "P33,x@oblak.example,X",
            "2,partner,E0110",
        ),
        (
            "partner_plans",
            "plan,partner,kind,starts_on,ends_on\n",
            "PL9,P3,premier,2026-02-01,2026-01-31",
            "2,ends_on,E0500",
        ),
        (
            "partner_plans",
            "plan,partner,kind,starts_on,ends_on\n",
            "PL1,P1,premier,2026-01-01,2026-12-31",
            "2,partner,E0500",
        ),
        (
            "relationships",
            "partner,customer,status,of_record,since_on\n",
            "P3,C1,active,yes,2026-01-01",
            "2,of_record,E0500",
        ),
        (
            "relationships",
            "partner,customer,status,since_on\n",
            "P3,C9,active,2026-01-01",
            "2,customer,E0110",
        ),
        (
            "delegations",
            delegations,
            "D9,P3,C1,N,created,,",
            "2,customer,E0500",
        ),
        (
            "delegations",
            delegations,
            "D9,P2,C1,Oceľ,created,,",
            "2,name,E0500",
        ),
        (
            "delegations",
            delegations,
            "D9,P2,C1,N,active,,",
            "2,starts_at,E0500",
        ),
        (
            "delegations",
            delegations,
            "D9,P2,C1,N,active,2026-01-01T00:00:00Z,",
            "2,ends_at,E0500",
        ),
        (
            "delegations",
            delegations,
            "D9,P2,C1,N,active,2026-01-01T00:00:00Z,2028-01-01T00:00:01Z",
            "2,ends_at,E0500",
        ),
        (
            "delegations",
            delegations,
            "D9,P2,C1,N,created,2026-01-01T00:00:00Z,2026-01-01T23:59:59Z",
            "2,ends_at,E0500",
        ),
        (
            "delegations",
            delegations,
            "D1,P1,C1,N,created,,",
            "2,partner,E0500",
        ),
        (
            "delegation_roles",
            "delegation,role,group\n",
            "D1,Exchange Admin,",
            "2,role,E0100",
        ),
        (
            "delegation_roles",
            "delegation,role,group\n",
            "D2,Global Reader,Azure",
            "2,group,E0110",
        ),
        // The family is there already, and the file does not speak of it.
        (
            "products",
            "product,publisher\n",
            "Microsoft 365,Someone",
            "2,family,E0500",
        ),
        (
            "products",
            products,
            "Teams,microsoft-365,Someone,",
            "2,family,E0500",
        ),
        (
            "products",
            products,
            "Teams,microsoft-365,,https://t.example",
            "2,link,E0500",
        ),
        (
            "subscriptions",
            subscriptions,
            "S9,C1,P3,Microsoft 365,N,active,2026-01-01,",
            "2,customer,E0500",
        ),
        (
            "subscriptions",
            subscriptions,
            "S9,C1,P2,Microsoft 356,N,active,2026-01-01,",
            "2,product,E0110",
        ),
        (
            "subscriptions",
            subscriptions,
            "S9,C1,P2,Microsoft 365,N,active,2026-01-02,2026-01-01",
            "2,ends_on,E0500",
        ),
        (
            "subscription_roles",
            roles,
            "S1,Reader,ela@vs.example,,",
            "2,role,E0100",
        ),
        (
            "subscription_roles",
            roles,
            "S1,Owner,ela@vs.example,Azure,",
            "2,account,E0500",
        ),
        (
            "subscription_roles",
            roles,
            "S1,Owner,ota@oblak.example,,",
            "2,account,E0110",
        ),
        ("subscription_roles", roles, "S1,Owner,,,P3", "2,partner,E0500"),
        (
            "cases",
            cases,
            "9,W1,P2,C1,advisory,C,open,T,,2026-03-01T09:30:00Z,,",
            "2,partner,E0500",
        ),
        (
            "cases",
            cases,
            "9,,P2,C1,advisory,C,open,T,ana@zo.example,2026-03-01T09:30:00Z,,",
            "2,contact,E0500",
        ),
        (
            "intake",
            intake,
            "I9,P2,C1,2026-03-01T08:00:00Z,ela@vs.example,T,D,solved,200",
            "2,case,E0500",
        ),
        (
            "intake",
            intake,
            "I9,P3,C2,2026-03-01T08:00:00Z,ota@oblak.example,T,D,escalated,200",
            "2,case,E0500",
        ),
    ];
    let more: [(&str, &str, &str, &str); 6] = [
        (
            "cases",
            cases,
            "9,,,,advisory,C,open,T,,2026-03-01T09:30:00Z,,",
            "2,workspace,E0500",
        ),
        (
            "cases",
            cases,
            "9,W1,,C1,advisory,C,open,T,,2026-03-01T09:30:00Z,,",
            "2,customer,E0500",
        ),
        (
            "cases",
            cases,
            "9,W1,,,advisory,C,open,T,,2026-03-01T09:30:00Z,,Why",
            "2,because,E0500",
        ),
        (
            "cases",
            cases,
            "9,,P2,C1,advisory,C,open,T,,2026-03-01T09:30:00Z,0001,",
            "2,contract,E0500",
        ),
        (
            "cases",
            cases,
            "200,W1,,,advisory,C,open,T,,2026-03-01T09:30:00Z,,",
            "2,workspace,E0500",
        ),
        (
            "cases",
            cases,
            "100,,P2,C1,advisory,C,open,T,,2026-03-01T09:30:00Z,,",
            "2,partner,E0500",
        ),
    ];
    let sandbox = hub();
    for (kind, header, line, expected) in faults.iter().chain(&more) {
        let file = format!("bad/{kind}.csv");
        sandbox.write(&file, &format!("{header}{line}\n"));
        let run = sandbox.run([
            "import",
            &file,
            "--yes",
            "-o",
            "csv",
            "--columns",
            "line,column,code,fix",
        ]);
        assert_eq!(run.code, 5, "{line}: {run:?}");
        let told = |told: &str| told.starts_with(expected) && !told.ends_with(',');
        assert!(
            run.stdout.lines().any(told),
            "{line}: expected {expected} in {}",
            run.stdout
        );
    }
}

/// The nearest known ones are named.
///
/// Rules: K-9
#[test]
fn what_is_unknown_is_told_with_the_nearest() {
    let sandbox = hub();
    let told = |kind: &str, text: &str, near: &str| {
        let run = import(&sandbox, kind, text);
        assert_eq!(run.code, 5, "{run:?}");
        assert!(run.stdout.contains(near), "{run:?}");
    };
    told(
        "delegation_roles",
        "delegation,role\nD1,Servis Support Administrator\n",
        "did you mean Service Support Administrator",
    );
    told(
        "delegation_roles",
        "delegation,role,group\nD1,Global Reader,Nocna zmena\n",
        "did you mean Nočná zmena",
    );
    told(
        "subscriptions",
        "subscription,customer,partner,product,name,status,starts_on\nS9,C1,P2,Exchange Onlin,N,active,2026-01-01\n",
        "did you mean Exchange Online",
    );
    told(
        "subscription_roles",
        "subscription,role,account\nS1,Owner,elo@vs.example\n",
        "did you mean ela@vs.example",
    );
}

/// Rules: B-1 G-2
#[test]
fn a_customer_has_one_partner_of_record_and_another_can_follow() {
    let sandbox = hub();
    let header = "partner,customer,status,of_record,since_on\n";
    let both = import(
        &sandbox,
        "relationships",
        &format!("{header}P2,C1,active,yes,2026-01-01\n"),
    );
    assert_eq!(both.code, 5, "{both:?}");
    assert!(both.stdout.contains("P1 is the partner of record"), "{both:?}");
    // A line without the column leaves the record as it is.
    let silent = import(
        &sandbox,
        "relationships",
        "partner,customer,status,since_on\nP1,C1,active,2026-01-01\n",
    );
    assert!(silent.stderr.contains("nothing left to do"), "{silent:?}");
    let handed = import(
        &sandbox,
        "relationships",
        &format!("{header}P1,C1,active,no,2026-01-01\nP2,C1,active,yes,2026-01-01\n"),
    );
    assert_eq!(handed.code, 0, "{handed:?}");
    let record = "SELECT p.code FROM relationship r JOIN partner p ON p.id = r.partner_id WHERE r.of_record = 1 ORDER BY 1";
    assert_eq!(rows(&sandbox, record), ["P2", "P3"]);
}

/// Files from before partners were kept have none of the new columns.
///
/// Rules: K-17 V-2
#[test]
fn an_old_file_of_cases_wipes_nothing_of_what_partners_filed() {
    let sandbox = hub();
    let old = import(
        &sandbox,
        "cases",
        "case,workspace,kind,severity,state,title,opened_at\n100,W1,advisory,C,open,Own,2026-03-01T09:30:00Z\n",
    );
    assert!(old.stderr.contains("nothing left to do"), "{old:?}");
    let short = import(
        &sandbox,
        "cases",
        "case,partner,kind,severity,state,title,opened_at\n200,P2,problem-resolution,B,open,Theirs,2026-03-01T09:30:00Z\n",
    );
    assert_eq!(short.code, 0, "{short:?}");
    let kept = "SELECT concat_ws(' ', u.code, k.severity, k.family, k.subscription, k.plan, k.not_covered_by, k.because, s.account)
        FROM support_case k JOIN customer u ON u.id = k.customer_id LEFT JOIN case_share s ON s.case_id = k.id";
    assert_eq!(
        rows(&sandbox, kept),
        ["C1 B azure S1 csp EX1 Another region ELA@vs.example"]
    );
    let moved = import(
        &sandbox,
        "cases",
        "case,partner,customer,kind,severity,state,title,opened_at\n200,P2,,problem-resolution,B,open,Theirs,2026-03-01T09:30:00Z\n",
    );
    assert_eq!(moved.code, 5, "{moved:?}");
    assert!(moved.stdout.contains("belongs to C1"), "{moved:?}");
}

/// Columns that a file lacks, and roles and groups that it states.
///
/// Rules: U-1 P-1
#[test]
fn a_column_that_is_not_there_changes_nothing_of_a_partner() {
    let sandbox = hub();
    let same = import(
        &sandbox,
        "partners",
        "partner,name,kind,domain\nP1,Malé Riešenia,indirect-reseller,mr.example\nP2,Veľký Sklad,indirect-provider,vs.example\n",
    );
    assert!(same.stderr.contains("nothing left to do"), "{same:?}");
    let direct = import(
        &sandbox,
        "partners",
        "partner,name,kind,domain\nP1,Malé Riešenia,direct-bill,mr.example\n",
    );
    assert_eq!(direct.code, 0, "{direct:?}");
    let provider = "SELECT ifnull(CAST(provider_id AS TEXT), 'none') || ' ' || structure_by FROM partner WHERE code = 'P1'";
    assert_eq!(rows(&sandbox, provider), ["none Veľký Sklad"]);
    let people = import(
        &sandbox,
        "partner_people",
        "partner,account,name,roles\nP2,Ela@VS.example,Ela,sales-agent\n",
    );
    assert!(
        people
            .stdout
            .contains("roles: partner-admin;admin-agent → sales-agent"),
        "{people:?}"
    );
    let groups = "SELECT g.name FROM security_group_member m JOIN security_group g ON g.id = m.group_id
        JOIN partner_person q ON q.id = m.person_id WHERE q.account = 'ela@vs.example' ORDER BY 1";
    assert_eq!(rows(&sandbox, groups), ["Azure", "Nočná zmena"]);
}

/// Rules: O-1 A-5 E-5
#[test]
fn what_partners_filed_is_in_no_report_about_contracts() {
    let sandbox = Sandbox::new();
    sandbox.ok(["demo"]);
    let theirs = rows(
        &sandbox,
        "SELECT number FROM support_case WHERE partner_id IS NOT NULL",
    );
    assert_eq!(theirs.len(), 4);
    let reports: [&[&str]; 3] = [
        &[
            "activity",
            "other-cases",
            "--all-workspaces",
            "--all",
            "-o",
            "csv",
        ],
        &["activity", "--all-workspaces", "--all", "-o", "csv"],
        &["export", "cpod", "-o", "csv"],
    ];
    for report in reports {
        let text = sandbox.ok(report);
        assert!(text.lines().count() > 5, "{report:?}: {text}");
        assert!(
            !theirs.iter().any(|number| text.contains(number.as_str())),
            "{report:?}"
        );
    }
}

/// Only the operator takes everything out; a person's part of it would be no hub.
///
/// Rules: R-1
#[test]
fn a_partners_person_exports_no_folder() {
    let sandbox = hub();
    let run = sandbox.run(["--as", "ela@vs.example", "export", "folder", "out"]);
    assert_eq!(run.code, 4, "{run:?}");
    assert!(!Path::new(&sandbox.path("out")).exists());
}

/// What the manual shows can be tried with the demonstration.
///
/// Rules: B-2 B-3 B-4 B-7 G-3 S-4
#[test]
fn the_partners_of_a_demonstration_can_try_the_rules() {
    let sandbox = Sandbox::new();
    let folder = repository("examples/hub");
    sandbox.ok(["import".as_ref(), folder.as_os_str(), "--yes".as_ref()]);
    let file = |who: &str, customer: &str, product: &str, more: &[&str]| {
        let fixed = [
            "--as",
            who,
            "request",
            "create",
            "--customer",
            customer,
            "--product",
            product,
            "--title",
            "T",
            "--description",
            "D",
            "--kind",
            "problem-resolution",
            "--severity",
            "B",
            "--contact",
            who,
            "--category",
            "defect",
            "--language",
            "en",
        ];
        sandbox.run([&fixed, more].concat())
    };
    let refused = |run: &Run, rule: &str, word: &str| {
        assert_eq!(run.code, 5, "{run:?}");
        assert!(run.stderr.contains(rule) && run.stderr.contains(word), "{run:?}");
    };
    let (marek, lea) = ("marek.vlk@lunaria.example", "lea.kralova@lunaria.example");
    let paolo = "paolo.neri@basso-informatica.example";
    let filed = file(marek, "N0001", "Exchange Online", &[]);
    assert_eq!(filed.code, 0, "{filed:?}");
    refused(&file(marek, "C0001", "Microsoft 365", &[]), "(B-2)", "MO1104210");
    let azure = ["--subscription", "SUB-0202"];
    refused(
        &file(lea, "C0001", "Microsoft Azure", &azure),
        "(B-4)",
        "helpdesk agent alone",
    );
    assert_eq!(file(marek, "C0001", "Microsoft Azure", &azure).code, 0);
    refused(
        &file(marek, "N0001", "Cellar Ledger", &[]),
        "(B-7)",
        "grapevine.example",
    );
    assert_eq!(
        file(paolo, "C0002", "Microsoft Azure", &["--subscription", "SUB-0302"]).code,
        0
    );
    refused(
        &file(paolo, "C0002", "Microsoft Azure", &["--subscription", "SUB-0303"]),
        "(B-4)",
        "SUB-0303",
    );
    let pressing = sandbox.ok(["--as", marek, "request", "list", "--breaching", "1h", "-o", "csv"]);
    assert_eq!(pressing.lines().count(), 2, "{pressing}");
    assert!(pressing.contains("Pages of one site"), "{pressing}");
}
