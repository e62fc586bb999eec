//! Several hubs on one database.

use super::load::{Load, Person, is_back, served, works};
use crate::database::{self, Bare};
use crate::harness::{Sandbox, Served};
use servhub::store::sqlite::SCHEMA_VERSION;

/// One of two hubs is killed at work: its people go to the other one, and nothing that was acknowledged is lost or done twice.
///
/// Rules: Q-1 X-1 X-2
#[test]
fn one_of_two_is_killed_and_the_other_goes_on() {
    let sandbox = works();
    let store = sandbox.store();
    let [first, second] = [0, 1].map(|_| served(&sandbox, store.to_str().unwrap()));
    let load = Load::at(&[&first, &second], |load| {
        // Both at once, before the end of one of them.
        load.goes_on(20);
        assert!(first.kill());
        is_back(&[&first, &second], "back", load);
        load.goes_on(10);
    });
    load.is_all_in(&sandbox);
}

/// Rules: K-1
#[test]
fn two_hubs_start_at_once_on_an_empty_database() {
    let bare = Bare::new();
    let sandbox = Sandbox::new();
    let hubs: Vec<Served> = std::thread::scope(|scope| {
        let start = || {
            let mut command = sandbox.serving(&[]);
            Served::start(command.env("SERVHUB_STORE", bare.store()))
        };
        let starting = [0, 1].map(|_| scope.spawn(start));
        starting.map(|hub| hub.join().unwrap()).into_iter().collect()
    });
    for hub in &hubs {
        assert_eq!(Person::of(&[hub]).look("/readyz"), 200);
    }
    let version = database::figure(&bare.store(), "SELECT version FROM main.layout");
    assert_eq!(usize::try_from(version).unwrap(), SCHEMA_VERSION);
}
