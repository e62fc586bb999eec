//! Subscriptions over random sequences of steps and days, against a model.

use super::{carry_out, shop};
use proptest::prelude::*;
use servhub::domain::partner::SubscriptionStatus;
use servhub::domain::sold::term::Term;
use servhub::domain::{Day, Instant};
use servhub::hub::subscription::{Cancel, Create, Resume, SetQuantity, SetRenewal, Suspend};
use servhub::store::sqlite::SubscriptionLine;
use std::sync::atomic::{AtomicUsize, Ordering};

const DAY: i64 = 86_400;
const BEGIN: i64 = 1_795_248_000;

#[derive(Debug, Clone, Copy)]
enum Step {
    Suspend,
    Resume,
    Cancel,
    Seats(i64),
    Renewal(bool),
}

/// The rules said another way. Days are numbers; a term is counted on the calendar by hand.
#[derive(Debug, Clone, PartialEq)]
struct Model {
    status: &'static str,
    seats: i64,
    assigned: i64,
    last_day: i64,
    open: i64,
    months: i32,
    renews: bool,
}

fn day(text: &str) -> i64 {
    i64::from(text.parse::<Day>().unwrap().number())
}

/// The last day of a term of so many months that begins on a day.
fn term_end(begins: i64, months: i32) -> i64 {
    let text = Day::from_number(i32::try_from(begins).unwrap()).to_string();
    let part = |range: std::ops::Range<usize>| text[range].parse::<i32>().unwrap();
    let month = part(0..4) * 12 + part(5..7) - 1 + months;
    let (year, month) = (month / 12, month % 12 + 1);
    // The first day of the month that fits, from the end of the longest month.
    let then = (1..=part(8..10)).rev().find_map(|date| {
        let text = format!("{year:04}-{month:02}-{date:02}");
        text.parse::<Day>().ok().map(|_| day(&text))
    });
    then.unwrap() - 1
}

impl Model {
    fn time(&mut self, now: i64) {
        let today = now.div_euclid(DAY);
        while matches!(self.status, "active" | "suspended") && self.last_day < today {
            if self.status == "active" && self.renews {
                let begins = self.last_day + 1;
                self.last_day = term_end(begins, self.months);
                self.open = begins * DAY + 7 * DAY;
            } else {
                self.status = "expired";
            }
        }
    }

    /// What comes of a step: nothing when it is taken, or the code of the refusal.
    fn step(&mut self, step: Step, now: i64) -> Option<&'static str> {
        self.time(now);
        let (alive, open) = (matches!(self.status, "active" | "suspended"), now <= self.open);
        let covered = |left: i64, assigned: i64| left >= assigned;
        match step {
            Step::Suspend if self.status == "suspended" => None,
            Step::Resume if self.status == "active" => None,
            Step::Cancel if self.status == "cancelled" => None,
            Step::Seats(seats) if seats == self.seats => None,
            Step::Renewal(on) if on == self.renews => None,
            _ if !alive => Some("E0560"),
            Step::Suspend => self.becomes("suspended"),
            Step::Resume => self.becomes("active"),
            Step::Seats(_) | Step::Renewal(_) if self.status == "suspended" => Some("E0560"),
            Step::Cancel if !open => Some("E0570"),
            Step::Cancel if self.status == "active" && !covered(0, self.assigned) => Some("E0561"),
            Step::Cancel => self.becomes("cancelled"),
            Step::Seats(seats) if seats < self.seats && !open => Some("E0570"),
            Step::Seats(seats) if seats < self.seats && !covered(seats, self.assigned) => Some("E0561"),
            Step::Seats(seats) => {
                self.seats = seats;
                None
            }
            Step::Renewal(on) => {
                self.renews = on;
                None
            }
        }
    }

    fn becomes(&mut self, status: &'static str) -> Option<&'static str> {
        self.status = status;
        None
    }

    fn is(&self, line: &SubscriptionLine) -> bool {
        line.status.word() == self.status
            && line.seats == self.seats
            && line.auto_renew == self.renews
            && line.ends.map(|day| i64::from(day.number())) == Some(self.last_day)
            && line.cancel_until.map(Instant::seconds) == Some(self.open)
    }
}

