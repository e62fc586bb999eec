//! Reservations: the two steps, what the policy says, and the amounts over random sequences.

use super::{at, carry_out, done, refused, shop};
use crate::fixture::count;
use crate::harness::Sandbox;
use crate::partner::{listed, recorded};
use proptest::prelude::*;
use servhub::domain::Instant;
use servhub::domain::sold::reservation::ReturnKind;
use servhub::domain::sold::term::Term;
use servhub::hub::reservation::{Calculate, Confirm, Purchase};

/// RES-A began at 2026-11-21T08:00:00Z, and lasts a year.
const NOW: &str = "2026-11-21T08:00:00Z";
/// Half of that year is over.
const HALF: &str = "2027-05-22T20:00:00Z";
const AMOUNTS: &str = "quantity,paid,used,refund,currency,policy";

fn calculate(hub: &Sandbox, when: &str, args: &[&str]) -> String {
    done(
        hub,
        when,
        "sid",
        &[&["reservation"], args].concat(),
        "calculation",
    )
}

/// Rules: G-5 X-1
#[test]
fn a_refund_is_calculated_and_then_confirmed_once() {
    let hub = shop();
    let refund = ["reservation", "refund", "RES-A", "--quantity", "3"];
    // 10000.01 for four units: 7500.00 for three of them, and half of that is left.
    assert_eq!(
        done(&hub, HALF, "sid", &refund, AMOUNTS),
        "3,7500.00,3750.00,3750.00,USD,allowed"
    );
    assert_eq!(
        done(
            &hub,
            HALF,
            "sid",
            &["reservation", "show", "RES-A"],
            "quantity,paid,status"
        ),
        "4,10000.01,active"
    );
    let run = at(&hub, HALF, "sid", &refund);
    assert!(
        run.stderr.contains(
            "nothing was changed; until 2027-05-22T20:15:00Z: `servhub reservation refund RES-A --confirm RC-"
        ),
        "{run:?}"
    );
    let id = calculate(&hub, HALF, &refund[1..]);
    let confirm = ["reservation", "refund", "RES-A", "--confirm", &id, "--yes"];
    assert_eq!(
        done(
            &hub,
            "2027-05-22T20:15:00Z",
            "ken",
            &confirm,
            "refund,confirmed_at"
        ),
        "3750.00,2027-05-22T20:15:00Z"
    );
    refused(
        &at(&hub, HALF, "ken", &confirm),
        "E0572",
        &["was confirmed at 2027-05-22T20:15:00Z"],
    );
    let show = ["reservation", "show", "RES-A"];
    assert_eq!(
        listed(&hub, "gina", &show, "quantity,paid,status"),
        "1,2500.01,active"
    );
    let returns = ["reservation", "show", "RES-A", "--returns"];
    assert_eq!(
        listed(
            &hub,
            "gina",
            &returns,
            "return,kind,quantity,returned,used,refund,counted_usd"
        ),
        format!("{id},refund,3,7500.00,3750.00,3750.00,3750.00")
    );
    assert_eq!(
        (
            recorded(&hub, "reservation.calculate"),
            recorded(&hub, "reservation.confirm")
        ),
        (3, 2)
    );
    // The others were made of what was there before.
    let other = [
        "reservation",
        "refund",
        "RES-A",
        "--confirm",
        "RC-000001",
        "--yes",
    ];
    refused(
        &at(&hub, HALF, "ken", &other),
        "E0572",
        &["RES-A has changed since calculation RC-000001"],
    );
}

