//! The message centre of a customer (P-3), and whom its people are sent to (B-1).

use super::{bakery, by, listed, says};

const ORDER: &[&str] = &[
    "--title",
    "Mail is late",
    "--description",
    "Since six",
    "--product",
    "Exchange Online",
    "--kind",
    "problem-resolution",
    "--severity",
    "B",
];

/// Rules: P-3 G-2
#[test]
fn a_customers_message_centre_is_about_what_it_subscribes_to() {
    let hub = bakery();
    hub.sql(
        "INSERT INTO health_issue (code, service, title, classification, status, started_at) VALUES
           ('H-1', 'exchange online', 'Late', 'incident', 'investigating', 1790000000), ('H-2', 'SharePoint Online', 'Odd', 'incident', 'investigating', 1790000001),
           ('H-3', 'Azure', 'Slow', 'incident', 'investigating', 1790000002), ('H-4', 'Microsoft Intune', 'Lost', 'incident', 'investigating', 1790000003)",
    );
    let list = |who: &str| listed(&hub, who, &["health", "list", "--customer", "BAKE"], "issue");
    assert_eq!(list("mia"), "H-4 H-3 H-1");
    assert_eq!(list("gina"), "H-4 H-3 H-1");
    assert_eq!(
        list("ken"),
        "H-3 H-1",
        "what another partner sold is not for this one"
    );
    assert_eq!(list("rita"), "H-4 H-3");
    assert_eq!(
        listed(&hub, "mia", &["health", "list"], "issue"),
        "H-4 H-3 H-2 H-1"
    );
    says(
        &hub.run(by("ben", &["health", "list", "--customer", "BAKE"])),
        3,
        &["E0110"],
    );
    // Nor about what it subscribed to until yesterday, unless that goes on.
    let ends = |status: &str, renews: u8| {
        hub.sql(&format!(
            "UPDATE subscription SET ends_on = 20777, term = 'P1Y', auto_renew = {renews}, status = '{status}' WHERE code = 'SUB-EX'"
        ));
        list("mia")
    };
    assert_eq!(ends("active", 0), "H-4 H-3");
    assert_eq!(ends("suspended", 1), "H-4 H-3");
    assert_eq!(ends("active", 1), "H-4 H-3 H-1");
    hub.sql("UPDATE subscription SET ends_on = NULL, status = 'suspended' WHERE code = 'SUB-EX'");
    assert_eq!(list("mia"), "H-4 H-3 H-1");
    hub.sql("UPDATE subscription SET status = 'cancelled' WHERE code = 'SUB-EX'");
    assert_eq!(list("mia"), "H-4 H-3");
}

/// Rules: P-3
#[test]
fn the_catalogue_tells_what_known_issues_call_a_product() {
    let hub = bakery();
    for who in ["mia", "gina", "sid", "hank", "ben"] {
        let azure = listed(
            &hub,
            who,
            &["product", "list", "--family", "azure"],
            "product,family,services",
        );
        assert_eq!(azure, "Microsoft Azure,azure,Azure");
    }
    says(&hub.run(by("lea", &["product", "list"])), 0, &[]);
}

/// Rules: B-1
#[test]
fn a_customers_own_people_are_sent_to_their_partner() {
    let hub = bakery();
    let create =
        |who: &str, place: &[&str]| hub.run(by(who, &[&["request", "create"], place, ORDER].concat()));
    let partner = [
        "E0533",
        "B-1",
        "turn to",
        "Alps Cloud: mail help@alps.example, phone +41 1, hours 8-18",
    ];
    // A support contact, and those who may not file at all.
    says(&create("mia", &["-w", "W-B"]), 5, &partner);
    says(&create("gina", &["-w", "W-B"]), 5, &partner);
    says(&create("gina", &["--customer", "BAKE"]), 5, &partner);
    hub.sql("UPDATE member SET support_contact = 0 WHERE account = 'mia@bakery.example'");
    says(&create("mia", &["-w", "W-B"]), 5, &partner);
    says(&create("mia", &["--customer", "BAKE"]), 5, &partner);
    // Who may not ask the rules is told who files.
    says(
        &create("sid", &["--customer", "BAKE"]),
        4,
        &["E0200", "request check --customer BAKE"],
    );
    // A customer with a contract files for itself, whoever sells it subscriptions.
    hub.sql("UPDATE relationship SET of_record = 1 WHERE customer_id = 1");
    says(&create("cora", &["-w", "W-1"]), 5, &["E0531", "F-1"]);
    hub.sql("DELETE FROM relationship WHERE customer_id = 3");
    says(&create("mia", &["-w", "W-B"]), 5, &["E0531", "F-1"]);
}
