//! Which part of the store a report looks at, as SQL. Conditions are added only for what was asked, so
//! that each question can use its index.

use super::Read;
use crate::domain::Day;
use crate::domain::contract::{PackageKind, PackageStatus};
use crate::domain::entitlement::Service;
use crate::error::Result;
use crate::store::engine;
use rusqlite::types::Value;

/// The workspaces a report looks at.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Reach {
    /// Everything there is, attached to a workspace or not.
    #[default]
    Everything,
    /// What is attached to any workspace (C-3).
    Attached,
    /// What is attached to these (C-3).
    Workspaces(Vec<i64>),
}

/// Which packages and entitlements a report looks at.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Scope {
    /// The workspaces.
    pub reach: Reach,
    /// Key of the only contract.
    pub contract: Option<i64>,
    /// Key of the only package.
    pub package: Option<i64>,
    /// The only kind of package.
    pub kind: Option<PackageKind>,
    /// The only status of package on the day (C-4).
    pub status: Option<PackageStatus>,
    /// The only services; empty means all.
    pub services: Vec<Service>,
    /// Key of the only entitlement.
    pub entitlement: Option<i64>,
}

/// The day asked about. Today is another day in another contract's zone (T-1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Days {
    /// The same day everywhere.
    One(Day),
    /// A day for each time zone that occurs.
    ByZone(Vec<(String, Day)>),
}

/// A growing list of conditions and the values they bind.
#[derive(Debug, Default)]
pub(super) struct Conditions {
    sql: Vec<String>,
    values: Vec<Value>,
}

impl Conditions {
    /// Binds a value and answers its place.
    pub(super) fn bind(&mut self, value: impl Into<Value>) -> String {
        self.values.push(value.into());
        format!("?{}", self.values.len())
    }

    /// Binds a list of keys and answers the query that unfolds it.
    pub(super) fn bind_keys(&mut self, keys: &[i64]) -> String {
        let list: Vec<String> = keys.iter().map(i64::to_string).collect();
        let place = self.bind(format!("[{}]", list.join(",")));
        format!("(SELECT value FROM json_each({place}))")
    }

    /// Adds a condition.
    pub(super) fn require(&mut self, condition: String) {
        self.sql.push(condition);
    }

    /// Adds `column operator value`, when there is a value.
    pub(super) fn compare(&mut self, left: &str, value: Option<impl Into<Value>>) {
        if let Some(value) = value {
            let place = self.bind(value);
            self.require(format!("{left} {place}"));
        }
    }

    /// Binds a day; an engine that asks for the type of a place is told.
    pub(super) fn bind_day(&mut self, day: Day) -> String {
        format!("CAST({} AS integer)", self.bind(i64::from(day.number())))
    }

    /// The day asked about, for the contract `c`.
    pub(super) fn day(&mut self, days: &Days) -> String {
        match days {
            Days::One(day) => self.bind_day(*day),
            Days::ByZone(zones) if zones.is_empty() => "CAST(NULL AS integer)".to_owned(),
            Days::ByZone(zones) => {
                let cases = zones.iter().map(|(zone, day)| {
                    let (zone, day) = (self.bind(zone.clone()), self.bind_day(*day));
                    format!(" WHEN {zone} THEN {day}")
                });
                format!("(CASE c.time_zone{} END)", cases.collect::<String>())
            }
        }
    }

    /// ` WHERE ...`, or nothing.
    pub(super) fn clause(&self) -> String {
        if self.sql.is_empty() {
            return String::new();
        }
        format!(" WHERE {}", self.sql.join(" AND "))
    }

    /// The values, in the order of their places.
    pub(super) fn values(&self) -> engine::ParamsFromIter<&Value> {
        engine::params_from_iter(&self.values)
    }
}

/// Whether the package `p` may be used on a day (C-4), as the domain's `package_status` says it.
pub(super) fn active(day: &str) -> String {
    format!(
        "(p.starts_on <= {day} AND p.ends_on >= {day} AND (p.deactivated_on IS NULL OR p.deactivated_on > {day}))"
    )
}

impl Scope {
    /// Adds what the scope demands of a package `p` with its schedule `s`, and of its entitlement `e`.
    pub(super) fn demand(&self, on: &mut Conditions, day: &str) {
        match &self.reach {
            Reach::Everything => {}
            Reach::Attached => {
                on.require("EXISTS (SELECT 1 FROM workspace_package a WHERE a.package_id = p.id)".to_owned())
            }
            Reach::Workspaces(keys) => {
                let keys = on.bind_keys(keys);
                on.require(format!(
                    "p.id IN (SELECT package_id FROM workspace_package WHERE workspace_id IN {keys})"
                ));
            }
        }
        on.compare("s.contract_id =", self.contract);
        on.compare("p.id =", self.package);
        on.compare("p.kind =", self.kind.map(|kind| kind.word().to_owned()));
        on.compare("e.id =", self.entitlement);
        if let Some(status) = self.status {
            let not = if status == PackageStatus::Active {
                ""
            } else {
                "NOT "
            };
            on.require(format!("{not}{}", active(day)));
        }
        if !self.services.is_empty() {
            let words = self
                .services
                .iter()
                .map(|service| on.bind(service.word().to_owned()));
            let words: Vec<String> = words.collect();
            on.require(format!("e.service IN ({})", words.join(", ")));
        }
    }

    /// Keys of the contracts in scope as a query; none when all are.
    pub(super) fn contract_keys(&self, on: &mut Conditions) -> Option<String> {
        if let Some(contract) = self.contract {
            return Some(format!("({})", on.bind(contract)));
        }
        if let Some(package) = self.package {
            let place = on.bind(package);
            return Some(format!(
                "(SELECT s.contract_id FROM package p JOIN schedule s ON s.id = p.schedule_id WHERE p.id = {place})"
            ));
        }
        let Reach::Workspaces(keys) = &self.reach else {
            return None;
        };
        let keys = on.bind_keys(keys);
        Some(format!(
            "(SELECT contract_id FROM workspace_contract WHERE workspace_id IN {keys}
              UNION SELECT s.contract_id FROM workspace_package a JOIN package p ON p.id = a.package_id
                JOIN schedule s ON s.id = p.schedule_id WHERE a.workspace_id IN {keys})"
        ))
    }
}

impl Read<'_> {
    /// The time zones of the contracts in scope.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn time_zones(&self, scope: &Scope) -> Result<Vec<String>> {
        let mut on = Conditions::default();
        if let Some(keys) = scope.contract_keys(&mut on) {
            on.require(format!("id IN {keys}"));
        }
        let sql = format!(
            "SELECT DISTINCT time_zone FROM contract{} ORDER BY 1",
            on.clause()
        );
        let mut statement = self.conn.prepare_cached(&sql)?;
        let rows = statement.query_map(on.values(), |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