/// Rules: G-5
#[test]
fn a_calculation_is_good_for_fifteen_minutes_one_purpose_and_one_partner() {
    let hub = shop();
    let id = calculate(&hub, HALF, &["refund", "RES-A"]);
    let confirm = |when: &str, who: &str, verb: &str, reservation: &str| {
        at(
            &hub,
            when,
            who,
            &["reservation", verb, reservation, "--confirm", &id, "--yes"],
        )
    };
    refused(
        &confirm("2027-05-22T20:15:01Z", "sid", "refund", "RES-A"),
        "E0572",
        &["was good until 2027-05-22T20:15:00Z", "calculate it anew"],
    );
    refused(
        &confirm(HALF, "sid", "cancel", "RES-A"),
        "E0572",
        &["is for refund, and not for cancel"],
    );
    refused(
        &confirm(HALF, "sid", "refund", "RES-B"),
        "E0110",
        &["RES-B has no calculation"],
    );
    assert_eq!(confirm(HALF, "rita", "refund", "RES-A").code, 3);
    refused(
        &confirm(HALF, "rita", "refund", "RES-R"),
        "E0110",
        &["RES-R has no calculation"],
    );
    for who in ["gina", "hank"] {
        assert_eq!(confirm(HALF, who, "refund", "RES-A").code, 4, "{who}");
    }
    hub.sql("UPDATE reservation SET partner_id = 2 WHERE code = 'RES-A'");
    assert_eq!(confirm(HALF, "sid", "refund", "RES-A").code, 3);
    refused(
        &confirm(HALF, "rita", "refund", "RES-A"),
        "E0572",
        &["has changed since"],
    );
    hub.sql("UPDATE reservation SET partner_id = 1, paid = paid + 1 WHERE code = 'RES-A'");
    refused(
        &confirm(HALF, "sid", "refund", "RES-A"),
        "E0572",
        &["has changed since"],
    );
    hub.sql("UPDATE reservation SET paid = paid - 1 WHERE code = 'RES-A'");
    assert_eq!(confirm(HALF, "sid", "refund", "RES-A").code, 0);
    assert_eq!(count(&hub.store(), "SELECT count(*) FROM reservation_return"), 1);
    // A dry run keeps no calculation.
    let dry = at(
        &hub,
        HALF,
        "sid",
        &["reservation", "refund", "RES-B", "--usd-rate", "1.1", "--dry-run"],
    );
    assert!(dry.stderr.contains("the calculation was not kept"), "{dry:?}");
    assert_eq!(count(&hub.store(), "SELECT count(*) FROM calculation"), 1);
}

/// Rules: G-5
#[test]
fn a_reservation_is_cancelled_as_a_whole_in_its_first_seven_days() {
    let hub = shop();
    let cancel = ["reservation", "cancel", "RES-A"];
    let (last, late) = ("2026-11-28T08:00:00Z", "2026-11-28T08:00:01Z");
    assert_eq!(
        done(&hub, late, "sid", &cancel, "policy,why"),
        "refused,it could be cancelled until 2026-11-28T08:00:00Z; `reservation refund` gives back what is left of its price"
    );
    let against = calculate(&hub, late, &cancel[1..]);
    let confirm = ["reservation", "cancel", "RES-A", "--yes", "--confirm"];
    let run = at(&hub, late, "sid", &[&confirm as &[&str], &[&against]].concat());
    refused(&run, "E0573", &["could be cancelled until"]);
    assert_eq!(
        done(&hub, last, "sid", &cancel, AMOUNTS),
        "4,10000.01,0.00,10000.01,USD,allowed"
    );
    // Made in time, and confirmed too late.
    let id = calculate(&hub, last, &cancel[1..]);
    let args = [&confirm as &[&str], &[&id]].concat();
    refused(&at(&hub, late, "sid", &args), "E0573", &[]);
    assert_eq!(done(&hub, last, "sid", &args, "refund"), "10000.01");
    assert_eq!(
        done(
            &hub,
            last,
            "sid",
            &["reservation", "show", "RES-A"],
            "quantity,paid,status,settled_at"
        ),
        format!("0,0.00,cancelled,{last}")
    );
    for verb in ["cancel", "refund"] {
        let run = at(&hub, last, "sid", &["reservation", verb, "RES-A"]);
        refused(
            &run,
            "E0560",
            &["a reservation that is cancelled cannot be moved on", "by nothing"],
        );
    }
}

