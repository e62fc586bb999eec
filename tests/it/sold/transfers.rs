//! Transfers: both sides, what moves and what ends, and random sequences of steps against a model.

use super::{at, carry_out, done, refused, shop};
use crate::fixture::count;
use crate::harness::Sandbox;
use crate::partner::{listed, recorded};
use proptest::prelude::*;
use servhub::domain::Instant;
use servhub::hub::subscription::transfer::{Accept, Cancel, Reject, Request};
use std::collections::BTreeMap;

const NOW: &str = "2026-11-21T08:00:00Z";
const LINE: &str = "transfer,source,target,status,subscriptions,lapses_at";

fn ask(hub: &Sandbox) -> String {
    let ask = [
        "subscription",
        "transfer",
        "request",
        "SUB-EX",
        "SUB-AZ",
        "--customer",
        "BAKE",
    ];
    done(hub, NOW, "rita", &ask, "transfer")
}

/// Rules: G-2 G-4
#[test]
fn the_target_asks_the_source_accepts_and_the_subscriptions_move_as_a_whole() {
    let hub = shop();
    hub.sql(
        "INSERT INTO subscription_role (subscription_id, role, account, group_id, partner_id) VALUES
           (1, 'Contributor', NULL, 1, NULL), (1, 'Contributor', 'rita@rival.example', NULL, NULL), (1, 'Contributor', NULL, NULL, 4);",
    );
    let id = ask(&hub);
    // The target is not told who sold them; the source is told who asks. A third one sees nothing.
    let list = ["subscription", "transfer", "list"];
    let lapses = "2026-12-21T08:00:00Z";
    assert_eq!(
        listed(&hub, "rita", &list, LINE),
        format!("{id},,RIVAL,pending,SUB-AZ;SUB-EX,{lapses}")
    );
    let both = format!("{id},ALPS,RIVAL,pending,SUB-AZ;SUB-EX,{lapses}");
    assert_eq!(listed(&hub, "sid", &list, LINE), both);
    assert_eq!(listed(&hub, "gina", &list, LINE), both);
    assert_eq!(listed(&hub, "pia", &list, LINE), "");
    // Asking again changes nothing; each side takes its own steps only.
    assert_eq!(ask(&hub), id);
    assert_eq!(recorded(&hub, "transfer.request"), 1);
    let step = |verb: &str, who: &str| at(&hub, NOW, who, &["subscription", "transfer", verb, &id, "--yes"]);
    assert_eq!(step("accept", "rita").code, 4);
    assert_eq!(step("reject", "rita").code, 4);
    assert_eq!(step("cancel", "sid").code, 4);
    assert_eq!(step("accept", "pia").code, 3);
    assert_eq!(step("accept", "hank").code, 4);
    let accepted = step("accept", "sid");
    assert_eq!(accepted.code, 0, "{accepted:?}");
    assert!(step("accept", "sid").stderr.contains("nothing left to do"));
    for verb in ["reject", "cancel"] {
        let who = if verb == "cancel" { "rita" } else { "sid" };
        refused(
            &step(verb, who),
            "E0560",
            &["a transfer that is accepted cannot be moved on", "by nothing"],
        );
    }
    let sold = "SELECT count(*) FROM subscription WHERE code IN ('SUB-EX', 'SUB-AZ') AND partner_id = 2 AND status = 'active'";
    assert_eq!(count(&hub.store(), sold), 2);
    // What ALPS gave on it has ended, what is another's stays.
    let roles = ["subscription", "show", "SUB-AZ", "--roles"];
    assert_eq!(
        listed(&hub, "gina", &roles, "role,account,group,partner"),
        "Contributor,rita@rival.example,,"
    );
    assert_eq!(at(&hub, NOW, "sid", &["subscription", "show", "SUB-EX"]).code, 3);
    assert_eq!(
        at(&hub, NOW, "rita", &["subscription", "suspend", "SUB-EX"]).code,
        0
    );
}

/// Rules: G-4
#[test]
fn a_transfer_is_rejected_taken_back_or_lapses() {
    let hub = shop();
    let id = ask(&hub);
    let step = |when: &str, verb: &str, who: &str, id: &str| {
        at(&hub, when, who, &["subscription", "transfer", verb, id, "--yes"])
    };
    assert_eq!(step(NOW, "reject", "ken", &id).code, 0);
    refused(&step(NOW, "cancel", "rita", &id), "E0560", &["that is rejected"]);
    let second = ask(&hub);
    assert_ne!(id, second);
    assert_eq!(step(NOW, "cancel", "rita", &second).code, 0);
    refused(
        &step(NOW, "accept", "sid", &second),
        "E0560",
        &["that is cancelled"],
    );
    let third = ask(&hub);
    let (last, late) = ("2026-12-21T08:00:00Z", "2026-12-21T08:00:01Z");
    refused(&step(late, "accept", "sid", &third), "E0560", &["that is lapsed"]);
    let lapsed = ["subscription", "transfer", "list", "--status", "lapsed"];
    assert_eq!(
        done(&hub, late, "rita", &lapsed, "transfer,status"),
        format!("{third},lapsed")
    );
    assert_eq!(step(last, "accept", "sid", &third).code, 0);
}

