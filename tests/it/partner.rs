//! Partners, their customers, and what they do for them, through the real binary.

mod agreements;
mod business;
mod customers;
mod cycle;
mod delegated;
mod due;
mod group;
mod intake;
mod lists;
mod market;
mod profile;
mod relations;

use crate::harness::{Run, Sandbox};
use crate::spaces::works;

/// The steel works, and a bakery that buys through the partner ALPS (of record) and its competitor RIVAL. RES, a reseller of
/// PROV, has asked for the bakery. Of ALPS, `ada` is the partner's administrator, `ken` an admin agent, `hank` a helpdesk
/// agent and `sid` sells; `rita` administers RIVAL, `rex` is an agent of RES, `pia` one of PROV. In the bakery, `gina` is
/// global administrator, and `mia` a support contact of its workspace W-B, which has no contract.
pub fn bakery() -> Sandbox {
    let hub = works();
    hub.sql(
        "INSERT INTO customer (id, code, name, domain, country) VALUES (3, 'BAKE', 'Bakery', 'bakery.example', 'CH');
         INSERT INTO workspace (id, customer_id, code, name, is_default) VALUES (20, 3, 'W-B', 'Oven', 1);
         INSERT INTO member (id, workspace_id, account, name, account_kind, status, invited_at, support_contact)
           VALUES (40, 20, 'mia@bakery.example', 'Mia', 'work', 'registered', 0, 1);
         INSERT INTO administrator (customer_id, account, name) VALUES (3, 'gina@bakery.example', 'Gina');
         INSERT INTO partner (id, code, name, kind, domain, provider_id, support_level, mail, phone, site, hours) VALUES
           (1, 'ALPS', 'Alps Cloud', 'direct-bill', 'alps.example', NULL, 'advanced', 'help@alps.example', '+41 1', 'https://alps.example', '8-18'),
           (2, 'RIVAL', 'Rival IT', 'direct-bill', 'rival.example', NULL, NULL, 'help@rival.example', NULL, NULL, NULL),
           (3, 'PROV', 'Provider', 'indirect-provider', 'prov.example', NULL, NULL, NULL, NULL, NULL, NULL),
           (4, 'RES', 'Reseller', 'indirect-reseller', 'res.example', 3, NULL, NULL, NULL, NULL, NULL),
           (5, 'RES2', 'Other reseller', 'indirect-reseller', 'res2.example', 3, NULL, NULL, NULL, NULL, NULL);
         INSERT INTO partner_person (id, partner_id, account, name) VALUES
           (1, 1, 'ada@alps.example', 'Ada'), (2, 1, 'ken@alps.example', 'Ken'), (3, 1, 'hank@alps.example', 'Hank'),
           (4, 1, 'sid@alps.example', 'Sid'), (5, 2, 'rita@rival.example', 'Rita'), (6, 4, 'rex@res.example', 'Rex'),
           (7, 3, 'pia@prov.example', 'Pia');
         INSERT INTO partner_role VALUES (1, 'partner-admin'), (2, 'admin-agent'), (3, 'helpdesk-agent'), (4, 'sales-agent'),
           (5, 'partner-admin'), (6, 'admin-agent'), (7, 'admin-agent');
         INSERT INTO partner_plan (partner_id, code, kind, starts_on, ends_on) VALUES
           (1, 'PL-1', 'premier', 20700, 21000), (1, 'PL-0', 'azure-plan', 20000, 20300);
         INSERT INTO relationship (partner_id, customer_id, status, of_record, since_on) VALUES
           (1, 3, 'active', 1, 20000), (2, 3, 'active', 0, 20100), (1, 1, 'active', 0, 20000), (4, 3, 'requested', 0, 20700);
         INSERT INTO security_group (id, partner_id, name) VALUES (1, 1, 'Helpers'), (2, 2, 'Rivals');
         INSERT INTO security_group_member VALUES (1, 2), (1, 3), (2, 5);
         INSERT INTO delegation (id, code, partner_id, customer_id, name, status, starts_at, ends_at) VALUES
           (1, 'D-1', 1, 3, 'Help', 'active', 1790000000, 1797840000), (2, 'D-2', 2, 3, 'Rivalry', 'active', 1790000000, 1797840000),
           (3, 'D-0', 1, 3, 'Help of old', 'expired', 1690000000, 1780000000);
         INSERT INTO delegation_role (delegation_id, role, group_id) VALUES
           (1, 'f023fd81-a637-4b56-95fd-791ac0226033', 1), (1, 'f2ef992c-3afb-46b9-b7cf-a126ee74c451', NULL),
           (2, '62e90394-69f5-4237-9190-012177145e10', 2);
         INSERT INTO subscription (id, code, customer_id, partner_id, product_id, name, status, quantity, starts_on, ends_on)
           SELECT v.column1, v.column2, 3, v.column3, p.id, v.column5, v.column6, v.column7, 20500, 20900 FROM (VALUES
             (1, 'SUB-AZ', 1, 'Microsoft Azure', 'Ovens', 'active', 1), (2, 'SUB-EX', 1, 'Exchange Online', 'Mail', 'active', 25),
             (3, 'SUB-OLD', 1, 'Microsoft Azure', 'Old ovens', 'cancelled', 1), (4, 'SUB-RV', 2, 'Microsoft Azure', 'Shop', 'active', 1),
             (5, 'SUB-IN', 2, 'Microsoft Intune', 'Phones', 'active', 5)) v JOIN product p ON p.name = v.column4;
         INSERT INTO subscription_role (subscription_id, role, account, group_id) VALUES
           (1, 'Owner', 'ken@alps.example', NULL), (4, 'Owner', NULL, 2);",
    );
    hub
}

/// The arguments of a command as one of the people above.
pub fn by(who: &str, args: &[&str]) -> Vec<String> {
    let domain = match who {
        "ada" | "ken" | "hank" | "sid" => "alps",
        "rita" => "rival",
        "rex" => "res",
        "pia" => "prov",
        "gina" | "mia" => "bakery",
        _ => "steel",
    };
    let mut all: Vec<String> = args.iter().map(|arg| (*arg).to_owned()).collect();
    all.extend(["--as".to_owned(), format!("{who}@{domain}.example")]);
    all
}

/// A listing without its header, the lines joined with blanks.
#[track_caller]
pub fn listed(hub: &Sandbox, who: &str, args: &[&str], columns: &str) -> String {
    let text = hub.ok(by(who, &[args, &["-o", "csv", "--columns", columns]].concat()));
    text.lines().skip(1).collect::<Vec<_>>().join(" ")
}

/// It ended so, and said each part.
#[track_caller]
pub fn says(run: &Run, code: i32, parts: &[&str]) {
    assert_eq!(run.code, code, "{run:?}");
    for part in parts {
        assert!(run.stderr.contains(part), "\"{part}\" is not in: {}", run.stderr);
    }
}

/// How many records of an operation there are.
pub fn recorded(hub: &Sandbox, action: &str) -> i64 {
    let sql = format!("SELECT count(*) FROM audit WHERE action = '{action}'");
    crate::fixture::count(&hub.store(), &sql)
}
