//! One customer with two workspaces and the people that the tests of visibility speak of.

use crate::harness::Sandbox;

/// Steel works with `W-1` (default) and `W-2`, and another customer with `W-9`.
///
/// In W-1: `adam` administers, `ben` and `cora` are members, `dan` is invited, `eve` was removed, `lea` may read
/// learning and `hal` health. `gus` is the customer's global administrator, `sam` the CSAM of contract 0100, `ida` its
/// incident manager, `una` the CSAM of contract 0200. Group G-1 holds cora. Cases: 1001 on 0100 (named: ben) with 10
/// hours, 1002 on 0200 with 30 hours, 1003 without a contract; all in W-1. 2001 is in W-2, 9001 at the other customer.
pub fn works() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.ok(["workspace", "list"]);
    sandbox.sql(
        "INSERT INTO customer (id, code, name) VALUES (1, 'STEEL', 'Steel Works'), (2, 'OTHER', 'Other Firm');
         INSERT INTO contract (id, customer_id, number, kind, starts_on, ends_on, csam, incident_manager) VALUES
           (1, 1, '0100', 'unified', 20500, 21000, 'sam@provider.example', 'ida@provider.example'),
           (2, 1, '0200', 'unified', 20500, 21000, 'una@provider.example', NULL),
           (3, 2, '0900', 'unified', 20500, 21000, 'zoe@provider.example', NULL);
         INSERT INTO schedule (id, contract_id, code, kind, starts_on, ends_on) VALUES
           (1, 1, 'S-1', 'base', 20500, 21000), (2, 2, 'S-2', 'add-on', 20500, 21000), (3, 3, 'S-3', 'base', 20500, 21000);
         INSERT INTO package (id, schedule_id, code, name, kind, starts_on, ends_on) VALUES
           (1, 1, 'P-1', 'Core', 'enterprise-wide', 20500, 21000), (2, 2, 'P-2', 'More', 'add-on', 20500, 21000),
           (3, 3, 'P-3', 'Core', 'enterprise-wide', 20500, 21000);
         INSERT INTO entitlement (id, package_id, code, service, category, allowance, quantity, unit, description) VALUES
           (1, 1, 'E-1', 'reactive', 'consumable', 'limited', 10000, 'hours', 'Problem resolution'),
           (2, 1, 'E-2', 'education', 'consumable', 'as-needed', NULL, 'count', 'Learning'),
           (3, 2, 'E-3', 'reactive', 'consumable', 'limited', 5000, 'hours', 'More of it'),
           (4, 3, 'E-9', 'reactive', 'consumable', 'limited', 10000, 'hours', 'Elsewhere');
         INSERT INTO workspace (id, customer_id, code, name, is_default) VALUES
           (1, 1, 'W-1', 'Mill', 1), (2, 1, 'W-2', 'Yard', 0), (9, 2, 'W-9', 'Office', 1);
         INSERT INTO workspace_contract VALUES (1, 1), (1, 2), (2, 1), (9, 3);
         INSERT INTO workspace_package VALUES (1, 1, 20500), (1, 2, 20500), (9, 3, 20500);
         INSERT INTO member (id, workspace_id, account, name, account_kind, status, invited_at) VALUES
           (1, 1, 'adam@steel.example', 'Adam', 'work', 'registered', 0), (2, 1, 'ben@steel.example', 'Ben', 'work', 'registered', 0),
           (3, 1, 'cora@steel.example', 'Cora', 'work', 'directory', 0), (4, 1, 'dan@steel.example', 'Dan', 'work', 'invited', 0),
           (5, 1, 'eve@steel.example', 'Eve', 'work', 'removed', 0), (6, 1, 'lea@steel.example', 'Lea', 'work', 'registered', 0),
           (7, 1, 'hal@steel.example', 'Hal', 'work', 'registered', 0), (8, 2, 'yan@steel.example', 'Yan', 'work', 'registered', 0),
           (9, 9, 'oto@other.example', 'Oto', 'work', 'registered', 0);
         INSERT INTO member_role VALUES (1, 'workspace-admin'), (2, 'customer-activity'), (6, 'learning'), (7, 'health'), (8, 'view-all-requests');
         INSERT INTO administrator (customer_id, account, name) VALUES (1, 'gus@steel.example', 'Gus');
         INSERT INTO team (id, workspace_id, code, name, kind) VALUES (1, 1, 'G-1', 'Night shift', 'local'), (2, 1, 'G-2', 'Day shift', 'local'),
           (3, 2, 'G-3', 'Yard crew', 'local');
         INSERT INTO team_member VALUES (1, 3);
         INSERT INTO support_case (id, number, workspace_id, contract_id, package_id, entitlement_id, kind, severity, state, title, contact,
           named_contact, opened_at) VALUES
           (1, '1001', 1, 1, 1, 1, 'problem-resolution', 'B', 'open', 'Furnace is cold', 'ben@steel.example', 'Ben@Steel.example', 1790000000),
           (2, '1002', 1, 2, 2, 3, 'problem-resolution', 'A', 'open', 'Secret merger', 'adam@steel.example', 'adam@steel.example', 1790000001),
           (3, '1003', 1, NULL, NULL, NULL, 'advisory', 'C', 'closed', 'Third thing', NULL, NULL, 1790000002),
           (4, '2001', 2, 1, 1, 1, 'problem-resolution', 'B', 'open', 'Crane is stuck', NULL, NULL, 1790000003),
           (9, '9001', 9, 3, 3, 4, 'problem-resolution', 'B', 'open', 'Foreign thing', NULL, NULL, 1790000004);
         INSERT INTO source VALUES (1, 'timesheet');
         INSERT INTO recording VALUES (1, 'x', 0);
         INSERT INTO ledger (id, entitlement_id, workspace_id, delivered_on, quantity, reference, note, source_id, source_key, recording_id) VALUES
           (1, 1, 1, 20700, 1000, '1001', 'night work', 1, 'k1', 1), (2, 3, 1, 20701, 3000, '1002', 'merger work', 1, 'k2', 1),
           (3, 1, 1, 20702, 200, NULL, 'call', 1, 'k3', 1), (4, 4, 9, 20703, 500, '9001', 'foreign work', 1, 'k9', 1),
           (5, 3, 1, 20704, 100, '2001', 'for the yard', 1, 'k5', 1);
         INSERT INTO ledger_total SELECT entitlement_id, workspace_id, sum(quantity), count(*), max(delivered_on) FROM ledger GROUP BY 1, 2;
         INSERT INTO learning (code, workspace_id, learner_account, learner_name, title, status, started_on, entitlement_id)
           VALUES ('L-1', 1, 'ben@steel.example', 'Ben', 'Welding', 'started', 20700, 2);
         INSERT INTO assessment (code, workspace_id, name, technology, set_up_on, status) VALUES ('A-1', 1, 'Boiler check', 'Steam', 20700, 'active');",
    );
    sandbox
}

/// The arguments of a command, as a person with an account at the customer or the provider runs it.
pub fn acting<'a>(who: &'a str, args: &[&'a str]) -> Vec<String> {
    let account = match who {
        "sam" | "ida" | "una" | "zoe" => format!("{who}@provider.example"),
        "oto" => "oto@other.example".to_owned(),
        _ => format!("{who}@steel.example"),
    };
    let mut all: Vec<String> = args.iter().map(|arg| (*arg).to_owned()).collect();
    all.extend(["--as".to_owned(), account]);
    all
}
