//! Customers, partners, delegations and subscriptions: each partner sees what is its own.

use super::{bakery, by, listed, says};

/// Rules: G-2 R-5
#[test]
fn a_partner_sees_the_customers_it_serves_and_nothing_of_the_others() {
    let hub = bakery();
    let list = |who: &str| {
        listed(
            &hub,
            who,
            &["customer", "list"],
            "customer,partners,partner_of_record",
        )
    };
    assert_eq!(list("sid"), "BAKE,ALPS,ALPS STEEL,ALPS,");
    assert_eq!(
        list("rita"),
        "BAKE,RIVAL,",
        "who is of record is not for the others"
    );
    assert_eq!(
        list("rex"),
        "",
        "a customer that has not accepted is not there yet"
    );
    assert_eq!(list("gina"), "BAKE,ALPS;RES (requested);RIVAL,ALPS");
    assert_eq!(list("mia"), "BAKE,ALPS;RES (requested);RIVAL,ALPS");
    assert_eq!(list("pia"), "");
    let none = hub.run(by("rita", &["customer", "show", "STEEL"]));
    says(&none, 3, &["E0110", "there is no customer \"STEEL\""]);
    let partners = |who: &str| {
        let show = ["customer", "show", "BAKE", "--partners"];
        listed(&hub, who, &show, "partner,status,of_record,since")
    };
    assert_eq!(partners("ada"), "ALPS,active,yes,2024-10-04");
    assert_eq!(partners("rita"), "RIVAL,active,no,2025-01-12");
    assert_eq!(
        listed(
            &hub,
            "ada",
            &["customer", "list", "--partner", "alps cloud"],
            "customer"
        ),
        "BAKE STEEL"
    );
}

/// Rules: K-7
#[test]
fn lists_go_on_page_by_page() {
    let hub = bakery();
    let first = hub.run(by(
        "ada",
        &[
            "customer",
            "list",
            "--limit",
            "1",
            "-o",
            "csv",
            "--columns",
            "customer",
        ],
    ));
    says(
        &first,
        0,
        &["1 rows shown; the rest: --all, or --page-token BAKE"],
    );
    let next = ["customer", "list", "--limit", "1", "--page-token", "BAKE"];
    assert_eq!(listed(&hub, "ada", &next, "customer"), "STEEL");
    let page = ["subscription", "list", "--limit", "2", "--page-token", "SUB-AZ"];
    assert_eq!(listed(&hub, "ada", &page, "subscription"), "SUB-EX SUB-OLD");
    let page = ["delegation", "list", "--limit", "1", "--page-token", "D-0"];
    assert_eq!(listed(&hub, "ada", &page, "delegation"), "D-1");
}

/// Rules: P-1 P-3 B-1
#[test]
fn a_customers_own_people_are_shown_the_support_contact_of_their_partner() {
    let hub = bakery();
    for who in ["gina", "mia"] {
        let shown = hub.run(by(who, &["customer", "show", "BAKE", "-o", "json"]));
        says(
            &shown,
            0,
            &["support, buying and cancelling: turn to Alps Cloud (ALPS)"],
        );
        for part in ["help@alps.example", "+41 1", "https://alps.example", "8-18"] {
            assert!(shown.stdout.contains(part), "{part}: {shown:?}");
        }
    }
    let other = hub.run(by("rita", &["customer", "show", "BAKE", "-o", "json"]));
    says(&other, 0, &[]);
    assert!(
        !other.stdout.contains("alps") && !other.stderr.contains("turn to"),
        "{other:?}"
    );
}

/// Rules: G-2 G-11
#[test]
fn a_partner_is_shown_with_its_people_to_those_alone() {
    let hub = bakery();
    let list = |who: &str| listed(&hub, who, &["partner", "list"], "partner,provider,resellers");
    assert_eq!(list("ada"), "ALPS,,");
    assert_eq!(list("rex"), "PROV,,RES RES,PROV,");
    assert_eq!(list("pia"), "PROV,,RES;RES2 RES,PROV, RES2,PROV,");
    assert_eq!(list("gina"), "ALPS,, RES,, RIVAL,,");
    let people = |who: &str, partner: &str| {
        listed(
            &hub,
            who,
            &["partner", "show", partner, "--people"],
            "account,roles,groups",
        )
    };
    assert_eq!(
        people("sid", "ALPS"),
        "ada@alps.example,partner-admin, hank@alps.example,helpdesk-agent,Helpers \
         ken@alps.example,admin-agent,Helpers sid@alps.example,sales-agent,"
    );
    assert_eq!(
        people("gina", "ALPS"),
        "",
        "whom a partner employs is not for its customers"
    );
    assert_eq!(people("rex", "PROV"), "");
    says(&hub.run(by("ada", &["partner", "show", "RIVAL"])), 3, &["E0110"]);
    says(
        &hub.run(by("ben", &["partner", "list"])),
        4,
        &["E0200", "read-partners"],
    );
    let plans = listed(
        &hub,
        "ken",
        &["partner", "show", "ALPS", "--plans"],
        "plan,kind,valid",
    );
    assert_eq!(plans, "PL-0,azure-plan,no PL-1,premier,yes");
    assert_eq!(
        listed(&hub, "gina", &["partner", "show", "ALPS", "--plans"], "plan"),
        ""
    );
}

