//! The people of customers and their licences, through the real binary.

mod files;
mod licences;
mod model;
mod people;

use crate::harness::{Run, Sandbox, finish};
use crate::partner::{bakery, by};

/// The bakery with people: `eva` and `ivo` are in Switzerland, `ron` has no usage location, and `root` administers.
pub fn shop() -> Sandbox {
    let hub = bakery();
    hub.sql(
        "INSERT INTO customer_person (id, customer_id, account, name, usage_location, administrator) VALUES
           (1, 3, 'eva@bakery.example', 'Eva', 'CH', 0), (2, 3, 'ivo@bakery.example', 'Ivo', 'CH', 0),
           (3, 3, 'ron@bakery.example', 'Ron', NULL, 0), (4, 3, 'root@bakery.example', 'Root', 'CH', 1);",
    );
    hub
}

/// A command as one of the people of `bakery`, at the usual moment.
pub fn run(hub: &Sandbox, who: &str, args: &[&str]) -> Run {
    hub.run(by(who, args))
}

/// The same at another moment.
pub fn at(hub: &Sandbox, when: &str, who: &str, args: &[&str]) -> Run {
    finish(hub.command(by(who, args)).env("SERVHUB_NOW", when))
}

/// Expects a command to end like that, and answers what it said on standard error.
#[track_caller]
pub fn ends(hub: &Sandbox, who: &str, args: &[&str], code: i32) -> String {
    let run = run(hub, who, args);
    assert_eq!(run.code, code, "{who} {args:?}: {run:?}");
    run.stderr
}

/// A listing as the operator sees it, without its header, the lines joined with blanks.
#[track_caller]
pub fn rows(hub: &Sandbox, args: &[&str], columns: &str) -> String {
    let text = hub.ok([args, &["-o", "csv", "--columns", columns]].concat());
    text.lines().skip(1).collect::<Vec<_>>().join(" ")
}

/// Accounts of the people who are there.
pub fn accounts(hub: &Sandbox) -> String {
    let list = ["customer", "user", "list", "--customer", "BAKE"];
    rows(hub, &list, "account").replace("@bakery.example", "")
}

/// Product, bought, assigned and left.
pub fn seats(hub: &Sandbox) -> String {
    let list = ["license", "list", "--customer", "BAKE"];
    rows(hub, &list, "product,bought,assigned,left")
}

/// What someone holds.
pub fn held(hub: &Sandbox, who: &str) -> String {
    let account = format!("{who}@bakery.example");
    let list = ["license", "list", "--customer", "BAKE", "--user", &account];
    rows(hub, &list, "product,state")
}
