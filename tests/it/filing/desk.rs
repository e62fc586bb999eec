//! A hub in which ben may file, and the command with which he does.

use crate::fixture;
use crate::harness::{Run, Sandbox};
use crate::spaces::{acting, works};

/// The options of a request of which nothing is missing but the contact, who is whoever acts.
pub const COMPLETE: &[&str] = &[
    "--title",
    "Boiler leaks",
    "--description",
    "Since six",
    "--product",
    "Steam",
    "--kind",
    "problem-resolution",
    "--severity",
    "B",
];

/// What is looked at of the answer; whether it was filed just now or before is told by another column.
pub const ANSWER: [&str; 4] = ["-o", "csv", "--columns", "request,workspace,title,entitlement"];

/// The steel works, where ben is a support contact of W-1.
pub fn desk() -> Sandbox {
    let hub = works();
    hub.sql("UPDATE member SET support_contact = 1 WHERE account = 'ben@steel.example' AND workspace_id = 1");
    hub
}

/// A request with everything in W-1; what `more` says takes the place of it.
pub fn create(hub: &Sandbox, who: &str, more: &[&str]) -> Run {
    hub.run(create_args(who, more))
}

/// Its arguments.
pub fn create_args(who: &str, more: &[&str]) -> Vec<String> {
    let mut args = vec!["request", "create", "-w", "W-1"];
    args.extend(ANSWER);
    for pair in COMPLETE.chunks(2).filter(|pair| !more.contains(&pair[0])) {
        args.extend(pair);
    }
    args.extend(more);
    acting(who, &args)
}

/// The complete options without one of them.
pub fn without(option: &str) -> Vec<&'static str> {
    let kept = COMPLETE.chunks(2).filter(|pair| pair[0] != option);
    kept.flatten().copied().collect()
}

pub fn count(hub: &Sandbox, sql: &str) -> i64 {
    fixture::count(&hub.store(), sql)
}

/// Requests that were filed here, and how many different titles and numbers they have.
pub fn filed(hub: &Sandbox) -> [i64; 3] {
    let of = |what: &str| {
        count(
            hub,
            &format!("SELECT count({what}) FROM support_case WHERE filed_by IS NOT NULL"),
        )
    };
    [of("*"), of("DISTINCT title"), of("DISTINCT number")]
}

/// A file of so many requests with titles of their own.
pub fn sheet(name: &str, rows: usize) -> String {
    let row = |n| format!("{name} {n},\"Since six,\nor seven\",Steam,problem-resolution,B\n");
    let rows: String = (1..=rows).map(row).collect();
    format!("title,description,product,kind,severity\n{rows}")
}
