//! The business profiles that customers find partners by, through the real binary (G-11).

use super::{bakery, by, listed, says};

/// Rules: G-11 P-1
#[test]
fn customers_find_partners_by_their_business_profiles() {
    let hub = bakery();
    let set = |who: &str, partner: &str, more: &[&str]| {
        hub.run(by(who, &[&["partner", "profile", "set", partner], more].concat()))
    };
    let find = |who: &str, more: &[&str]| {
        listed(
            &hub,
            who,
            &[&["partner", "find"], more].concat(),
            "partner,business_name",
        )
    };
    assert_eq!(find("gina", &[]), "");
    says(
        &set("ada", "ALPS", &["--industry", "Food"]),
        2,
        &["without a business name"],
    );
    let whole = [
        "--business-name",
        "Alps",
        "--offer",
        "Azure migration",
        "--offer",
        "Microsoft 365",
        "--industry",
        "Food",
        "--location",
        "Bern",
        "--location",
        "Basel",
    ];
    says(&set("ada", "ALPS", &whole), 0, &["done"]);
    says(&set("ada", "ALPS", &whole), 0, &["nothing left to do"]);
    says(
        &set(
            "rita",
            "RIVAL",
            &[
                "--business-name",
                "Rival",
                "--offer",
                "50% off",
                "--location",
                "basel",
            ],
        ),
        0,
        &["done"],
    );
    says(&set("pia", "PROV", &["--business-name", "P"]), 4, &["E0200"]);
    // Whoever serves them or not, in whatever case.
    assert_eq!(find("gina", &[]), "ALPS,Alps RIVAL,Rival");
    assert_eq!(find("rex", &["--location", "BASEL"]), "ALPS,Alps RIVAL,Rival");
    assert_eq!(
        find("gina", &["--location", "Basel", "--industry", "food"]),
        "ALPS,Alps"
    );
    assert_eq!(find("gina", &["--offer", "MIGRA"]), "ALPS,Alps");
    assert_eq!(find("gina", &["--offer", "50%"]), "RIVAL,Rival");
    assert_eq!(find("gina", &["--offer", "5_%"]), "");
    assert_eq!(find("gina", &["--location", "Bas"]), "");
    let page = hub.run(by("gina", &["partner", "find", "--limit", "1"]));
    says(&page, 0, &["--page-token ALPS"]);
    assert_eq!(find("gina", &["--page-token", "ALPS"]), "RIVAL,Rival");
    let shown = listed(
        &hub,
        "gina",
        &["partner", "profile", "show", "ALPS"],
        "business_name,offers,industries,locations,mail",
    );
    assert_eq!(
        shown,
        "Alps,Azure migration;Microsoft 365,Food,Basel;Bern,help@alps.example"
    );
    says(
        &set("ada", "ALPS", &["--location", "", "--offer", "Azure; and more"]),
        2,
        &["no line of a business profile"],
    );
    says(&set("ada", "ALPS", &["--location", ""]), 0, &["done"]);
    assert_eq!(find("gina", &["--location", "Bern"]), "");
    // Finding one tells of its profile, and of nothing else.
    says(&hub.run(by("rex", &["partner", "show", "RIVAL"])), 3, &["E0110"]);
}

/// Rules: G-11 G-2
#[test]
fn a_provider_and_its_resellers_know_of_each_other() {
    let hub = bakery();
    let list = |who: &str| listed(&hub, who, &["partner", "list"], "partner,kind,provider,resellers");
    assert_eq!(
        list("pia"),
        "PROV,indirect-provider,,RES;RES2 RES,indirect-reseller,PROV, RES2,indirect-reseller,PROV,"
    );
    assert_eq!(
        list("rex"),
        "PROV,indirect-provider,,RES RES,indirect-reseller,PROV,"
    );
    // A relation of the reseller's own is not the provider's.
    assert_eq!(listed(&hub, "pia", &["relationship", "list"], "partner"), "");
}
