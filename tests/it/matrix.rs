//! Every operation, run by a holder of every role, aimed at every kind of place: what comes of it stands in
//! `tests/golden/access.csv`, and a cell that changes shows in its diff. `SERVHUB_UPDATE=1` writes it anew.
//! The same ways to run the changes serve the fault injection in `matrix/faults.rs`.
//!
//! To add an operation: put its type into `src/hub/operations.rs`, and a row into `matrix/rows.rs`:
//!
//! ```text
//! list("", |_| thing::List::default()),                       // a list: is anything of the place in it?
//! question("case", |place| thing::Show { case: place.case.clone() }),
//! change("case", |place| thing::Close { case: place.case.clone() }),
//! ```
//!
//! The first text tells several ways to run the same operation apart. A row must do its work when the operator
//! runs it at each of the three places, and a change must change something there. A row that needs more than
//! a value (a file, a borrowed list) is made with `row`. What [`place::Place`] does not have yet is put there
//! under a name that ends in the place's tag: by that an answer is searched for what it shows.
//!
//! The columns: `own` is the workspace for which the role was given (or, for the provider's people, their
//! contract); then another workspace of the same customer, under a contract that names others; then another
//! customer; and last the own place again, asked by someone whose membership with this very role is not
//! active. Every place has a partner that serves its customer: for the people of one, the second column is
//! another partner that serves the same customer (G-2). The cells: `allowed`, `empty` for a list without anything of the place, `refused` (exit code 4),
//! `not-there` (3).

mod agents;
mod definition;
mod faults;
mod holders;
mod partner;
mod place;
mod rows;
mod tenant;
mod told;

use crate::generated::{agree, files};
use crate::harness::{Sandbox, repository};
use holders::Holder;
use place::Place;
use rows::{At, Row, Seen, rows};
use servhub::error::{Error, Kind, Result, codes};
use servhub::hub::operations::OPERATIONS;
use servhub::hub::{Hub, Mode};
use std::collections::BTreeSet;
use std::fmt::Write;

/// The word for what came of an operation.
fn word(came: &Result<Seen>) -> &'static str {
    match came {
        Ok(Seen::Listed(false)) => "empty",
        Ok(_) => "allowed",
        Err(error) => match error.kind() {
            // The one rule about people that is none of permissions: whose code it is (R-2).
            _ if error.code == &codes::INVITATION => "refused",
            Kind::NotFound => "not-there",
            Kind::Denied => "refused",
            // It ran, and a rule that is not about people ended it.
            Kind::Refused => "allowed",
            // It was let in, and found no file to copy.
            Kind::Usage if error.message.contains("a backup copies a file") => "allowed",
            other => panic!("{other:?}: {error}"),
        },
    }
}

/// The organisation with everyone in it.
struct World {
    sandbox: Sandbox,
    places: Vec<Place>,
    holders: Vec<Holder>,
}

impl World {
    fn new() -> Self {
        let sandbox = Sandbox::new();
        let places = place::organisation(&sandbox);
        std::fs::create_dir(sandbox.path("files")).unwrap();
        let conn = crate::database::raw(&sandbox.store());
        let holders = holders::everyone(&conn, &places);
        Self {
            sandbox,
            places,
            holders,
        }
    }

    /// The hub as an account finds it.
    fn hub(&self, account: Option<&str>) -> Hub {
        let hub = place::hub(&self.sandbox.store());
        match account {
            Some(account) => hub.on_behalf_of(account).unwrap(),
            None => hub,
        }
    }

    fn run(&self, row: &Row, hub: &mut Hub, place: &Place) -> Result<Seen> {
        (row.run)(&mut At {
            hub,
            place,
            mode: Mode::DryRun,
            folder: &self.sandbox.path("files"),
        })
    }

    /// A holder's cells for all rows.
    fn cells(&self, rows: &[Row], holder: &Holder) -> Vec<String> {
        let mut hub = self.hub(holder.account.as_deref());
        let mut inactive = holder.inactive.as_deref().map(|account| self.hub(Some(account)));
        let cells = |row: &Row| {
            if row.by.is_some() && holder.account.is_none() {
                return ["-"; 4].join(",");
            }
            let mut words: Vec<&str> = self
                .places
                .iter()
                .map(|place| word(&self.run(row, &mut hub, place)))
                .collect();
            let inactive = inactive.as_mut();
            words.push(inactive.map_or("-", |hub| word(&self.run(row, hub, &self.places[0]))));
            words.join(",")
        };
        rows.iter().map(cells).collect()
    }
}

