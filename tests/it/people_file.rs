//! Files of people: planned, applied, pruned, adopted, and taken in with an import.

use crate::harness::{Run, Sandbox};
use std::fmt::Write as _;
use std::time::{Duration, Instant};

/// Two customers with three workspaces; in W1 an administrator who has registered, and room for two support
/// contacts.
pub fn hub(sandbox: &Sandbox) {
    let files = [
        (
            "customers",
            "customer,name\nC1,Žilinská oceľ\nC2,Łódź Tekstylia\n",
        ),
        (
            "contracts",
            "contract,customer,kind,start,end,csam\n0001,C1,unified,2026-01-01,2026-12-31,csam@provider.example\n0002,C2,premier,2026-01-01,2026-12-31,\n",
        ),
        (
            "schedules",
            "schedule,contract,kind,start,end\nS1,0001,base,2026-01-01,2026-12-31\nS2,0002,base,2026-01-01,2026-12-31\n",
        ),
        (
            "packages",
            "package,schedule,name,kind,start,end\nP1,S1,All,enterprise-wide,2026-01-01,2026-12-31\nP2,S2,All,enterprise-wide,2026-01-01,2026-12-31\n",
        ),
        (
            "entitlements",
            "entitlement,package,service,category,allowance,quantity,unit,description\nE1,P1,contacts,consumable,limited,2,seats,Contacts\nE2,P2,contacts,consumable,limited,9,seats,Contacts\n",
        ),
        (
            "workspaces",
            "workspace,customer,name,default\nW1,C1,Ústredie,yes\nW2,C1,Závod; sever,\nW3,C2,Fabryka,yes\n",
        ),
        (
            "attachments",
            "workspace,contract,package\nW1,0001,P1\nW2,0001,P1\nW3,0002,P2\n",
        ),
        (
            "administrators",
            "customer,account,name\nC1,global@zo.example,Gabriela\n",
        ),
        (
            "groups",
            "group,workspace,name,kind,tenant,object_id,roles\nG1,W1,Sieť,local,,,learning\nG2,W1,IT,directory,zo.example,42,view-all-requests\n",
        ),
        (
            "people",
            "workspace,account,name,roles,status\nW1,ada@zo.example,Ada,workspace-admin,registered\nW2,ada@zo.example,Ada,workspace-admin,registered\nW3,ola@lodz.example,Ola,workspace-admin,registered\n",
        ),
        (
            "cases",
            "case,workspace,kind,severity,state,title,contact,opened_at\n100,W1,advisory,C,open,Ticket,ada@zo.example,2026-03-01T09:30:00Z\n",
        ),
        ("shares", "case,account,group\n100,ada@zo.example,\n100,,G1\n"),
    ];
    for (name, text) in files {
        sandbox.write(&format!("in/{name}.csv"), text);
    }
    sandbox.ok(["import", "in", "--yes"]);
}

fn new() -> Sandbox {
    let sandbox = Sandbox::new();
    hub(&sandbox);
    sandbox
}

fn apply(sandbox: &Sandbox, text: &str, more: &[&str]) -> Run {
    sandbox.write("people.csv", text);
    sandbox.run([&["user", "apply", "people.csv", "--yes", "-o", "csv"], more].concat())
}

/// What was said of a file that was applied.
#[derive(Debug)]
struct Told {
    stdout: String,
    stderr: String,
}

fn applied(sandbox: &Sandbox, text: &str, more: &[&str]) -> Told {
    let run = apply(sandbox, text, more);
    assert_eq!(run.code, 0, "{run:?}");
    Told {
        stdout: run.stdout,
        stderr: run.stderr,
    }
}

/// One line for each row: cells separated by bars.
fn sql(sandbox: &Sandbox, sql: &str) -> Vec<String> {
    let db = crate::database::raw(&sandbox.store());
    let mut statement = db.prepare(sql).unwrap();
    let width = statement.column_count();
    let rows = statement.query_map([], |row| {
        let cells = (0..width).map(|place| {
            let value = row.get::<_, rusqlite::types::Value>(place)?;
            Ok(match value {
                rusqlite::types::Value::Null => String::new(),
                rusqlite::types::Value::Integer(n) => n.to_string(),
                rusqlite::types::Value::Text(text) => text,
                other => format!("{other:?}"),
            })
        });
        cells
            .collect::<rusqlite::Result<Vec<_>>>()
            .map(|cells| cells.join("|"))
    });
    rows.unwrap().map(Result::unwrap).collect()
}

const MEMBERS: &str = "SELECT w.code, m.account, m.status, (SELECT group_concat(role, ';') FROM member_role WHERE member_id = m.id)
  FROM member m JOIN workspace w ON w.id = m.workspace_id ORDER BY 1, 2";

/// Everything about people and what hangs from them, without moments, codes and hashes.
fn content(sandbox: &Sandbox) -> Vec<String> {
    let mut all = sql(
        sandbox,
        "SELECT workspace_id, account, name, account_kind, status, support_contact, service_admin, language, label, sent
         FROM member ORDER BY 1, 2",
    );
    for query in [
        MEMBERS,
        "SELECT * FROM team_member ORDER BY 1, 2",
        "SELECT contract_id, workspace_id, account, until_on FROM contact ORDER BY 1, 2, 3",
        "SELECT source_key, quantity FROM ledger ORDER BY 1",
        "SELECT action, subject, before, after FROM audit ORDER BY id",
    ] {
        all.extend(sql(sandbox, query));
    }
    all
}

fn records(sandbox: &Sandbox) -> i64 {
    sql(sandbox, "SELECT count(*) FROM audit")[0].parse().unwrap()
}

