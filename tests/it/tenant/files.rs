//! Files of people and of licences: planned, applied, applied again, and taken over from elsewhere.

use super::{accounts, ends, held, run, seats, shop};
use crate::harness::{Sandbox, finish};
use crate::partner::by;

fn outcomes(text: &str) -> Vec<String> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let rows = reader.records().map(Result::unwrap);
    rows.map(|row| format!("{} {} {}", &row[1], &row[3], &row[5]).trim().to_owned())
        .collect()
}

fn results(hub: &Sandbox) -> Vec<String> {
    outcomes(&std::fs::read_to_string(hub.path("results.csv")).unwrap())
}

const CREATE: &[&str] = &["customer", "user", "create", "--from", "people.csv"];

/// Rules: G-6 U-2 U-4 K-10
#[test]
fn a_file_of_people_is_planned_applied_and_applied_again() {
    let hub = shop();
    hub.write(
        "people.csv",
        "customer,account,name,usage_location,administrator\n\
         BAKE,ann@bakery.example,Ann,CH,no\n\
         Bakery,ben@bakery.example,Ben,,no\n\
         BAKE,EVA@bakery.example,Eva Nova,AT,no\n",
    );
    let planned = [CREATE, &["--dry-run", "--detailed-exitcode"]].concat();
    ends(&hub, "hank", &planned, 6);
    assert_eq!(accounts(&hub), "eva ivo ron root");
    assert!(ends(&hub, "hank", CREATE, 2).contains("--yes"));
    let apply = [CREATE, &["--yes", "--results", "results.csv"]].concat();
    ends(&hub, "hank", &apply, 0);
    assert_eq!(results(&hub), ["2 created", "3 created", "4 changed"]);
    assert_eq!(accounts(&hub), "ann ben eva ivo ron root");
    assert!(ends(&hub, "hank", &apply, 0).contains("nothing left to do"));
    assert_eq!(results(&hub), ["2 unchanged", "3 unchanged", "4 unchanged"]);
}

/// Rules: G-6 K-17
#[test]
fn faults_of_a_file_of_people_are_told_by_line_and_column_and_change_nothing() {
    let hub = shop();
    ends(
        &hub,
        "hank",
        &[
            "customer",
            "user",
            "delete",
            "ivo@bakery.example",
            "--customer",
            "BAKE",
            "--yes",
        ],
        0,
    );
    hub.write(
        "people.csv",
        "customer,account,name,usage_location,administrator,state\n\
         BAKE,ann@bakery.example,Ann,CH,no,\n\
         NIX,ben@bakery.example,Ben,CH,no,\n\
         BAKE,ben@steel.example,Ben,CH,no,\n\
         BAKE,ivo@bakery.example,Ivo,CH,no,\n\
         BAKE,top@bakery.example,Top,CH,yes,\n\
         BAKE,eva@bakery.example,Eva,CHE,no,\n\
         BAKE,eva@bakery.example,Eva,CH,no,deleted\n",
    );
    let apply = [CREATE, &["--yes", "--results", "results.csv"]].concat();
    let refused = run(&hub, "hank", &apply);
    assert_eq!(refused.code, 5, "{refused:?}");
    let faults = [
        "2 created",
        "3 refused customer",
        "4 refused account",
        "5 refused account",
        "6 refused administrator",
        "7 refused usage_location",
        "8 refused deleted_at",
    ];
    assert_eq!(results(&hub), faults);
    assert_eq!(accounts(&hub), "eva ron root");
    let going = [&apply[..], &["--keep-going"]].concat();
    assert_eq!(run(&hub, "hank", &going).code, 8);
    assert_eq!(accounts(&hub), "ann eva ron root");
    // Whoever may do it does.
    ends(&hub, "ada", &going, 8);
    assert_eq!(accounts(&hub), "ann eva ron root top");
}

const ASSIGN: &[&str] = &[
    "license",
    "assign",
    "--from",
    "l.csv",
    "--yes",
    "--results",
    "results.csv",
];

