//! What ends soon, in one place, and a customer on one page.

use super::{bakery, by, says};
use crate::generated::agree;
use crate::harness::Sandbox;

/// The bakery with something of each kind that ends, and names that a page must not take for markup. Now is 1795248000, of
/// the day 20778.
fn soon() -> Sandbox {
    let hub = bakery();
    hub.sql(
        "INSERT INTO delegation (id, code, partner_id, customer_id, name, status, starts_at, ends_at, days, auto_extend, asked_at, approved_at) VALUES
           (11, 'D-7', 1, 3, 'Seven <b>days</b> & \"more\"', 'active', 1790000000, 1795852800, NULL, 0, NULL, NULL),
           (12, 'D-7S', 1, 3, 'A second after seven', 'active', 1790000000, 1795852801, NULL, 0, NULL, NULL),
           (13, 'D-A', 1, 3, 'Extends itself', 'active', 1790000000, 1795852800, 30, 1, NULL, NULL),
           (14, 'D-W', 1, 3, 'Waits', 'approval-pending', NULL, NULL, 30, 0, 1787558401, NULL),
           (15, 'D-T', 1, 3, 'Ended', 'terminated', 1790000000, 1795852800, NULL, 0, NULL, NULL),
           (16, 'D-L', 1, 3, 'Later', 'active', 1790000000, 1797840001, NULL, 0, NULL, NULL);
         INSERT INTO delegation_role (delegation_id, role, group_id) VALUES (11, '29232cdf-9323-42fd-ade2-1d097af3e4de', 1);
         UPDATE relationship SET until_on = 20790 WHERE status = 'requested';
         UPDATE subscription SET ends_on = 20778 WHERE code = 'SUB-EX';
         UPDATE subscription SET ends_on = 20800, term = 'P1Y', auto_renew = 1 WHERE code = 'SUB-IN';
         UPDATE subscription SET ends_on = 20806 WHERE code = 'SUB-RV';
         INSERT INTO agreement_template (id, code, version, region, language, customer_type, audience, link, valid_from, valid_until) VALUES
           (901, 'MCA-OLD', 91, 'europe', 'xx', 'corporate', 'direct', 'https://agreements.example', 20000, 20785),
           (902, 'MCA-NEW', 92, 'europe', 'xx', 'corporate', 'direct', 'https://agreements.example', 20000, NULL);
         INSERT INTO agreement (id, customer_id, template_id, status, partner_id, first_name, last_name, mail, agreed_on) VALUES
           (1, 3, 901, 'confirmed', 1, 'Gina', 'Forno', 'gina@bakery.example', 20500),
           (2, 1, 901, 'confirmed', 1, 'Max', 'Stahl', 'max@steel.example', 20500),
           (3, 1, 902, 'confirmed', 1, 'Max', 'Stahl', 'max@steel.example', 20600);
         INSERT INTO reservation (id, code, customer_id, partner_id, name, sku, quantity, term, currency, paid, starts_at, ends_at, status)
           VALUES (1, 'RSV-1', 3, 1, 'Oven sensors', 'D2s', 3, 'P1Y', 'EUR', 90000, 1763712000, 1795334400, 'active');
         INSERT INTO customer_person (id, customer_id, account, name) VALUES (1, 3, 'bea@bakery.example', 'Bea'), (2, 3, 'bo@bakery.example', 'Bo');
         INSERT INTO licence (customer_id, person_id, product_id) SELECT 3, 1, id FROM product WHERE name = 'Exchange Online';
         INSERT INTO licence (customer_id, person_id, product_id) SELECT 3, 2, id FROM product WHERE name = 'Exchange Online';
         INSERT INTO support_case (id, number, partner_id, customer_id, kind, severity, state, product, title, contact, named_contact, filed_by,
             opened_at, family, plan) VALUES
           (70, '70', 1, 3, 'problem-resolution', 'A', 'open', 'Exchange Online', 'No <i>mail</i>', 'hank@alps.example', 'hank@alps.example',
             'hank@alps.example', 1795244400, 'microsoft-365', 'csp'),
           (71, '71', 1, 3, 'problem-resolution', 'B', 'closed', 'Exchange Online', 'Over', 'hank@alps.example', 'hank@alps.example',
             'hank@alps.example', 1795044400, 'microsoft-365', 'csp');
         INSERT INTO health_issue (code, service, title, classification, status, started_at) VALUES
           ('EX-1', 'Exchange Online', 'Mail is late', 'incident', 'investigating', 1795200000),
           ('TM-1', 'Microsoft Teams', 'Calls drop', 'incident', 'investigating', 1795200000);",
    );
    hub
}