/// Rules: R-4 V-2 V-3 V-6 R-3
#[test]
fn an_import_takes_administrators_groups_people_and_shares_over() {
    let sandbox = new();
    assert_eq!(
        sql(&sandbox, MEMBERS),
        [
            "W1|ada@zo.example|registered|workspace-admin",
            "W2|ada@zo.example|registered|workspace-admin",
            "W3|ola@lodz.example|registered|workspace-admin",
        ]
    );
    assert_eq!(
        sql(&sandbox, "SELECT account, name FROM administrator"),
        ["global@zo.example|Gabriela"]
    );
    assert_eq!(
        sql(
            &sandbox,
            "SELECT t.code, t.kind, r.role FROM team t JOIN team_role r ON r.team_id = t.id ORDER BY 1"
        ),
        ["G1|local|learning", "G2|directory|view-all-requests"]
    );
    assert_eq!(
        sql(
            &sandbox,
            "SELECT k.named_contact, t.code, s.account FROM support_case k JOIN team t ON t.id = k.team_id JOIN case_share s"
        ),
        ["ada@zo.example|G1|ada@zo.example"]
    );
    let before = content(&sandbox);
    let again = sandbox.run(["import", "in", "--yes"]);
    assert!(
        again.code == 0 && again.stderr.contains("nothing left to do"),
        "{again:?}"
    );
    assert_eq!(content(&sandbox), before);
    // A hand-over changes the contact, and not who was named when the case was created.
    sandbox.write(
        "more/cases.csv",
        "case,workspace,kind,severity,state,title,contact,opened_at\n100,W1,advisory,C,open,Ticket,other@zo.example,2026-03-01T09:30:00Z\n",
    );
    sandbox.ok(["import", "more", "--yes"]);
    assert_eq!(
        sql(&sandbox, "SELECT contact, named_contact FROM support_case"),
        ["other@zo.example|ada@zo.example"]
    );
}

/// Rules: W-2
#[test]
fn a_case_that_moves_is_shared_with_nobody_outside_its_new_workspace() {
    let sandbox = new();
    let moved = |workspace: &str| {
        let text = format!(
            "case,workspace,kind,severity,state,title,opened_at\n100,{workspace},advisory,C,open,Ticket,2026-03-01T09:30:00Z\n"
        );
        sandbox.write("more/cases.csv", &text);
        sandbox.ok(["import", "more", "--yes"]);
        sql(
            &sandbox,
            "SELECT k.team_id, (SELECT group_concat(account) FROM case_share) FROM support_case k",
        )
    };
    assert_eq!(moved("W1"), ["1|ada@zo.example"]);
    assert_eq!(moved("W2"), ["|ada@zo.example"]);
    assert_eq!(moved("W3"), ["|"]);
}

/// Rules: W-1 C-2 R-2
#[test]
fn activation_and_workspaces_invite_and_the_file_of_people_has_the_last_word() {
    let sandbox = new();
    let files = [
        (
            "workspaces",
            "workspace,customer,name,administrator\nW4,C1,Nové,boss@zo.example\nW5,C1,Iné,eva@zo.example\n",
        ),
        (
            "contacts",
            "contract,account,name,role,since\n0001,kim@zo.example,Kim,support-contact,2026-02-01\n",
        ),
        (
            "people",
            "workspace,account,name,roles,support_contact,status,invited_at,registered_at\n\
             W4,boss@zo.example,Boss,workspace-admin;learning,no,registered,2026-01-02T08:00:00Z,2026-01-03T08:00:00Z\n\
             W1,kim@zo.example,Kim K.,,yes,registered,2026-01-02T08:00:00Z,2026-01-04T08:00:00Z\n",
        ),
    ];
    for (name, text) in files {
        sandbox.write(&format!("more/{name}.csv"), text);
    }
    sandbox.ok(["import", "more", "--yes"]);
    let people =
        "SELECT account, status, name, support_contact, invited_at, registered_at, code_hash FROM member
                  WHERE account NOT LIKE 'a%' AND workspace_id <> 3 ORDER BY 1";
    assert_eq!(
        sql(&sandbox, people),
        [
            "boss@zo.example|registered|Boss|0|1767340800|1767427200|",
            "eva@zo.example|invited|eva@zo.example|0|1795248000||",
            "kim@zo.example|registered|Kim K.|1|1767340800|1767513600|",
        ]
    );
    assert_eq!(sql(&sandbox, "SELECT account FROM contact"), ["kim@zo.example"]);
    // One who is named until a day to come is named already, and is released at once.
    let contact = "SELECT count(*), max(date(until_on * 86400, 'unixepoch')) FROM contact";
    sandbox.sql("UPDATE contact SET until_on = 20788");
    applied(
        &sandbox,
        "workspace,account,support_contact\nW1,kim@zo.example,yes\n",
        &[],
    );
    assert_eq!(sql(&sandbox, contact), ["1|2026-12-01"]);
    applied(
        &sandbox,
        "workspace,account,support_contact\nW1,kim@zo.example,no\n",
        &[],
    );
    assert_eq!(sql(&sandbox, contact), ["1|2026-11-21"]);
    // Demoted by hand afterwards: naming the administrator again does not bring the role back.
    applied(
        &sandbox,
        "workspace,account,roles\nW5,boss@zo.example,workspace-admin\nW5,eva@zo.example,\n",
        &[],
    );
    sandbox.ok(["import", "more/workspaces.csv", "--yes"]);
    let eva = "SELECT count(*) FROM member_role r JOIN member m ON m.id = r.member_id WHERE m.account = 'eva@zo.example'";
    assert_eq!(sql(&sandbox, eva), ["0"]);
}