/// Rules: G-7 U-4 K-10
#[test]
fn a_file_of_licences_has_an_outcome_per_person_and_again_changes_nothing() {
    let hub = shop();
    hub.sql("UPDATE subscription SET quantity = 2 WHERE code = 'SUB-EX'");
    hub.write(
        "l.csv",
        "customer,account,products\n\
         BAKE,eva@bakery.example,Exchange Online;Microsoft Intune\n\
         BAKE,ron@bakery.example,Exchange Online\n\
         BAKE,nix@bakery.example,Exchange Online\n\
         BAKE,ivo@bakery.example,exchange online\n\
         BAKE,root@bakery.example,Microsoft Intune;Exchange Online\n\
         BAKE,eva@bakery.example,Microsoft Azure\n\
         BAKE,ivo@bakery.example,Exchange Offline\n",
    );
    let plan = ["license", "assign", "--from", "l.csv", "--dry-run"];
    assert_eq!(run(&hub, "ken", &plan).code, 8);
    assert_eq!(held(&hub, "eva"), "");
    assert!(ends(&hub, "ken", &plan[..4], 2).contains("--yes"));
    ends(&hub, "ken", ASSIGN, 8);
    let told = [
        "2 created",
        "3 refused account",
        "4 refused account",
        "5 created",
        // No seat is left for the one, so the other is not given either.
        "6 refused products",
        "7 refused account",
        "8 refused products",
    ];
    assert_eq!(results(&hub), told);
    assert_eq!(held(&hub, "root"), "");
    assert!(seats(&hub).contains("Exchange Online,2,2,0"), "{}", seats(&hub));
    ends(&hub, "ken", ASSIGN, 8);
    let again: Vec<String> = told
        .iter()
        .map(|line| line.replace("created", "unchanged"))
        .collect();
    assert_eq!(results(&hub), again);
    hub.write(
        "l.csv",
        "customer,account,products\nBAKE,eva@bakery.example,Exchange Online\n",
    );
    let run_again = run(&hub, "ken", ASSIGN);
    assert!(
        run_again.code == 0 && run_again.stderr.contains("nothing left to do"),
        "{run_again:?}"
    );
    let revoke = ["license", "revoke", "--from", "l.csv", "--yes"];
    ends(&hub, "ken", &revoke, 0);
    assert_eq!(held(&hub, "eva"), "Microsoft Intune,assigned");
    assert!(ends(&hub, "ken", &revoke, 0).contains("nothing left to do"));
    // What is not one's own customer's is not there.
    hub.write(
        "l.csv",
        "customer,account,products\nBAKE,eva@bakery.example,Exchange Online\n",
    );
    let mut command = hub.command(by("rex", ASSIGN));
    let hidden = finish(&mut command);
    assert_eq!(hidden.code, 8, "{hidden:?}");
    assert!(hidden.stdout.contains("there is no customer"), "{hidden:?}");
}

/// Rules: U-2 G-6 G-7
#[test]
fn a_saved_plan_does_what_it_says_or_nothing() {
    let hub = shop();
    hub.write("p.csv", "customer,account,name\nBAKE,ann@bakery.example,Ann\n");
    hub.write(
        "l.csv",
        "customer,account,products\nBAKE,eva@bakery.example,Exchange Online\n",
    );
    let pending = "--detailed-exitcode";
    ends(
        &hub,
        "hank",
        &["customer", "user", "plan", "p.csv", "--out", "p.plan", pending],
        6,
    );
    ends(
        &hub,
        "ken",
        &["license", "plan", "l.csv", "--out", "l.plan", pending],
        6,
    );
    assert_eq!(
        (accounts(&hub).as_str(), held(&hub, "eva").as_str()),
        ("eva ivo ron root", "")
    );
    let other = ends(&hub, "ken", &["license", "apply", "p.plan", "--yes"], 2);
    assert!(other.contains("servhub customer user apply p.plan"), "{other}");
    ends(&hub, "hank", &["customer", "user", "apply", "p.plan", "--yes"], 0);
    ends(&hub, "ken", &["license", "apply", "l.plan", "--yes"], 0);
    assert_eq!(accounts(&hub), "ann eva ivo ron root");
    assert_eq!(held(&hub, "eva"), "Exchange Online,assigned");
    // What it said has been done.
    let stale = ends(&hub, "ken", &["license", "apply", "l.plan", "--yes"], 5);
    assert!(stale.contains("E0302"), "{stale}");
    ends(
        &hub,
        "ken",
        &["license", "plan", "l.csv", "--revoke", "--out", "l.plan"],
        0,
    );
    ends(&hub, "ken", &["license", "apply", "l.plan", "--yes"], 0);
    assert_eq!(held(&hub, "eva"), "");
}