/// Rules: G-2 G-4 G-8
#[test]
fn what_cannot_be_transferred_is_refused() {
    let hub = shop();
    let ask = |who: &str, subscription: &str| {
        at(
            &hub,
            NOW,
            who,
            &[
                "subscription",
                "transfer",
                "request",
                subscription,
                "--customer",
                "BAKE",
            ],
        )
    };
    refused(
        &ask("rita", "SUB-NONE"),
        "E0110",
        &["customer BAKE has no subscription \"SUB-NONE\""],
    );
    hub.sql(
        "INSERT INTO subscription (code, customer_id, partner_id, product_id, name, status, starts_on)
               SELECT 'SUB-ELSE', 1, 1, id, 'Else', 'active', 20000 FROM product WHERE name = 'Dynamics 365'",
    );
    refused(
        &ask("rita", "SUB-ELSE"),
        "E0110",
        &["customer BAKE has no subscription \"SUB-ELSE\""],
    );
    refused(&ask("rita", "SUB-IN"), "E0500", &["is the partner's own already"]);
    refused(
        &ask("rita", "SUB-OLD"),
        "E0560",
        &["that is cancelled cannot be moved on by transfer"],
    );
    assert_eq!(ask("hank", "SUB-IN").code, 4);
    assert_eq!(ask("pia", "SUB-IN").code, 3);
    let run = at(
        &hub,
        NOW,
        "rita",
        &[
            "subscription",
            "transfer",
            "request",
            "SUB-EX",
            "--customer",
            "BAKE",
        ],
    );
    assert_eq!(run.code, 0, "{run:?}");
    let both = [
        "subscription",
        "transfer",
        "request",
        "SUB-EX",
        "SUB-AZ",
        "--customer",
        "BAKE",
    ];
    refused(
        &at(&hub, NOW, "rita", &both),
        "E0561",
        &["wait in another transfer already", "transfer cancel"],
    );
    // At the end the target still serves the customer, whose agreement is still on record.
    let id = listed(&hub, "rita", &["subscription", "transfer", "list"], "transfer");
    let accept = ["subscription", "transfer", "accept", &id, "--yes"];
    hub.sql("UPDATE relationship SET status = 'removed' WHERE partner_id = 2 AND customer_id = 3");
    refused(
        &at(&hub, NOW, "sid", &accept),
        "E0571",
        &["no active relationship"],
    );
    hub.sql("UPDATE relationship SET status = 'active' WHERE partner_id = 2 AND customer_id = 3; DELETE FROM agreement");
    refused(&at(&hub, NOW, "sid", &accept), "E0571", &["no agreement"]);
    let sold = "SELECT count(*) FROM subscription WHERE code = 'SUB-EX' AND partner_id = 1";
    assert_eq!(count(&hub.store(), sold), 1);
}

const PARTNERS: [&str; 2] = ["sid@alps.example", "rita@rival.example"];
const CODES: [&str; 3] = ["SUB-EX", "SUB-AZ", "SUB-IN"];

#[derive(Debug, Clone)]
enum Step {
    /// By a partner, for these of the subscriptions.
    Ask(usize, [bool; 3]),
    /// By a partner, about one of the transfers there are.
    Accept(usize, usize),
    Reject(usize, usize),
    Cancel(usize, usize),
}

fn steps() -> impl Strategy<Value = Vec<(Step, i64)>> {
    let step = prop_oneof![
        (0..2_usize, any::<[bool; 3]>()).prop_map(|(who, which)| Step::Ask(who, which)),
        (0..2_usize, 0..4_usize).prop_map(|(who, one)| Step::Accept(who, one)),
        (0..2_usize, 0..4_usize).prop_map(|(who, one)| Step::Reject(who, one)),
        (0..2_usize, 0..4_usize).prop_map(|(who, one)| Step::Cancel(who, one)),
    ];
    let days = prop_oneof![
        Just(0_i64),
        0..86_400_i64,
        0..35 * 86_400_i64,
        Just(30 * 86_400_i64)
    ];
    proptest::collection::vec((step, days), 1..14)
}

