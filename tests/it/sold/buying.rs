//! Who may sell and buy what, and the days of a term.

use super::{at, done, refused, shop};
use crate::fixture::count;
use crate::partner::{listed, recorded};

const NOW: &str = "2026-11-21T08:00:00Z";
const TERM: &str = "seats,status,starts,ends,term,billing,auto_renew,renews,next_term_ends,cancel_until";

fn create<'a>(more: &[&'a str]) -> Vec<&'a str> {
    let create = [
        "subscription",
        "create",
        "--customer",
        "BAKE",
        "--product",
        "Exchange Online",
        "--id",
        "SUB-1",
        "--quantity",
        "10",
    ];
    [&create, more].concat()
}

/// Rules: G-4 X-1
#[test]
fn a_subscription_is_sold_for_a_term_and_selling_it_again_changes_nothing() {
    let hub = shop();
    let sold = create(&["--term", "P1Y", "--billing", "annual"]);
    let term = "10,active,2026-11-21,2027-11-20,P1Y,annual,yes,2027-11-21,2028-11-20,2026-11-28T08:00:00Z";
    assert_eq!(done(&hub, NOW, "sid", &sold, TERM), term);
    let again = at(&hub, NOW, "sid", &sold);
    assert!(
        again.code == 0 && again.stderr.contains("nothing left to do"),
        "{again:?}"
    );
    assert_eq!(recorded(&hub, "subscription.create"), 1);
    let other = at(&hub, NOW, "sid", &create(&["--term", "P1M"]));
    refused(&other, "E0500", &["the id SUB-1 is taken"]);
    let show = ["subscription", "show", "SUB-1"];
    assert_eq!(listed(&hub, "gina", &show, TERM), term);
    let dry = [
        "subscription",
        "create",
        "--customer",
        "BAKE",
        "--product",
        "Exchange Online",
        "--id",
        "SUB-2",
        "--term",
        "P1M",
        "--dry-run",
    ];
    let run = at(&hub, NOW, "sid", &dry);
    assert_eq!(run.code, 0, "{run:?}");
    assert_eq!(
        count(
            &hub.store(),
            "SELECT count(*) FROM subscription WHERE code = 'SUB-2'"
        ),
        0
    );
    // Use is sold without a term, and nothing else is.
    let azure = [
        "subscription",
        "create",
        "--customer",
        "BAKE",
        "--product",
        "microsoft azure",
        "--id",
        "SUB-3",
    ];
    assert_eq!(
        done(&hub, NOW, "sid", &azure, TERM),
        "1,active,2026-11-21,,,monthly,no,,,"
    );
    // Without an id each is a purchase of its own.
    let unnamed = [
        "subscription",
        "create",
        "--customer",
        "BAKE",
        "--product",
        "Microsoft Azure",
    ];
    assert_ne!(
        done(&hub, NOW, "sid", &unnamed, "subscription"),
        done(&hub, NOW, "sid", &unnamed, "subscription")
    );
}