/// Rules: U-1 U-2 U-4
#[test]
fn a_file_of_people_is_applied_once_and_then_nothing_is_left_to_do() {
    let sandbox = new();
    let text = "workspace,account,name,roles,groups,language\n\
                W1,ada@zo.example,Ada,workspace-admin;learning,G1,sk\n\
                W1;Závod; sever,bea@zo.example,Bea,customer-activity,,\n\
                Fabryka,cyr@lodz.example,Cyr,,,pl\n";
    // "W1;Závod; sever" is no name: a list is split at every semicolon, so the second workspace needs its id.
    let run = apply(&sandbox, text, &["--columns", "line,column,code,fix"]);
    assert!(
        run.code == 5 && run.stdout.contains("3,workspace,E0110"),
        "{run:?}"
    );
    let text = text.replace("W1;Závod; sever", "W1;W2");
    let run = applied(&sandbox, &text, &["--columns", "line,outcome,key,reason"]);
    for line in [
        "2,changed,W1/ada@zo.example,language: none → sk; roles: +learning; groups: +G1",
        "3,created,W1/bea@zo.example,invited; name: bea@zo.example → Bea",
        "3,created,W2/bea@zo.example,",
        "4,created,W3/cyr@lodz.example,",
    ] {
        let line = line.replace("; name: bea@zo.example → Bea", "");
        assert!(run.stdout.contains(&line), "{line} in {run:?}");
    }
    assert!(
        run.stderr
            .contains("3 people were invited: `servhub user resend`"),
        "{run:?}"
    );
    let (before, audited) = (content(&sandbox), records(&sandbox));
    let again = applied(&sandbox, &text, &[]);
    assert!(again.stderr.contains("nothing left to do"), "{again:?}");
    assert_eq!((content(&sandbox), records(&sandbox)), (before, audited));
    // A name with a semicolon comes before a list.
    let run = applied(
        &sandbox,
        "workspace,account,roles\nZávod; sever,bea@zo.example,\n",
        &[],
    );
    assert!(run.stdout.contains("roles: -customer-activity"), "{run:?}");
}

/// Rules: U-2
#[test]
fn a_column_that_is_not_there_changes_nothing_and_an_empty_one_takes_away() {
    let sandbox = new();
    applied(
        &sandbox,
        "workspace,account,name,roles,groups,default_group,language\nW1,bea@zo.example,Bea,learning,G1,G1,sk\n",
        &[],
    );
    let bea = "SELECT m.name, m.language, (SELECT group_concat(role) FROM member_role WHERE member_id = m.id),
               (SELECT count(*) FROM team_member WHERE member_id = m.id), m.status FROM member m WHERE account = 'bea@zo.example'";
    let run = applied(&sandbox, "workspace,account\nW1,bea@zo.example\n", &[]);
    assert!(run.stderr.contains("nothing left to do"), "{run:?}");
    assert_eq!(sql(&sandbox, bea), ["Bea|sk|learning|1|invited"]);
    applied(
        &sandbox,
        "workspace,account,name,roles,groups,default_group,language,status\nW1,bea@zo.example,,,,,,registered\n",
        &[],
    );
    // Whoever leaves a group does not share new requests with it.
    let default = "SELECT count(*) FROM member WHERE default_group_id IS NOT NULL";
    applied(
        &sandbox,
        "workspace,account,groups,default_group\nW1,bea@zo.example,G1,G1\n",
        &[],
    );
    assert_eq!(sql(&sandbox, default), ["1"]);
    applied(&sandbox, "workspace,account,groups\nW1,bea@zo.example,\n", &[]);
    assert_eq!(sql(&sandbox, default), ["0"]);
    // The status column registers nobody.
    assert_eq!(sql(&sandbox, bea), ["Bea|||0|invited"]);
}

/// Rules: U-1 U-4
#[test]
fn one_file_for_many_workspaces_has_an_outcome_for_each() {
    let sandbox = new();
    let mut workspaces = "workspace,customer,name\n".to_owned();
    for n in 0..50 {
        let _ = writeln!(workspaces, "T{n:02},C2,Linia {n}");
    }
    sandbox.write("more/workspaces.csv", &workspaces);
    sandbox.ok(["import", "more", "--yes"]);
    let mut people = "account,name,roles\n".to_owned();
    for n in 0..10 {
        let _ = writeln!(people, "tech{n}@lodz.example,Tech {n},learning");
    }
    let run = applied(
        &sandbox,
        &people,
        &[
            "--all-workspaces",
            "--customer",
            "Łódź Tekstylia",
            "--results",
            "r.csv",
        ],
    );
    assert!(run.stderr.contains("510 people were invited"), "{run:?}");
    let results = std::fs::read_to_string(sandbox.path("r.csv")).unwrap();
    assert_eq!(results.lines().count(), 511);
    assert!(
        results.contains("people.csv,11,people,created,T49/tech9@lodz.example,"),
        "{results}"
    );
    assert_eq!(
        sql(
            &sandbox,
            "SELECT count(*) FROM member m JOIN workspace w ON w.id = m.workspace_id WHERE w.customer_id = 1 AND account LIKE 'tech%'"
        ),
        ["0"]
    );
    let run = applied(
        &sandbox,
        "account\nada@zo.example\n",
        &["--workspace", "W1", "--workspace", "závod; SEVER"],
    );
    assert!(run.stderr.contains("nothing left to do"), "{run:?}");
    let both = apply(
        &sandbox,
        "workspace,account\nW1,ada@zo.example\n",
        &["--workspace", "W1"],
    );
    assert!(
        both.code == 5 && both.stdout.contains("--all-workspaces"),
        "{both:?}"
    );
    let none = apply(&sandbox, "account\nada@zo.example\n", &[]);
    assert!(none.code == 2 && none.stderr.contains("E0303"), "{none:?}");
}

/// Rules: K-17 U-4 R-3 W-4 V-6
#[test]
fn every_fault_is_told_with_line_column_and_fix() {
    let cases = [
        ("W1,nobody,,,,,,", "3,account,E0100"),
        (",x@zo.example,,,,,,", "3,workspace,E0100"),
        ("W9,x@zo.example,,,,,,", "3,workspace,E0110"),
        ("W1,x@zo.example,personal,,,,,", "3,account_kind,E0521"),
        ("W1,x@zo.example,personl,,,,,", "3,account_kind,E0100"),
        ("W1,x@zo.example,,lerning,,,,", "3,roles,E0100"),
        ("W1,x@zo.example,,csam,,,,", "3,roles,E0522"),
        ("W1,x@zo.example,,,G9,,,", "3,groups,E0110"),
        ("W1,x@zo.example,,,,G1,,", "3,,E0500"),
        ("W1,x@zo.example,,,,,maybe,", "3,support_contact,E0100"),
        ("W1,x@zo.example,,,,,,gone", "3,status,E0100"),
        ("W1,ada@zo.example,,,,,,", "3,roles,E0520"),
        ("W1,bea@zo.example,,learning,,,,", "3,account,E0100"),
        ("W1,bea@zo.example,,,,,,removed", "3,account,E0100"),
        ("W2,ada@zo.example,,,,,,removed", "3,status,E0500"),
        ("W1,x@zo.example", "3,,E0100"),
        ("W1,\"x@zo.example,,,,,,", "3,,E0100"),
    ];
    let sandbox = new();
    let before = content(&sandbox);
    for (line, expected) in cases {
        let text = format!(
            "workspace,account,account_kind,roles,groups,default_group,support_contact,status\n\
             W1,bea@zo.example,,health,,,,\n{line}\n"
        );
        let run = apply(&sandbox, &text, &["--columns", "line,column,code,reason,fix"]);
        assert_eq!(run.code, 5, "{line}: {run:?}");
        let told = |told: &str| told.starts_with(expected) && !told.ends_with(',');
        assert!(
            run.stdout.lines().any(told),
            "{line}: expected {expected} in {}",
            run.stdout
        );
        assert_eq!(content(&sandbox), before, "{line}");
    }
}