/// The cells of every holder. The halves have a store each, because changes wait for one another.
fn all_cells(world: &World, rows: &[Row]) -> Vec<Vec<String>> {
    let middle = world.holders.len() / 2;
    std::thread::scope(|scope| {
        let second = scope.spawn(|| {
            let world = World::new();
            let holders = &world.holders[middle..];
            holders
                .iter()
                .map(|holder| world.cells(rows, holder))
                .collect::<Vec<_>>()
        });
        let first = world.holders[..middle]
            .iter()
            .map(|holder| world.cells(rows, holder));
        first
            .collect::<Vec<_>>()
            .into_iter()
            .chain(second.join().unwrap())
            .collect()
    })
}

/// Rules: R-1 R-2 R-3 R-4 R-5 V-4 V-5
#[test]
fn who_may_do_what_where_is_as_committed() {
    let (world, rows) = (World::new(), rows());
    let cells = all_cells(&world, &rows);
    let mut text =
        String::from("operation,aimed at,role,own,same customer,other customer,membership not active\n");
    for (place, row) in rows.iter().enumerate() {
        for (holder, cells) in world.holders.iter().zip(&cells) {
            let (name, aim) = (row.name, row.aim);
            writeln!(text, "{name},{aim},{},{}", holder.name, cells[place]).unwrap();
        }
    }
    agree("tests/golden/access.csv", &text);
}

/// A row that does nothing would say nothing: the operator's does its work everywhere.
///
/// Rules: R-1
#[test]
fn every_row_of_the_matrix_does_its_work() {
    let world = World::new();
    for row in &rows() {
        for place in world.places.iter().filter(|place| row.works_at(place)) {
            let by = row.by.map(|by| by(place));
            let came = world.run(row, &mut world.hub(by.as_deref()), place);
            let done = matches!(
                came,
                Ok(Seen::Answered | Seen::Listed(true) | Seen::Changed(true))
            );
            // A backup copies a file.
            let elsewhere = crate::database::is_wanted() && row.name == "backup";
            let done = done
                || elsewhere
                    && came
                        .as_ref()
                        .is_err_and(|error| error.code == &codes::ONLY_A_FILE);
            assert!(done, "{} {} at {}: {came:?}", row.name, row.aim, place.workspace);
        }
    }
}

/// What the person may not know of answers in the words in which something answers that is not there, and no
/// hint names it.
///
/// Rules: R-5
#[test]
fn what_is_not_for_the_caller_answers_like_what_is_not_there() {
    let (world, rows, nowhere) = (World::new(), rows(), place::nowhere());
    let mut compared = 0;
    let asked = [
        "csam",
        "incident-manager",
        "global-admin",
        "workspace-admin",
        "member",
        "partner-admin",
        "helpdesk-agent",
        "sales-agent",
        "admin-agent of a reseller",
    ];
    for holder in world
        .holders
        .iter()
        .filter(|holder| asked.contains(&holder.name.as_str()))
    {
        let mut hub = world.hub(holder.account.as_deref());
        for place in &world.places {
            for row in &rows {
                let Err(hidden) = world.run(row, &mut hub, place) else {
                    continue;
                };
                if hidden.kind() != Kind::NotFound {
                    continue;
                }
                let what = format!("{} {} by {}", row.name, row.aim, holder.name);
                // What came in at one's own partner is there; the request that it names may not be.
                let missing = match (row.name, place.tag) {
                    ("intake.update", "-OWN") => place.without_requests(&nowhere),
                    // One knows the customer, and not the partner that is named with it.
                    ("agreement.invite" | "agreement.confirm" | "customer.set-support-contact", _)
                        if hidden.message.contains("no partner") =>
                    {
                        Place {
                            customer: place.customer,
                            ..nowhere.clone()
                        }
                    }
                    _ => nowhere.clone(),
                };
                let absent = world.run(row, &mut hub, &missing).expect_err(&what);
                assert_eq!(hidden.code, absent.code, "{what}");
                assert_eq!(
                    place.without_names(&hidden.message),
                    missing.without_names(&absent.message),
                    "{what}"
                );
                assert!(!place.is_in(&hidden.hints), "{what}: {:?}", hidden.hints);
                compared += 1;
            }
        }
    }
    assert!(compared > 40, "only {compared}");
}

/// Whoever was removed is permitted nothing, whatever they held, and whatever a request says of them.
///
/// Rules: R-1 R-2 V-1 V-2 V-3
#[test]
fn whoever_was_removed_holds_nothing() {
    let (world, rows) = (World::new(), rows());
    let own = &world.places[0];
    let members = world.holders.iter().filter(|holder| holder.inactive.is_some());
    let mut accounts: Vec<&str> = members.filter_map(|holder| holder.inactive.as_deref()).collect();
    accounts.push("member-by-V-3@x.example");
    for account in &accounts {
        let sql =
            format!("UPDATE member SET status = 'removed', code_hash = NULL WHERE account = '{account}'");
        world.sandbox.sql(&sql);
    }
    for account in accounts {
        let mut hub = world.hub(Some(account));
        for row in &rows {
            let came = world.run(row, &mut hub, own);
            let what = format!("{} {} by {account}", row.name, row.aim);
            let expected = match row.aim {
                "own code" => "not-there",
                _ => "refused",
            };
            assert_eq!(word(&came), expected, "{what}: {came:?}");
        }
    }
}

