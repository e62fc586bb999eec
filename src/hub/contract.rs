//! Contracts and packages: the questions one asks of them.

use super::{Query, Reading, Route};
use crate::domain::contract::{Contract, Package, PackageKind, PackageStatus, Status};
use crate::domain::entitlement::Flag;
use crate::domain::{Day, contract};
use crate::error::Result;
use crate::output::{Cell, Column, Tabular, col};
use crate::policy::needs::ReadContracts;
use crate::store::Named;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Lists contracts with their status on the day asked about (C-1).
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct List {
    /// Only those of one customer, by name or id.
    pub customer: Option<String>,
    /// Only those of a status.
    pub status: Option<Status>,
}

/// A contract on a day.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Line {
    /// The contract.
    pub contract: Contract,
    /// Derived, never stored (C-1).
    pub status: Status,
}

impl Query for List {
    const NAME: &'static str = "contract.list";
    const ROUTE: Route = Route::get("/contracts");
    type Needs = ReadContracts;
    type Answer = Vec<Line>;

    fn answer(&self, at: &Reading<'_, ReadContracts>) -> Result<Vec<Line>> {
        let customer = self
            .customer
            .as_deref()
            .map(|text| at.find(Named::Customer, text))
            .transpose()?;
        let lines = at.contracts(customer)?.into_iter().map(|contract| {
            let status = contract.term.status(at.context().day_at(&contract.time_zone)?);
            Ok(Line { contract, status })
        });
        let lines: Vec<Line> = lines.collect::<Result<_>>()?;
        Ok(lines
            .into_iter()
            .filter(|line| self.status.is_none_or(|wanted| line.status == wanted))
            .collect())
    }
}

impl Tabular for Line {
    const SCHEMA: &'static str = "contract.list/1";
    const COLUMNS: &'static [Column] = &[
        col("contract"),
        col("customer"),
        col("kind"),
        col("plan"),
        col("start"),
        col("end"),
        col("status"),
        col("time_zone").quiet(),
        col("csam").quiet(),
        col("account_coordinator").quiet(),
        col("incident_manager").quiet(),
        col("activated_at").quiet(),
    ];

    fn cells(&self) -> Vec<Cell> {
        let c = &self.contract;
        vec![
            (&c.number).into(),
            (&c.customer).into(),
            c.kind.word().into(),
            (&c.plan).into(),
            c.term.start.into(),
            c.term.end.into(),
            self.status.word().into(),
            (&c.time_zone).into(),
            (&c.csam).into(),
            (&c.account_coordinator).into(),
            (&c.incident_manager).into(),
            c.activated_at.into(),
        ]
    }
}

/// One contract with all its packages.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Show {
    /// Its number.
    pub contract: String,
}

/// A package of a contract on a day.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct PackageLine {
    /// Number of the contract.
    pub contract: String,
    /// The package.
    pub package: Package,
    /// Whether it may be used (C-4).
    pub status: PackageStatus,
}

impl Query for Show {
    const NAME: &'static str = "contract.show";
    const ROUTE: Route = Route::get("/contracts/{contract}");
    type Needs = ReadContracts;
    type Answer = (Line, Vec<PackageLine>);

    fn answer(&self, at: &Reading<'_, ReadContracts>) -> Result<Self::Answer> {
        let contract = at.contract(at.find(Named::Contract, &self.contract)?)?;
        let day = at.context().day_at(&contract.time_zone)?;
        let line = |package: Package| PackageLine {
            contract: contract.number.clone(),
            status: package.status(day),
            package,
        };
        let packages = at.packages(Some(contract.id))?.into_iter().map(line).collect();
        Ok((
            Line {
                status: contract.term.status(day),
                contract,
            },
            packages,
        ))
    }
}

impl Tabular for PackageLine {
    const SCHEMA: &'static str = "contract.packages/1";
    const COLUMNS: &'static [Column] = &[
        col("contract"),
        col("schedule"),
        col("schedule_kind"),
        col("package"),
        col("name"),
        col("kind"),
        col("status"),
        col("start"),
        col("end"),
        col("deactivated_on"),
    ];

    fn cells(&self) -> Vec<Cell> {
        let p = &self.package;
        vec![
            (&self.contract).into(),
            (&p.schedule).into(),
            p.schedule_kind.word().into(),
            (&p.code).into(),
            (&p.name).into(),
            p.kind.word().into(),
            self.status.word().into(),
            p.term.start.into(),
            p.term.end.into(),
            p.deactivated_on.into(),
        ]
    }
}

/// What runs out soon, soonest first, for renewal talks (C-4).
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Expiring {
    /// How many days ahead to look.
    pub within: i32,
    /// Only for one customer, by name or id.
    pub customer: Option<String>,
}

/// A contract or package that runs out.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct ExpiringLine {
    /// Last day.
    pub end: Day,
    /// Whole days from the day asked about to the last day.
    pub days_left: i32,
    /// The package, when it is one; else the contract itself ends.
    pub package: Option<(String, String, PackageKind)>,
    /// Number of the contract.
    pub contract: String,
    /// Name of the customer.
    pub customer: String,
}

impl Query for Expiring {
    const NAME: &'static str = "contract.expiring";
    const ROUTE: Route = Route::get("/expiring");
    type Needs = ReadContracts;
    type Answer = Vec<ExpiringLine>;

    fn answer(&self, at: &Reading<'_, ReadContracts>) -> Result<Vec<ExpiringLine>> {
        let customer = self
            .customer
            .as_deref()
            .map(|text| at.find(Named::Customer, text))
            .transpose()?;
        let mut lines = Vec::new();
        for contract in at.contracts(customer)? {
            let day = at.context().day_at(&contract.time_zone)?;
            let soon = |term: &contract::Term| term.contains(day) && day.until(term.end) <= self.within;
            if soon(&contract.term) {
                lines.push(expiring(&contract, None, contract.term.end, day));
            }
            let packages = at.packages(Some(contract.id))?;
            let ending = packages
                .iter()
                .filter(|p| soon(&p.term) && p.status(day) == PackageStatus::Active);
            lines.extend(ending.map(|package| expiring(&contract, Some(package), package.term.end, day)));
        }
        lines.sort_by(|a, b| (a.end, &a.contract, &a.package).cmp(&(b.end, &b.contract, &b.package)));
        Ok(lines)
    }
}

fn expiring(contract: &Contract, package: Option<&Package>, end: Day, day: Day) -> ExpiringLine {
    ExpiringLine {
        end,
        days_left: day.until(end),
        package: package.map(|p| (p.code.clone(), p.name.clone(), p.kind)),
        contract: contract.number.clone(),
        customer: contract.customer.clone(),
    }
}

impl Tabular for ExpiringLine {
    const SCHEMA: &'static str = "contract.expiring/1";
    const COLUMNS: &'static [Column] = &[
        col("end"),
        col("days_left"),
        col("what"),
        col("contract"),
        col("customer"),
        col("package"),
        col("package_name"),
        col("flags"),
    ];

    fn cells(&self) -> Vec<Cell> {
        let package = self.package.as_ref();
        let flags = if self.days_left <= 90 {
            vec![Flag::Expiring.word().to_owned()]
        } else {
            Vec::new()
        };
        vec![
            self.end.into(),
            i64::from(self.days_left).into(),
            package.map_or("contract", |_| "package").into(),
            (&self.contract).into(),
            (&self.customer).into(),
            package.map(|(code, ..)| code.clone()).into(),
            package.map(|(_, name, _)| name.clone()).into(),
            flags.into(),
        ]
    }
}
