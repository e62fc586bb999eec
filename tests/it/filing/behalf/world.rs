//! Partners with their people and customers, and what was delegated and sold to them.

use crate::fixture;
use crate::harness::{Run, Sandbox};

/// What `on_behalf` files when nothing else is said.
pub const COMPLETE: &[&str] = &[
    "--title",
    "Mail is late",
    "--description",
    "Since six",
    "--product",
    "SharePoint Online",
    "--kind",
    "problem-resolution",
    "--severity",
    "B",
    "--category",
    "defect",
];

/// Partner One sells directly to Steel Works, Glass House and Paper Mill: `pia` is its administrator, `ada` an admin
/// agent, `hal` a helpdesk agent and `sal` a sales agent. Ada and hal are in its group *Desk*, to which Steel Works has
/// delegated Service Support Administrator; ada holds a support role on the subscriptions SUB-1 and SUB-3. Small
/// Reseller (`rita`) buys from Big Provider (`bob`); both serve Steel Works. Steel Works has the workspace W-1 with its
/// support contact `ben` and its member `cora`; Lonely is served by nobody.
pub fn world() -> Sandbox {
    let hub = Sandbox::new();
    hub.ok(["workspace", "list"]);
    hub.sql(
        "INSERT INTO customer (id, code, name, domain) VALUES (1, 'STEEL', 'Steel Works', 'steel.example'),
           (2, 'GLASS', 'Glass House', 'glass.example'), (3, 'PAPER', 'Paper Mill', NULL), (4, 'LONELY', 'Lonely', 'lonely.example');
         INSERT INTO contract (id, customer_id, number, kind, starts_on, ends_on, csam) VALUES
           (1, 1, '0100', 'unified', 20500, 21000, 'sam@provider.example'), (2, 4, '0400', 'unified', 20500, 21000, 'sam@provider.example');
         INSERT INTO schedule (id, contract_id, code, kind, starts_on, ends_on) VALUES (1, 1, 'S-1', 'base', 20500, 21000);
         INSERT INTO package (id, schedule_id, code, name, kind, starts_on, ends_on) VALUES (1, 1, 'P-1', 'Core', 'enterprise-wide', 20500, 21000);
         INSERT INTO entitlement (id, package_id, code, service, category, allowance, quantity, unit, description)
           VALUES (1, 1, 'E-1', 'reactive', 'consumable', 'limited', 10000, 'hours', 'Problem resolution');
         INSERT INTO workspace (id, customer_id, code, name, is_default) VALUES (1, 1, 'W-1', 'Mill', 1), (4, 4, 'W-4', 'Alone', 1);
         INSERT INTO workspace_contract VALUES (1, 1), (4, 2);
         INSERT INTO workspace_package VALUES (1, 1, 20500);
         INSERT INTO member (id, workspace_id, account, name, account_kind, status, invited_at, support_contact) VALUES
           (1, 1, 'ben@steel.example', 'Ben', 'work', 'registered', 0, 1), (2, 1, 'cora@steel.example', 'Cora', 'work', 'registered', 0, 0),
           (4, 4, 'lou@lonely.example', 'Lou', 'work', 'registered', 0, 1);
         INSERT INTO partner (id, code, name, kind, domain, provider_id, time_zone, mail, phone, site, hours) VALUES
           (1, 'ONE', 'Partner One', 'direct-bill', 'partner.example', NULL, 'Europe/Bratislava', 'help@partner.example', '+421 2 555 01',
             'https://partner.example/help', 'mon-fri 8-18'),
           (2, 'BIG', 'Big Provider', 'indirect-provider', 'big.example', NULL, 'UTC', NULL, NULL, NULL, NULL),
           (3, 'SMALL', 'Small Reseller', 'indirect-reseller', 'small.example', 2, 'UTC', NULL, NULL, NULL, NULL);
         INSERT INTO partner_person (id, partner_id, account, name) VALUES (1, 1, 'pia@partner.example', 'Pia'), (2, 1, 'ada@partner.example', 'Ada'),
           (3, 1, 'hal@partner.example', 'Hal'), (4, 1, 'sal@partner.example', 'Sal'), (5, 2, 'bob@big.example', 'Bob'),
           (6, 3, 'rita@small.example', 'Rita');
         INSERT INTO partner_role VALUES (1, 'partner-admin'), (2, 'admin-agent'), (3, 'helpdesk-agent'), (4, 'sales-agent'),
           (5, 'admin-agent'), (6, 'admin-agent');
         INSERT INTO partner_plan (partner_id, code, kind, starts_on, ends_on) VALUES (1, 'PL-1', 'premier', 20500, 21000),
           (1, 'PL-0', 'premier', 20000, 20500), (2, 'PL-B', 'azure-plan', 20500, 21000);
         INSERT INTO relationship (partner_id, customer_id, status, of_record, since_on) VALUES (1, 1, 'active', 1, 20500),
           (1, 2, 'active', 0, 20500), (1, 3, 'active', 0, 20500), (2, 1, 'active', 0, 20500), (3, 1, 'active', 0, 20500);
         INSERT INTO security_group (id, partner_id, name) VALUES (1, 1, 'Desk'), (2, 1, 'Azure desk'), (3, 3, 'Small desk'), (4, 2, 'Big desk');
         INSERT INTO security_group_member VALUES (1, 2), (1, 3), (3, 6), (4, 5);
         INSERT INTO delegation (id, code, partner_id, customer_id, name, status, starts_at, ends_at) VALUES
           (1, 'D-1', 1, 1, 'Support', 'active', 1790000000, 1800000000), (3, 'D-3', 3, 1, 'Resold support', 'active', NULL, NULL),
           (4, 'D-4', 2, 1, 'Wholesale', 'active', NULL, NULL);
         INSERT INTO delegation_role (delegation_id, role, group_id) VALUES (1, 'f023fd81-a637-4b56-95fd-791ac0226033', 1),
           (3, 'f023fd81-a637-4b56-95fd-791ac0226033', 3), (4, 'f023fd81-a637-4b56-95fd-791ac0226033', 4);
         INSERT INTO product (id, name, family, publisher, link, mail, phone) VALUES
           (101, 'Forecast Plus', NULL, 'Weather Inc', 'https://weather.example/support', 'care@weather.example', '+1 555 0100'),
           (102, 'Office Chair', NULL, NULL, NULL, NULL, NULL);
         INSERT INTO subscription (id, code, customer_id, partner_id, product_id, name, status, starts_on) VALUES
           (1, 'SUB-1', 1, 1, (SELECT id FROM product WHERE name = 'Microsoft Azure'), 'Production', 'active', 20500),
           (2, 'SUB-2', 1, 2, (SELECT id FROM product WHERE name = 'Microsoft Azure'), 'Resold', 'active', 20500),
           (3, 'SUB-3', 3, 1, (SELECT id FROM product WHERE name = 'Microsoft Azure'), 'Paper cloud', 'active', 20500),
           (4, 'SUB-4', 1, 1, (SELECT id FROM product WHERE name = 'Microsoft Azure'), 'Old', 'cancelled', 20500),
           (5, 'SUB-5', 1, 2, (SELECT id FROM product WHERE name = 'SharePoint Online'), 'Sites', 'active', 20500);
         INSERT INTO subscription_role (subscription_id, role, account) VALUES (1, 'Support Request Contributor', 'ada@partner.example'),
           (3, 'Support Request Contributor', 'ada@partner.example');
         INSERT INTO health_issue (id, code, service, title, classification, status, started_at) VALUES
           (1, 'EX-1', 'Exchange Online', 'Mail is delayed', 'incident', 'investigating', 1795000000),
           (2, 'SP-1', 'SharePoint Online', 'Sites were slow', 'incident', 'serviceRestored', 1794000000);
         INSERT INTO health_update (issue_id, at, text) VALUES (1, 1795000100, 'We look into it'), (1, 1795000200, 'A fix is on its way');",
    );
    hub
}

