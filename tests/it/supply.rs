//! A small hub for reports: one customer with two workspaces, a running and an expired contract.

use crate::harness::Sandbox;
use servhub::domain::Day;

/// The number that the store keeps for a day.
pub fn number(day: &str) -> i32 {
    day.parse::<Day>().unwrap().number()
}

const ENTITLEMENTS: &str = "INSERT INTO entitlement (id, package_id, code, service, category, allowance, quantity, unit, description, action_link) VALUES
  (1, 1, 'E-REACT', 'reactive', 'consumable', 'as-needed', NULL, 'hours', 'Break-fix', 'https://hub.example/case'),
  (2, 1, 'E-ADVICE', 'advisory', 'consumable', 'limited', 4000, 'hours', 'Advice', NULL),
  (3, 1, 'E-PRO', 'proactive', 'consumable', 'limited', 8000, 'hours', 'Workshops', NULL),
  (4, 1, 'E-SEATS', 'contacts', 'consumable', 'limited', 1000, 'seats', 'Contacts', NULL),
  (5, 1, 'E-LEARN', 'education', 'consumable', 'as-needed', NULL, 'count', 'Education', NULL),
  (6, 1, 'E-ASSESS', 'assessment', 'consumable', 'limited', 200, 'count', 'Assessments', NULL),
  (7, 1, 'E-BENEFIT', 'other', 'additional-benefit', 'included', NULL, NULL, 'Flash newsletter', NULL),
  (8, 2, 'E-DSE', 'dse', 'consumable', 'limited', 10000, 'hours', 'Designated engineer', NULL),
  (9, 3, 'E-CRED-1', 'proactive-credits', 'consumable', 'limited', 5000, 'credits', 'Credits, first', NULL),
  (10, 4, 'E-CRED-2', 'proactive-credits', 'consumable', 'limited', 10000, 'credits', 'Credits, second', NULL),
  (11, 5, 'E-UNATTACHED', 'dse', 'consumable', 'limited', 1000, 'hours', 'Not attached', NULL),
  (12, 6, 'E-OLD', 'reactive', 'consumable', 'limited', 1000, 'hours', 'Last year', NULL);";

const PLACES: &str = "INSERT INTO workspace (id, customer_id, code, name, is_default, archived_on) VALUES
  (1, 1, 'W-1', 'Výroba', 1, NULL), (2, 1, 'W-2', 'Sklad', 0, NULL), (3, 2, 'W-3', 'Elsewhere', 1, NULL), (4, 1, 'W-4', 'Closed', 0, 20000);
  INSERT INTO workspace_contract VALUES (1, 1), (2, 1), (1, 2);
  INSERT INTO workspace_package VALUES (1, 1, 20454), (1, 2, 20454), (1, 3, 20454), (1, 4, 20454), (1, 6, 20454), (2, 1, 20454), (2, 2, 20454);
  INSERT INTO engagement (code, workspace_id, entitlement_id, kind, title, status, planned_quantity)
    VALUES ('G-DONE', 1, 3, 'workshop', 'Recovery drill', 'delivered', 1600), ('G-PLAN', 1, 3, 'workshop', 'Next one', 'planned', 800),
           ('G-OFF', 1, 3, 'workshop', 'Called off', 'cancelled', 800);";

/// The hub, with nothing delivered yet.
pub fn hub() -> Sandbox {
    let sandbox = Sandbox::new();
    fill(&sandbox);
    sandbox
}

/// The same in a store that is there.
pub fn fill(sandbox: &Sandbox) {
    sandbox.ok(["contract", "list"]);
    let (first, last, soon) = (number("2026-01-01"), number("2027-12-31"), number("2026-12-15"));
    let (old_first, old_last) = (number("2025-01-01"), number("2025-12-31"));
    sandbox.sql(&format!(
        "INSERT INTO customer (id, code, name) VALUES (1, 'C1', 'Žilina Steel'), (2, 'C2', 'Officine');
         INSERT INTO contract (id, customer_id, number, kind, starts_on, ends_on) VALUES
           (1, 1, '012345678', 'unified', {first}, {last}), (2, 1, '000000002', 'premier', {old_first}, {old_last}),
           (3, 2, '061019486', 'premier', {first}, {last});
         INSERT INTO schedule (id, contract_id, code, kind, starts_on, ends_on) VALUES
           (1, 1, 'S-1', 'base', {first}, {last}), (2, 1, 'S-2', 'add-on', {first}, {last}), (3, 2, 'S-3', 'base', {old_first}, {old_last});
         INSERT INTO package (id, schedule_id, code, name, kind, starts_on, ends_on) VALUES
           (1, 1, 'P-BASE', 'Base', 'enterprise-wide', {first}, {last}), (2, 2, 'P-DSE', 'DSE', 'add-on', {first}, {last}),
           (3, 2, 'P-CRED-1', 'Credits 1', 'add-on', {first}, {soon}), (4, 2, 'P-CRED-2', 'Credits 2', 'add-on', {first}, {last}),
           (5, 2, 'P-SPARE', 'Spare', 'add-on', {first}, {last}), (6, 3, 'P-OLD', 'Old', 'enterprise-wide', {old_first}, {old_last});
         {ENTITLEMENTS} {PLACES}"
    ));
}

/// Records a delivery and expects it to be taken.
pub fn deliver(hub: &Sandbox, entitlement: &str, workspace: &str, quantity: &str, on: &str, more: &[&str]) {
    let args = [
        "ledger",
        "record",
        "--entitlement",
        entitlement,
        "--workspace",
        workspace,
        "--quantity",
        quantity,
        "--on",
        on,
    ];
    hub.ok(args.iter().chain(more));
}

/// The lines of a CSV answer after its header.
pub fn rows(csv: &str) -> Vec<&str> {
    csv.lines().skip(1).collect()
}