/// Rules: G-5
#[test]
fn an_exchange_buys_for_what_is_left_at_least() {
    let hub = shop();
    let exchange = |price: &str| {
        let purchase = format!("name=New servers,sku=E8,quantity=2,term=P3Y,price={price},id=RES-N");
        at(
            &hub,
            HALF,
            "sid",
            &[
                "reservation",
                "exchange",
                "RES-A",
                "--for",
                &purchase,
                "-o",
                "csv",
                "--columns",
                "calculation,refund,cost,to_pay,policy",
            ],
        )
    };
    let row = |run: &crate::harness::Run| run.stdout.lines().nth(1).unwrap_or_default().to_owned();
    let less = exchange("4999.99");
    assert!(row(&less).ends_with(",5000.00,4999.99,0.00,refused"), "{less:?}");
    assert!(
        less.stderr
            .contains("costs 4999.99 USD, and must not cost less than the 5000.00 USD that are left"),
        "{less:?}"
    );
    let enough = exchange("6000.50");
    assert!(
        row(&enough).ends_with(",5000.00,6000.50,1000.50,allowed"),
        "{enough:?}"
    );
    for (run, code) in [(&less, "E0573"), (&enough, "")] {
        let id = row(run).split(',').next().unwrap().to_owned();
        let run = at(
            &hub,
            HALF,
            "sid",
            &["reservation", "exchange", "RES-A", "--confirm", &id, "--yes"],
        );
        assert_eq!(run.code, if code.is_empty() { 0 } else { 5 }, "{run:?}");
    }
    assert_eq!(
        done(&hub, HALF, "sid", &["reservation", "show", "RES-A"], "status"),
        "exchanged"
    );
    assert_eq!(
        done(
            &hub,
            HALF,
            "sid",
            &["reservation", "show", "RES-N"],
            "quantity,term,paid,starts_at,ends_at,status,exchanged_from"
        ),
        "2,P3Y,6000.50,2027-05-22T20:00:00Z,2030-05-22T20:00:00Z,active,RES-A"
    );
    for (purchase, told) in [
        ("sku=E8", "quantity=… is missing"),
        ("name=a,sku=b,quantity=1,term=P9Y,price=1", "P9Y"),
        ("colour=red", "colour"),
    ] {
        let run = at(
            &hub,
            HALF,
            "sid",
            &["reservation", "exchange", "RES-B", "--for", purchase],
        );
        assert!(run.code == 2 && run.stderr.contains(told), "{run:?}");
    }
    let wrong = at(
        &hub,
        HALF,
        "sid",
        &[
            "reservation",
            "exchange",
            "RES-B",
            "--for",
            "name=a,sku=b,quantity=1,term=P1Y,price=1.234",
        ],
    );
    refused(&wrong, "E0100", &["\"1.234\" is no amount in EUR"]);
}

/// Rules: G-5
#[test]
fn within_twelve_months_at_most_50_000_usd_are_given_back() {
    let hub = shop();
    hub.sql(
        "INSERT INTO reservation (code, customer_id, partner_id, name, sku, quantity, term, currency, paid, starts_at, ends_at, status)
           VALUES ('BIG', 3, 1, 'Big', 'M', 10, 'P3Y', 'USD', 10000000, 1795248000, 1889913600, 'active');
         INSERT INTO reservation_return (code, reservation_id, kind, at, quantity, returned, used, refund, counted)
           SELECT 'OLD', id, 'refund', 1763712000, 1, 4999999, 0, 4999999, 4999999 FROM reservation WHERE code = 'BIG';
         INSERT INTO reservation_return (code, reservation_id, kind, at, quantity, returned, used, refund, counted)
           SELECT 'SWAP', id, 'exchange', 1795248000, 1, 4999999, 0, 4999999, 0 FROM reservation WHERE code = 'BIG';",
    );
    // OLD was given back at 2025-11-21T08:00:00Z, a second less than a year before the second question.
    let ask = |when: &str, units: &str| {
        done(
            &hub,
            when,
            "sid",
            &["reservation", "refund", "BIG", "--quantity", units],
            "refund,policy,why",
        )
    };
    let big = ask("2026-11-21T08:00:00Z", "6");
    assert!(
        big.starts_with("60000.00,refused,")
            && big.contains("0.00 USD have been given back")
            && big.contains("limit of 50000.00 USD"),
        "{big}"
    );
    assert_eq!(ask("2026-11-21T08:00:00Z", "5"), "50000.00,allowed,");
    let old = ask("2026-11-21T07:59:59Z", "1");
    assert!(
        old.starts_with("10000.00,refused,") && old.contains("49999.99 USD have been given back"),
        "{old}"
    );
    // Two calculations that would do alone pass the limit together.
    let five = calculate(&hub, NOW, &["refund", "BIG", "--quantity", "5"]);
    let some = calculate(&hub, NOW, &["refund", "RES-A", "--quantity", "1"]);
    let confirm = |reservation: &str, id: &str| {
        at(
            &hub,
            NOW,
            "sid",
            &["reservation", "refund", reservation, "--confirm", id, "--yes"],
        )
    };
    assert_eq!(confirm("BIG", &five).code, 0);
    refused(
        &confirm("RES-A", &some),
        "E0573",
        &["50000.00 USD have been given back"],
    );
    // What was paid in another currency says what that is worth.
    let euro = ["reservation", "refund", "RES-B"];
    refused(
        &at(&hub, NOW, "sid", &euro),
        "E0100",
        &["this was paid in EUR", "--usd-rate"],
    );
    let rated = [&euro as &[&str], &["--usd-rate", "1.1"]].concat();
    let row = done(&hub, NOW, "sid", &rated, "refund,counted_usd");
    let (refund, counted) = row.split_once(',').unwrap();
    let number = |text: &str| text.replace('.', "").parse::<i64>().unwrap();
    assert_eq!(number(counted), (number(refund) * 11 + 9) / 10, "{row}");
    // Another partner's are counted by themselves.
    assert_eq!(
        done(&hub, NOW, "rita", &["reservation", "refund", "RES-R"], "policy"),
        "allowed"
    );
}

