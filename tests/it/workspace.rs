//! Workspaces from the shell.

use crate::harness::Sandbox;

/// Two customers; the first has a contract with a base and an add-on package, and a default workspace.
fn hub() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.ok(["workspace", "list"]);
    sandbox.sql(
        "INSERT INTO customer (id, code, name) VALUES (1, 'C1', 'Žilina Steel'), (2, 'C2', 'Officine');
         INSERT INTO contract (id, customer_id, number, kind, starts_on, ends_on)
           VALUES (1, 1, '012345678', 'unified', 20000, 21000), (2, 2, '061019486', 'premier', 20000, 21000);
         INSERT INTO schedule (id, contract_id, code, kind, starts_on, ends_on) VALUES (1, 1, '9000000001', 'base', 20000, 21000);
         INSERT INTO package (id, schedule_id, code, name, kind, starts_on, ends_on)
           VALUES (1, 1, 'P-1', 'Base', 'enterprise-wide', 20000, 21000), (2, 1, 'P-2', 'DSE', 'add-on', 20000, 21000);
         INSERT INTO entitlement (id, package_id, code, service, category, allowance, quantity, unit, description)
           VALUES (1, 2, 'E-1', 'dse', 'consumable', 'limited', 10000, 'hours', 'Designated engineer');
         INSERT INTO workspace (id, customer_id, code, name, is_default) VALUES (1, 1, 'W-1', 'Default', 1);",
    );
    sandbox
}

/// Rules: W-1
#[test]
fn a_workspace_gets_a_name_links_to_one_customer_and_its_own_administrator() {
    let hub = hub();
    let create = [
        "workspace",
        "create",
        "Výroba",
        "--customer",
        "žilina steel",
        "--administrator",
        "eva@zs.example",
    ];
    let made = hub.ok(create.into_iter().chain(["--contract", "012345678", "-o", "csv"]));
    assert_eq!(
        made.lines().nth(1).unwrap().rsplit_once(',').unwrap().0,
        "C1-W1,Výroba,Žilina Steel,eva@zs.example,no,2026-12-21T08:00:00Z"
    );
    let again = hub.run(create);
    assert_eq!(again.code, 5, "{again:?}");
    assert!(
        again.stderr.contains("has a workspace \"Výroba\" already"),
        "{again:?}"
    );
    let foreign = hub.run(["workspace", "attach", "Výroba", "--contract", "061019486"]);
    assert_eq!(foreign.code, 5, "{foreign:?}");
    assert!(foreign.stderr.contains("another customer"), "{foreign:?}");
}

/// Rules: C-3
#[test]
fn linking_a_contract_attaches_none_of_its_packages() {
    let hub = hub();
    hub.ok(["workspace", "attach", "W-1", "--contract", "012345678"]);
    assert_eq!(hub.ok(["workspace", "show", "W-1"]), "");
    hub.ok(["workspace", "attach", "W-1", "--package", "DSE"]);
    assert_eq!(
        hub.ok([
            "workspace",
            "show",
            "W-1",
            "-o",
            "csv",
            "--columns",
            "package,status"
        ]),
        "package,status\r\nP-2,active\r\n"
    );
}

/// Rules: K-8 K-10
#[test]
fn attaching_again_is_done_and_a_dry_run_changes_nothing() {
    let hub = hub();
    let attach = ["workspace", "attach", "W-1", "--package", "P-2"];
    let pending = hub.run(attach.into_iter().chain(["--dry-run", "--detailed-exitcode"]));
    assert_eq!(pending.code, 6, "{pending:?}");
    assert_eq!(hub.ok(["workspace", "show", "W-1"]), "");
    hub.ok(attach);
    let again = hub.run(attach);
    assert_eq!((again.code, again.stderr.as_str()), (0, "nothing left to do\n"));
}

/// Rules: W-5 K-8
#[test]
fn what_the_report_needs_is_not_detached() {
    let hub = hub();
    hub.ok(["workspace", "attach", "W-1", "--package", "P-2"]);
    let asked = hub.run(["workspace", "detach", "W-1", "--package", "P-2"]);
    assert_eq!(asked.code, 2, "{asked:?}");
    hub.sql("INSERT INTO ledger_total VALUES (1, 1, 250, 3, 20500);");
    let refused = hub.run(["workspace", "detach", "W-1", "--package", "P-2", "--yes"]);
    assert_eq!(refused.code, 5, "{refused:?}");
    assert!(refused.stderr.contains("3 of E-1"), "{refused:?}");
    hub.sql("DELETE FROM ledger_total;");
    hub.ok(["workspace", "detach", "W-1", "--package", "P-2", "--yes"]);
    assert_eq!(hub.ok(["workspace", "show", "W-1"]), "");
}

/// Rules: W-5
#[test]
fn a_workspace_is_archived_and_stays_readable() {
    let hub = hub();
    hub.ok(["workspace", "archive", "Default", "--yes"]);
    assert_eq!(hub.ok(["workspace", "list"]), "");
    assert!(
        hub.ok(["workspace", "list", "--archived", "-o", "csv"])
            .contains("2026-11-21")
    );
}

/// Rules: K-9
#[test]
fn a_misspelt_name_lists_the_near_ones_and_an_ambiguous_one_the_ids() {
    let hub = hub();
    let near = hub.run(["workspace", "show", "Defualt"]);
    assert_eq!(near.code, 3, "{near:?}");
    assert!(near.stderr.contains("did you mean Default?"), "{near:?}");
    hub.sql("INSERT INTO workspace (id, customer_id, code, name) VALUES (2, 2, 'W-2', 'Default');");
    let ambiguous = hub.run(["workspace", "show", "Default"]);
    assert_eq!(ambiguous.code, 3, "{ambiguous:?}");
    assert!(ambiguous.stderr.contains("W-1, W-2"), "{ambiguous:?}");
}

/// Rules: A-2 K-1
#[test]
fn the_current_workspace_is_kept_in_the_profile() {
    let hub = hub();
    hub.ok(["workspace", "use", "default"]);
    let settings = std::fs::read_to_string(hub.path("config.toml")).unwrap();
    assert!(settings.contains("workspace = \"W-1\""), "{settings}");
}