/// Rules: K-17 R-4 V-2 V-6 W-2
#[test]
fn faults_of_groups_shares_and_administrators_are_told() {
    let cases = [
        (
            "groups",
            "group,workspace,name,kind,tenant,object_id,roles\nG3,W1,Sieť,,,,",
            "2,name,E0500",
        ),
        (
            "groups",
            "group,workspace,name,kind,tenant,object_id,roles\nG3,W1,X,directory,t,,",
            "2,object_id,E0500",
        ),
        (
            "groups",
            "group,workspace,name,kind,tenant,object_id,roles\nG3,W1,X,local,t,,",
            "2,tenant,E0500",
        ),
        (
            "groups",
            "group,workspace,name,kind,tenant,object_id,roles\nG3,W1,X,directory,zo.example,42,",
            "2,object_id,E0500",
        ),
        (
            "groups",
            "group,workspace,name,roles\nG3,W1,X,global-admin",
            "2,roles,E0522",
        ),
        ("groups", "group,workspace,name\nG1,W2,Sieť", "2,workspace,E0500"),
        ("groups", "group,workspace,name\nA;B,W2,X", "2,group,E0100"),
        ("shares", "case,account,group\n100,,", "2,account,E0500"),
        (
            "shares",
            "case,account,group\n100,ada@zo.example,G1",
            "2,account,E0500",
        ),
        (
            "shares",
            "case,account,group\n100,ola@lodz.example,",
            "2,account,E0110",
        ),
        ("shares", "case,account,group\n100,,G7", "2,group,E0110"),
        ("shares", "case,account,group\n100,,G1\n100,,G2", "3,group,E0500"),
        ("shares", "case,account,group\n101,,G1", "2,case,E0110"),
        (
            "administrators",
            "customer,account,name\nC9,x@zo.example,X",
            "2,customer,E0110",
        ),
    ];
    let sandbox = new();
    for (kind, text, expected) in cases {
        sandbox.write(&format!("bad/{kind}.csv"), &format!("{text}\n"));
        let file = format!("bad/{kind}.csv");
        let run = sandbox.run([
            "import",
            &file,
            "--yes",
            "-o",
            "csv",
            "--columns",
            "line,column,code,fix",
        ]);
        assert_eq!(run.code, 5, "{text}: {run:?}");
        let told = |told: &str| told.starts_with(expected) && !told.ends_with(',');
        assert!(
            run.stdout.lines().any(told),
            "{text}: expected {expected} in {}",
            run.stdout
        );
    }
}

/// Rules: R-3
#[test]
fn the_cap_counts_over_the_rows_of_one_file_and_a_place_given_back_can_be_taken() {
    let sandbox = new();
    let file = |rows: &str| format!("workspace,account,support_contact\n{rows}");
    let over = apply(
        &sandbox,
        &file("W1,a@zo.example,yes\nW1,b@zo.example,yes\nW2,c@zo.example,yes\n"),
        &["--columns", "line,column,code,reason"],
    );
    assert!(
        over.code == 5 && over.stdout.contains("4,support_contact,E0408"),
        "{over:?}"
    );
    assert!(
        over.stdout
            .contains("would be support contact 3 of contract 0001, which allows 2"),
        "{over:?}"
    );
    applied(&sandbox, &file("W1,a@zo.example,yes\nW1,b@zo.example,yes\n"), &[]);
    // The place is asked for before it is given back, in a later line or by removal.
    applied(&sandbox, &file("W1,c@zo.example,yes\nW1,a@zo.example,no\n"), &[]);
    let rest = "W1,ada@zo.example,\nW1,a@zo.example,\nW1,d@zo.example,yes\nW1,c@zo.example,\n";
    applied(&sandbox, &file(rest), &["--prune"]);
    let open = "SELECT account FROM contact WHERE until_on IS NULL ORDER BY 1";
    assert_eq!(sql(&sandbox, open), ["c@zo.example", "d@zo.example"]);
    let marked = "SELECT account FROM member WHERE support_contact = 1 ORDER BY 1";
    assert_eq!(sql(&sandbox, marked), sql(&sandbox, open));
    assert_eq!(
        sql(&sandbox, "SELECT sum(quantity) FROM ledger"),
        ["200"],
        "two places are taken"
    );
}

/// Rules: R-3 U-3
#[test]
fn the_last_administrator_stays_and_one_can_follow_another() {
    let sandbox = new();
    applied(&sandbox, "workspace,account,roles\nW1,eva@zo.example,\n", &[]);
    let file = "workspace,account,roles\nW1,eva@zo.example,workspace-admin\n";
    let run = apply(
        &sandbox,
        file,
        &["--prune", "--columns", "line,column,code,reason"],
    );
    // Eva has not accepted yet, so Ada is the last one who can administer.
    assert!(run.code == 5 && run.stdout.contains("0,roles,E0520"), "{run:?}");
    sandbox.sql("UPDATE member SET status = 'registered', registered_at = 1795000000 WHERE account = 'eva@zo.example'");
    let swap = "workspace,account,roles\nW1,ada@zo.example,\nW1,eva@zo.example,workspace-admin\n";
    applied(&sandbox, swap, &[]);
    applied(&sandbox, file, &["--prune"]);
    let w1: Vec<_> = sql(&sandbox, MEMBERS)
        .into_iter()
        .filter(|line| line.starts_with("W1"))
        .collect();
    assert_eq!(
        w1,
        [
            "W1|ada@zo.example|removed|",
            "W1|eva@zo.example|registered|workspace-admin"
        ]
    );
}