/// Rules: G-2 G-4 G-8
#[test]
fn nothing_is_sold_without_a_relationship_an_agreement_and_a_term() {
    let hub = shop();
    let yearly = create(&["--term", "P1Y"]);
    let run = at(&hub, NOW, "sid", &create(&[]));
    refused(
        &run,
        "E0100",
        &["Exchange Online is sold for a term", "P1M, P1Y, P3Y"],
    );
    let run = at(
        &hub,
        NOW,
        "sid",
        &create(&["--term", "P1M", "--billing", "annual"]),
    );
    refused(&run, "E0100", &["a term of P1M is not billed annual"]);
    let none = [
        "subscription",
        "create",
        "--customer",
        "BAKE",
        "--product",
        "Exchange Onlin",
        "--term",
        "P1Y",
    ];
    refused(
        &at(&hub, NOW, "sid", &none),
        "E0110",
        &["did you mean Exchange Online?"],
    );
    let zero = [
        "subscription",
        "create",
        "--customer",
        "BAKE",
        "--product",
        "Exchange Online",
        "--term",
        "P1Y",
        "--quantity",
        "0",
    ];
    refused(&at(&hub, NOW, "sid", &zero), "E0100", &["is no number of seats"]);
    // Neither whoever helps nor whoever buys may sell.
    for who in ["hank", "gina", "mia"] {
        let run = at(&hub, NOW, who, &yearly);
        assert_eq!(run.code, 4, "{who}: {run:?}");
    }
    // RES has only asked for the bakery, and sells through its provider besides.
    let run = at(&hub, NOW, "rex", &yearly);
    assert_eq!(run.code, 3, "{run:?}");
    hub.sql("UPDATE relationship SET status = 'active' WHERE partner_id = 4");
    let run = at(&hub, NOW, "rex", &yearly);
    refused(&run, "E0571", &["is an indirect reseller", "ask Provider"]);
    hub.sql("UPDATE customer SET archived_on = 20700 WHERE code = 'BAKE'");
    refused(&at(&hub, NOW, "sid", &yearly), "E0571", &["BAKE is archived"]);
    hub.sql("UPDATE customer SET archived_on = NULL; DELETE FROM agreement");
    let run = at(&hub, NOW, "sid", &yearly);
    refused(
        &run,
        "E0571",
        &[
            "no agreement of customer BAKE is on record",
            "agreement confirm BAKE",
        ],
    );
    hub.sql("UPDATE relationship SET status = 'removed' WHERE partner_id = 1");
    let run = at(&hub, NOW, "ada", &yearly);
    assert_eq!(run.code, 3, "{run:?}");
    assert_eq!(recorded(&hub, "subscription.create"), 0);
}

/// Rules: G-4
#[test]
fn seats_are_lowered_and_terms_cancelled_for_seven_days_to_the_second() {
    let hub = shop();
    let _ = done(&hub, NOW, "sid", &create(&["--term", "P1Y"]), "seats");
    let set = |when: &str, seats: &str| {
        at(
            &hub,
            when,
            "sid",
            &["subscription", "set-quantity", "SUB-1", seats],
        )
    };
    let (last, late) = ("2026-11-28T08:00:00Z", "2026-11-28T08:00:01Z");
    assert_eq!(set(last, "8").code, 0);
    let run = set(late, "7");
    refused(
        &run,
        "E0570",
        &[
            "be lowered until 2026-11-28T08:00:00Z (G-4)",
            "next term begins on 2027-11-21",
        ],
    );
    let cancel = ["subscription", "cancel", "SUB-1", "--yes"];
    refused(&at(&hub, late, "sid", &cancel), "E0570", &["could be cancelled"]);
    // More can be bought at any time, and saying it again changes nothing.
    assert_eq!(set(late, "12").code, 0);
    let again = set("2027-03-01T00:00:00Z", "12");
    assert!(
        again.code == 0 && again.stderr.contains("nothing left to do"),
        "{again:?}"
    );
    assert_eq!(recorded(&hub, "subscription.set-quantity"), 2);
    // The next term opens them again, from its first moment.
    let (opens, closes) = ("2027-11-21T00:00:00Z", "2027-11-28T00:00:01Z");
    assert_eq!(
        done(
            &hub,
            opens,
            "sid",
            &["subscription", "show", "SUB-1"],
            "ends,renews,cancel_until"
        ),
        "2028-11-20,2028-11-21,2027-11-28T00:00:00Z"
    );
    refused(&set(closes, "11"), "E0570", &["until 2027-11-28T00:00:00Z"]);
    assert_eq!(set(opens, "11").code, 0);
    // What time did is a record of its own.
    assert_eq!(recorded(&hub, "subscription.set-quantity"), 4);
    assert_eq!(at(&hub, opens, "sid", &cancel).code, 0);
    let suspend = ["subscription", "suspend", "SUB-1"];
    let run = at(&hub, opens, "sid", &suspend);
    refused(
        &run,
        "E0560",
        &[
            "a subscription that is cancelled cannot be moved on by suspend",
            "by nothing",
        ],
    );
}