#[derive(Debug, Clone)]
struct Asked {
    id: String,
    target: usize,
    which: Vec<usize>,
    until: i64,
    status: &'static str,
}

#[derive(Debug)]
struct Model {
    owners: [usize; 3],
    asked: Vec<Asked>,
}

impl Model {
    fn time(&mut self, now: i64) {
        for one in &mut self.asked {
            if one.status == "pending" && now > one.until {
                one.status = "lapsed";
            }
        }
    }

    /// Whether the request is taken: a new one, an old one again, or refused.
    fn ask(&self, who: usize, which: &[usize]) -> Result<Option<usize>, ()> {
        if which.is_empty() || which.iter().any(|one| self.owners[*one] == who) {
            return Err(());
        }
        let waits =
            |one: &Asked| one.status == "pending" && one.which.iter().any(|code| which.contains(code));
        match self.asked.iter().position(waits) {
            None => Ok(None),
            Some(place) if self.asked[place].target == who && self.asked[place].which == which => {
                Ok(Some(place))
            }
            Some(_) => Err(()),
        }
    }

    fn answer(&mut self, who: usize, place: usize, (target, to): (bool, &'static str)) -> bool {
        let Some(one) = self.asked.get(place).cloned() else {
            return false;
        };
        if (one.target == who) != target {
            return false;
        }
        if one.status == to {
            return true;
        }
        let theirs = one.which.iter().all(|code| self.owners[*code] != one.target);
        if one.status != "pending" || (to == "accepted" && !theirs) {
            return false;
        }
        self.asked[place].status = to;
        if to == "accepted" {
            for code in one.which {
                self.owners[code] = one.target;
            }
        }
        true
    }
}

/// Rules: G-4
#[test]
fn transfers_go_as_the_model_says() {
    let config = ProptestConfig {
        cases: 24,
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    let hub = shop();
    proptest!(config, |(steps in steps())| {
        hub.sql("DELETE FROM transfer_item; DELETE FROM transfer;
            UPDATE subscription SET partner_id = 1, status = 'active' WHERE code IN ('SUB-EX', 'SUB-AZ');
            UPDATE subscription SET partner_id = 2, status = 'active' WHERE code = 'SUB-IN';
            UPDATE subscription SET ends_on = NULL;");
        let mut model = Model { owners: [0, 0, 1], asked: Vec::new() };
        let mut now = 1_795_248_000;
        for (step, wait) in steps {
            now += wait;
            model.time(now);
            let by = |who: usize| (PARTNERS[who], Instant::from_seconds(now));
            let id = |place: usize| model.asked.get(place).map_or("TR-NONE".to_owned(), |one| one.id.clone());
            match step {
                Step::Ask(who, which) => {
                    let which: Vec<usize> = (0..3).filter(|one| which[*one]).collect();
                    let wish = Request {
                        customer: "BAKE".to_owned(),
                        subscriptions: which.iter().map(|one| CODES[*one].to_owned()).collect(),
                        partner: None,
                    };
                    let expected = model.ask(who, &which);
                    let came = carry_out(&hub, by(who), &wish);
                    prop_assert_eq!(came.is_ok(), expected.is_ok(), "{:?} of {:?}: {:?}", wish, model, came);
                    if let (Ok(done), Ok(there)) = (came, expected) {
                        prop_assert_eq!(done.changed, there.is_none());
                        if there.is_none() {
                            let until = now + 30 * 86_400;
                            model.asked.push(Asked { id: done.answer.code, target: who, which, until, status: "pending" });
                        }
                    }
                }
                Step::Accept(who, place) => {
                    let came = carry_out(&hub, by(who), &Accept { transfer: id(place) });
                    prop_assert_eq!(came.is_ok(), model.answer(who, place, (false, "accepted")), "{:?}", came);
                }
                Step::Reject(who, place) => {
                    let came = carry_out(&hub, by(who), &Reject { transfer: id(place) });
                    prop_assert_eq!(came.is_ok(), model.answer(who, place, (false, "rejected")), "{:?}", came);
                }
                Step::Cancel(who, place) => {
                    let came = carry_out(&hub, by(who), &Cancel { transfer: id(place) });
                    prop_assert_eq!(came.is_ok(), model.answer(who, place, (true, "cancelled")), "{:?}", came);
                }
            }
            let owners: BTreeMap<&str, i64> = CODES.iter().zip(model.owners).map(|(code, owner)| (*code, i64::try_from(owner).unwrap() + 1)).collect();
            for (code, owner) in owners {
                let sql = format!("SELECT partner_id FROM subscription WHERE code = '{code}'");
                prop_assert_eq!(count(&hub.store(), &sql), owner, "{} in {:?}", code, model);
            }
        }
    });
}