/// Rules: U-3 R-3
#[test]
fn only_people_it_was_told_to_manage_are_removed() {
    let sandbox = new();
    let all =
        "workspace,account\nW1,ada@zo.example\nW1,bea@zo.example\nW1,cyr@zo.example\nW2,bea@zo.example\n";
    applied(&sandbox, all, &["--label", "team-a"]);
    applied(
        &sandbox,
        "workspace,account\nW1,dan@zo.example\n",
        &["--label", "team-b"],
    );
    let removed = "SELECT w.code, m.account FROM member m JOIN workspace w ON w.id = m.workspace_id WHERE m.status = 'removed' ORDER BY 1, 2";
    let few = "workspace,account\nW1,ada@zo.example\nW1,bea@zo.example\n";
    applied(&sandbox, few, &["--label", "team-a"]);
    assert!(sql(&sandbox, removed).is_empty(), "nobody without --prune");
    let run = applied(
        &sandbox,
        few,
        &["--label", "team-a", "--prune", "--results", "r.csv"],
    );
    assert_eq!(sql(&sandbox, removed), ["W1|cyr@zo.example"], "{run:?}");
    let results = std::fs::read_to_string(sandbox.path("r.csv")).unwrap();
    assert!(
        results.contains("people.csv,0,people,changed,W1/cyr@zo.example,,not in the file (--prune)"),
        "{results}"
    );
    let again = applied(&sandbox, few, &["--label", "team-a", "--prune"]);
    assert!(again.stderr.contains("nothing left to do"), "{again:?}");
    let adopted = sandbox.ok(["user", "adopt", "--workspace", "W1"]);
    assert!(
        adopted.contains("dan@zo.example") && !adopted.contains("cyr@zo.example"),
        "{adopted}"
    );
    // A file that was cut off empties no workspace.
    let cut = applied(&sandbox, "account\n", &["--workspace", "W1", "--prune"]);
    assert!(cut.stderr.contains("names nobody at all"), "{cut:?}");
    // Without a label everybody of the workspace is meant, and of that workspace alone.
    applied(&sandbox, few, &["--prune"]);
    assert_eq!(sql(&sandbox, removed), ["W1|cyr@zo.example", "W1|dan@zo.example"]);
    // Someone removed and listed is a member again.
    applied(&sandbox, all, &[]);
    assert_eq!(sql(&sandbox, removed), ["W1|dan@zo.example"]);
    // A row can say it, too.
    let said = "workspace,account,status\nW2,bea@zo.example,removed\nW2,ada@zo.example,\nW2,nobody@zo.example,removed\n";
    let label = apply(&sandbox, said, &["--prune", "--label", "team-b"]);
    assert!(
        label.code == 5 && label.stdout.contains("does not carry the label"),
        "{label:?}"
    );
    applied(&sandbox, said, &["--prune"]);
    assert_eq!(sql(&sandbox, removed), ["W1|dan@zo.example", "W2|bea@zo.example"]);
}

/// Rules: R-3 U-3
#[test]
fn a_service_administrator_is_never_pruned_and_nobody_is_when_a_row_was_refused() {
    let sandbox = new();
    sandbox.write(
        "more/people.csv",
        "workspace,account,service_admin,status\nW1,boss@zo.example,yes,registered\n",
    );
    sandbox.ok(["import", "more", "--yes"]);
    let file = "workspace,account\nW1,ada@zo.example\n";
    let run = apply(
        &sandbox,
        file,
        &["--prune", "--columns", "line,key,code,reason,fix"],
    );
    assert!(
        run.code == 5 && run.stdout.contains("0,W1/boss@zo.example,E0500") && run.stdout.contains("(R-3)"),
        "{run:?}"
    );
    applied(&sandbox, "workspace,account\nW1,bea@zo.example\n", &[]);
    let broken = "workspace,account\nW1,ada@zo.example\nW1,boss@zo.example\nW1,bea zo.example\n";
    let run = apply(&sandbox, broken, &["--prune", "--keep-going"]);
    assert!(
        run.code == 8 && run.stderr.contains("nobody was removed"),
        "{run:?}"
    );
    assert_eq!(
        sql(&sandbox, "SELECT count(*) FROM member WHERE status = 'removed'"),
        ["0"]
    );
}