/// Rules: G-2 G-5
#[test]
fn each_partner_sees_its_own_reservations_and_time_ends_them() {
    let hub = shop();
    let list = ["reservation", "list"];
    assert_eq!(listed(&hub, "sid", &list, "reservation"), "RES-A RES-B");
    assert_eq!(listed(&hub, "rita", &list, "reservation"), "RES-R");
    assert_eq!(
        listed(&hub, "gina", &list, "reservation,status"),
        "RES-A,active RES-B,active RES-R,active"
    );
    assert_eq!(at(&hub, NOW, "pia", &["reservation", "show", "RES-A"]).code, 3);
    assert_eq!(at(&hub, NOW, "mia", &list).code, 4);
    let (last, over) = ("2027-11-21T07:59:59Z", "2027-11-21T08:00:00Z");
    let show = ["reservation", "show", "RES-A"];
    assert_eq!(done(&hub, last, "sid", &show, "status"), "active");
    assert_eq!(done(&hub, over, "sid", &show, "status"), "expired");
    assert_eq!(
        done(
            &hub,
            over,
            "sid",
            &["reservation", "list", "--status", "expired"],
            "reservation"
        ),
        "RES-A"
    );
    for verb in ["cancel", "refund"] {
        refused(
            &at(&hub, over, "sid", &["reservation", verb, "RES-A"]),
            "E0560",
            &["that is expired"],
        );
    }
    let exchange = [
        "reservation",
        "exchange",
        "RES-A",
        "--for",
        "name=a,sku=b,quantity=1,term=P1Y,price=1",
    ];
    refused(&at(&hub, over, "sid", &exchange), "E0560", &["that is expired"]);
}

#[derive(Debug, Clone, Copy)]
struct Step {
    kind: ReturnKind,
    units: i64,
    wait: i64,
    /// How long after the calculation it is confirmed.
    pause: i64,
    price: i64,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let kind = prop_oneof![
        Just(ReturnKind::Cancel),
        Just(ReturnKind::Exchange),
        Just(ReturnKind::Refund),
        Just(ReturnKind::Refund)
    ];
    let wait = prop_oneof![0_i64..86_400, 0..8 * 86_400_i64, 0..60 * 86_400_i64];
    let pause = prop_oneof![Just(0_i64), Just(900), Just(901), 0..900_i64];
    let step = (kind, 1_i64..5, wait, pause, 0_i64..600_000);
    let step = step.prop_map(|(kind, units, wait, pause, price)| Step {
        kind,
        units,
        wait,
        pause,
        price,
    });
    proptest::collection::vec(step, 1..9)
}

const YEAR: i64 = 31_536_000;
const BEGIN: i64 = 1_795_248_000;

