//! Random lives of people and licences against a model that knows nothing of the program (G-6, G-7).

use crate::harness::Sandbox;
use proptest::prelude::*;
use servhub::domain::Instant;
use servhub::domain::tenant::Wish;
use servhub::error::{Kind, Result};
use servhub::hub::{Change, Context, Hub, Mode, Paged, licence, tenant};
use servhub::policy::Actor;
use servhub::store::Db;
use std::collections::BTreeSet;

const DAY: i64 = 86_400;
const PRODUCTS: [&str; 2] = ["Exchange Online", "Microsoft Intune"];
const SEATS: [usize; 2] = [2, 1];

#[derive(Debug, Clone)]
enum Verb {
    Create(usize),
    Delete(usize),
    Restore(usize),
    Assign(usize, BTreeSet<usize>),
    Revoke(usize, BTreeSet<usize>),
    Wait(i64),
}

fn verbs() -> impl Strategy<Value = Vec<Verb>> {
    let who = 0..4_usize;
    let what = || proptest::collection::btree_set(0..2_usize, 1..3);
    let verb = prop_oneof![
        2 => who.clone().prop_map(Verb::Create),
        2 => who.clone().prop_map(Verb::Delete),
        2 => who.clone().prop_map(Verb::Restore),
        4 => (who.clone(), what()).prop_map(|(who, what)| Verb::Assign(who, what)),
        2 => (who, what()).prop_map(|(who, what)| Verb::Revoke(who, what)),
        2 => prop_oneof![Just(1_i64), Just(30 * DAY), 0..20 * DAY].prop_map(Verb::Wait),
    ];
    proptest::collection::vec(verb, 1..40)
}

/// What became of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Came {
    Done,
    Nothing,
    Refused,
    NotThere,
}

#[derive(Debug, Clone, Default)]
struct Person {
    deleted: Option<i64>,
    holds: BTreeSet<usize>,
}

/// Names with what they hold; time is a number.
#[derive(Debug, Default)]
struct Model {
    now: i64,
    people: [Option<Person>; 4],
}

impl Model {
    fn used(&self, product: usize) -> usize {
        let there = self.people.iter().flatten().filter(|one| one.deleted.is_none());
        there.filter(|one| one.holds.contains(&product)).count()
    }

    fn is_gone(&self, who: usize) -> bool {
        let deleted = self.people[who].as_ref().and_then(|one| one.deleted);
        deleted.is_some_and(|at| self.now - at > 30 * DAY)
    }

    fn step(&mut self, verb: &Verb) -> Came {
        match verb {
            Verb::Wait(seconds) => {
                self.now += seconds;
                Came::Nothing
            }
            Verb::Create(who) => match &self.people[*who] {
                Some(one) if one.deleted.is_none() => Came::Nothing,
                Some(_) if !self.is_gone(*who) => Came::Refused,
                _ => {
                    self.people[*who] = Some(Person::default());
                    Came::Done
                }
            },
            Verb::Delete(who) => {
                let (gone, now) = (self.is_gone(*who), self.now);
                match &mut self.people[*who] {
                    Some(one) if one.deleted.is_none() => {
                        one.deleted = Some(now);
                        Came::Done
                    }
                    Some(_) if !gone => Came::Nothing,
                    _ => Came::NotThere,
                }
            }
            Verb::Restore(who) => self.restore(*who),
            Verb::Assign(who, what) => self.assign(*who, what),
            Verb::Revoke(who, what) => {
                let gone = self.is_gone(*who);
                match &mut self.people[*who] {
                    Some(one) if !gone => {
                        let before = one.holds.len();
                        one.holds.retain(|held| !what.contains(held));
                        if one.holds.len() == before {
                            Came::Nothing
                        } else {
                            Came::Done
                        }
                    }
                    _ => Came::NotThere,
                }
            }
        }
    }

    fn restore(&mut self, who: usize) -> Came {
        let Some(person) = self.people[who].clone() else {
            return Came::NotThere;
        };
        if person.deleted.is_none() {
            return Came::Nothing;
        }
        if self.is_gone(who) {
            return Came::Refused;
        }
        let free = |product: &usize| self.used(*product) < SEATS[*product];
        let holds = person.holds.into_iter().filter(free).collect();
        self.people[who] = Some(Person { deleted: None, holds });
        Came::Done
    }

    fn assign(&mut self, who: usize, what: &BTreeSet<usize>) -> Came {
        let person = match &self.people[who] {
            Some(person) if !self.is_gone(who) => person,
            _ => return Came::NotThere,
        };
        if person.deleted.is_some() {
            return Came::Refused;
        }
        let new: BTreeSet<usize> = what.difference(&person.holds).copied().collect();
        if new.is_empty() {
            return Came::Nothing;
        }
        if new.iter().any(|product| self.used(*product) >= SEATS[*product]) {
            return Came::Refused;
        }
        if let Some(person) = &mut self.people[who] {
            person.holds.extend(new);
        }
        Came::Done
    }

    /// Everyone who is there, with what they hold.
    fn told(&self) -> Vec<(String, Vec<String>)> {
        let there = self.people.iter().enumerate().filter_map(|(who, one)| {
            let one = one.as_ref().filter(|one| one.deleted.is_none())?;
            let holds = one.holds.iter().map(|product| PRODUCTS[*product].to_owned());
            Some((account(who), holds.collect()))
        });
        there.collect()
    }
}