/// Rules: U-2
#[test]
fn a_saved_plan_is_applied_exactly_or_not_at_all() {
    let sandbox = new();
    sandbox.write("people.csv", "account,name,roles\nbea@zo.example,Bea,learning\n");
    let plan = |name: &str| {
        sandbox.run([
            "user",
            "plan",
            "people.csv",
            "--workspace",
            "W1",
            "--out",
            name,
            "--detailed-exitcode",
        ])
    };
    let planned = plan("a.plan");
    assert!(
        planned.code == 6 && planned.stderr.contains("`servhub user apply a.plan`"),
        "{planned:?}"
    );
    assert!(!sql(&sandbox, MEMBERS).concat().contains("bea"));
    // Something else happens in the hub meanwhile: that is no matter.
    sandbox.write("other.csv", "workspace,account,name\nW3,new@lodz.example,New\n");
    sandbox.ok(["user", "apply", "other.csv", "--yes"]);
    let stray = sandbox.run(["user", "apply", "a.plan", "--yes", "--prune"]);
    assert_eq!(stray.code, 2, "{stray:?}");
    let wrong = sandbox.run(["import", "apply", "a.plan", "--yes"]);
    assert!(
        wrong.code == 2 && wrong.stderr.contains("servhub user apply a.plan"),
        "{wrong:?}"
    );
    sandbox.ok(["user", "apply", "a.plan", "--yes"]);
    assert!(sql(&sandbox, MEMBERS).contains(&"W1|bea@zo.example|invited|learning".to_owned()));
    // A notice that names the file is the same then and now.
    sandbox.write(
        "people.csv",
        "account,name,roles,shoes\nbea@zo.example,Bea,learning;Account manager,42\n",
    );
    assert_eq!(plan("same.plan").code, 0);
    sandbox.ok(["user", "apply", "same.plan", "--yes"]);
    // What the plan is about has changed: it is stale.
    sandbox.write("people.csv", "account,name,roles\nbea@zo.example,Bea,health\n");
    assert_eq!(plan("b.plan").code, 6);
    sandbox.write(
        "other.csv",
        "workspace,account,roles\nW1,bea@zo.example,programs\n",
    );
    sandbox.ok(["user", "apply", "other.csv", "--yes"]);
    let before = content(&sandbox);
    let stale = sandbox.run(["user", "apply", "b.plan", "--yes"]);
    assert!(stale.code == 5 && stale.stderr.contains("E0302"), "{stale:?}");
    assert_eq!(content(&sandbox), before);
    // So is one whose file has changed, and one that is not confirmed is not applied.
    assert_eq!(plan("c.plan").code, 6);
    let unasked = sandbox.run(["user", "apply", "c.plan"]);
    assert!(
        unasked.code == 2 && unasked.stderr.contains("E0103"),
        "{unasked:?}"
    );
    sandbox.write("people.csv", "account,name,roles\nbea@zo.example,Bea,\n");
    let changed = sandbox.run(["user", "apply", "c.plan", "--yes"]);
    assert!(
        changed.code == 5 && changed.stderr.contains("E0302"),
        "{changed:?}"
    );
}

/// Rules: R-2 K-11 X-1
#[test]
fn codes_are_written_to_their_file_and_to_nothing_else() {
    let sandbox = new();
    let file = "workspace,account,name,language\nW1,bea@zo.example,\"Bea, B.\",sk\nW2,bea@zo.example,Bea,\n";
    let refused = apply(&sandbox, file, &["--codes", "no/such/codes.csv"]);
    assert_ne!(refused.code, 0, "{refused:?}");
    assert!(
        !sql(&sandbox, MEMBERS).concat().contains("bea"),
        "nobody is invited then"
    );
    let dry = apply(&sandbox, file, &["--codes", "codes.csv", "--dry-run"]);
    assert!(dry.code == 0 && !sandbox.path("codes.csv").exists(), "{dry:?}");
    let run = applied(&sandbox, file, &["--codes", "codes.csv", "--results", "r.csv"]);
    let codes = std::fs::read_to_string(sandbox.path("codes.csv")).unwrap();
    let lines: Vec<&str> = codes.lines().collect();
    assert_eq!(lines[0], "workspace,account,name,language,code,expires_at");
    assert!(
        lines[1].starts_with("W1,bea@zo.example,\"Bea, B.\",sk,"),
        "{codes}"
    );
    assert!(
        lines.len() == 3 && lines[2].ends_with(",2026-12-21T08:00:00Z"),
        "{codes}"
    );
    #[cfg(unix)]
    {
        let mode = std::os::unix::fs::PermissionsExt::mode(
            &std::fs::metadata(sandbox.path("codes.csv"))
                .unwrap()
                .permissions(),
        );
        assert_eq!(mode & 0o777, 0o600);
    }
    let code = lines[2].split(',').nth(4).unwrap();
    let audit = sql(&sandbox, "SELECT after FROM audit").concat();
    let results = std::fs::read_to_string(sandbox.path("r.csv")).unwrap();
    for told in [&run.stdout, &run.stderr, &audit, &results] {
        assert!(
            !told.contains(code) && !told.contains(&code.replace('-', "")),
            "{told}"
        );
    }
}

/// Rules: R-1 R-5 U-1
#[test]
fn rows_outside_what_a_person_manages_are_refused() {
    let sandbox = new();
    sandbox.write("more/people.csv", "workspace,account,roles,status\nW1,eva@zo.example,workspace-admin,registered\nW2,eva@zo.example,,registered\n");
    sandbox.ok(["import", "more", "--yes"]);
    let as_eva = |text: &str| {
        sandbox.write("people.csv", text);
        sandbox.run([
            "--as",
            "eva@zo.example",
            "user",
            "apply",
            "people.csv",
            "--yes",
            "-o",
            "csv",
            "--columns",
            "line,column,code",
        ])
    };
    let run = as_eva(
        "workspace,account\nW1,new@zo.example\nW2,new@zo.example\nW3,new@zo.example\nW99,new@zo.example\n",
    );
    assert_eq!(
        run.stdout, "line,column,code\r\n3,workspace,E0200\r\n4,workspace,E0110\r\n5,workspace,E0110\r\n",
        "{run:?}"
    );
    let run = as_eva("workspace,account\nW1,new@zo.example\n");
    assert_eq!(run.code, 0, "{run:?}");
    let audited = sql(
        &sandbox,
        "SELECT actor, on_behalf, action, subject FROM audit ORDER BY id DESC LIMIT 1",
    );
    assert_eq!(
        audited,
        ["tester|eva@zo.example|user.apply|member:W1/new@zo.example"]
    );
    let run = sandbox.run(["--as", "ola@lodz.example", "user", "apply", "people.csv", "--yes"]);
    assert_eq!(run.code, 5, "{run:?}");
    let everywhere = sandbox.ok(["--as", "eva@zo.example", "user", "adopt"]);
    assert!(
        everywhere.contains("W1,") && !everywhere.contains("W3,"),
        "{everywhere}"
    );
}

