//! Contracts and packages.

use super::row::term;
use super::scope::{Conditions, Days, Scope};
use super::{Read, Write};
use crate::domain::Instant;
use crate::domain::contract::{Contract, Package};
use crate::error::Result;
use crate::store::engine::{self, Row, params};

const CONTRACT: &str =
    "SELECT c.*, u.name AS customer FROM contract c JOIN customer u ON u.id = c.customer_id";

const PACKAGE: &str = "SELECT p.*, s.code AS schedule, s.kind AS schedule_kind, s.contract_id
    FROM package p JOIN schedule s ON s.id = p.schedule_id";

impl Read<'_> {
    /// All contracts, or those of one customer, by customer and number.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn contracts(&self, customer_id: Option<i64>) -> Result<Vec<Contract>> {
        let sql = format!(
            "{CONTRACT} WHERE CAST(?1 AS bigint) IS NULL OR c.customer_id = ?1 ORDER BY u.name, c.number"
        );
        let mut statement = self.conn.prepare_cached(&sql)?;
        let rows = statement.query_map([customer_id], contract)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The contracts in scope that are active on the day (C-1), by customer and number, at most so many.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn active_contracts(
        &self,
        scope: &Scope,
        days: &Days,
        limit: Option<usize>,
    ) -> Result<Vec<Contract>> {
        let mut on = Conditions::default();
        let day = on.day(days);
        on.require(format!("c.starts_on <= {day} AND c.ends_on >= {day}"));
        if let Some(keys) = scope.contract_keys(&mut on) {
            on.require(format!("c.id IN {keys}"));
        }
        let clause = on.clause();
        let limit = on.bind(limit.map_or(i64::MAX, |limit| i64::try_from(limit).unwrap_or(i64::MAX)));
        let sql = format!("{CONTRACT}{clause} ORDER BY u.name, c.number LIMIT {limit}");
        let mut statement = self.conn.prepare_cached(&sql)?;
        let rows = statement.query_map(on.values(), contract)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// One contract by its key.
    ///
    /// # Errors
    /// The store's own failure, or no such key.
    pub fn contract(&self, id: i64) -> Result<Contract> {
        let mut statement = self.conn.prepare_cached(&format!("{CONTRACT} WHERE c.id = ?1"))?;
        Ok(statement.query_row([id], contract)?)
    }

    /// One package by its key.
    ///
    /// # Errors
    /// The store's own failure, or no such key.
    pub fn package(&self, id: i64) -> Result<Package> {
        let mut statement = self.conn.prepare_cached(&format!("{PACKAGE} WHERE p.id = ?1"))?;
        Ok(statement.query_row([id], package)?)
    }

    /// The packages of a contract, or of all, by code.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn packages(&self, contract_id: Option<i64>) -> Result<Vec<Package>> {
        let sql = format!("{PACKAGE} WHERE CAST(?1 AS bigint) IS NULL OR s.contract_id = ?1 ORDER BY p.code");
        let mut statement = self.conn.prepare_cached(&sql)?;
        let rows = statement.query_map([contract_id], package)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Write<'_> {
    /// Notes that a contract was activated (C-2).
    ///
    /// # Errors
    /// The store's own failure.
    pub fn mark_activated(&self, contract_id: i64, at: Instant) -> Result<()> {
        let sql = "UPDATE contract SET activated_at = ?2 WHERE id = ?1";
        self.conn()
            .prepare_cached(sql)?
            .execute(params![contract_id, at])?;
        Ok(())
    }
}

fn contract(row: &Row<'_>) -> engine::Result<Contract> {
    Ok(Contract {
        id: row.get("id")?,
        number: row.get("number")?,
        customer: row.get("customer")?,
        customer_id: row.get("customer_id")?,
        kind: row.get("kind")?,
        plan: row.get("plan")?,
        term: term(row, "starts_on", "ends_on")?,
        time_zone: row.get("time_zone")?,
        csam: row.get("csam")?,
        account_coordinator: row.get("account_coordinator")?,
        incident_manager: row.get("incident_manager")?,
        activated_at: row.get("activated_at")?,
    })
}

fn package(row: &Row<'_>) -> engine::Result<Package> {
    Ok(Package {
        id: row.get("id")?,
        code: row.get("code")?,
        name: row.get("name")?,
        kind: row.get("kind")?,
        term: term(row, "starts_on", "ends_on")?,
        deactivated_on: row.get("deactivated_on")?,
        schedule: row.get("schedule")?,
        schedule_kind: row.get("schedule_kind")?,
        contract_id: row.get("contract_id")?,
    })
}
