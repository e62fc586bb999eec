//! Entitlements with what was consumed of them, from the kept totals. What was delivered after the day
//! asked about is taken off again by the index over days, so that a report of today never reads the ledger.

use super::Read;
use super::entitlement::entitlement;
use super::row::term;
use super::scope::{Conditions, Days, Reach, Scope, active};
use crate::domain::contract::{PackageKind, PackageStatus, Term, package_status};
use crate::domain::entitlement::{Entitlement, Flag, Usage};
use crate::domain::{Day, Quantity};
use crate::error::Result;
use crate::store::engine::Row;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::ops::ControlFlow;

/// An entitlement with its package, contract and figures on the day asked about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct UsageLine {
    /// The entitlement.
    pub entitlement: Entitlement,
    /// Name of the customer.
    pub customer: String,
    /// Number of the contract.
    pub contract: String,
    /// Code of the package.
    pub package: String,
    /// Its name.
    pub package_name: String,
    /// Its kind.
    pub package_kind: PackageKind,
    /// Its first and last day.
    pub package_term: Term,
    /// First day on which it is inactive, when it was stopped early (C-4).
    pub deactivated_on: Option<Day>,
    /// The day asked about, in the contract's zone.
    pub day: Day,
    /// What the chosen workspaces consumed.
    pub here: Quantity,
    /// What all workspaces consumed: what is left follows from this (E-5).
    pub everyone: Quantity,
    /// The caller sees only a part of what was used of the package.
    pub partial: bool,
}

impl UsageLine {
    /// The arithmetic of E-5, over all workspaces.
    pub fn usage(&self) -> Usage {
        if self.partial {
            return Usage::seen_in_part(self.everyone);
        }
        Usage::of(self.entitlement.allowance, self.everyone)
    }

    /// Whether the package may be used (C-4).
    pub fn status(&self) -> PackageStatus {
        package_status(&self.package_term, self.deactivated_on, self.day)
    }

    /// What workspaces that were not chosen consumed.
    pub fn elsewhere(&self) -> Quantity {
        self.everyone - self.here
    }

    /// Thresholds (E-7).
    pub fn flags(&self) -> Vec<Flag> {
        self.usage().flags(self.package_term.end, self.day)
    }
}

/// In which order, and from where on.
#[derive(Debug, Clone, Copy, Default)]
pub struct Order {
    /// Active packages of a contract before the inactive ones.
    pub by_status: bool,
    /// Key of the entitlement after which to go on.
    pub after: Option<i64>,
    /// At most so many.
    pub limit: Option<usize>,
}

const PLACES: &str =
    "entitlement e JOIN package p ON p.id = e.package_id JOIN schedule s ON s.id = p.schedule_id
  JOIN contract c ON c.id = s.contract_id JOIN customer u ON u.id = c.customer_id";

/// What a kept total `t` was on the day.
pub(super) fn total_on(day: &str) -> String {
    format!(
        "(t.consumed - CASE WHEN t.last_day > {day} THEN ifnull((SELECT sum(l.quantity) FROM ledger l
           WHERE l.entitlement_id = t.entitlement_id AND l.delivered_on > {day} AND l.workspace_id = t.workspace_id), 0)
         ELSE 0 END)"
    )
}

impl Read<'_> {
    /// Hands every entitlement in scope to `each`, by customer, contract, package and code, until that
    /// says stop.
    ///
    /// # Errors
    /// The store's own failure, or what `each` answers.
    pub fn each_usage(
        &self,
        scope: &Scope,
        days: &Days,
        order: Order,
        mut each: impl FnMut(UsageLine) -> Result<ControlFlow<()>>,
    ) -> Result<()> {
        let mut on = Conditions::default();
        let sql = usage_sql(&mut on, scope, days, order);
        let mut statement = self.conn.prepare_cached(&sql)?;
        let mut rows = statement.query(on.values())?;
        while let Some(ref row) = rows.next()? {
            if each(line(row)?)?.is_break() {
                break;
            }
        }
        Ok(())
    }

    /// The same as a list.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn usage(&self, scope: &Scope, days: &Days, order: Order) -> Result<Vec<UsageLine>> {
        let mut lines = Vec::new();
        self.each_usage(scope, days, order, |line| {
            lines.push(line);
            Ok(ControlFlow::Continue(()))
        })?;
        Ok(lines)
    }

    /// How many entitlements are in scope.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn count_usage(&self, scope: &Scope, days: &Days) -> Result<i64> {
        let mut on = Conditions::default();
        let day = on.day(days);
        scope.demand(&mut on, &day);
        on.require(format!("{day} IS NOT NULL"));
        let sql = format!("SELECT count(*) FROM {PLACES}{}", on.clause());
        Ok(self
            .conn
            .prepare_cached(&sql)?
            .query_row(on.values(), |row| row.get(0))?)
    }
}

/// The keys are chosen and cut first; only those that remain have their figures looked up.
fn usage_sql(on: &mut Conditions, scope: &Scope, days: &Days, order: Order) -> String {
    let day = on.day(days);
    scope.demand(on, &day);
    let rank = if order.by_status {
        format!("NOT {}, ", active(&day))
    } else {
        String::new()
    };
    let sorting = format!("u.name, c.number, {rank}p.code, e.code");
    if let Some(after) = order.after {
        let place = on.bind(after);
        on.require(format!(
            "({sorting}) > (SELECT {sorting} FROM {PLACES} WHERE e.id = {place})"
        ));
    }
    let chosen = match order.limit {
        None => on.clause(),
        Some(limit) => {
            let limit = on.bind(i64::try_from(limit).unwrap_or(i64::MAX));
            format!(
                " WHERE e.id IN (SELECT e.id FROM {PLACES}{} ORDER BY {sorting} LIMIT {limit})",
                on.clause()
            )
        }
    };
    let consumed = total_on(&day);
    let sum =
        format!("SELECT CAST(sum({consumed}) AS bigint) FROM ledger_total t WHERE t.entitlement_id = e.id");
    let here = match &scope.reach {
        Reach::Workspaces(keys) => {
            let keys = on.bind_keys(keys);
            format!("ifnull(({sum} AND t.workspace_id IN {keys}), 0)")
        }
        _ => "NULL".to_owned(),
    };
    format!(
        "SELECT e.*, u.name AS customer, c.number AS contract, p.code AS package, p.name AS package_name,
           p.kind AS package_kind, p.starts_on, p.ends_on, p.deactivated_on, {day} AS day,
           ifnull(({sum}), 0) AS everyone, {here} AS here, EXISTS (SELECT 1 FROM partial_package y WHERE y.id = p.id) AS partial
         FROM {PLACES}{chosen} ORDER BY {sorting}"
    )
}

fn line(row: &Row<'_>) -> Result<UsageLine> {
    let everyone: Quantity = row.get("everyone")?;
    let here: Option<Quantity> = row.get("here")?;
    Ok(UsageLine {
        entitlement: entitlement(row)?,
        customer: row.get("customer")?,
        contract: row.get("contract")?,
        package: row.get("package")?,
        package_name: row.get("package_name")?,
        package_kind: row.get("package_kind")?,
        package_term: term(row, "starts_on", "ends_on")?,
        deactivated_on: row.get("deactivated_on")?,
        day: row.get("day")?,
        here: here.unwrap_or(everyone),
        everyone,
        partial: row.get("partial")?,
    })
}
