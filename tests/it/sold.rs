//! What partners sell: subscriptions and their terms, transfers, and Azure reservations (G-4, G-5, G-12).

mod buying;
mod cycles;
mod files;
mod reservations;
mod seats;
mod transfers;

use crate::harness::{Run, Sandbox, finish};
use crate::partner::{bakery, by};
use servhub::domain::Instant;
use servhub::error::Result;
use servhub::hub::{Change, Context, Done, Hub, Mode};
use servhub::policy::Actor;
use servhub::store::Db;

/// The bakery, whose agreement is on record, and which holds a reservation of each of the partners ALPS and RIVAL.
pub fn shop() -> Sandbox {
    let hub = bakery();
    hub.sql(
        "INSERT INTO agreement (customer_id, template_id, status, partner_id, first_name, last_name, mail, agreed_on)
           SELECT 3, id, 'confirmed', 1, 'Gina', 'Brot', 'gina@bakery.example', 20500 FROM agreement_template
           WHERE version = 2 AND region = 'europe' AND language = 'en' AND customer_type = 'corporate' AND audience = 'direct';
         INSERT INTO reservation (code, customer_id, partner_id, name, sku, quantity, term, currency, paid, starts_at, ends_at, status)
           VALUES ('RES-A', 3, 1, 'Web servers', 'D4s', 4, 'P1Y', 'USD', 1000001, 1795248000, 1826784000, 'active'),
                  ('RES-B', 3, 1, 'Database', 'Gen5', 1, 'P3Y', 'EUR', 900000, 1764547200, 1859155200, 'active'),
                  ('RES-R', 3, 2, 'Rivalry', 'D8s', 1, 'P1Y', 'USD', 500000, 1795248000, 1826784000, 'active');",
    );
    hub
}

/// A command as a person runs it at a moment.
pub fn at(hub: &Sandbox, when: &str, who: &str, args: &[&str]) -> Run {
    finish(hub.command(by(who, args)).env("SERVHUB_NOW", when))
}

/// The same, which succeeds; answers the only row with these columns.
#[track_caller]
pub fn done(hub: &Sandbox, when: &str, who: &str, args: &[&str], columns: &str) -> String {
    let run = at(
        hub,
        when,
        who,
        &[args, &["-o", "csv", "--columns", columns]].concat(),
    );
    assert_eq!(run.code, 0, "{args:?}: {run:?}");
    run.stdout.lines().nth(1).unwrap_or_default().to_owned()
}

/// It was refused so, and said each part.
#[track_caller]
pub fn refused(run: &Run, code: &str, parts: &[&str]) {
    assert!(matches!(run.code, 2..=5), "{run:?}");
    for part in [&[code], parts].concat() {
        assert!(run.stderr.contains(part), "\"{part}\" is not in: {}", run.stderr);
    }
}

/// Carries a change out as a person at a moment, past the command line.
pub fn carry_out<C: Change>(
    hub: &Sandbox,
    (account, now): (&str, Instant),
    change: &C,
) -> Result<Done<C::Answer>> {
    let context = Context {
        actor: Actor::Person {
            account: account.to_owned(),
            by: None,
        },
        now,
        as_of: None,
        reason: None,
        ticket: None,
        origin: "model".to_owned(),
    };
    Hub::local(Db::open(&hub.store()).unwrap(), context).carry_out(change, Mode::Apply)
}