fn account(who: usize) -> String {
    format!("p{who}@bakery.example")
}

/// The program at a moment.
struct World {
    sandbox: Sandbox,
    db: Option<Db>,
}

impl World {
    fn new() -> Self {
        let sandbox = Sandbox::new();
        let db = Db::open(&sandbox.store()).unwrap();
        let seats = format!(
            "('S1', 'Exchange Online', {}), ('S2', 'Microsoft Intune', {})",
            SEATS[0], SEATS[1]
        );
        sandbox.sql(&format!(
            "INSERT INTO customer (id, code, name, domain) VALUES (1, 'BAKE', 'Bakery', 'bakery.example');
             INSERT INTO partner (id, code, name, kind, domain) VALUES (1, 'ALPS', 'Alps', 'direct-bill', 'alps.example');
             INSERT INTO subscription (code, customer_id, partner_id, product_id, name, status, quantity, starts_on)
               SELECT v.column1, 1, 1, p.id, v.column1, 'active', v.column3, 20000 FROM (VALUES {seats}) v JOIN product p ON p.name = v.column2;"
        ));
        Self {
            sandbox,
            db: Some(db),
        }
    }

    fn at<T>(&mut self, now: i64, work: impl FnOnce(&mut Hub) -> T) -> T {
        let context = Context {
            actor: Actor::Operator("owner".to_owned()),
            now: Instant::from_seconds(1_795_000_000 + now),
            as_of: None,
            reason: None,
            ticket: None,
            origin: "model".to_owned(),
        };
        let mut hub = Hub::local(self.db.take().unwrap(), context);
        let answer = work(&mut hub);
        self.db = hub.into_store();
        answer
    }

    fn step(&mut self, now: i64, verb: &Verb) -> Came {
        let customer = "BAKE".to_owned();
        let names = |what: &BTreeSet<usize>| what.iter().map(|one| PRODUCTS[*one].to_owned()).collect();
        self.at(now, |hub| match verb {
            Verb::Wait(_) => Came::Nothing,
            Verb::Create(who) => came(
                hub,
                &tenant::Create {
                    customer,
                    account: account(*who),
                    person: Wish {
                        name: Some("P".to_owned()),
                        usage_location: Some("CH".to_owned()),
                        ..Wish::default()
                    },
                },
            ),
            Verb::Delete(who) => came(
                hub,
                &tenant::Delete {
                    customer,
                    accounts: vec![account(*who)],
                },
            ),
            Verb::Restore(who) => came(
                hub,
                &tenant::Restore {
                    customer,
                    accounts: vec![account(*who)],
                },
            ),
            Verb::Assign(who, what) => each(
                hub,
                &licence::Assign {
                    customer,
                    accounts: vec![account(*who)],
                    products: names(what),
                },
            ),
            Verb::Revoke(who, what) => each(
                hub,
                &licence::Revoke {
                    customer,
                    accounts: vec![account(*who)],
                    products: names(what),
                },
            ),
        })
    }

    fn told(&mut self, now: i64) -> Vec<(String, Vec<String>)> {
        let list = tenant::List {
            customer: "BAKE".to_owned(),
            deleted: false,
            paged: Paged::default(),
        };
        let (lines, _) = self.at(now, |hub| hub.ask(&list)).unwrap();
        lines
            .into_iter()
            .map(|line| (line.account, line.licences))
            .collect()
    }

    fn used(&mut self, now: i64) -> Vec<(i64, i64)> {
        let list = licence::List {
            customer: "BAKE".to_owned(),
            user: None,
        };
        let listed = self.at(now, |hub| hub.ask(&list)).unwrap();
        listed
            .products
            .iter()
            .map(|line| (line.bought, line.assigned))
            .collect()
    }
}

fn word(came: Result<bool>) -> Came {
    match came {
        Ok(true) => Came::Done,
        Ok(false) => Came::Nothing,
        Err(error) => match error.kind() {
            Kind::Refused => Came::Refused,
            Kind::NotFound => Came::NotThere,
            _ => panic!("{error:?}"),
        },
    }
}

fn came<C: Change>(hub: &mut Hub, change: &C) -> Came {
    word(hub.carry_out(change, Mode::Apply).map(|done| done.changed))
}

/// One person's outcome stands in the answer.
fn each<C: Change<Answer = Vec<licence::Given>>>(hub: &mut Hub, change: &C) -> Came {
    let done = hub.carry_out(change, Mode::Apply).unwrap();
    match done.answer[0].code.as_deref() {
        None => word(Ok(done.changed)),
        Some("E0110") => Came::NotThere,
        Some("E0560" | "E0576") => Came::Refused,
        Some(other) => panic!("{other}"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    /// Rules: G-6 G-7
    #[test]
    fn people_and_licences_go_as_the_model_says(verbs in verbs()) {
        let (mut model, mut world) = (Model::default(), World::new());
        for verb in verbs {
            let expected = model.step(&verb);
            let came = world.step(model.now, &verb);
            prop_assert_eq!(came, expected, "{:?} at {} in {:?}", verb, model.now, model);
            prop_assert_eq!(world.told(model.now), model.told(), "after {:?}", verb);
            for (bought, assigned) in world.used(model.now) {
                prop_assert!(assigned <= bought, "{assigned} of {bought}");
            }
        }
        // What the trail tells is in one piece, whatever happened.
        world.db = None;
        prop_assert_eq!(world.sandbox.run(["audit", "verify"]).code, 0);
    }
}