/// Rules: R-1
#[test]
fn every_operation_of_the_register_is_in_the_matrix() {
    let due: BTreeSet<&str> = OPERATIONS.iter().map(|operation| operation.name).collect();
    let is: BTreeSet<&str> = rows().iter().map(|row| row.name).collect();
    assert_eq!(due.len(), OPERATIONS.len(), "a name is given twice");
    let missing: Vec<_> = due.difference(&is).collect();
    let strange: Vec<_> = is.difference(&due).collect();
    assert!(
        missing.is_empty() && strange.is_empty(),
        "without a row: {missing:?}; not in src/hub/operations.rs: {strange:?}"
    );
}

/// Rules: R-1
#[test]
fn every_operation_of_the_sources_is_in_the_register() {
    let mut written: Vec<(String, bool)> = Vec::new();
    for file in files(&repository("src"), "rs") {
        written.extend(operations_in(&std::fs::read_to_string(file).unwrap()));
    }
    let mut registered: Vec<(String, bool)> = OPERATIONS
        .iter()
        .map(|operation| (operation.name.to_owned(), operation.changes()))
        .collect();
    written.sort();
    registered.sort();
    assert_eq!(
        written, registered,
        "src/hub/operations.rs and the sources differ"
    );
}

/// The operations that a source file defines, and whether they are changes.
fn operations_in(text: &str) -> Vec<(String, bool)> {
    let mut found = Vec::new();
    let mut changes = None;
    for line in text.lines().map(str::trim) {
        if line.starts_with("impl") && (line.contains(" Query for ") || line.contains(" Export for ")) {
            changes = Some(false);
        } else if line.starts_with("impl") && line.contains(" Change for ") {
            changes = Some(true);
        }
        let name = line.strip_prefix("const NAME: &'static str = \"");
        if let (Some(name), Some(changes)) = (name, changes.take_if(|_| name.is_some())) {
            found.push((name.split('"').next().unwrap().to_owned(), changes));
        }
    }
    found
}

/// Rules: R-1
#[test]
fn the_reader_of_sources_finds_operations() {
    let text = "impl Tabular for Q {\n    const SCHEMA: &'static str = \"s/1\";\n}\nimpl<S: Sink> Query for Q<S> {\n    \
                const NAME: &'static str = \"q.ask\";\n}\nimpl Change for C<'_> {\n    const NAME: &'static str = \"c.do\";\n}\n";
    let found = operations_in(text);
    assert_eq!(found, [("q.ask".to_owned(), false), ("c.do".to_owned(), true)]);
}

/// What is not known is refused before anything else is read: the tables that say who holds what are all there
/// is in this store.
///
/// Rules: R-1
#[test]
fn a_missing_permission_is_refused_before_anything_is_read() {
    let world = World::new();
    strip(&world.sandbox);
    let mut nobody = world.hub(Some("nobody@x.example"));
    let for_all = |name: &str| {
        let operation = OPERATIONS.iter().find(|operation| operation.name == name);
        servhub::policy::roles::EVERYONE.contains(&operation.unwrap().needs)
    };
    for row in rows().iter().filter(|row| !for_all(row.name)) {
        let came = world.run(row, &mut nobody, &world.places[0]);
        let refused = |error: &Error| error.code.id == "E0200";
        assert!(
            came.as_ref().is_err_and(refused),
            "{} {}: {came:?}",
            row.name,
            row.aim
        );
    }
    let operator = world.hub(None);
    let came = operator.ask(&servhub::hub::ledger::List::default());
    assert!(came.is_err(), "the store can still be read");
}

/// Leaves only the tables from which a standing is made.
fn strip(sandbox: &Sandbox) {
    const KEPT: &[&str] = &[
        "member",
        "member_role",
        "administrator",
        "contract",
        "workspace",
        "team",
        "team_member",
        "team_role",
        "partner_person",
        "partner_role",
    ];
    let conn = crate::database::raw(&sandbox.store());
    conn.execute_batch("PRAGMA foreign_keys = OFF").unwrap();
    for table in faults::tables(&conn)
        .iter()
        .filter(|table| !KEPT.contains(&table.as_str()))
        // A change of PostgreSQL begins with the lock of this one.
        .filter(|table| !(crate::database::is_wanted() && *table == "audit_head"))
    {
        conn.execute_batch(&format!("DROP TABLE {table}")).unwrap();
    }
}