fn steps() -> impl Strategy<Value = Vec<(Step, i64)>> {
    let step = prop_oneof![
        Just(Step::Suspend),
        Just(Step::Resume),
        Just(Step::Cancel),
        (1_i64..9).prop_map(Step::Seats),
        (1_i64..9).prop_map(Step::Seats),
        any::<bool>().prop_map(Step::Renewal),
    ];
    // Hours, days, weeks and months go by, and the very ends of windows and terms.
    let wait = prop_oneof![
        0_i64..DAY,
        0..8 * DAY,
        Just(7 * DAY),
        Just(1),
        Just(DAY),
        0..40 * DAY
    ];
    proptest::collection::vec((step, wait), 1..14)
}

static NEXT: AtomicUsize = AtomicUsize::new(0);

/// Rules: G-4
#[test]
fn a_subscription_goes_as_the_model_says() {
    let hub = shop();
    let config = ProptestConfig {
        cases: 48,
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    proptest!(config, |(steps in steps(), renews in any::<bool>(), monthly in any::<bool>(), assigned in 0_i64..4, begin in 0_i64..300)| {
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let (code, product) = (format!("M-{number}"), format!("Product {number}"));
        hub.sql(&format!(
            "INSERT INTO product (name, family) VALUES ('{product}', 'microsoft-365');
             INSERT INTO customer_person (customer_id, account, name)
               SELECT 3, 'm{number}-' || v.column1 || '@bakery.example', 'M' FROM (VALUES (1), (2), (3)) v WHERE v.column1 <= {assigned};
             INSERT INTO licence (customer_id, person_id, product_id)
               SELECT 3, q.id, p.id FROM customer_person q JOIN product p ON p.name = '{product}' WHERE q.account LIKE 'm{number}-%';"
        ));
        let mut now = BEGIN + begin * DAY + 3_600;
        let (term, months) = if monthly { (Term::Month, 1) } else { (Term::Year, 12) };
        let create = Create {
            code: Some(code.clone()),
            customer: "BAKE".to_owned(),
            product,
            seats: 4,
            term: Some(term),
            ends_with_term: !renews,
            ..Create::default()
        };
        let by = |now: i64| ("sid@alps.example", Instant::from_seconds(now));
        let line = carry_out(&hub, by(now), &create).unwrap().answer;
        let mut model = Model {
            status: "active",
            seats: 4,
            assigned,
            last_day: term_end(now.div_euclid(DAY), months),
            open: now + 7 * DAY,
            months,
            renews,
        };
        prop_assert!(model.is(&line), "{line:?} is not {model:?}");
        for (step, wait) in steps {
            now += wait;
            let subscription = code.clone();
            let came = match step {
                Step::Suspend => carry_out(&hub, by(now), &Suspend { subscription }),
                Step::Resume => carry_out(&hub, by(now), &Resume { subscription }),
                Step::Cancel => carry_out(&hub, by(now), &Cancel { subscription }),
                Step::Seats(seats) => carry_out(&hub, by(now), &SetQuantity { subscription, seats }),
                Step::Renewal(auto_renew) => carry_out(&hub, by(now), &SetRenewal { subscription, auto_renew }),
            };
            let expected = model.step(step, now);
            let told = came.as_ref().err().map(|error| error.code.id);
            prop_assert_eq!(told, expected, "{:?} at {}: {:?}", step, now, model);
            if let Ok(done) = came {
                prop_assert!(model.is(&done.answer), "{:?} is not {model:?}", done.answer);
            }
        }
        prop_assert!(SubscriptionStatus::WORDS.contains(&model.status));
    });
}
