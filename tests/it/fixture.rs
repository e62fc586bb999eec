//! Stores filled through the library, for tests that need more than commands can make.

use crate::harness::Sandbox;
use servhub::domain::{Day, Instant, Quantity};
use servhub::error::Result;
use servhub::hub::{Change, Context, Done, Hub, Mode, Route, Writing};
use servhub::policy::{Actor, needs::MaintainStore};
use servhub::store::Db;
use servhub::store::sqlite::NewEntry;
use std::path::Path;

/// A hub on the store at `path`.
pub fn hub(path: &Path) -> Hub {
    let context = Context {
        actor: Actor::Operator("anna".to_owned()),
        now: Instant::from_seconds(1_790_000_000),
        as_of: None,
        reason: Some("because".to_owned()),
        ticket: Some("T-7".to_owned()),
        origin: "test".to_owned(),
    };
    Hub::local(Db::open(path).unwrap(), context)
}

/// The least change there is: a source gets a name, and the record says so.
#[derive(serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
pub struct Touch {
    pub name: String,
    pub recorded: bool,
}

impl Change for Touch {
    const NAME: &'static str = "test.touch";
    const ROUTE: Route = Route::post("/test-touches");
    type Needs = MaintainStore;
    type Answer = ();

    fn change(&self, at: &mut Writing<'_, MaintainStore>) -> Result<()> {
        at.source(&self.name)?;
        if self.recorded {
            at.record(&format!("source:{}", self.name), None, Some(&self.name))?;
        }
        Ok(())
    }
}

pub fn touch(path: &Path, name: &str) -> Result<Done<()>> {
    hub(path).carry_out(
        &Touch {
            name: name.to_owned(),
            recorded: true,
        },
        Mode::Apply,
    )
}

/// One delivery of 1.5 hours on the first entitlement of [`small_hub`], recorded as `ledger record` does it.
#[derive(serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
pub struct Deliver {
    pub key: String,
}

impl Change for Deliver {
    const NAME: &'static str = "test.deliver";
    const ROUTE: Route = Route::post("/test-deliveries");
    type Needs = MaintainStore;
    type Answer = i64;

    fn change(&self, at: &mut Writing<'_, MaintainStore>) -> Result<i64> {
        let entry = NewEntry {
            entitlement_id: 1,
            workspace_id: 1,
            delivered_on: Day::from_number(20_100),
            quantity: Quantity::from_hundredths(150),
            reference: Some("R-1"),
            note: None,
            source_id: at.source("test")?,
            source_key: &self.key,
            recording_id: at.recording("anna", at.context().now)?,
            late: false,
            corrects: None,
            draw: None,
        };
        let id = at.append(&entry)?;
        at.record(&format!("ledger:{id}"), None, Some(&entry))?;
        Ok(id)
    }
}

pub fn deliver(path: &Path, key: &str) {
    hub(path)
        .carry_out(&Deliver { key: key.to_owned() }, Mode::Apply)
        .unwrap();
}

/// A store with so many audit records.
pub fn with_records(sandbox: &Sandbox, count: usize) {
    for number in 1..=count {
        touch(&sandbox.store(), &format!("source {number}")).unwrap();
    }
}

/// Runs SQL past the program, as someone with the file in hand could.
pub fn tamper(path: &Path, sql: &str) {
    crate::database::raw(path).execute_batch(sql).unwrap();
}

pub fn count(path: &Path, sql: &str) -> i64 {
    let conn = crate::database::raw(path);
    conn.query_row(sql, [], |row| row.get(0)).unwrap()
}

/// One customer with contracts, a package, two entitlements and a default workspace, by plain SQL.
pub fn small_hub(path: &Path) {
    drop(hub(path));
    tamper(
        path,
        "INSERT INTO customer (id, code, name) VALUES (1, 'TATRA', 'Tatra Banka'), (2, 'LODZ', 'Łódź Tkaniny');
         INSERT INTO contract (id, customer_id, number, kind, plan, starts_on, ends_on) VALUES
           (1, 1, '0012345678', 'unified', 'Core', 20000, 21000), (2, 1, '0012345679', 'premier', NULL, 18000, 18500),
           (3, 2, '0099000001', 'unified', 'Łuk; |pipe| \"q\" 界', 20500, 20800);
         INSERT INTO schedule (id, contract_id, code, kind, starts_on, ends_on) VALUES (1, 1, 'S-1', 'base', 20000, 21000);
         INSERT INTO package (id, schedule_id, code, name, kind, starts_on, ends_on)
           VALUES (1, 1, 'P-1', 'Core', 'enterprise-wide', 20000, 21000);
         INSERT INTO entitlement (id, package_id, code, service, category, allowance, quantity, unit, description)
           VALUES (1, 1, 'E-1', 'proactive', 'consumable', 'limited', 10000, 'hours', 'Workshops'),
                  (2, 1, 'E-2', 'advisory', 'consumable', 'as-needed', NULL, 'hours', 'Advice');
         INSERT INTO workspace (id, customer_id, code, name, is_default) VALUES (1, 1, 'W-TATRA', 'Tatra all', 1);
         INSERT INTO workspace_contract VALUES (1, 1);
         INSERT INTO workspace_package VALUES (1, 1, 20000);",
    );
}
