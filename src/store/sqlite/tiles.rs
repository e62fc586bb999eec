//! Sums over many entitlements, made by the store: for the report's first part.

use super::Read;
use super::scope::{Conditions, Days, Reach, Scope, active};
use super::usage::total_on;
use crate::domain::contract::PackageStatus;
use crate::domain::entitlement::{AllowanceKind, Service, Unit};
use crate::domain::{Day, Quantity};
use crate::error::Result;
use rusqlite::Row;
use std::collections::BTreeMap;

/// What entitlements of one service, unit, kind of allowance and package status have in common.
pub type HeapKey = (Service, Option<Unit>, AllowanceKind, PackageStatus);

/// Their sums.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Heap {
    /// How many entitlements.
    pub entitlements: i64,
    /// Sum of what is allowed; zero unless limited.
    pub allowance: Quantity,
    /// What the chosen workspaces consumed.
    pub here: Quantity,
    /// What all workspaces consumed.
    pub everyone: Quantity,
    /// The first of the packages' last days, and how many days are left until then.
    pub soonest_end: Option<(Day, i32)>,
}

impl Heap {
    /// Puts another one on top.
    pub fn add(&mut self, other: &Self) {
        self.entitlements += other.entitlements;
        self.allowance += other.allowance;
        self.here += other.here;
        self.everyone += other.everyone;
        self.soonest_end = [self.soonest_end, other.soonest_end].into_iter().flatten().min();
    }
}

impl Read<'_> {
    /// The sums over all entitlements in scope.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn heaps(&self, scope: &Scope, days: &Days) -> Result<BTreeMap<HeapKey, Heap>> {
        let mut heaps = self.allowed(scope, days)?;
        self.add_consumed(scope, days, &mut heaps)?;
        Ok(heaps)
    }

    fn allowed(&self, scope: &Scope, days: &Days) -> Result<BTreeMap<HeapKey, Heap>> {
        let mut on = Conditions::default();
        let day = on.day(days);
        scope.demand(&mut on, &day);
        let sql = format!(
            "SELECT e.service, e.unit, e.allowance, {} AS active, count(*) AS entitlements,
               ifnull(sum(e.quantity), 0) AS allowed, min(p.ends_on) AS soonest, min(p.ends_on - {day}) AS days_left
             FROM {}{} GROUP BY 1, 2, 3, 4",
            active(&day),
            places(scope, days),
            on.clause()
        );
        let mut statement = self.conn.prepare_cached(&sql)?;
        let rows = statement.query_map(on.values(), |row| {
            let heap = Heap {
                entitlements: row.get("entitlements")?,
                allowance: row.get("allowed")?,
                soonest_end: Some((row.get("soonest")?, row.get("days_left")?)),
                ..Heap::default()
            };
            Ok((key(row)?, heap))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn add_consumed(&self, scope: &Scope, days: &Days, heaps: &mut BTreeMap<HeapKey, Heap>) -> Result<()> {
        let mut on = Conditions::default();
        let day = on.day(days);
        scope.demand(&mut on, &day);
        let consumed = total_on(&day);
        let here = match &scope.reach {
            Reach::Workspaces(keys) => {
                let keys = on.bind_keys(keys);
                format!("ifnull(sum(CASE WHEN t.workspace_id IN {keys} THEN {consumed} END), 0)")
            }
            _ => "NULL".to_owned(),
        };
        let sql = format!(
            "SELECT e.service, e.unit, e.allowance, {} AS active, sum({consumed}) AS everyone, {here} AS here
             FROM {} JOIN ledger_total t ON t.entitlement_id = e.id{} GROUP BY 1, 2, 3, 4",
            active(&day),
            places(scope, days),
            on.clause()
        );
        let mut statement = self.conn.prepare_cached(&sql)?;
        let mut rows = statement.query(on.values())?;
        while let Some(row) = rows.next()? {
            let heap = heaps.entry(key(row)?).or_default();
            heap.everyone = row.get("everyone")?;
            heap.here = row.get::<_, Option<Quantity>>("here")?.unwrap_or(heap.everyone);
        }
        Ok(())
    }
}

/// Only the tables that the scope asks something of: each one more is a look-up per entitlement.
fn places(scope: &Scope, days: &Days) -> String {
    let mut places = "package p JOIN entitlement e ON e.package_id = p.id".to_owned();
    let zones = matches!(days, Days::ByZone(_));
    if zones || scope.contract.is_some() {
        places += " JOIN schedule s ON s.id = p.schedule_id";
    }
    if zones {
        places += " JOIN contract c ON c.id = s.contract_id";
    }
    places
}

fn key(row: &Row<'_>) -> rusqlite::Result<HeapKey> {
    let status = if row.get("active")? {
        PackageStatus::Active
    } else {
        PackageStatus::Inactive
    };
    Ok((
        row.get("service")?,
        row.get("unit")?,
        row.get("allowance")?,
        status,
    ))
}