/// What was paid is always what is left, what was used and what came back, to the minor unit; and nothing is done that the
/// model does not do.
///
/// Rules: G-5
#[test]
fn the_amounts_of_a_reservation_add_up_to_what_was_paid() {
    let hub = shop();
    let config = ProptestConfig {
        cases: 32,
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    proptest!(config, |(steps in steps(), paid in 0_i64..2_000_000, all in 1_i64..8)| {
        hub.sql(&format!(
            "DELETE FROM reservation_return; DELETE FROM calculation; UPDATE reservation SET origin_id = NULL; DELETE FROM reservation;
             INSERT INTO reservation (code, customer_id, partner_id, name, sku, quantity, term, currency, paid, starts_at, ends_at, status)
               VALUES ('R', 3, 1, 'R', 'S', {all}, 'P1Y', 'USD', {paid}, {BEGIN}, {}, 'active')", BEGIN + YEAR
        ));
        let (mut left, mut units, mut status, mut now) = (paid, all, "active", BEGIN);
        let (mut used, mut back) = (0, 0);
        for step in steps {
            now += step.wait;
            if now >= BEGIN + YEAR && status == "active" {
                status = "expired";
            }
            let wish = Calculate {
                reservation: "R".to_owned(),
                kind: step.kind,
                quantity: Some(step.units),
                purchases: (step.kind == ReturnKind::Exchange).then(|| Purchase {
                    code: None,
                    name: "N".to_owned(),
                    sku: "S".to_owned(),
                    region: None,
                    quantity: 1,
                    term: Term::Year,
                    price: format!("{}.{:02}", step.price / 100, step.price % 100),
                }).into_iter().collect(),
                usd_rate: None,
            };
            let by = |now: i64| ("sid@alps.example", Instant::from_seconds(now));
            let came = carry_out(&hub, by(now), &wish);
            let runs = status == "active" && step.units <= units;
            prop_assert_eq!(came.is_ok(), runs, "{:?}: {:?}", step, came);
            let Ok(done) = came else { continue };
            let one = done.answer;
            // The share of the units, and of that the share of the time.
            let returned = paid_for(left, step.units, units);
            let refund = match step.kind {
                ReturnKind::Cancel => returned,
                _ => paid_for(returned, BEGIN + YEAR - now, YEAR),
            };
            prop_assert_eq!((one.returned, one.refund, one.used), (returned, refund, returned - refund));
            now += step.pause;
            let confirm = Confirm { reservation: "R".to_owned(), kind: step.kind, calculation: one.code.clone() };
            let came = carry_out(&hub, by(now), &confirm);
            let ended = now >= BEGIN + YEAR;
            let allowed = match step.kind {
                ReturnKind::Cancel => now <= BEGIN + 7 * 86_400 && step.units == units,
                ReturnKind::Exchange => step.price >= refund,
                ReturnKind::Refund => true,
            };
            let counts = step.kind != ReturnKind::Exchange;
            let within = !counts || count(&hub.store(), "SELECT CAST(coalesce(sum(counted), 0) AS bigint) FROM reservation_return") + refund <= 5_000_000;
            prop_assert_eq!(came.is_ok(), step.pause <= 900 && allowed && within && !ended, "{:?}: {:?}", step, came);
            if came.is_ok() {
                (left, units) = (left - returned, units - step.units);
                (used, back) = (used + returned - refund, back + refund);
                if units == 0 {
                    status = match step.kind {
                        ReturnKind::Cancel => "cancelled",
                        ReturnKind::Exchange => "exchanged",
                        ReturnKind::Refund => "refunded",
                    };
                }
                let again = carry_out(&hub, by(now), &confirm);
                prop_assert!(again.is_err(), "{:?}", again);
            }
            let is = |column: &str| count(&hub.store(), &format!("SELECT {column} FROM reservation WHERE code = 'R'"));
            prop_assert_eq!((is("paid"), is("quantity")), (left, units));
            let told = is(&format!("CASE status WHEN '{}' THEN 1 ELSE 0 END", if status == "expired" { "active" } else { status }));
            prop_assert_eq!(told, 1, "{}", status);
            let sum = |column: &str| count(&hub.store(), &format!("SELECT CAST(coalesce(sum({column}), 0) AS bigint) FROM reservation_return"));
            prop_assert_eq!((sum("used"), sum("refund")), (used, back));
            prop_assert_eq!(left + used + back, paid);
        }
    });
}

fn paid_for(amount: i64, part: i64, whole: i64) -> i64 {
    i64::try_from(i128::from(amount) * i128::from(part) / i128::from(whole)).unwrap()
}
