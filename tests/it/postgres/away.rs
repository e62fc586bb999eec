//! The database is stopped, slow or cut off while people work: they are told to come again, or the truth; and nothing that was
//! acknowledged is lost or done twice.

use super::load::{Load, Person, is_back, served, works};
use super::proxy::{Proxy, Trap};
use crate::database;
use crate::filing::desk::filed;
use crate::harness::Served;
use std::time::{Duration, Instant};

/// Rules: Q-1 X-1 X-2
#[test]
fn connections_that_are_cut_are_made_anew() {
    let sandbox = works();
    let proxy = Proxy::before(&sandbox.store());
    let hub = served(&sandbox, &proxy.store());
    let load = Load::at(&[&hub], |load| {
        for _ in 0..8 {
            proxy.cut();
            load.goes_on(2);
        }
        proxy.cut();
        is_back(&[&hub], "back", load);
    });
    load.is_all_in(&sandbox);
}

/// Rules: Q-1 X-1 X-2
#[test]
fn a_database_that_refuses_for_a_while_is_used_again() {
    let sandbox = works();
    let proxy = Proxy::before(&sandbox.store());
    let hub = served(&sandbox, &proxy.store());
    let load = Load::at(&[&hub], |load| {
        proxy.refuse();
        load.stands_still(20);
        let told = Person::of(&[&hub]).read("/v1/workspaces/W-1").unwrap();
        assert_eq!((told.status, told.code()), (503, "E0020"), "{told:?}");
        proxy.pass();
        is_back(&[&hub], "back", load);
    });
    load.is_all_in(&sandbox);
}

/// Rules: Q-1 X-1 X-2
#[test]
fn a_database_that_is_slow_is_waited_for() {
    let sandbox = works();
    let proxy = Proxy::before(&sandbox.store());
    let hub = served(&sandbox, &proxy.store());
    let load = Load::at(&[&hub], |load| {
        // A request is dozens of questions, and five wait for one another: this is slow, and far from what is given up.
        proxy.delay(Duration::from_millis(30));
        load.goes_on(1);
        proxy.pass();
        is_back(&[&hub], "back", load);
    });
    load.is_all_in(&sandbox);
}

/// Nobody waits for ever for a database that says nothing, and no thread of the hub is lost to it.
///
/// Rules: Q-1 X-1 X-2
#[test]
fn a_database_that_says_nothing_is_given_up() {
    let sandbox = works();
    let proxy = Proxy::before(&sandbox.store());
    let hub = served(&sandbox, &proxy.store());
    let load = Load::at(&[&hub], |load| {
        proxy.hold();
        load.stands_still(6);
        proxy.pass();
        is_back(&[&hub], "back", load);
    });
    load.is_all_in(&sandbox);
}

/// A question that the database does not come to an end with costs the hub no thread.
#[test]
fn a_question_that_takes_too_long_is_given_up() {
    let sandbox = works();
    let hub = Served::start(&mut sandbox.serving(&["--rehearsal", "--readers", "2", "--patience", "2"]));
    let somebody = Person::of(&[&hub]);
    assert_eq!(somebody.look("/v1/calendars"), 200);
    database::meanwhile(&sandbox.store(), "LOCK TABLE main.workspace", || {
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| assert_eq!(somebody.look("/v1/workspaces/W-1"), 503));
            }
        });
        // Those that nobody waits for any more are over soon, and the table is still not to be had.
        let end = Instant::now() + Duration::from_secs(5);
        while somebody.look("/v1/calendars") != 200 {
            assert!(Instant::now() < end, "no thread is left");
        }
        assert_eq!(somebody.look("/v1/workspaces/W-1"), 503);
    });
    assert_eq!(somebody.look("/v1/workspaces/W-1"), 200);
}

/// Whoever files and hears that nobody knows what became of it asks again with the same key, and has one request.
///
/// Rules: Q-1 X-1
#[test]
fn a_change_that_loses_its_connection_while_it_is_kept_is_asked_again() {
    let sandbox = works();
    let proxy = Proxy::before(&sandbox.store());
    let hub = served(&sandbox, &proxy.store());
    let ben = Person::of(&[&hub]);
    let none = ben.file("first").unwrap();
    assert_eq!(none.status, 200, "{none:?}");
    for (count, trap, is_new) in [(2, Trap::Before, true), (3, Trap::After, false)] {
        let key = format!("{trap:?}");
        proxy.trap(trap);
        let told = ben.file(&key).unwrap();
        assert!(proxy.has_sprung());
        assert_eq!((told.status, told.code()), (503, "E0020"), "{told:?}");
        let detail = told.body["detail"].as_str().unwrap();
        assert!(detail.contains("whether it was is not known"), "{detail}");
        let again = ben.file(&key).unwrap();
        assert_eq!(
            (again.status, &again.body[0]["new"]),
            (200, &is_new.into()),
            "{again:?}"
        );
        assert_eq!(filed(&sandbox), [count; 3]);
    }
    sandbox.ok(["audit", "verify"]);
}
