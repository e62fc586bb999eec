//! Sums over many entitlements, made by the store: for the report's first part.

use super::Read;
use super::scope::{Conditions, Days, Reach, Scope, active};
use super::usage::total_on;
use crate::domain::contract::PackageStatus;
use crate::domain::entitlement::{AllowanceKind, Service, Unit};
use crate::domain::{Day, Quantity};
use crate::error::Result;
use crate::store::engine::{self, Row};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What entitlements of one service, unit, kind of allowance and package status have in common.
pub type HeapKey = (Service, Option<Unit>, AllowanceKind, PackageStatus);

/// Their sums.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
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
    /// The caller sees only a part of what was used.
    pub partial: bool,
}

impl Heap {
    /// Puts another one on top.
    pub fn add(&mut self, other: &Self) {
        self.entitlements += other.entitlements;
        self.allowance += other.allowance;
        self.here += other.here;
        self.everyone += other.everyone;
        self.soonest_end = [self.soonest_end, other.soonest_end].into_iter().flatten().min();
        self.partial |= other.partial;
    }
}

impl Read<'_> {
    /// The sums over all entitlements in scope. They are added up here, row by row: a `GROUP BY` would sort
    /// all of them first, which costs more than reading them.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn heaps(&self, scope: &Scope, days: &Days) -> Result<BTreeMap<HeapKey, Heap>> {
        let mut on = Conditions::default();
        let day = on.day(days);
        scope.demand(&mut on, &day);
        let consumed = total_on(&day);
        let sum = format!(
            "SELECT CAST(sum({consumed}) AS bigint) FROM ledger_total t WHERE t.entitlement_id = e.id"
        );
        let here = match &scope.reach {
            Reach::Workspaces(keys) => {
                let keys = on.bind_keys(keys);
                format!("ifnull(({sum} AND t.workspace_id IN {keys}), 0)")
            }
            _ => "NULL".to_owned(),
        };
        let sql = format!(
            "SELECT e.service, e.unit, e.allowance, {} AS active, ifnull(e.quantity, 0), p.ends_on, p.ends_on - {day},
               ifnull(({sum}), 0), {here}, EXISTS (SELECT 1 FROM partial_package y WHERE y.id = p.id) FROM {}{}",
            active(&day),
            places(scope, days),
            on.clause()
        );
        let mut statement = self.conn.prepare_cached(&sql)?;
        let mut rows = statement.query(on.values())?;
        let mut heaps = BTreeMap::new();
        while let Some(ref row) = rows.next()? {
            heaps
                .entry(key(row)?)
                .or_insert_with(Heap::default)
                .add(&heap(row)?);
        }
        Ok(heaps)
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

/// By place, not by name: this runs once for every entitlement in scope.
fn key(row: &Row<'_>) -> engine::Result<HeapKey> {
    let status = if row.get(3)? {
        PackageStatus::Active
    } else {
        PackageStatus::Inactive
    };
    Ok((row.get(0)?, row.get(1)?, row.get(2)?, status))
}

fn heap(row: &Row<'_>) -> engine::Result<Heap> {
    let everyone: Quantity = row.get(7)?;
    Ok(Heap {
        entitlements: 1,
        allowance: row.get(4)?,
        here: row.get::<_, Option<Quantity>>(8)?.unwrap_or(everyone),
        everyone,
        soonest_end: Some((row.get(5)?, row.get(6)?)),
        partial: row.get(9)?,
    })
}
