//! How partners come to serve customers, through the real binary and the hub itself (G-2).

use super::{bakery, by, listed, recorded, says};
use crate::harness::{Run, Sandbox, finish};
use proptest::prelude::*;
use servhub::domain::partner::{RELATIONSHIP, REQUEST_DAYS, RelationshipStatus, RelationshipStep};
use servhub::domain::{Day, Instant};
use servhub::hub::relationship::{Accept, List, Remove, Request};
use servhub::hub::{Context, Hub, Mode};
use servhub::policy::Actor;
use servhub::store::Db;

const LIST: [&str; 2] = ["relationship", "list"];

/// The code of the request of a partner for the bakery.
fn code(hub: &Sandbox, partner: i64) -> String {
    let sql = format!("SELECT code FROM relationship WHERE partner_id = {partner} AND customer_id = 3");
    let conn = crate::database::raw(&hub.store());
    conn.query_row(&sql, [], |row| row.get(0)).unwrap()
}

fn request(hub: &Sandbox, who: &str, customer: &str) -> Run {
    hub.run(by(who, &["relationship", "request", customer]))
}

/// Rules: G-2 R-5 K-8
#[test]
fn a_partner_asks_by_domain_and_the_global_administrator_accepts() {
    let hub = bakery();
    hub.sql("DELETE FROM relationship WHERE partner_id = 4");
    // A partner does not know the customer yet: its id and name are not there, its domain is enough.
    for unknown in ["BAKE", "Bakery"] {
        says(
            &request(&hub, "rex", unknown),
            3,
            &["E0110", "named by its domain"],
        );
    }
    let asked = request(&hub, "rex", "BAKERY.example");
    says(&asked, 0, &["servhub:relationship/", "done"]);
    assert!(
        !asked.stdout.contains("BAKE") && asked.stdout.contains("bakery.example"),
        "{asked:?}"
    );
    let code = code(&hub, 4);
    // The same link again.
    let again = request(&hub, "rex", "bakery.example");
    says(&again, 0, &["nothing left to do", &code]);
    assert_eq!(
        listed(&hub, "rex", &LIST, "customer,domain,status,until"),
        ",bakery.example,requested,2027-02-19"
    );
    // Who is asked sees it; other partners do not.
    assert!(listed(&hub, "gina", &LIST, "partner,status").contains("RES,requested"));
    assert!(!listed(&hub, "rita", &LIST, "partner").contains("RES"));
    let accept = |who: &str, code: &str| hub.run(by(who, &["relationship", "accept", code]));
    says(&accept("rex", &code), 4, &["E0200", "global-admin"]);
    says(&accept("mia", &code), 4, &["E0200"]);
    says(&accept("gina", "WRONG"), 3, &["there is no request"]);
    let link = format!("servhub:relationship/{code}");
    says(&accept("gina", &link), 0, &["done"]);
    says(&accept("gina", &code), 0, &["nothing left to do"]);
    assert_eq!(
        listed(&hub, "rex", &LIST, "customer,status,of_record,link"),
        "BAKE,active,no,"
    );
    assert_eq!(
        listed(&hub, "rex", &["customer", "list"], "customer,partners"),
        "BAKE,RES"
    );
    assert_eq!(recorded(&hub, "relationship.accept"), 1);
    let trail = hub.ok(["audit", "list", "--what", "relationship:RES/BAKE", "-o", "json"]);
    assert!(!trail.contains(&code), "{trail}");
}

