//! What a reader wants to know first: who, which contracts, how much in all, what needs attention.

use super::Annex;
use super::line::Line;
use crate::domain::Quantity;
use crate::domain::contract::{ContractKind, PackageStatus, Status, Term};
use crate::domain::entitlement::{Service, Unit};
use std::collections::BTreeMap;

/// Adds up while the report is told.
#[derive(Debug, Default)]
pub(super) struct Overview {
    pub(super) customers: Vec<String>,
    pub(super) contracts: Vec<ContractView>,
    /// By unit and service: how much is allowed by limited lines, and how much all lines used.
    pub(super) totals: BTreeMap<(Unit, Service), Total>,
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
        let in_force = line.package_status == PackageStatus::Active;
        for flag in line.flags.iter().filter(|_| in_force) {
            self.flagged_80 += u64::from(flag == "used-80");
            self.flagged_100 += u64::from(flag == "used-100");
        }
        if let Some(unit) = row.allowance.unit() {
            let total = self.totals.entry((unit, row.service)).or_default();
            total.used += line.usage.consumed;
            if let Some(allowed) = row.allowance.quantity() {
                total.allowed += allowed;
                total.used_of_allowed += line.usage.consumed;
            }
        }
    }

    pub(super) fn delivery(&mut self) {
        self.deliveries += 1;
    }

    pub(super) fn annex(&mut self, row: &Annex) {
        self.other_cases += u64::from(matches!(row, Annex::OtherCase(..)));
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