/// Rules: U-1
#[test]
fn an_export_of_the_portal_is_taken_as_it_is() {
    let sandbox = new();
    let text = "id,displayName,accountName,roles,role,isSupportContact,isCsm,isGlobalSupportContact,isReadOnlyContact,status,userType,lastLoggedIn,aadGroups,userAADGroups,firstName,lastName,WorkspaceName\n\
        7,Bea Biela,bea@zo.example,\"WorkspaceAdministratorRole,SupportCasePermissionRole,Account manager\",WorkspaceAdministratorRole,True,False,False,False,Registered,AAD,2026-01-01,,,Bea,Biela,Ústredie\n\
        8,Cyr Čierny,cyr@zo.example,TrainingManager; TrainingPermissionRole,,False,False,False,False,Invite sent (Resend),AAD,,,,Cyr,Čierny,W2\n\
        9,Dan,dan@zo.example,,,False,False,False,False,Added via Microsoft Entra ID,AAD,,,,Dan,D,W2\n";
    sandbox.write("portal.csv", text);
    let run = sandbox.run(["import", "portal.csv", "--kind", "people", "--yes"]);
    assert_eq!(run.code, 0, "{run:?}");
    assert!(
        !run.stderr.contains("not known")
            && run.stderr.contains("\"Account manager\" comes from the contract"),
        "{run:?}"
    );
    let people = "SELECT w.code, m.account, m.name, m.status, m.support_contact,
        (SELECT group_concat(role, ';') FROM member_role WHERE member_id = m.id) FROM member m JOIN workspace w ON w.id = m.workspace_id
        WHERE m.account > 'b' AND w.code <> 'W3' ORDER BY 2";
    assert_eq!(
        sql(&sandbox, people),
        [
            "W1|bea@zo.example|Bea Biela|registered|1|view-all-requests;workspace-admin",
            "W2|cyr@zo.example|Cyr Čierny|invited|0|learning;learning-manager",
            "W2|dan@zo.example|Dan|directory|0|",
        ]
    );
    let again = sandbox.run(["user", "apply", "portal.csv", "--yes"]);
    assert!(
        again.code == 0 && again.stderr.contains("nothing left to do"),
        "{again:?}"
    );
    sandbox.write("one.jsonl", "{\"workspaceName\":\"W1\",\"accountName\":\"eva@zo.example\",\"displayName\":\"Eva\",\"isSupportContact\":false,\"id\":3,\"roles\":[\"health\",\"learning\"]}\n");
    let run = sandbox.run(["user", "apply", "one.jsonl", "--yes"]);
    assert!(run.code == 0 && !run.stderr.contains("not known"), "{run:?}");
    assert!(sql(&sandbox, MEMBERS).contains(&"W1|eva@zo.example|invited|health;learning".to_owned()));
}