/// Rules: G-2 B-1
#[test]
fn the_first_partner_is_of_record_and_the_customer_makes_it_another() {
    let hub = bakery();
    hub.sql("UPDATE relationship SET code = 'GO-RES' WHERE partner_id = 4");
    let record = || listed(&hub, "gina", &["customer", "list"], "partner_of_record");
    assert_eq!(record(), "ALPS");
    says(
        &hub.run(by("gina", &["relationship", "accept", "GO-RES", "--of-record"])),
        0,
        &["done"],
    );
    assert_eq!(record(), "RES");
    assert_eq!(recorded(&hub, "relationship.accept"), 2);
    // Where there is none, the first is.
    hub.sql("UPDATE relationship SET status = 'removed', of_record = 0 WHERE customer_id = 3;
             UPDATE relationship SET status = 'requested', code = 'GO-2', since_on = 20770, until_on = 20860 WHERE partner_id = 2");
    says(
        &hub.run(by("gina", &["relationship", "accept", "GO-2"])),
        0,
        &["done"],
    );
    assert_eq!(record(), "RIVAL");
}

/// Rules: G-2
#[test]
fn a_request_that_nobody_accepts_lapses_after_ninety_days() {
    let hub = bakery();
    hub.sql("DELETE FROM relationship WHERE partner_id = 4");
    says(&request(&hub, "rex", "bakery.example"), 0, &["done"]);
    let first = code(&hub, 4);
    let on = |day: &str, who: &str, args: &[&str]| {
        finish(
            hub.command(by(who, args))
                .env("SERVHUB_NOW", format!("{day}T08:00:00Z")),
        )
    };
    let accept = ["relationship", "accept", &first, "--dry-run"];
    says(&on("2027-02-19", "gina", &accept), 0, &["nothing was changed"]);
    says(
        &on("2027-02-20", "gina", &accept),
        5,
        &["E0560", "lapsed", "goes on by request"],
    );
    let list = on(
        "2027-02-20",
        "rex",
        &[&LIST[..], &["-o", "csv", "--columns", "status,link"]].concat(),
    );
    assert_eq!(list.stdout.lines().nth(1), Some("lapsed,"));
    says(
        &on(
            "2027-02-20",
            "rex",
            &["relationship", "remove", "bakery.example", "--yes"],
        ),
        5,
        &["E0560", "lapsed"],
    );
    // Asking again makes another link, and the old one is worth nothing.
    says(
        &on(
            "2027-02-20",
            "rex",
            &["relationship", "request", "bakery.example"],
        ),
        0,
        &["done"],
    );
    assert_ne!(code(&hub, 4), first);
    says(&on("2027-02-21", "gina", &accept), 3, &["E0110"]);
    says(
        &on("2027-02-21", "gina", &["relationship", "accept", &code(&hub, 4)]),
        0,
        &["done"],
    );
}

/// Rules: G-2 G-5
#[test]
fn what_runs_stands_in_the_way_of_the_end() {
    let hub = bakery();
    let remove =
        |who: &str, more: &[&str]| hub.run(by(who, &[&["relationship", "remove", "BAKE"], more].concat()));
    hub.sql(
        "INSERT INTO reservation (code, customer_id, partner_id, name, sku, quantity, term, currency, paid, starts_at, ends_at, status)
           VALUES ('RV-1', 3, 1, 'Ovens', 'D2', 1, 'P1Y', 'EUR', 1000, 1790000000, 1820000000, 'active'),
             ('RV-2', 3, 2, 'Shop', 'D2', 1, 'P1Y', 'EUR', 1000, 1790000000, 1820000000, 'active')",
    );
    says(&remove("ada", &[]), 2, &["E0103"]);
    let stands = remove("ada", &["--yes"]);
    says(
        &stands,
        5,
        &[
            "E0561",
            "2 active subscriptions and 1 reservations",
            "subscription SUB-AZ",
            "subscription SUB-EX",
            "reservation RV-1",
        ],
    );
    for other in ["SUB-OLD", "SUB-RV", "RV-2"] {
        assert!(!stands.stderr.contains(other), "{stands:?}");
    }
    hub.sql("UPDATE subscription SET status = 'suspended' WHERE partner_id = 1");
    says(
        &remove("ada", &["--yes"]),
        5,
        &["0 active subscriptions and 1 reservations", "RV-1"],
    );
    hub.sql("UPDATE reservation SET status = 'cancelled' WHERE code = 'RV-1'");
    says(&remove("sid", &["--yes"]), 4, &["E0200"]);
    says(
        &remove("ken", &["--yes", "--dry-run"]),
        0,
        &["nothing was changed"],
    );
    says(&remove("ken", &["--yes"]), 0, &["done"]);
    // It is gone, and so is what the partner knew; by its domain it is the same as before.
    says(&remove("ken", &["--yes"]), 3, &["E0110"]);
    says(
        &hub.run(by("ken", &["relationship", "remove", "bakery.example", "--yes"])),
        0,
        &["nothing left to do"],
    );
    assert_eq!(
        listed(&hub, "gina", &["customer", "list"], "partners,partner_of_record"),
        "\"ALPS (removed);RES (requested);RIVAL\",".replace('"', "")
    );
    assert_eq!(recorded(&hub, "relationship.remove"), 1);
    // It may ask again.
    says(&request(&hub, "ken", "bakery.example"), 0, &["done"]);
}

/// Rules: G-2 R-5
#[test]
fn several_partners_serve_a_customer_and_each_sees_its_own() {
    let hub = bakery();
    let seen = |who: &str| listed(&hub, who, &LIST, "partner,customer,status");
    assert_eq!(seen("ada"), "ALPS,BAKE,active ALPS,STEEL,active");
    assert_eq!(seen("rita"), "RIVAL,BAKE,active");
    assert_eq!(seen("rex"), "RES,,requested");
    assert_eq!(seen("pia"), "");
    assert_eq!(
        seen("gina"),
        "ALPS,BAKE,active RIVAL,BAKE,active RES,BAKE,requested"
    );
    // Another's relationship cannot be ended or asked for.
    for verb in ["remove", "request"] {
        let run = hub.run(by(
            "rita",
            &[
                "relationship",
                verb,
                "bakery.example",
                "--partner",
                "ALPS",
                "--yes",
            ],
        ));
        says(&run, 3, &["E0110"]);
    }
    // A provider knows its reseller, and does not speak for it.
    says(
        &hub.run(by(
            "pia",
            &["relationship", "request", "bakery.example", "--partner", "RES"],
        )),
        4,
        &["E0200"],
    );
    says(&hub.run(["relationship", "request", "BAKE"]), 2, &["--partner"]);
    // Nobody serves itself.
    hub.sql("INSERT INTO customer (id, code, name, domain) VALUES (9, 'SELF', 'Alps', 'alps.example')");
    says(&request(&hub, "ada", "alps.example"), 5, &["B-6"]);
    let page = hub.ok([
        "relationship",
        "list",
        "--limit",
        "2",
        "-o",
        "csv",
        "--columns",
        "partner",
    ]);
    assert_eq!(page.lines().count(), 3);
    let rest = hub.ok([
        "relationship",
        "list",
        "--page-token",
        "2",
        "-o",
        "csv",
        "--columns",
        "partner",
    ]);
    assert_eq!(rest.lines().count(), 3, "{rest}");
}

/// Where each step leads from each state, in the order of [`RelationshipStep::ALL`]: request, accept, remove, lapse.
const TABLE: &[(RelationshipStatus, [&str; 4])] = &[
    (
        RelationshipStatus::Requested,
        ["-", "active", "removed", "lapsed"],
    ),
    (RelationshipStatus::Active, ["-", "-", "removed", "-"]),
    (RelationshipStatus::Removed, ["requested", "-", "-", "-"]),
    (RelationshipStatus::Lapsed, ["requested", "-", "-", "-"]),
];

/// Rules: G-2
#[test]
fn every_step_of_a_relationship_leads_on_or_says_what_does() {
    super::cycle::agrees(
        &RELATIONSHIP,
        RelationshipStatus::ALL,
        RelationshipStep::ALL,
        TABLE,
    );
    let day = |number| Day::from_number(number);
    let requested = RelationshipStatus::Requested;
    assert_eq!(requested.on(day(90), Some(day(90))), requested);
    assert_eq!(requested.on(day(91), Some(day(90))), RelationshipStatus::Lapsed);
    assert_eq!(
        RelationshipStatus::Active.on(day(91), Some(day(90))),
        RelationshipStatus::Active
    );
}

/// What somebody does, or time.
#[derive(Debug, Clone, Copy)]
enum Deed {
    Ask,
    Accept,
    Remove,
    Wait(i32),
}

fn deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        3 => Just(Deed::Ask),
        3 => Just(Deed::Accept),
        2 => Just(Deed::Remove),
        2 => (1..60_i32).prop_map(Deed::Wait),
    ]
}

