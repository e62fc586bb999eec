//! What every change promises: recorded or not made, tried out without a trace, one after the other.

use crate::harness::{NOW, Sandbox};
use servhub::domain::Instant;
use servhub::error::{Result, codes};
use servhub::hub::{Change, Context, Hub, Mode, Writing};
use servhub::policy::Actor;
use servhub::policy::needs::ManageWorkspaces;
use servhub::store::Db;
use std::path::Path;

fn hub(store: &Path) -> Hub {
    let context = Context {
        actor: Actor::Operator("tester".to_owned()),
        now: NOW.parse::<Instant>().unwrap(),
        as_of: None,
        reason: None,
        ticket: None,
        origin: "test".to_owned(),
    };
    Hub::local(Db::open(store).unwrap(), context)
}

fn count(store: &Path, sql: &str) -> i64 {
    crate::database::raw(store)
        .query_row(sql, [], |row| row.get(0))
        .unwrap()
}

/// A change that writes a source and, when told to, its record.
#[derive(serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
struct Touch {
    name: String,
    records: bool,
}

impl Change for Touch {
    const NAME: &'static str = "test.touch";
    const ROUTE: servhub::hub::Route = servhub::hub::Route::post("/test-touches");
    type Needs = ManageWorkspaces;
    type Answer = ();

    fn change(&self, at: &mut Writing<'_, ManageWorkspaces>) -> Result<()> {
        at.source(&self.name)?;
        if self.records {
            at.record("source:x", None, Some(&self.name))
        } else {
            Ok(())
        }
    }
}

fn touch(name: &str) -> Touch {
    Touch {
        name: name.to_owned(),
        records: true,
    }
}

/// Rules: X-1
#[test]
fn a_change_without_its_record_is_not_made() {
    let sandbox = Sandbox::new();
    let mut hub = hub(&sandbox.store());
    let error = hub
        .carry_out(
            &Touch {
                records: false,
                ..touch("a")
            },
            Mode::Apply,
        )
        .unwrap_err();
    assert_eq!(error.code, &codes::UNRECORDED_CHANGE);
    assert_eq!(count(&sandbox.store(), "SELECT count(*) FROM source"), 0);
    hub.carry_out(&touch("a"), Mode::Apply).unwrap();
    assert_eq!(count(&sandbox.store(), "SELECT count(*) FROM source"), 1);
}

/// Rules: X-1
#[test]
fn when_the_record_cannot_be_written_the_change_is_not_made() {
    let sandbox = Sandbox::new();
    let mut hub = hub(&sandbox.store());
    sandbox
        .sql("CREATE TRIGGER broken BEFORE INSERT ON audit BEGIN SELECT raise(ABORT, 'no more room'); END;");
    let error = hub.carry_out(&touch("a"), Mode::Apply).unwrap_err();
    assert!(error.to_string().contains("no more room"), "{error}");
    assert_eq!(count(&sandbox.store(), "SELECT count(*) FROM source"), 0);
}

/// Rules: K-8
#[test]
fn a_dry_run_does_all_of_it_and_keeps_none() {
    let sandbox = Sandbox::new();
    let mut hub = hub(&sandbox.store());
    assert!(hub.carry_out(&touch("a"), Mode::DryRun).unwrap().changed);
    assert_eq!(count(&sandbox.store(), "SELECT count(*) FROM source"), 0);
    assert_eq!(count(&sandbox.store(), "SELECT count(*) FROM audit"), 0);
}

/// Rules: X-2 L-1
#[test]
fn ledger_and_audit_trail_are_append_only() {
    let sandbox = Sandbox::new();
    hub(&sandbox.store()).carry_out(&touch("a"), Mode::Apply).unwrap();
    let store = crate::database::raw(&sandbox.store());
    store.execute_batch("PRAGMA foreign_keys = OFF; INSERT INTO ledger (entitlement_id, workspace_id, delivered_on, quantity, source_id, source_key, recording_id) VALUES (1, 1, 1, 100, 1, 'k', 1);").unwrap();
    for sql in [
        "UPDATE ledger SET quantity = 200",
        "DELETE FROM ledger",
        "UPDATE audit SET actor = 'x'",
        "DELETE FROM audit",
    ] {
        let error = store.execute(sql, []).unwrap_err().to_string();
        assert!(error.contains("append-only"), "{sql}: {error}");
    }
}

/// Eight writers, each with a connection of its own, none of which may see a locked store; the audit chain
/// that they all append to stays whole.
/// Rules: X-2
#[test]
fn eight_writers_at_once_wait_for_each_other() {
    let sandbox = Sandbox::new();
    let store = sandbox.store();
    std::thread::scope(|scope| {
        for writer in 0..8 {
            let store = &store;
            scope.spawn(move || {
                let mut hub = hub(store);
                for number in 0..25 {
                    hub.carry_out(&touch(&format!("{writer}/{number}")), Mode::Apply)
                        .unwrap();
                }
            });
        }
    });
    assert_eq!(count(&store, "SELECT count(*) FROM source"), 200);
    assert_eq!(count(&store, "SELECT count(DISTINCT hash) FROM audit"), 200);
    assert_eq!(count(&store, "SELECT id FROM audit_head"), 200);
}
