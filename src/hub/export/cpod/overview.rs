//! What a reader wants to know first: who, which contracts, how much in all, what needs attention.

use super::Annex;
use super::line::{Delivery, Line};
use crate::domain::Quantity;
use crate::domain::contract::{ContractKind, PackageKind, PackageStatus, Status, Term};
use crate::domain::entitlement::{Service, Unit};
use std::collections::BTreeMap;

/// Adds up while the report is told.
#[derive(Debug, Default)]
pub(super) struct Overview {
    pub(super) customers: Vec<String>,
    pub(super) contracts: Vec<ContractView>,
    pub(super) packages: Vec<PackageView>,
    /// By unit and service: how much is allowed by limited lines, and how much all lines used.
    pub(super) totals: BTreeMap<(Unit, Service), Total>,
    /// By unit, month (counted from year 0) and service: how much was delivered.
    pub(super) months: BTreeMap<Unit, BTreeMap<i32, BTreeMap<Service, Quantity>>>,
    pub(super) entitlements: u64,
    pub(super) deliveries: u64,
    /// In packages in force: at 80 % to 100 %, and at 100 % or more.
    pub(super) flagged_80: u64,
    pub(super) flagged_100: u64,
    pub(super) other_cases: u64,
}

/// A contract as the report's head names it.
#[derive(Debug, Clone)]
pub(super) struct ContractView {
    pub(super) customer: String,
    pub(super) number: String,
    pub(super) kind: ContractKind,
    pub(super) plan: Option<String>,
    pub(super) term: Term,
    pub(super) status: Status,
}

/// A package as the timeline shows it.
#[derive(Debug, Clone)]
pub(super) struct PackageView {
    pub(super) contract: String,
    pub(super) code: String,
    pub(super) name: String,
    pub(super) kind: PackageKind,
    pub(super) status: PackageStatus,
    pub(super) term: Term,
}

/// What lines of one service and unit come to.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Total {
    pub(super) allowed: Quantity,
    pub(super) used_of_allowed: Quantity,
    pub(super) used: Quantity,
}

impl Overview {
    pub(super) fn line(&mut self, line: &Line) {
        let row = &line.row;
        self.entitlements += 1;
        if self.customers.last() != Some(&row.customer) {
            self.customers.push(row.customer.clone());
        }
        if self
            .contracts
            .last()
            .is_none_or(|last| last.number != row.contract)
        {
            self.contracts.push(contract(line));
        }
        let same = |last: &PackageView| last.code == row.package;
        if !self.packages.last().is_some_and(same) {
            self.packages.push(package(line));
        }
        let in_force = line.package_status == PackageStatus::Active;
        for flag in line.flags.iter().filter(|_| in_force) {
            self.flagged_80 += u64::from(flag == "used-80");
            self.flagged_100 += u64::from(flag == "used-100");
        }
        if let Some(unit) = row.allowance.unit() {
            let total = self.totals.entry((unit, row.service)).or_default();
            total.used += line.usage.consumed;
            // Where only a part of what was used is seen, it is not held against what is allowed.
            if let Some(allowed) = row.allowance.quantity().filter(|_| !row.partial) {
                total.allowed += allowed;
                total.used_of_allowed += line.usage.consumed;
            }
        }
    }

    pub(super) fn delivery(&mut self, line: &Line, delivery: &Delivery<'_>) {
        self.deliveries += 1;
        if let Some(unit) = line.row.allowance.unit() {
            let (year, month, _) = delivery.delivered_on.parts();
            let month = i32::from(year) * 12 + i32::from(month) - 1;
            let months = self.months.entry(unit).or_default();
            let of_month = months.entry(month).or_default();
            *of_month.entry(line.row.service).or_default() += delivery.quantity;
        }
    }

    pub(super) fn annex(&mut self, row: &Annex) {
        self.other_cases += u64::from(matches!(row, Annex::OtherCase(..)));
    }

    /// The limited allowance of a unit over all services, and what was used of it.
    pub(super) fn of_unit(&self, wanted: Unit) -> Total {
        let of_unit = self.totals.iter().filter(|((unit, _), _)| *unit == wanted);
        of_unit.fold(Total::default(), |mut sum, (_, part)| {
            sum.allowed += part.allowed;
            sum.used_of_allowed += part.used_of_allowed;
            sum.used += part.used;
            sum
        })
    }
}

fn contract(line: &Line) -> ContractView {
    let row = &line.row;
    ContractView {
        customer: row.customer.clone(),
        number: row.contract.clone(),
        kind: row.contract_kind,
        plan: row.contract_plan.clone(),
        term: row.contract_term,
        status: row.contract_term.status(line.as_of),
    }
}

fn package(line: &Line) -> PackageView {
    let row = &line.row;
    PackageView {
        contract: row.contract.clone(),
        code: row.package.clone(),
        name: row.package_name.clone(),
        kind: row.package_kind,
        status: line.package_status,
        term: row.package_term,
    }
}