fn due(hub: &Sandbox, who: &str, more: &[&str]) -> String {
    let args = [&["due", "-o", "csv", "--columns", "id,days_left,warning"], more].concat();
    let text = hub.ok(by(who, &args));
    text.lines().skip(1).collect::<Vec<_>>().join(" ")
}

/// Rules: G-3 G-2 G-4 G-5 G-8
#[test]
fn what_ends_soon_stands_in_one_place_the_soonest_first() {
    let hub = soon();
    assert_eq!(
        due(&hub, "ada", &[]),
        "SUB-EX,0,1 RSV-1,1,1 D-W,1,7 D-7,7,7 D-7S,7,30 MCA-OLD,7,30 D-1,30,30"
    );
    // To the second: seven days and one second are more than seven days.
    assert_eq!(
        due(&hub, "ada", &["--within", "7d"]),
        "SUB-EX,0,1 RSV-1,1,1 D-W,1,7 D-7,7,7"
    );
    assert_eq!(due(&hub, "ada", &["--within", "1d"]), "SUB-EX,0,1 RSV-1,1,1");
    assert_eq!(due(&hub, "ada", &["--within", "0d"]), "");
    assert_eq!(
        due(&hub, "ada", &["--customer", "STEEL"]),
        "",
        "a newer version was confirmed"
    );
    let cut = hub.run(by("ada", &["due", "--limit", "2", "-o", "csv"]));
    says(&cut, 0, &["2 of 7 rows shown; the rest: --all"]);
    assert_eq!(cut.stdout.lines().count(), 3);
}

/// Rules: G-2 R-1
#[test]
fn each_is_told_only_of_what_ends_that_is_for_them() {
    let hub = soon();
    // Who sells reads no delegations.
    let sid = hub.run(by("sid", &["due", "-o", "csv", "--columns", "id"]));
    says(
        &sid,
        0,
        &[
            "left out, for want of a permission: delegation (read-delegations), delegation-request (read-delegations)",
        ],
    );
    assert_eq!(sid.stdout.replace('\r', ""), "id\nSUB-EX\nRSV-1\nMCA-OLD\n");
    assert_eq!(due(&hub, "rita", &[]), "MCA-OLD,7,30 SUB-RV,28,30 D-2,30,30");
    assert_eq!(
        due(&hub, "rex", &[]),
        "RES,12,30",
        "its request; nothing else before it is accepted"
    );
    let gina = due(&hub, "gina", &[]);
    for id in ["SUB-EX", "SUB-RV", "D-1", "D-2", "D-W", "RES", "MCA-OLD", "RSV-1"] {
        assert!(gina.contains(&format!("{id},")), "{id} is not in {gina}");
    }
    let mia = hub.run(by("mia", &["due", "-o", "csv", "--columns", "id"]));
    says(&mia, 0, &["reservation (read-reservations)"]);
    assert_eq!(mia.stdout.replace('\r', ""), "id\nRES\n");
    says(
        &hub.run(by("rita", &["due", "--customer", "STEEL"])),
        3,
        &["E0110"],
    );
}

