//! Rules B-1 to B-10, each with both answers, through `request check` and `request create`.

use super::world::{FIRST, account, cells, check, count, create, traces, world};
use crate::harness::{NOW, Sandbox};
use proptest::prelude::*;
use servhub::domain::filing::{Category, Channel, Draft, Place, refusal};
use servhub::domain::request::{CaseKind, Severity};
use servhub::error::Kind;
use servhub::hub::request::{Check, Create, Order};
use servhub::hub::{Context, Hub, Mode};
use servhub::policy::Actor;
use servhub::store::Db;

/// The line of a rule in the answer of a check.
#[track_caller]
fn line_of<'a>(answer: &'a str, rule: &str) -> &'a str {
    let start = format!("{rule},");
    let mut lines = answer.lines();
    lines
        .find(|line| line.starts_with(&start))
        .unwrap_or_else(|| panic!("no line of {rule} in: {answer}"))
}

#[track_caller]
fn has(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "\"{part}\" is not in: {text}");
    }
}

/// The check tells the refusal, filing is refused with the rule's own code, and nothing is left behind.
#[track_caller]
fn refused(hub: &Sandbox, who: &str, more: &[&str], (rule, code): (&str, &str), parts: &[&str]) {
    let before = traces(hub);
    let checked = check(hub, who, more);
    assert_eq!(checked.code, 5, "{checked:?}");
    has(
        &checked.stderr,
        &["E0537", &format!("rule {rule} stands in the way")],
    );
    let line = line_of(&checked.stdout, rule);
    has(line, &["refused"]);
    has(line, parts);
    let filed = create(hub, who, more);
    assert_eq!((filed.code, filed.stdout.as_str()), (5, ""), "{filed:?}");
    has(&filed.stderr, &[code, &format!("({rule})")]);
    has(&filed.stderr, parts);
    assert_eq!(traces(hub), before, "something was left behind: {filed:?}");
}

/// The check finds nothing in the way and says this of the rule, and it is filed.
#[track_caller]
fn filed(hub: &Sandbox, who: &str, more: &[&str], rule: &str, parts: &[&str]) {
    let before = count(hub, "SELECT count(*) FROM support_case");
    let checked = check(hub, who, more);
    assert_eq!(checked.code, 0, "{checked:?}");
    has(line_of(&checked.stdout, rule), parts);
    let filed = create(hub, who, more);
    assert_eq!(filed.code, 0, "{filed:?}");
    assert_eq!(count(hub, "SELECT count(*) FROM support_case"), before + 1);
}

const AZURE: [&str; 4] = ["--product", "Microsoft Azure", "--subscription", "SUB-1"];

/// Rules: B-1 P-1
#[test]
fn b1_the_customers_own_people_get_the_partner_of_record() {
    let hub = world();
    let contact = [
        "partner of record, Partner One",
        "mail help@partner.example",
        "phone +421 2 555 01",
        "hours mon-fri 8-18",
        "site https://partner.example/help",
    ];
    refused(&hub, "ben", &[], ("B-1", "E0533"), &contact);
    // Whoever may not file at all is told the same in the check, and the filing leads there.
    let cora = create(&hub, "cora", &[]);
    assert_eq!(cora.code, 5, "{cora:?}");
    has(&cora.stderr, &["E0533", "B-1"]);
    has(&cora.stderr, &contact);
    // Without a partner of record there is nobody to name.
    let lonely = ["--customer", "LONELY"];
    refused(&hub, "lou", &lonely, ("B-1", "E0533"), &["no partner of record"]);
    hub.sql("UPDATE relationship SET of_record = 0");
    refused(&hub, "ben", &[], ("B-1", "E0533"), &["no partner of record"]);
    filed(&hub, "ada", &[], "B-1", &["holds", "ada@partner.example"]);
    // Before it accepted, and when it is served no more, the customer is not there: neither is who serves it (R-5, G-2).
    for status in ["requested", "removed"] {
        hub.sql(&format!(
            "UPDATE relationship SET status = '{status}' WHERE partner_id = 1 AND customer_id = 1"
        ));
        let gone = create(&hub, "ada", &[]);
        assert_eq!(gone.code, 3, "{gone:?}");
    }
    // The owner of the store is nobody's partner, and whoever works for none has no tenant of one.
    refused(
        &hub,
        "tester",
        &["--contact", "ada@partner.example"],
        ("B-1", "E0533"),
        &["tester works for no partner that serves Steel Works"],
    );
    let own = ["--own-tenant"];
    refused(
        &hub,
        "ben",
        &own,
        ("B-1", "E0533"),
        &["ben@steel.example works for no partner"],
    );
}