/// Rules: G-4
#[test]
fn whether_another_term_begins_is_said_anew_until_this_one_is_over() {
    let hub = shop();
    let _ = done(&hub, NOW, "sid", &create(&["--term", "P1M"]), "seats");
    let show = ["subscription", "show", "SUB-1"];
    let set =
        |when: &str, id: &str, to: &str| at(&hub, when, "sid", &["subscription", "set-renewal", id, to]);
    // However late in the term.
    let eve = "2026-12-20T23:59:59Z";
    assert!(set(eve, "SUB-1", "on").stderr.contains("nothing left to do"));
    assert_eq!(set(eve, "SUB-1", "off").code, 0);
    assert_eq!(
        done(&hub, eve, "sid", &show, "ends,auto_renew,renews"),
        "2026-12-20,no,"
    );
    let due = done(&hub, eve, "sid", &["due", "--within", "1d"], "id");
    assert!(due.contains("SUB-1"), "{due}");
    assert_eq!(set(eve, "SUB-1", "on").code, 0);
    let after = "2026-12-21T00:00:00Z";
    assert_eq!(
        done(&hub, after, "sid", &show, "ends,renews"),
        "2027-01-20,2027-01-21"
    );
    assert_eq!(set(after, "SUB-1", "off").code, 0);
    // The term that time has begun is a record of its own.
    assert_eq!(recorded(&hub, "subscription.set-renewal"), 4);
    refused(
        &set("2027-01-21T00:00:00Z", "SUB-1", "on"),
        "E0560",
        &["a subscription that is expired cannot be moved on by set-renewal"],
    );
    refused(&set(NOW, "SUB-AZ", "on"), "E0500", &["SUB-AZ has no term"]);
}

/// Rules: G-4
#[test]
fn what_is_not_renewed_ends_with_its_term() {
    let hub = shop();
    let _ = done(
        &hub,
        NOW,
        "sid",
        &create(&["--term", "P1M", "--no-auto-renew"]),
        "seats",
    );
    let show = ["subscription", "show", "SUB-1"];
    assert_eq!(
        done(&hub, "2026-12-20T23:59:59Z", "sid", &show, "status,ends,renews"),
        "active,2026-12-20,"
    );
    assert_eq!(
        done(&hub, "2026-12-21T00:00:00Z", "sid", &show, "status"),
        "expired"
    );
    let list = ["subscription", "list", "--status", "expired"];
    assert_eq!(
        done(&hub, "2026-12-21T00:00:00Z", "sid", &list, "subscription"),
        "SUB-1"
    );
    for verb in ["suspend", "resume"] {
        let run = at(
            &hub,
            "2026-12-21T00:00:00Z",
            "sid",
            &["subscription", verb, "SUB-1"],
        );
        refused(&run, "E0560", &["that is expired"]);
    }
}

/// Rules: G-4 G-7
#[test]
fn seats_that_are_assigned_are_not_taken_away() {
    let hub = shop();
    // 25 of SUB-EX and 10 of this one cover 30 licences.
    let _ = done(&hub, NOW, "sid", &create(&["--term", "P1Y"]), "seats");
    hub.sql(
        "INSERT INTO customer_person (customer_id, account, name)
           WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 30)
           SELECT 3, 'p' || i || '@bakery.example', 'P' FROM n;
         INSERT INTO licence (customer_id, person_id, product_id)
           SELECT 3, q.id, p.id FROM customer_person q JOIN product p ON p.name = 'Exchange Online';",
    );
    let set = |seats: &str| {
        at(
            &hub,
            NOW,
            "sid",
            &["subscription", "set-quantity", "SUB-1", seats],
        )
    };
    let parts = [
        "30 licences of Exchange Online are assigned at BAKE, and 29 seats would be left",
        "take 1 of them back",
    ];
    refused(&set("4"), "E0561", &parts);
    assert_eq!(set("5").code, 0);
    let run = at(&hub, NOW, "sid", &["subscription", "cancel", "SUB-1", "--yes"]);
    refused(&run, "E0561", &["25 seats would be left"]);
}

