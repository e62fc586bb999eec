//! Licences: never more than bought, all of a person's or none, and an outcome per person (G-7).

use super::{ends, held, rows, run, seats, shop};
use crate::harness::Sandbox;
use crate::partner::by;
use std::process::Stdio;

fn assign<'a>(users: &[&'a str], products: &[&'a str]) -> Vec<&'a str> {
    let mut args = vec!["license", "assign", "--customer", "BAKE", "--yes"];
    for user in users {
        args.extend(["--user", user]);
    }
    for product in products {
        args.extend(["--product", product]);
    }
    args
}

const EVA: &str = "eva@bakery.example";
const IVO: &str = "ivo@bakery.example";
const RON: &str = "ron@bakery.example";
const MAIL: &str = "Exchange Online";

fn sell(hub: &Sandbox, set: &str) {
    hub.sql(&format!("UPDATE subscription SET {set} WHERE code = 'SUB-EX'"));
}

/// Time takes seats away and no licences: whoever looks after the hub is told.
///
/// Rules: G-7
#[test]
fn the_doctor_warns_of_more_licences_than_seats() {
    let hub = shop();
    // The bakery is written past the hub, and its chain of records is not whole.
    let told = || {
        let seats = ".rows[] | select(.check == \"seats\") | .state + \" \" + .found";
        hub.run(["doctor", "--jq", seats]).stdout
    };
    hub.sql("INSERT INTO licence SELECT 3, p.id, o.id, 0 FROM customer_person p, product o WHERE p.id IN (1, 2) AND o.name = 'Exchange Online'");
    sell(&hub, "quantity = 2, ends_on = 20778");
    assert!(told().starts_with("ok "), "{}", told());
    for set in ["quantity = 1", "quantity = 2, ends_on = 20777"] {
        sell(&hub, set);
        let seats = u8::from(set == "quantity = 1");
        let line = format!("warning 2 licences of Exchange Online at BAKE, and {seats} seats");
        assert_eq!(told().trim(), line);
    }
    // What was given back takes no seat.
    hub.sql("UPDATE licence SET given_back = 1");
    assert!(told().starts_with("ok "), "{}", told());
}

/// Rules: G-7
#[test]
fn bought_are_the_seats_of_active_subscriptions_whose_term_runs_of_all_partners_together() {
    let hub = shop();
    let mail = |hub: &Sandbox| {
        let all = seats(hub);
        let line = all.split(' ').find_map(|part| part.strip_prefix("Online,"));
        line.map(str::to_owned).unwrap_or_default()
    };
    assert_eq!(mail(&hub), "25,0,25");
    // Another partner sold some as well.
    hub.sql(
        "INSERT INTO subscription (id, code, customer_id, partner_id, product_id, name, status, quantity, starts_on, ends_on)
           SELECT 50, 'SUB-EX2', 3, 2, id, 'More mail', 'active', 4, 20500, NULL FROM product WHERE name = 'Exchange Online'",
    );
    assert_eq!(mail(&hub), "29,0,29");
    // 20778 is today.
    for (set, told) in [
        ("status = 'suspended'", "4,0,4"),
        ("status = 'cancelled'", "4,0,4"),
        ("status = 'expired'", "4,0,4"),
        ("status = 'active', starts_on = 20779", "4,0,4"),
        ("starts_on = 20778, ends_on = 20778", "29,0,29"),
        ("starts_on = 20500, ends_on = 20777", "4,0,4"),
        ("ends_on = NULL", "29,0,29"),
    ] {
        sell(&hub, set);
        assert_eq!(mail(&hub), told, "{set}");
    }
}

/// Rules: G-7
#[test]
fn licences_are_never_more_than_bought_and_a_persons_come_together_or_not_at_all() {
    let hub = shop();
    sell(&hub, "quantity = 1");
    let both = [MAIL, "Microsoft Intune"];
    assert!(ends(&hub, "ken", &assign(&[EVA], &both), 0).contains("done"));
    assert!(ends(&hub, "ken", &assign(&[EVA], &both), 0).contains("nothing left to do"));
    let none = ends(&hub, "ken", &assign(&[IVO], &both), 5);
    assert!(
        none.contains("E0576") && none.contains("1 bought, 1 assigned"),
        "{none}"
    );
    assert!(
        none.contains("the other licences were not given either"),
        "{none}"
    );
    assert_eq!(held(&hub, "ivo"), "");
    ends(&hub, "ken", &assign(&[IVO], &["microsoft intune"]), 0);
    assert_eq!(held(&hub, "ivo"), "Microsoft Intune,assigned");
    // What nobody bought has no seats.
    let never = ends(&hub, "ken", &assign(&[IVO], &["Dynamics 365"]), 5);
    assert!(never.contains("E0576"), "{never}");
    let unknown = ends(&hub, "ken", &assign(&[IVO], &["Exchange Onlin"]), 3);
    assert!(unknown.contains("did you mean Exchange Online?"), "{unknown}");
    // Seats that stop to count take nothing away, and nobody new gets one.
    sell(&hub, "status = 'suspended'");
    assert!(seats(&hub).contains("Exchange Online,0,1,-1"), "{}", seats(&hub));
    assert_eq!(
        held(&hub, "eva"),
        "Exchange Online,assigned Microsoft Intune,assigned"
    );
    ends(&hub, "ken", &assign(&[IVO], &[MAIL]), 5);
}

/// Rules: G-7
#[test]
fn each_person_has_an_outcome_and_one_who_is_refused_keeps_nobody_else_from_theirs() {
    let hub = shop();
    sell(&hub, "quantity = 2");
    ends(
        &hub,
        "hank",
        &["customer", "user", "delete", IVO, "--customer", "BAKE", "--yes"],
        0,
    );
    let people = [
        RON,
        EVA,
        IVO,
        "nix@bakery.example",
        "root@bakery.example",
        "EVA@bakery.example",
    ];
    let args = [
        &assign(&people, &[MAIL])[..],
        &["-o", "csv", "--columns", "account,outcome,licences,code"],
    ]
    .concat();
    let partly = run(&hub, "ken", &args);
    assert_eq!(partly.code, 8, "{partly:?}");
    let told: Vec<&str> = partly.stdout.lines().skip(1).collect();
    assert_eq!(
        told,
        [
            "ron@bakery.example,refused,,E0577",
            "eva@bakery.example,changed,Exchange Online,",
            "ivo@bakery.example,refused,,E0560",
            "nix@bakery.example,refused,,E0110",
            "root@bakery.example,changed,Exchange Online,",
        ]
    );
    let located = [
        "customer",
        "user",
        "update",
        RON,
        "--customer",
        "BAKE",
        "--usage-location",
        "CH",
    ];
    ends(&hub, "hank", &located, 0);
    let full = ends(&hub, "ken", &assign(&[RON], &[MAIL]), 5);
    assert!(full.contains("2 bought, 2 assigned"), "{full}");
    // Whoever holds licences keeps a usage location.
    let nowhere = [
        "customer",
        "user",
        "update",
        EVA,
        "--customer",
        "BAKE",
        "--usage-location",
        "",
    ];
    let kept = ends(&hub, "hank", &nowhere, 5);
    assert!(kept.contains("E0577"), "{kept}");
}

/// Rules: G-7 K-8 X-1
#[test]
fn revoking_asks_first_frees_the_seat_and_changes_nothing_twice() {
    let hub = shop();
    sell(&hub, "quantity = 1");
    ends(&hub, "ken", &assign(&[EVA], &[MAIL]), 0);
    let revoke = [
        "license",
        "revoke",
        "--customer",
        "BAKE",
        "--user",
        EVA,
        "--product",
        MAIL,
    ];
    assert!(ends(&hub, "ken", &revoke, 2).contains("--yes"));
    let sure = [&revoke[..], &["--yes", "--ticket", "T-7"]].concat();
    ends(&hub, "ken", &sure, 0);
    assert_eq!(held(&hub, "eva"), "");
    assert!(ends(&hub, "ken", &sure, 0).contains("nothing left to do"));
    ends(&hub, "ken", &assign(&[IVO], &[MAIL]), 0);
    let told = rows(
        &hub,
        &["audit", "list", "--what", "customer-user:eva@bakery.example"],
        "action,ticket",
    );
    assert_eq!(told, "license.revoke,T-7 license.assign,");
}

/// Rules: G-7 R-1
#[test]
fn admin_agents_assign_and_helpdesk_agents_do_not() {
    let hub = shop();
    let args = [&assign(&[EVA], &[MAIL])[..], &["--dry-run"]].concat();
    for (who, code) in [
        ("ada", 0),
        ("ken", 0),
        ("hank", 4),
        ("sid", 4),
        ("gina", 4),
        ("mia", 4),
        ("rita", 0),
        ("rex", 3),
    ] {
        assert_eq!(run(&hub, who, &args).code, code, "{who}");
    }
}

/// What one partner sold is not told to another, nor can be told from a difference.
///
/// Rules: G-2 G-7
#[test]
fn what_is_left_is_told_to_whoever_sees_all_that_was_bought() {
    let hub = shop();
    let told = |who: &str| {
        let list = [
            "license",
            "list",
            "--customer",
            "BAKE",
            "-o",
            "csv",
            "--columns",
            "product,bought,assigned,left",
        ];
        let run = run(&hub, who, &list);
        assert_eq!(run.code, 0, "{run:?}");
        run.stdout.lines().skip(1).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(told("ken"), "Exchange Online,25,0,25 Microsoft Azure,1,0,");
    assert_eq!(told("rita"), "Microsoft Azure,1,0, Microsoft Intune,5,0,5");
    let all = "Exchange Online,25,0,25 Microsoft Azure,2,0,2 Microsoft Intune,5,0,5";
    assert_eq!(told("gina"), all);
    // What the other one sold can be assigned, and of a refusal no numbers are told.
    hub.sql("UPDATE subscription SET quantity = 1 WHERE code = 'SUB-IN'");
    ends(&hub, "ken", &assign(&[EVA], &["Microsoft Intune"]), 0);
    let full = ends(&hub, "ken", &assign(&[IVO], &["Microsoft Intune"]), 5);
    assert!(full.contains("no seat left of Microsoft Intune (G-7)"), "{full}");
    let full = ends(&hub, "rita", &assign(&[IVO], &["Microsoft Intune"]), 5);
    assert!(full.contains("Microsoft Intune: 1 bought, 1 assigned"), "{full}");
}

/// Rules: G-7
#[test]
fn several_at_once_never_assign_more_than_was_bought() {
    let hub = shop();
    sell(&hub, "quantity = 3");
    let people: String = (0..8)
        .map(|n| format!(", (3, 'p{n}@bakery.example', 'P', 'CH')"))
        .collect();
    hub.sql(&format!(
        "INSERT INTO customer_person (customer_id, account, name, usage_location) VALUES {}",
        people.trim_start_matches(", ")
    ));
    let begun: Vec<_> = (0..8)
        .map(|n| {
            let user = format!("p{n}@bakery.example");
            let mut command = hub.command(by("ken", &assign(&[&user], &[MAIL])));
            command.stdout(Stdio::null()).stderr(Stdio::null());
            command.spawn().unwrap()
        })
        .collect();
    let mut codes: Vec<i32> = begun
        .into_iter()
        .map(|mut child| child.wait().unwrap().code().unwrap())
        .collect();
    codes.sort_unstable();
    assert_eq!(codes, [0, 0, 0, 5, 5, 5, 5, 5]);
    assert!(seats(&hub).contains("Exchange Online,3,3,0"), "{}", seats(&hub));
}