/// Whether anybody asked, since when it waits, or whether it holds.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Model {
    Nothing,
    Waiting { since: i32 },
    Holds,
    Gone,
}

impl Model {
    /// What comes of a deed on a day: whether it is let through, and whether it changes anything.
    fn after(self, deed: Deed, day: i32) -> Result<(Self, bool), ()> {
        let stale = matches!(self, Self::Waiting { since } if day - since > REQUEST_DAYS);
        match (deed, self) {
            (Deed::Wait(_), _) => Ok((self, false)),
            (Deed::Ask, Self::Holds) => Ok((self, false)),
            (Deed::Ask, Self::Waiting { .. }) if !stale => Ok((self, false)),
            (Deed::Ask, _) => Ok((Self::Waiting { since: day }, true)),
            (Deed::Accept, Self::Waiting { .. }) if !stale => Ok((Self::Holds, true)),
            (Deed::Accept, Self::Holds) => Ok((self, false)),
            (Deed::Accept, _) => Err(()),
            (Deed::Remove, Self::Waiting { .. }) if !stale => Ok((Self::Gone, true)),
            (Deed::Remove, Self::Holds) => Ok((Self::Gone, true)),
            (Deed::Remove, Self::Gone) => Ok((self, false)),
            (Deed::Remove, _) => Err(()),
        }
    }