/// Rules: G-3 K-4
#[test]
fn what_ends_soon_looks_as_committed() {
    let hub = soon();
    for format in ["table", "csv", "json"] {
        let text = hub.ok(by("ada", &["due", "-o", format]));
        agree(&format!("tests/golden/due.{format}"), &text);
    }
}

/// Rules: G-1 K-4
#[test]
fn an_overview_looks_as_committed() {
    let hub = soon();
    for format in ["table", "json", "html"] {
        let text = hub.ok(by("ada", &["customer", "overview", "BAKE", "-o", format]));
        agree(&format!("tests/golden/overview.{format}"), &text);
    }
    // A file has the same bytes.
    let path = hub.path("bake.html").display().to_string();
    hub.ok(by(
        "ada",
        &["customer", "overview", "BAKE", "-o", "html", "--out", &path],
    ));
    let told = hub.ok(by("ada", &["customer", "overview", "BAKE", "-o", "html"]));
    assert_eq!(std::fs::read_to_string(&path).unwrap(), told);
}

/// Rules: K-4
#[test]
fn the_page_takes_no_text_for_markup_and_fetches_nothing() {
    let hub = soon();
    hub.sql("UPDATE customer SET name = '<script>alert(1)</script>' WHERE code = 'BAKE'");
    let page = hub.ok(by("ada", &["customer", "overview", "BAKE", "-o", "html"]));
    for part in [
        "<script", "<b>days", "<i>mail", "src=", "href=", "@import", "url(",
    ] {
        assert!(!page.contains(part), "{part}");
    }
    for part in [
        "&lt;script&gt;",
        "Seven &lt;b&gt;days&lt;/b&gt; &amp; &quot;more&quot;",
        "No &lt;i&gt;mail&lt;/i&gt;",
    ] {
        assert!(page.contains(part), "{part}");
    }
}

/// Rules: G-2 R-1
#[test]
fn a_part_that_one_may_not_read_is_left_out_and_named() {
    let hub = soon();
    let overview = |who: &str| {
        let run = hub.run(by(who, &["customer", "overview", "BAKE", "-o", "json"]));
        assert_eq!(run.code, 0, "{run:?}");
        let page: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
        (page, run.stderr)
    };
    let (sid, told) = overview("sid");
    assert!(
        told.contains("left out, for want of a permission: delegations (read-delegations), seats used and left (read-customer-people)"),
        "{told}"
    );
    assert_eq!(sid["delegations"], serde_json::Value::Null);
    assert_eq!(sid["requests"], serde_json::Value::Null);
    assert_eq!(sid["subscriptions"].as_array().unwrap().len(), 3);
    // Of two partners, neither sees what is the other's; the seats of both are the customer's.
    let (rita, _) = overview("rita");
    let codes = |page: &serde_json::Value, part: &str| -> Vec<String> {
        let all = page[part].as_array().unwrap().iter();
        all.map(|one| one["code"].as_str().unwrap_or_default().to_owned())
            .collect()
    };
    assert_eq!(codes(&rita, "subscriptions"), ["SUB-IN", "SUB-RV"]);
    assert_eq!(rita["delegations"].as_array().unwrap().len(), 1);
    assert_eq!(rita["requests"].as_array().unwrap().len(), 0);
    assert_eq!(
        rita["support"],
        serde_json::Value::Null,
        "who is of record is not for the others"
    );
    let (gina, told) = overview("gina");
    assert!(!told.contains("left out"), "{told}");
    assert_eq!(gina["delegations"].as_array().unwrap().len(), 9);
    let (mia, told) = overview("mia");
    assert!(told.contains("subscriptions (read-subscriptions)"), "{told}");
    assert_eq!(mia["relations"].as_array().unwrap().len(), 3);
    says(
        &hub.run(by("rita", &["customer", "overview", "STEEL"])),
        3,
        &["E0110"],
    );
    says(
        &hub.run(by("rex", &["customer", "overview", "BAKE"])),
        3,
        &["E0110"],
    );
}