/// Rules: G-12
#[test]
fn a_customer_buys_for_itself_where_that_is_allowed_and_else_is_told_whom_to_ask() {
    let hub = shop();
    let buy = |customer: &'static str, product: &'static str| {
        at(
            &hub,
            NOW,
            "gina",
            &[
                "subscription",
                "buy",
                "--customer",
                customer,
                "--product",
                product,
                "--term",
                "P1Y",
                "--id",
                "OWN-1",
            ],
        )
    };
    let run = buy("BAKE", "Exchange Online");
    refused(
        &run,
        "E0571",
        &[
            "BAKE may not buy microsoft-365 for itself (G-12)",
            "ask Alps Cloud",
        ],
    );
    hub.sql("INSERT INTO self_purchase (customer_id, family) VALUES (3, 'microsoft-365')");
    refused(
        &buy("BAKE", "Dynamics 365"),
        "E0571",
        &["dynamics-365", "ask Alps Cloud"],
    );
    assert_eq!(buy("BAKE", "Exchange Online").code, 0);
    let again = buy("BAKE", "Exchange Online");
    assert!(again.stderr.contains("nothing left to do"), "{again:?}");
    assert_eq!(
        listed(
            &hub,
            "gina",
            &["subscription", "show", "OWN-1"],
            "customer,partner,product,status"
        ),
        "BAKE,ALPS,Exchange Online,active"
    );
    // Neither another company's administrator nor anybody else of the bakery.
    let run = at(
        &hub,
        NOW,
        "gus",
        &[
            "subscription",
            "buy",
            "--customer",
            "BAKE",
            "--product",
            "Exchange Online",
            "--term",
            "P1Y",
        ],
    );
    assert_eq!(run.code, 3, "{run:?}");
    let run = at(
        &hub,
        NOW,
        "mia",
        &[
            "subscription",
            "buy",
            "--customer",
            "BAKE",
            "--product",
            "Exchange Online",
            "--term",
            "P1Y",
        ],
    );
    assert_eq!(run.code, 4, "{run:?}");
    hub.sql("DELETE FROM agreement");
    let run = at(
        &hub,
        NOW,
        "gina",
        &[
            "subscription",
            "buy",
            "--customer",
            "BAKE",
            "--product",
            "Exchange Online",
            "--term",
            "P1Y",
        ],
    );
    refused(&run, "E0571", &["no agreement"]);
}

/// Rules: G-2 R-5
#[test]
fn each_partner_changes_only_what_it_sold() {
    let hub = shop();
    for verb in [
        &["subscription", "suspend", "SUB-EX"] as &[&str],
        &["subscription", "set-quantity", "SUB-EX", "30"],
        &["subscription", "cancel", "SUB-EX", "--yes"],
    ] {
        let run = at(&hub, NOW, "rita", verb);
        assert_eq!(run.code, 3, "{run:?}");
        for who in ["hank", "gina"] {
            let run = at(&hub, NOW, who, verb);
            assert_eq!(run.code, 4, "{who}: {run:?}");
        }
    }
    let twice = ["subscription", "suspend", "SUB-EX"];
    assert_eq!(done(&hub, NOW, "ken", &twice, "status"), "suspended");
    let again = at(&hub, NOW, "ken", &twice);
    assert!(again.stderr.contains("nothing left to do"), "{again:?}");
    let run = at(
        &hub,
        NOW,
        "ken",
        &["subscription", "set-quantity", "SUB-EX", "30"],
    );
    refused(&run, "E0560", &["that is suspended", "resume"]);
    assert_eq!(
        done(&hub, NOW, "ken", &["subscription", "resume", "SUB-EX"], "status"),
        "active"
    );
}