/// A hub that is moved may have more licences than seats that count, but none without a seat of any kind.
///
/// Rules: G-6 G-7
#[test]
fn an_import_takes_people_and_licences_over_as_they_stand() {
    let hub = shop();
    hub.sql("UPDATE subscription SET quantity = 1, status = 'suspended' WHERE code = 'SUB-EX'");
    hub.write(
        "in/customer_people.csv",
        "customer,account,name,usage_location,state,deleted_at\n\
         BAKE,old@bakery.example,Old,CH,deleted,2025-01-01T00:00:00Z\n\
         BAKE,left@bakery.example,Left,CH,deleted,2026-11-10T00:00:00Z\n",
    );
    hub.write(
        "in/licenses.csv",
        "customer,account,products\n\
         BAKE,left@bakery.example,Exchange Online\n\
         BAKE,eva@bakery.example,Exchange Online\n",
    );
    hub.ok(["import", "in", "--yes"]);
    assert!(seats(&hub).contains("Exchange Online,0,1,-1"), "{}", seats(&hub));
    assert_eq!(held(&hub, "left"), "Exchange Online,given back");
    assert_eq!(accounts(&hub), "eva ivo ron root");
    let again = hub.run(["import", "in", "--yes"]);
    assert!(again.stderr.contains("nothing left to do"), "{again:?}");
    hub.write(
        "in/licenses.csv",
        "customer,account,products\nBAKE,ivo@bakery.example,Exchange Online\n",
    );
    let over = hub.run(["import", "in", "--yes"]);
    assert!(over.code == 5 && over.stdout.contains("E0576"), "{over:?}");
    // It neither deletes nor restores anybody.
    hub.write("in/licenses.csv", "customer,account,products\n");
    for row in [
        "BAKE,eva@bakery.example,Eva,CH,deleted,2026-11-10T00:00:00Z",
        "BAKE,left@bakery.example,Left,CH,active,",
    ] {
        let text = format!("customer,account,name,usage_location,state,deleted_at\n{row}\n");
        hub.write("in/customer_people.csv", &text);
        let refused = hub.run(["import", "in", "--yes"]);
        assert!(
            refused.code == 5 && refused.stdout.contains("E0578"),
            "{refused:?}"
        );
    }
}

/// Rules: G-6 G-7
#[test]
fn people_and_licences_survive_the_way_out_and_in() {
    let hub = shop();
    hub.sql(
        "INSERT INTO customer_person (id, customer_id, account, name, first_name, usage_location, state, deleted_at)
           VALUES (5, 3, 'left@bakery.example', 'Left; \"once\"', 'L', 'CH', 'deleted', 1790000000);
         INSERT INTO licence SELECT 3, 5, id, 1 FROM product WHERE name = 'Exchange Online';
         INSERT INTO licence SELECT 3, 1, id, 0 FROM product WHERE name IN ('Exchange Online', 'Microsoft Intune');",
    );
    hub.ok(["export", "folder", "out"]);
    let other = Sandbox::new();
    // The bakery has a delegation that no import would take.
    let into = other.run([
        "import",
        hub.path("out").to_str().unwrap(),
        "--yes",
        "--keep-going",
    ]);
    assert_eq!(into.code, 8, "{into:?}");
    other.ok(["export", "folder", "out"]);
    for file in ["customer_people.csv", "licenses.csv"] {
        let read = |hub: &Sandbox| std::fs::read_to_string(hub.path("out").join(file)).unwrap();
        assert_eq!(read(&hub), read(&other), "{file}");
        assert!(read(&hub).lines().count() > 3, "{file}");
    }
    let sql = "SELECT sum(given_back), count(*) FROM licence";
    for hub in [&hub, &other] {
        let conn = crate::database::raw(&hub.store());
        let counts: (i64, i64) = conn
            .query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?)))
            .unwrap();
        assert_eq!(counts, (1, 3));
    }
}
