//! What a partner offers its customers (P-1).

use super::{bakery, by, listed, recorded, says};

const SET: [&str; 4] = ["partner", "profile", "set", "ALPS"];
const COLUMNS: &str = "mail,phone,hours,structure,structure_by";

/// Rules: P-1 X-1 K-8
#[test]
fn a_profile_is_changed_part_by_part_and_recorded() {
    let hub = bakery();
    let set = |more: &[&str]| hub.run(by("ada", &[&SET, more].concat()));
    let shown = || listed(&hub, "ada", &["partner", "profile", "show", "ALPS"], COLUMNS);
    let dry = set(&["--phone", "+41 2", "--dry-run", "--detailed-exitcode"]);
    assert_eq!(
        (dry.code, recorded(&hub, "partner.set-profile")),
        (6, 0),
        "{dry:?}"
    );
    assert_eq!(shown(), "help@alps.example,+41 1,8-18,,");
    let resold = [
        "--phone",
        "+41 2",
        "--hours",
        "",
        "--structure",
        "resold",
        "--structure-by",
        "Valley Help",
    ];
    says(&set(&resold), 0, &["done"]);
    assert_eq!(shown(), "help@alps.example,+41 2,,resold,Valley Help");
    says(&set(&resold), 0, &["nothing left to do"]);
    says(&set(&["--structure", "own"]), 0, &["done"]);
    assert_eq!(shown(), "help@alps.example,+41 2,,own,");
    assert_eq!(recorded(&hub, "partner.set-profile"), 2);
}

/// Rules: P-1
#[test]
fn a_profile_that_customers_could_not_use_is_refused() {
    let hub = bakery();
    for (wrong, parts) in [
        (
            &["--mail", "alps.example"][..],
            &["no mail address", "support@partner.example"][..],
        ),
        (&["--mail", "@alps.example"], &["no mail address"]),
        (
            &["--site", "alps.example"],
            &["no address of a web site", "https://"],
        ),
        (&["--site", "https://"], &["no address of a web site"]),
        (&["--structure", "outsourced"], &["by whom", "--structure-by"]),
        (
            &["--structure-by", "Valley Help"],
            &["not outsourced or resold", "--structure"],
        ),
        (
            &["--structure", "own", "--structure-by", "Valley Help"],
            &["not outsourced or resold"],
        ),
    ] {
        says(&hub.run(by("ada", &[&SET, wrong].concat())), 2, parts);
    }
    says(&hub.run(by("ada", &SET)), 2, &["required"]);
    assert_eq!(recorded(&hub, "partner.set-profile"), 0);
}

/// Rules: P-1 G-2 R-1
#[test]
fn only_its_own_administrators_change_a_profile() {
    let hub = bakery();
    let set =
        |who: &str, partner: &str| hub.run(by(who, &["partner", "profile", "set", partner, "--phone", "1"]));
    for who in ["ken", "hank", "sid", "gina", "mia"] {
        says(&set(who, "ALPS"), 4, &["E0200", "profile-partners"]);
    }
    says(&set("rita", "ALPS"), 3, &["E0110"]);
    hub.sql("UPDATE partner_role SET role = 'partner-admin' WHERE person_id = 6");
    says(&set("rex", "PROV"), 4, &["E0200", "PROV"]);
    says(&set("rex", "RES"), 0, &["done"]);
    assert_eq!(
        listed(&hub, "gina", &["partner", "profile", "show", "RES"], "phone"),
        "1"
    );
}