/// Rules: U-1 K-5
#[test]
fn a_file_comes_by_standard_input_as_well() {
    use std::io::Write as _;
    let sandbox = new();
    let mut child = sandbox
        .command(["user", "apply", "-", "--yes"])
        .stdin(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .stdout(std::process::Stdio::null())
        .spawn()
        .unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(b"workspace,account\nW1,bea@zo.example\n")
        .unwrap();
    assert!(child.wait_with_output().unwrap().status.success());
    assert!(sql(&sandbox, MEMBERS).concat().contains("bea@zo.example"));
    assert_eq!(sandbox.run(["user", "plan", "-", "--out", "x.plan"]).code, 2);
}

/// Rules: U-4 X-2
#[test]
fn a_killed_apply_leaves_all_or_nothing_and_the_next_one_does_the_rest() {
    let mut text =
        "workspace,account,name,roles,support_contact\nW1,ada@zo.example,Ada,workspace-admin,yes\n"
            .to_owned();
    for n in 0..60 {
        let _ = writeln!(text, "W1;W2,p{n}@zo.example,Person {n},learning;health,no");
    }
    let apply_it = |sandbox: &Sandbox| sandbox.run(["user", "apply", "people.csv", "--yes", "--prune"]);
    let fresh = || {
        let sandbox = new();
        applied(
            &sandbox,
            "workspace,account\nW1,old@zo.example\nW2,old@zo.example\n",
            &[],
        );
        sandbox.write("people.csv", &text.replacen("W1,ada", "W1;W2,ada", 1));
        sandbox
    };
    let wanted = fresh();
    let started = Instant::now();
    let run = apply_it(&wanted);
    assert_eq!(run.code, 0, "{run:?}");
    let took = started.elapsed();
    let wanted = content(&wanted);
    let kills: u32 = std::env::var("SERVHUB_KILLS")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(20);
    let mut seed = 0x9E37_79B9_7F4A_7C15_u64;
    let template = fresh();
    for _ in 0..kills {
        let sandbox = Sandbox::new();
        crate::database::copy(&template.store(), &sandbox.store());
        std::fs::copy(template.path("people.csv"), sandbox.path("people.csv")).unwrap();
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let instant = Duration::from_micros((seed >> 33) % u64::try_from(took.as_micros()).unwrap().max(1));
        let mut child = sandbox
            .command(["user", "apply", "people.csv", "--yes", "--prune"])
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(instant);
        child.kill().unwrap();
        child.wait().unwrap();
        let again = apply_it(&sandbox);
        assert_eq!(again.code, 0, "killed after {instant:?}: {again:?}");
        assert_eq!(content(&sandbox), wanted, "killed after {instant:?}");
        crate::import::chain_holds(&sandbox);
    }
}

/// Rules: R-1 K-15
#[test]
fn who_holds_what_is_exported() {
    let sandbox = new();
    applied(
        &sandbox,
        "workspace,account,name,roles,groups\nW1,bea@zo.example,Bea,health,G1;G2\n",
        &[],
    );
    let columns = "customer,workspace,contract,account,name,account_kind,status,roles,via_groups,groups,support_contact";
    let out = sandbox.ok(["export", "users", "--customer", "C1", "--manifest", "m.json"]);
    assert!(out.starts_with(columns), "{out}");
    for line in [
        "Žilinská oceľ,,0001,csam@provider.example,,,,csam,",
        "Žilinská oceľ,,,global@zo.example,Gabriela,,,global-admin,",
        "Žilinská oceľ,Ústredie,,ada@zo.example,Ada,work,registered,workspace-admin,,,no,no,",
    ] {
        assert!(out.lines().any(|told| told.starts_with(line)), "{line} in {out}");
    }
    assert!(!out.contains("ola@lodz.example"), "{out}");
    let json = sandbox.ok(["export", "users", "--workspace", "W1", "-o", "jsonl"]);
    let bea: serde_json::Value = json
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .find(|line: &serde_json::Value| line["account"] == "bea@zo.example")
        .unwrap();
    assert_eq!(bea["roles"], serde_json::json!(["health"]), "{bea}");
    assert_eq!(
        bea["via_groups"],
        serde_json::json!(["learning", "view-all-requests"]),
        "{bea}"
    );
    assert_eq!(bea["groups"], serde_json::json!(["G1", "G2"]), "{bea}");
    sandbox.ok(["export", "users", "-o", "xlsx", "--out", "users.xlsx"]);
    let manifest = std::fs::read_to_string(sandbox.path("m.json")).unwrap();
    assert!(manifest.contains("\"report\": \"export.users/1\""), "{manifest}");
    assert_eq!(out, sandbox.ok(["export", "users", "--customer", "C1"]));
}

/// Rules: K-16 K-18
#[test]
fn people_survive_the_way_out_and_in() {
    let (one, two) = (new(), Sandbox::new());
    one.write("more/contacts.csv", "contract,account,name,role,workspace,since,until\n0001,old@zo.example,Old,support-contact,,2026-01-01,\n0002,jan@lodz.example,Jan,service-admin,,2026-01-01,\n");
    one.ok(["import", "more", "--yes"]);
    applied(
        &one,
        "workspace,account,roles,groups,default_group,support_contact,status\nW1,bea@zo.example,learning;health,G1,G1,yes,\nW1,gus@zo.example,,,,,\nW1,old@zo.example,,,,no,\nW1,ada@zo.example,workspace-admin,,,,\n",
        &["--label", "x"],
    );
    applied(
        &one,
        "workspace,account,status\nW1,gus@zo.example,removed\nW1,ada@zo.example,\nW1,bea@zo.example,\nW1,old@zo.example,\n",
        &["--prune"],
    );
    one.sql(
        "UPDATE workspace SET archived_on = 20600 WHERE code = 'W2';
         UPDATE member SET sent = 3 WHERE account = 'bea@zo.example';
         UPDATE member SET sent = 2, removed_at = 1795000000 WHERE account = 'gus@zo.example'",
    );
    one.ok(["export", "folder", "out"]);
    two.ok(["import".as_ref(), one.path("out").as_os_str(), "--yes".as_ref()]);
    two.ok(["export", "folder", "out"]);
    for file in std::fs::read_dir(one.path("out")).unwrap() {
        let file = file.unwrap();
        let again = std::fs::read_to_string(two.path("out").join(file.file_name())).unwrap();
        assert_eq!(
            std::fs::read_to_string(file.path()).unwrap(),
            again,
            "{:?}",
            file.file_name()
        );
    }
    let people = std::fs::read_to_string(one.path("out/people.csv")).unwrap();
    assert_eq!(people.lines().count(), 8, "{people}");
    let ends = |account: &str, end: &str| {
        people
            .lines()
            .any(|line| line.contains(account) && line.ends_with(end))
    };
    assert!(
        ends("bea@zo.example", ",3,") && ends("gus@zo.example", ",2,2026-11-18T11:06:40Z"),
        "{people}"
    );
    // A file from before there were these columns says nothing of them.
    let old: String = people
        .lines()
        .map(|line| line.rsplitn(3, ',').last().unwrap().to_owned() + "\n")
        .collect();
    two.write("old/people.csv", &old);
    let told = two.run(["import", "old", "--yes"]);
    assert!(
        told.code == 0 && told.stderr.contains("nothing left to do"),
        "{told:?}"
    );
    // A new count or moment is taken over, and told.
    two.write(
        "old/people.csv",
        &people.replace(",3,\n", ",4,\n").replace(",3,\r\n", ",4,\r\n"),
    );
    let told = two.run(["import", "old", "--yes"]);
    assert!(
        told.code == 0 && told.stdout.contains("another number of times"),
        "{told:?}"
    );
    assert_eq!(
        sql(&two, "SELECT sent FROM member WHERE account = 'bea@zo.example'"),
        ["4"]
    );
}

mod any_name {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]
        /// Rules: U-5 U-2
        #[test]
        fn what_is_adopted_is_what_is_there(
            names in prop::collection::vec(prop_oneof!["[=+@'\t\r\n,;\" a-]{1,6}", "\\PC{1,12}", "(?s)[^\u{0}]{1,8}"], 1..6),
            labels in prop::collection::vec("\\PC{0,6}", 6),
            roles in prop::collection::vec(0_usize..9, 6),
        ) {
            let sandbox = new();
            let store = crate::database::raw(&sandbox.store());
            for (number, name) in (0_i64..).zip(&names) {
                let place = usize::try_from(number).unwrap();
                store.execute(
                    "INSERT INTO member (workspace_id, account, name, account_kind, status, invited_at, expires_at, label, language)
                     VALUES (?1, ?2, ?3, 'work', 'invited', 0, ?4, nullif(?5, ''), nullif(?5, ''))",
                    rusqlite::params![number % 2 + 1, format!("Person-ž{place}@zo.example"), name, 1_795_000_000 + number * 1_000_000, labels[place]],
                ).unwrap();
                let role = servhub::domain::people::WORKSPACE_ROLES[roles[place]];
                store.execute("INSERT INTO member_role SELECT max(id), ?1 FROM member", [role.word()]).unwrap();
            }
            drop(store);
            sandbox.ok(["user", "adopt", "--out", "all.csv"]);
            let (before, audited) = (content(&sandbox), records(&sandbox));
            let run = sandbox.run(["user", "apply", "all.csv", "--yes", "--prune", "--results", "r.csv"]);
            prop_assert!(run.code == 0 && run.stderr.contains("nothing left to do"), "{:?}", run);
            prop_assert_eq!((content(&sandbox), records(&sandbox)), (before, audited));
            let plan = sandbox.run(["user", "plan", "all.csv", "--out", "all.plan", "--detailed-exitcode"]);
            prop_assert_eq!(plan.code, 0, "{:?}", plan);
        }
    }
}