    fn status(self, day: i32) -> Option<RelationshipStatus> {
        match self {
            Self::Nothing => None,
            Self::Waiting { since } if day - since > REQUEST_DAYS => Some(RelationshipStatus::Lapsed),
            Self::Waiting { .. } => Some(RelationshipStatus::Requested),
            Self::Holds => Some(RelationshipStatus::Active),
            Self::Gone => Some(RelationshipStatus::Removed),
        }
    }
}

fn hub_on(store: Db, day: i32) -> Hub {
    let context = Context {
        actor: Actor::Operator("tester".to_owned()),
        now: Instant::from_seconds(i64::from(day) * 86_400),
        as_of: None,
        reason: None,
        ticket: None,
        origin: "test".to_owned(),
    };
    Hub::local(store, context)
}

fn do_it(hub: &mut Hub, deed: Deed, code: &str) -> Result<bool, ()> {
    let (customer, partner) = ("BAKE".to_owned(), Some("RIVAL".to_owned()));
    let done = match deed {
        Deed::Wait(_) => return Ok(false),
        Deed::Ask => hub.carry_out(&Request { customer, partner }, Mode::Apply),
        Deed::Remove => hub.carry_out(&Remove { customer, partner }, Mode::Apply),
        Deed::Accept => {
            let accept = Accept {
                code: code.to_owned(),
                of_record: false,
            };
            hub.carry_out(&accept, Mode::Apply)
        }
    };
    done.map(|done| done.changed).map_err(|_| ())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    /// Rules: G-2
    #[test]
    fn a_relationship_goes_as_the_model_says(deeds in proptest::collection::vec(deed(), 1..24)) {
        let sandbox = Sandbox::on_file();
        sandbox.ok(["customer", "list"]);
        sandbox.sql("INSERT INTO customer (code, name, domain) VALUES ('BAKE', 'Bakery', 'bakery.example');
                     INSERT INTO partner (code, name, kind, domain) VALUES ('RIVAL', 'Rival', 'direct-bill', 'rival.example')");
        let (mut model, mut day, mut code) = (Model::Nothing, 20_000, "NONE".to_owned());
        let mut store = Some(Db::open(&sandbox.store()).unwrap());
        for deed in deeds {
            if let Deed::Wait(days) = deed {
                day += days;
            }
            let mut hub = hub_on(store.take().unwrap(), day);
            let expected = model.after(deed, day);
            let came = do_it(&mut hub, deed, &code);
            prop_assert_eq!(came, expected.map(|(_, changed)| changed), "{:?} from {:?} on {}", deed, model, day);
            model = expected.map_or(model, |(after, _)| after);
            let (lines, _) = hub.ask(&List::default()).unwrap();
            let line = lines.first();
            prop_assert_eq!(line.map(|one| one.status), model.status(day), "{:?} on {}", deed, day);
            // The one that holds is of record, and nothing else has a link.
            prop_assert_eq!(line.is_some_and(|one| one.of_record), model == Model::Holds);
            if let Some(new) = line.and_then(|one| one.code.clone()) {
                code = new;
            }
            store = hub.into_store();
        }
    }
}
