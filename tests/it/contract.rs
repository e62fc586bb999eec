//! Contracts from the shell.

use crate::harness::{Sandbox, repository};

/// Rules: K-1
#[test]
fn a_store_is_made_on_first_use() {
    let sandbox = Sandbox::new();
    let run = sandbox.run(["contract", "list", "-o", "csv"]);
    assert_eq!(run.code, 0, "{run:?}");
    assert!(sandbox.store().exists());
    assert!(
        run.stdout.starts_with("contract,customer,kind,"),
        "{}",
        run.stdout
    );
}

/// Rules: C-5 K-9
#[test]
fn an_ended_contract_stays_readable() {
    let hub = Sandbox::new();
    hub.ok([
        "import",
        repository("examples/hub").to_str().unwrap(),
        "--yes",
        "-q",
    ]);
    let shown = hub.ok([
        "contract",
        "show",
        "060867667",
        "-o",
        "csv",
        "--columns",
        "package,status",
    ]);
    assert_eq!(
        shown,
        "package,status\r\nP0001-08,inactive\r\nP0001-09,inactive\r\n"
    );
    let proof = hub.ok(["export", "cpod", "--contract", "060867667", "--summary"]);
    assert!(proof.lines().count() > 5, "{proof}");
}

/// Rules: E-2 E-3
#[test]
fn every_service_and_allowance_can_be_on_a_contract_and_no_other() {
    let hub = Sandbox::new();
    hub.write("in/customers.csv", "customer,name\nC1,Skalica Glass\n");
    hub.write(
        "in/contracts.csv",
        "contract,customer,kind,start,end\n012345678,C1,premier,2026-01-01,2026-12-31\n",
    );
    hub.write(
        "in/schedules.csv",
        "schedule,contract,kind,start,end\n9000000001,012345678,base,2026-01-01,2026-12-31\n",
    );
    hub.write(
        "in/packages.csv",
        "package,schedule,name,kind,start,end\nP-1,9000000001,Base,enterprise-wide,2026-01-01,2026-12-31\n",
    );
    let services = [
        "reactive",
        "advisory",
        "proactive",
        "proactive-credits",
        "dse",
        "education",
        "assessment",
        "contacts",
        "other",
    ];
    let allowances = ["limited,7.25,hours", "as-needed,,credits", "included,,"];
    let mut lines = "entitlement,package,description,service,category,allowance,quantity,unit\n".to_owned();
    for (place, service) in services.iter().enumerate() {
        let allowance = allowances[place % 3];
        lines += &format!("E-{place},P-1,Line {place},{service},consumable,{allowance}\n");
    }
    hub.write("in/entitlements.csv", &lines);
    hub.ok(["import", "in", "--yes", "-q"]);
    let listed = hub.ok(["entitlements", "-o", "csv", "--columns", "service,allowance,unit"]);
    for (place, service) in services.iter().enumerate() {
        let allowance = ["7.25,hours", "as-needed,credits", "included,"][place % 3];
        assert!(
            listed.contains(&format!("{service},{allowance}\r\n")),
            "{service}: {listed}"
        );
    }
    hub.write("in/entitlements.csv", &lines.replace("dse", "magic"));
    let refused = hub.run(["import", "in", "--yes"]);
    assert_eq!(refused.code, 5, "{refused:?}");
    assert!(
        refused.stdout.contains("magic") || refused.stderr.contains("magic"),
        "{refused:?}"
    );
}