/// Rules: G-3 G-2
#[test]
fn delegations_tell_what_is_left_of_them_and_their_roles() {
    let hub = bakery();
    let list = |who: &str, more: &[&str]| {
        listed(
            &hub,
            who,
            &[&["delegation", "list"], more].concat(),
            "delegation,status,days_left",
        )
    };
    assert_eq!(list("hank", &[]), "D-0,expired, D-1,expiring,30");
    let sales = hub.run(by("sid", &["delegation", "list"]));
    says(&sales, 4, &["E0200", "read-delegations"]);
    assert_eq!(list("rita", &["--customer", "BAKE"]), "D-2,expiring,30");
    assert_eq!(
        list("gina", &["--status", "active,expiring"]),
        "D-1,expiring,30 D-2,expiring,30"
    );
    says(&hub.run(by("mia", &["delegation", "list"])), 4, &["E0200"]);
    says(
        &hub.run(by("rita", &["delegation", "show", "D-1"])),
        3,
        &["E0110"],
    );
    let roles = |who: &str| listed(&hub, who, &["delegation", "show", "D-1"], "name,group,files_for");
    assert_eq!(
        roles("hank"),
        "Service Support Administrator,Helpers,microsoft-365;dynamics-365;ems Global Reader,,"
    );
    assert_eq!(
        roles("gina"),
        "Service Support Administrator,,microsoft-365;dynamics-365;ems Global Reader,,",
        "the partner's groups are its own"
    );
    let shown = hub.run(by("hank", &["delegation", "show", "help"]));
    says(
        &shown,
        0,
        &["delegation D-1 of BAKE to ALPS (Help): expiring, 30 days left"],
    );
}

/// Rules: G-4 G-2 P-3
#[test]
fn subscriptions_are_shown_to_their_customer_and_to_who_sold_them() {
    let hub = bakery();
    let list = |who: &str, more: &[&str]| {
        listed(
            &hub,
            who,
            &[&["subscription", "list"], more].concat(),
            "subscription,partner,family,seats",
        )
    };
    assert_eq!(
        list("sid", &["--status", "active"]),
        "SUB-AZ,ALPS,azure,1 SUB-EX,ALPS,microsoft-365,25"
    );
    assert_eq!(list("rita", &["--family", "azure"]), "SUB-RV,RIVAL,azure,1");
    assert_eq!(list("pia", &[]), "");
    let own = hub.run(by(
        "gina",
        &["subscription", "list", "--customer", "BAKE", "-o", "csv"],
    ));
    says(
        &own,
        0,
        &["to buy or cancel, turn to Alps Cloud: mail help@alps.example"],
    );
    assert_eq!(own.stdout.lines().count(), 6, "{own:?}");
    let partner = hub.run(by("sid", &["subscription", "list"]));
    assert!(!partner.stderr.contains("turn to"), "{partner:?}");
    says(&hub.run(by("mia", &["subscription", "list"])), 4, &["E0200"]);
    says(
        &hub.run(by("ada", &["subscription", "show", "SUB-RV"])),
        3,
        &["E0110"],
    );
    // What was given to a reseller is seen by both, and by each not what else the other did there (G-2).
    hub.sql("INSERT INTO subscription_role (subscription_id, role, partner_id) VALUES (1, 'Contributor', 4)");
    let roles = |who: &str| {
        let show = ["subscription", "show", "SUB-AZ", "--roles"];
        listed(&hub, who, &show, "role,account,partner")
    };
    assert_eq!(roles("sid"), "Contributor,,RES Owner,ken@alps.example,");
    assert_eq!(roles("rex"), "Contributor,,RES");
    assert_eq!(roles("gina"), "Contributor,,RES Owner,ken@alps.example,");
}

/// Rules: R-1
#[test]
fn the_roles_of_partners_are_listed_with_theirs() {
    let hub = bakery();
    let all = hub.ok([
        "role",
        "list",
        "-o",
        "csv",
        "--columns",
        "partner,account,role,comes_from",
    ]);
    assert!(
        all.contains("ALPS,hank@alps.example,helpdesk-agent,the partner"),
        "{all}"
    );
    assert!(
        all.contains(",gina@bakery.example,global-admin,appointed"),
        "{all}"
    );
    let own = listed(&hub, "gina", &["role", "list"], "account");
    assert_eq!(own, "gina@bakery.example mia@bakery.example");
    let users = hub.ok(["export", "users", "-o", "csv"]);
    assert!(
        users.contains("hank@alps.example,Hank,,,helpdesk-agent,") && users.contains(",Alps Cloud"),
        "{users}"
    );
    for args in [
        &["export", "users", "--customer", "BAKE"][..],
        &["export", "users", "--as", "gina@bakery.example"],
    ] {
        let of_customer = hub.ok(args);
        assert!(
            of_customer.contains("mia@bakery.example") && !of_customer.contains("alps"),
            "{of_customer}"
        );
    }
}