/// The account of a person by the short name.
pub fn account(who: &str) -> String {
    let domain = match who {
        "ben" | "cora" => "steel.example",
        "lou" => "lonely.example",
        "bob" => "big.example",
        "rita" => "small.example",
        "sam" => "provider.example",
        _ => "partner.example",
    };
    format!("{who}@{domain}")
}

/// A command as a person runs it; `tester` owns the store.
pub fn acting(who: &str, args: &[&str]) -> Vec<String> {
    let mut all: Vec<String> = args.iter().map(|arg| (*arg).to_owned()).collect();
    if who != "tester" {
        all.extend(["--as".to_owned(), account(who)]);
    }
    all
}

/// The arguments of a request with everything; what `more` says takes the place of it, and an empty text takes it out.
pub fn args(verb: &str, who: &str, more: &[&str]) -> Vec<String> {
    let mut args = vec!["request", verb, "-o", "csv"];
    for pair in COMPLETE.chunks(2).filter(|pair| !more.contains(&pair[0])) {
        args.extend(pair);
    }
    let mut rest = more;
    while let [first, others @ ..] = rest {
        rest = match others {
            ["", others @ ..] => others,
            _ => {
                args.push(first);
                others
            }
        };
    }
    if !more.contains(&"--customer") && !more.contains(&"--own-tenant") && !more.contains(&"-w") {
        args.extend(["--customer", "STEEL"]);
    }
    acting(who, &args)
}

/// Files it.
pub fn create(hub: &Sandbox, who: &str, more: &[&str]) -> Run {
    hub.run(args("create", who, more))
}

/// Asks the rules about it.
pub fn check(hub: &Sandbox, who: &str, more: &[&str]) -> Run {
    hub.run(args("check", who, more))
}

pub fn count(hub: &Sandbox, sql: &str) -> i64 {
    fixture::count(&hub.store(), sql)
}

/// Everything that filing could have left behind: requests, keys, events, numbers, records, and what waits.
pub fn traces(hub: &Sandbox) -> Vec<i64> {
    let tables = [
        "support_case",
        "filing_key",
        "case_event",
        "case_number",
        "case_share",
        "audit",
    ];
    let rows = tables
        .iter()
        .map(|table| count(hub, &format!("SELECT count(*) FROM {table}")));
    let waiting = std::fs::read_dir(hub.path("outbox")).map_or(0, Iterator::count);
    rows.chain([i64::try_from(waiting).unwrap()]).collect()
}

/// One cell of the only line of an answer.
pub fn cells(hub: &Sandbox, who: &str, number: &str, columns: &str) -> String {
    let shown = hub.ok(acting(
        who,
        &["request", "show", number, "-o", "csv", "--columns", columns],
    ));
    shown.lines().nth(1).unwrap_or_default().to_owned()
}

/// The number of the first request of the day.
pub const FIRST: &str = "2611210000000010";
/// The number of the second.
pub const SECOND: &str = "2611210000000028";