/// Rules: B-2 G-10
#[test]
fn b2_a_known_issue_stops_it_until_somebody_says_why_it_is_another() {
    let hub = world();
    let mail = ["--product", "Exchange Online"];
    refused(
        &hub,
        "ada",
        &mail,
        ("B-2", "E0552"),
        &[
            "EX-1 is known: Mail is delayed (A fix is on its way)",
            "wait for it to be resolved",
            "--not-covered-by EX-1 --because",
        ],
    );
    let other = [
        "--product",
        "exchange online",
        "--not-covered-by",
        "SP-1",
        "--because",
        "x",
    ];
    refused(&hub, "ada", &other, ("B-2", "E0552"), &["EX-1 is known"]);
    let blank = [
        "--product",
        "Exchange Online",
        "--not-covered-by",
        "EX-1",
        "--because",
        "  ",
    ];
    refused(
        &hub,
        "ada",
        &blank,
        ("B-2", "E0552"),
        &["nothing says why", "--because"],
    );
    let named = [
        "--product",
        "Exchange Online",
        "--not-covered-by",
        "ex-1",
        "--because",
        "Only outgoing mail",
    ];
    filed(&hub, "ada", &named, "B-2", &["holds", "Only outgoing mail"]);
    assert_eq!(
        cells(&hub, "ada", FIRST, "not_covered_by,because"),
        "ex-1,Only outgoing mail"
    );
    let record =
        "SELECT count(*) FROM audit WHERE action = 'request.create' AND after LIKE '%Only outgoing mail%'
        AND after LIKE '%\"not_covered_by\":\"ex-1\"%'";
    assert_eq!(count(&hub, record), 1);
    // What is over stops nothing, nor does an issue of something else.
    filed(
        &hub,
        "ada",
        &[],
        "B-2",
        &["no open issue of SharePoint Online is known"],
    );
    hub.sql("UPDATE health_issue SET status = 'serviceRestored', ended_at = 1795000300");
    filed(&hub, "ada", &mail, "B-2", &["holds"]);
    // A product goes by what the issues call it as well.
    hub.sql("INSERT INTO health_issue (code, service, title, classification, status, started_at)
               VALUES ('MO-9', 'Microsoft 365 suite', 'Sign-in fails', 'incident', 'investigating', 1795000000)");
    let suite = ["--product", "Microsoft 365"];
    refused(
        &hub,
        "ada",
        &suite,
        ("B-2", "E0552"),
        &["MO-9 is known", "no update yet"],
    );
}

/// Rules: B-3
#[test]
fn b3_only_what_must_be_escalated() {
    let hub = world();
    let mut words = Category::WORDS.to_vec();
    words.push("--category");
    refused(&hub, "ada", &["--category", ""], ("B-3", "E0553"), &words);
    for category in Category::WORDS {
        filed(
            &hub,
            "ada",
            &["--category", category],
            "B-3",
            &["holds", category],
        );
    }
    let unknown = create(&hub, "ada", &["--category", "mood"]);
    assert_eq!(unknown.code, 2, "{unknown:?}");
}

/// Rules: B-4 G-3
#[test]
fn b4_a_delegated_role_that_covers_the_product() {
    let hub = world();
    let covers = ["holds", "Service Support Administrator covers SharePoint Online"];
    for who in ["ada", "hal"] {
        filed(&hub, who, &[], "B-4", &covers);
    }
    // Not in the group that it was assigned to; nothing delegated at that customer.
    let none = [
        "no active delegated role",
        "Service Support Administrator",
        "least",
    ];
    refused(&hub, "pia", &[], ("B-4", "E0554"), &none);
    refused(&hub, "ada", &["--customer", "GLASS"], ("B-4", "E0554"), &none);
    let set = |sql: &str| hub.sql(&format!("UPDATE delegation SET {sql} WHERE id = 1"));
    for (status, holds) in [
        ("created", false),
        ("approval-pending", false),
        ("approved", false),
        ("activating", false),
        ("expiring", true),
        ("expired", false),
        ("termination-requested", false),
        ("terminating", false),
        ("terminated", false),
        ("active", true),
    ] {
        set(&format!("status = '{status}'"));
        match holds {
            true => filed(&hub, "ada", &[], "B-4", &covers),
            false => refused(&hub, "ada", &[], ("B-4", "E0554"), &none),
        }
    }
    // Now is 1795248000. A span ends before the moment that it names.
    for (starts, ends, holds) in [
        ("1795248001", "1800000000", false),
        ("1795248000", "1800000000", true),
        ("1790000000", "1795248000", false),
        ("1790000000", "1795248001", true),
        ("NULL", "NULL", true),
    ] {
        set(&format!("starts_at = {starts}, ends_at = {ends}"));
        match holds {
            true => filed(&hub, "ada", &[], "B-4", &covers),
            false => refused(&hub, "ada", &[], ("B-4", "E0554"), &none),
        }
    }
    // A role that covers something else, and one that was assigned to no group.
    hub.sql(
        "UPDATE delegation_role SET role = '3a2c62db-5318-420d-8d74-23affee5d9d5' WHERE delegation_id = 1",
    );
    refused(
        &hub,
        "ada",
        &[],
        ("B-4", "E0554"),
        &["none of the delegated roles held (Intune Administrator) covers SharePoint Online"],
    );
    filed(
        &hub,
        "ada",
        &["--product", "Microsoft Intune"],
        "B-4",
        &["Intune Administrator covers"],
    );
    hub.sql("UPDATE delegation_role SET group_id = NULL WHERE delegation_id = 1");
    refused(
        &hub,
        "ada",
        &["--product", "Microsoft Intune"],
        ("B-4", "E0554"),
        &none,
    );
}

/// Rules: B-4
#[test]
fn b4_for_azure_a_role_on_the_subscription_or_a_support_group() {
    let hub = world();
    filed(
        &hub,
        "ada",
        &AZURE,
        "B-4",
        &["Support Request Contributor on subscription SUB-1"],
    );
    let by_name = ["--product", "Microsoft Azure", "--subscription", "production"];
    filed(&hub, "ada", &by_name, "B-4", &["SUB-1"]);
    let group = "servhub request support-group --subscription SUB-1";
    refused(
        &hub,
        "hal",
        &AZURE,
        ("B-4", "E0554"),
        &[
            "a helpdesk agent alone cannot file for Azure",
            "Support Request Contributor",
            group,
        ],
    );
    refused(
        &hub,
        "pia",
        &AZURE,
        ("B-4", "E0554"),
        &["pia@partner.example holds no support role", group],
    );
    // Through a group that was granted one.
    hub.sql(
        "INSERT INTO subscription_role (subscription_id, role, group_id) VALUES (1, 'Support Request Contributor', 2);
         INSERT INTO security_group_member VALUES (2, 3)",
    );
    filed(
        &hub,
        "hal",
        &AZURE,
        "B-4",
        &["on subscription SUB-1 through group Azure desk"],
    );
    refused(&hub, "pia", &AZURE, ("B-4", "E0554"), &[group]);
    // A role that reads only does not suffice; one that does more does.
    hub.sql("UPDATE subscription_role SET role = 'Reader'");
    refused(&hub, "ada", &AZURE, ("B-4", "E0554"), &["no support role"]);
    for role in ["Contributor", "Owner"] {
        hub.sql(&format!("UPDATE subscription_role SET role = '{role}'"));
        filed(&hub, "ada", &AZURE, "B-4", &[role]);
    }
    // The subscription is named, the customer's, active, for Azure, and the partner's to file for.
    let product = ["--product", "Microsoft Azure"];
    refused(
        &hub,
        "ada",
        &product,
        ("B-4", "E0554"),
        &["needs the subscription", "--subscription"],
    );
    for other in ["SUB-2", "SUB-3", "SUB-4", "SUB-5", "SUB-9"] {
        let named = ["--product", "Microsoft Azure", "--subscription", other];
        let why = format!("Steel Works has no Azure subscription {other}");
        refused(&hub, "ada", &named, ("B-4", "E0554"), &[&why]);
    }
    // Its term is over, unless it is renewed (G-4).
    hub.sql("UPDATE subscription SET ends_on = starts_on WHERE code = 'SUB-1'");
    let over = "Steel Works has no Azure subscription SUB-1";
    refused(&hub, "ada", &AZURE, ("B-4", "E0554"), &[over]);
    hub.sql("UPDATE subscription SET term = 'P1Y', auto_renew = 1 WHERE code = 'SUB-1'");
    filed(&hub, "ada", &AZURE, "B-4", &["on subscription SUB-1"]);
    hub.sql("UPDATE subscription SET ends_on = NULL, term = NULL WHERE code = 'SUB-1'");
}

/// Rules: B-4
#[test]
fn b4_a_reseller_files_through_its_provider_unless_that_gave_it_access() {
    let hub = world();
    let through = [
        "Small Reseller is an indirect reseller",
        "have Big Provider file it",
        "have Big Provider give access",
    ];
    refused(&hub, "rita", &[], ("B-4", "E0554"), &through);
    let resold = ["--product", "Microsoft Azure", "--subscription", "SUB-2"];
    refused(&hub, "rita", &resold, ("B-4", "E0554"), &through);
    filed(&hub, "bob", &[], "B-4", &["Service Support Administrator"]);
    // Access to one subscription is access to what it is for.
    hub.sql("INSERT INTO subscription_role (subscription_id, role, partner_id) VALUES (5, 'Support Request Contributor', 3)");
    filed(&hub, "rita", &[], "B-4", &["Service Support Administrator"]);
    refused(&hub, "rita", &resold, ("B-4", "E0554"), &through);
    hub.sql("INSERT INTO subscription_role (subscription_id, role, partner_id) VALUES (2, 'Support Request Contributor', 3)");
    refused(
        &hub,
        "rita",
        &resold,
        ("B-4", "E0554"),
        &["rita@small.example holds no support role"],
    );
    hub.sql("INSERT INTO subscription_role (subscription_id, role, account) VALUES (2, 'Owner', 'rita@small.example')");
    filed(&hub, "rita", &resold, "B-4", &["Owner on subscription SUB-2"]);
    hub.sql("UPDATE partner SET provider_id = NULL WHERE id = 3");
    let dynamics = ["--product", "Dynamics 365"];
    refused(
        &hub,
        "rita",
        &dynamics,
        ("B-4", "E0554"),
        &["have its indirect provider file it"],
    );
}

/// Rules: B-5
#[test]
fn b5_a_plan_of_the_family_covers_it() {
    let hub = world();
    filed(&hub, "ada", &AZURE, "B-5", &["plan Cloud Solution Provider"]);
    for product in [
        "SharePoint Online",
        "Microsoft Intune",
        "Enterprise Mobility + Security",
    ] {
        filed(
            &hub,
            "ada",
            &["--product", product],
            "B-5",
            &["included for partners"],
        );
    }
    let dynamics = ["--product", "Dynamics 365"];
    refused(
        &hub,
        "ada",
        &dynamics,
        ("B-5", "E0555"),
        &["Partner One holds none", "Advanced Support for Partners"],
    );
    for level in ["advanced", "premier"] {
        hub.sql(&format!(
            "UPDATE partner SET support_level = '{level}' WHERE id = 1"
        ));
        filed(&hub, "ada", &dynamics, "B-5", &[level]);
    }
    hub.sql("UPDATE partner SET support_level = NULL");
    for category in ["billing", "dispute", "fraud"] {
        let included = ["--product", "Dynamics 365", "--category", category];
        filed(&hub, "ada", &included, "B-5", &["included for every partner"]);
    }
    let families = "azure, microsoft-365, dynamics-365, ems";
    for other in ["Office Chair", "Nobody knows it"] {
        refused(
            &hub,
            "ada",
            &["--product", other],
            ("B-5", "E0555"),
            &[other, families],
        );
    }
}

/// Rules: B-5 B-10
#[test]
fn b5_the_own_tenant_needs_a_plan_of_its_own() {
    let hub = world();
    let own = |more: &[&'static str]| [&["--own-tenant"], more].concat();
    refused(
        &hub,
        "ada",
        &own(&[]),
        ("B-5", "E0555"),
        &["not covered", "--plan with one of PL-1"],
    );
    for wrong in ["PL-0", "PL-B", "PL-9"] {
        let why = format!("{wrong} is no plan of Partner One that is valid today");
        refused(&hub, "ada", &own(&["--plan", wrong]), ("B-5", "E0555"), &[&why]);
    }
    filed(&hub, "ada", &own(&["--plan", "PL-1"]), "B-5", &["PL-1 (premier)"]);
    assert_eq!(
        cells(&hub, "ada", FIRST, "context,plan,customer,workspace"),
        "own tenant of Partner One,premier,,"
    );
    filed(
        &hub,
        "ada",
        &own(&["--category", "billing"]),
        "B-5",
        &["included"],
    );
    refused(
        &hub,
        "rita",
        &own(&[]),
        ("B-5", "E0555"),
        &["partner contract, Premier or an Azure plan"],
    );
}

/// Rules: B-6
#[test]
fn b6_the_contact_is_the_partners_own() {
    let hub = world();
    let customers = ["--contact", "cora@steel.example"];
    let below = ["--contact", "cora@mail.steel.example"];
    for contact in [customers, below] {
        refused(
            &hub,
            "ada",
            &contact,
            ("B-6", "E0556"),
            &[contact[1], "customer's domain", "ada@partner.example"],
        );
    }
    let foreign = ["--contact", "eve@elsewhere.example"];
    refused(
        &hub,
        "ada",
        &foreign,
        ("B-6", "E0556"),
        &["none of Partner One's own people"],
    );
    let other = ["--contact", "bob@big.example"];
    refused(
        &hub,
        "ada",
        &other,
        ("B-6", "E0556"),
        &["none of Partner One's own people"],
    );
    filed(
        &hub,
        "ada",
        &["--contact", "hal@partner.example"],
        "B-6",
        &["holds", "hal@"],
    );
    filed(&hub, "ada", &[], "B-6", &["holds", "ada@"]);
}

/// Rules: B-7
#[test]
fn b7_the_marketplace_is_supported_by_its_publishers() {
    let hub = world();
    let product = ["--product", "Forecast Plus"];
    refused(
        &hub,
        "ada",
        &product,
        ("B-7", "E0557"),
        &[
            "Weather Inc",
            "support https://weather.example/support",
            "mail care@weather.example",
            "phone +1 555 0100",
        ],
    );
    hub.sql("UPDATE product SET link = NULL, mail = NULL, phone = NULL WHERE id = 101");
    refused(
        &hub,
        "ada",
        &product,
        ("B-7", "E0557"),
        &["no way to reach them is on record"],
    );
    filed(&hub, "ada", &[], "B-7", &["not-asked"]);
}

/// Rules: B-8
#[test]
fn b8_not_by_phone() {
    let hub = world();
    refused(
        &hub,
        "ada",
        &["--channel", "phone"],
        ("B-8", "E0558"),
        &["not filed by phone"],
    );
    filed(&hub, "ada", &["--channel", "shell"], "B-8", &["holds"]);
}

/// Rules: B-9
#[test]
fn b9_without_rights_the_domain_and_the_subscription_are_needed() {
    let hub = world();
    let paper = [
        "--customer",
        "PAPER",
        "--product",
        "Microsoft Azure",
        "--subscription",
        "SUB-3",
    ];
    refused(
        &hub,
        "ada",
        &paper,
        ("B-9", "E0559"),
        &["domain of Paper Mill", "none is on record"],
    );
    hub.sql("UPDATE customer SET domain = 'paper.example' WHERE id = 3");
    filed(
        &hub,
        "ada",
        &paper,
        "B-9",
        &["holds", "https://portal.azure.com/paper.example"],
    );
    let told = create(&hub, "ada", &paper);
    has(&told.stderr, &["go to https://portal.azure.com/paper.example"]);
    // Without a subscription B-4 comes first; the check tells both.
    let without = check(&hub, "ada", &paper[..4]);
    has(
        line_of(&without.stdout, "B-9"),
        &[
            "refused",
            "add --subscription",
            "https://portal.azure.com/paper.example",
        ],
    );
    // With rights at the customer nobody is sent anywhere.
    filed(&hub, "ada", &AZURE, "B-9", &["not-asked"]);
    assert!(!create(&hub, "ada", &AZURE).stderr.contains("portal.azure.com"));
}

/// Rules: B-10 X-1
#[test]
fn b10_what_was_filed_says_in_whose_context() {
    let hub = world();
    let context = "customer Steel Works, as partner Partner One";
    filed(&hub, "ada", &AZURE, "B-10", &["holds", context]);
    assert_eq!(
        cells(
            &hub,
            "ada",
            FIRST,
            "context,customer,workspace,contract,entitlement,subscription,plan,category,filed_by,seen_by"
        ),
        "\"customer Steel Works, as partner Partner One\",Steel Works,,,,SUB-1,csp,defect,ada@partner.example,V-3;partner"
    );
    let history = hub.ok(super::world::acting(
        "ada",
        &["request", "show", FIRST, "--history", "-o", "csv"],
    ));
    has(&history, &[context]);
    let record = format!(
        "SELECT count(*) FROM audit WHERE action = 'request.create' AND subject = 'request:{FIRST}' AND after LIKE '%{context}%'"
    );
    assert_eq!(count(&hub, &record), 1);
}

/// Rules: F-2 F-3
#[test]
fn what_is_missing_is_named_and_nothing_is_filed() {
    let hub = world();
    let before = traces(&hub);
    let args = ["--title", "", "--severity", "", "--category", ""];
    let run = create(&hub, "ada", &args);
    assert_eq!(run.code, 5, "{run:?}");
    has(
        &run.stderr,
        &["E0532", "--title --severity --category", "nothing was filed"],
    );
    // Where nothing says for whom, those whom one may file for are named.
    let bare = hub.run(super::world::acting(
        "ada",
        &["request", "create", "--title", "T"],
    ));
    assert_eq!(bare.code, 2, "{bare:?}");
    has(
        &bare.stderr,
        &[
            "--customer with one of Glass House, Paper Mill, Steel Works",
            "--own-tenant",
        ],
    );
    let ben = hub.run(super::world::acting(
        "ben",
        &["request", "create", "--title", "T"],
    ));
    has(&ben.stderr, &["--workspace"]);
    assert_eq!(traces(&hub), before);
    // A check without a product speaks of what it can.
    let open = check(&hub, "ada", &["--product", ""]);
    for rule in ["B-2", "B-4", "B-5", "B-7"] {
        has(
            line_of(&open.stdout, rule),
            &["not-asked", "no product is named yet"],
        );
    }
    has(line_of(&open.stdout, "F-2"), &["refused", "product"]);
}

/// Rules: B-1 B-2 B-3 B-4 B-5 B-6 B-7 B-8 B-9 B-10
#[test]
fn the_first_rule_in_the_order_of_the_specification_refuses() {
    let hub = world();
    let order = [
        "B-1", "B-2", "B-3", "B-4", "B-5", "B-6", "B-7", "B-8", "B-9", "F-2", "B-10",
    ];
    let lines = check(&hub, "ada", &[]).stdout;
    let rules: Vec<&str> = lines
        .lines()
        .skip(1)
        .filter_map(|line| line.split(',').next())
        .collect();
    assert_eq!(rules, order);
    // Everything is wrong at first, and is mended one after the other.
    hub.sql(
        "INSERT INTO health_issue (code, service, title, classification, status, started_at)
           VALUES ('DY-1', 'Dynamics 365', 'Slow', 'incident', 'investigating', 1795000000);
         UPDATE customer SET domain = 'partner.example' WHERE id = 1;
         UPDATE delegation SET status = 'expired' WHERE id = 1",
    );
    let mut args = vec![
        "--product",
        "Dynamics 365",
        "--category",
        "",
        "--contact",
        "cora@steel.example",
        "--channel",
        "phone",
    ];
    let mut told = Vec::new();
    type Mend = fn(&Sandbox, &mut Vec<&'static str>);
    let mends: [Mend; 7] = [
        |hub, _| hub.sql("UPDATE customer SET domain = 'steel.example' WHERE id = 1"),
        |_, args| args.extend(["--not-covered-by", "DY-1", "--because", "Another thing"]),
        |_, args| args[3] = "defect",
        |hub, _| hub.sql("UPDATE delegation SET status = 'active'"),
        |hub, _| hub.sql("UPDATE partner SET support_level = 'advanced'"),
        |_, args| args[5] = "hal@partner.example",
        |_, args| args[7] = "shell",
    ];
    for mend in mends {
        let run = create(&hub, "ada", &args);
        let code = run
            .stderr
            .split(['[', ']', ' ', ':'])
            .find(|word| word.starts_with("E05"));
        told.push(code.unwrap_or_default().to_owned());
        mend(&hub, &mut args);
    }
    assert_eq!(
        told,
        ["E0533", "E0552", "E0553", "E0554", "E0555", "E0556", "E0558"]
    );
    assert_eq!(create(&hub, "ada", &args).code, 0);
}

/// Rules: R-1 B-4
#[test]
fn whoever_sells_does_not_file_and_works_for_the_partner_that_lets_them() {
    let hub = world();
    let sal = create(&hub, "sal", &[]);
    assert_eq!(sal.code, 4, "{sal:?}");
    has(&sal.stderr, &["E0200", "agents"]);
    // Hal sells for Big Provider, and is a helpdesk agent at Partner One: he files as the latter.
    hub.sql(
        "INSERT INTO partner_person (id, partner_id, account, name) VALUES (9, 2, 'hal@partner.example', 'Hal');
         INSERT INTO partner_role VALUES (9, 'sales-agent')",
    );
    filed(&hub, "hal", &[], "B-10", &["as partner Partner One"]);
    // Ben may file in his workspace, which says nothing of the partner that he sells for.
    hub.sql(
        "INSERT INTO partner_person (id, partner_id, account, name) VALUES (10, 2, 'ben@steel.example', 'Ben');
         INSERT INTO partner_role VALUES (10, 'sales-agent')",
    );
    let own = ["--own-tenant", "--plan", "PL-B", "--contact", "bob@big.example"];
    let ben = create(&hub, "ben", &own);
    assert_eq!(ben.code, 4, "{ben:?}");
    has(&ben.stderr, &["E0200", "Big Provider"]);
    // Where only Big Provider serves the customer, he files for nobody.
    hub.sql("INSERT INTO relationship (partner_id, customer_id, status, of_record, since_on) VALUES (2, 4, 'active', 1, 20500)");
    let lonely = create(&hub, "hal", &["--customer", "LONELY"]);
    assert!(matches!(lonely.code, 3 | 4), "{lonely:?}");
}

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

/// One of these.
fn any_of(words: &'static [&'static str]) -> impl Strategy<Value = Option<String>> {
    prop::sample::select(words).prop_map(|word| Some(word.to_owned()).filter(|word| !word.is_empty()))
}

fn draft() -> impl Strategy<Value = Draft> {
    let products = any_of(&[
        "",
        "Microsoft Azure",
        "SharePoint Online",
        "Exchange Online",
        "Dynamics 365",
        "Microsoft Intune",
        "Forecast Plus",
        "Office Chair",
    ]);
    let contacts = any_of(&[
        "ada@partner.example",
        "hal@partner.example",
        "ada@partner.example",
        "",
        "ada@partner.example",
        "hal@partner.example",
        "cora@steel.example",
        "rita@small.example",
    ]);
    let subscriptions = any_of(&["SUB-1", "SUB-1", "", "SUB-1", "SUB-2", "SUB-3", "SUB-4", "SUB-5"]);
    let plans = any_of(&["", "PL-0", "PL-1", "PL-B"]);
    let categories = any_of(&["defect", "billing", "defect", "billing", ""]);
    let issues = prop::sample::select(vec![vec![], vec!["EX-1".to_owned()]]);
    let because = any_of(&["Other", "Other", ""]);
    let channels = prop::sample::select(vec![
        None,
        None,
        None,
        None,
        None,
        Some(Channel::Phone),
        Some(Channel::Shell),
    ]);
    (
        products,
        contacts,
        subscriptions,
        plans,
        categories,
        issues,
        because,
        channels,
    )
        .prop_map(
            |(product, contact, subscription, plan, category, not_covered_by, because, channel)| Draft {
                title: some("T"),
                description: some("D"),
                product,
                kind: Some(CaseKind::ProblemResolution),
                severity: Some(Severity::B),
                contact,
                category: category.and_then(|word| word.parse::<Category>().ok()),
                subscription,
                plan,
                not_covered_by,
                because,
                channel,
                ..Draft::default()
            },
        )
}

fn context() -> Context {
    Context {
        actor: Actor::Operator("owner".to_owned()),
        now: NOW.parse().unwrap(),
        as_of: None,
        reason: None,
        ticket: None,
        origin: "law".to_owned(),
    }
}

/// Rules: B-1 B-2 B-3 B-4 B-5 B-6 B-7 B-8 B-9
#[test]
fn a_request_is_filed_exactly_when_the_check_has_no_refusal() {
    let hub = world();
    hub.sql("INSERT INTO subscription_role (subscription_id, role, partner_id) VALUES (5, 'Support Request Contributor', 3)");
    let people = prop::sample::select(vec![
        "pia", "ada", "ada", "hal", "sal", "bob", "rita", "ben", "cora", "lou",
    ]);
    let places = prop::sample::select(vec!["STEEL", "STEEL", "GLASS", "PAPER", "LONELY", ""]);
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig::with_cases(400));
    // How many are filed is a matter of chance.
    let (filed, stopped) = (std::cell::Cell::new(0), std::cell::Cell::new(0));
    let done = runner.run(&(people, places, draft()), |(who, place, draft)| {
        let mut hub = Hub::local(Db::open(&hub.store()).unwrap(), context())
            .on_behalf_of(&account(who))
            .unwrap();
        let place = match place {
            "" => Place::OwnTenant,
            code => Place::Customer(code.to_owned()),
        };
        let checked = hub.ask(&Check {
            place: place.clone(),
            draft: draft.clone(),
        });
        let order = Order {
            place,
            draft,
            key: "law".to_owned(),
            origin: None,
            files: Vec::new(),
        };
        let tried = hub.carry_out(&Create { orders: vec![order] }, Mode::DryRun);
        match (checked, tried) {
            (Ok(findings), Ok(_)) => {
                prop_assert!(refusal(&findings).is_none(), "filed against {findings:?}");
                filed.set(filed.get() + 1);
            }
            (Ok(findings), Err(error)) if error.kind() == Kind::Refused => {
                let refusal = refusal(&findings).map_or("none", |finding| finding.rule.as_ref());
                prop_assert!(
                    error.message.ends_with(&format!("({refusal})")),
                    "{error:?} against {findings:?}"
                );
                stopped.set(stopped.get() + 1);
            }
            // Whoever may not file at all, or does not know the customer.
            (_, Err(error)) => {
                prop_assert!(matches!(error.kind(), Kind::Denied | Kind::NotFound), "{error:?}")
            }
            (Err(error), Ok(_)) => prop_assert!(false, "filed what may not be looked at: {error:?}"),
        }
        Ok(())
    });
    done.unwrap();
    assert!(filed.get() > 0 && stopped.get() > 40, "{filed:?} {stopped:?}");
}
