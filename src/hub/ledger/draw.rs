//! Where a delivery goes: the checks on an entitlement, and the split of a draw (L-3 to L-6).

use super::record::{Record, Target};
use crate::domain::contract::Workspace;
use crate::domain::entitlement::{Service, Unit};
use crate::domain::ledger::{Purse, check_day, split_draw};
use crate::domain::{Day, Quantity};
use crate::error::{Result, codes};
use crate::hub::Context;
use crate::store::{Days, Entry, Named, Order, Reach, Read, Scope, UsageLine};
use std::collections::BTreeSet;

/// What the checks may look at.
pub(super) struct Rules<'a> {
    /// The store.
    pub(super) at: &'a Read<'a>,
    /// Who records, and when.
    pub(super) context: &'a Context,
}

/// A part of a delivery, ready to be appended.
pub(super) struct Part {
    pub(super) entitlement_id: i64,
    pub(super) workspace_id: i64,
    pub(super) day: Day,
    pub(super) quantity: Quantity,
    /// Outside the package's days (L-6).
    pub(super) late: bool,
}

/// The parts of a delivery: one, or those of a split draw.
pub(super) fn parts(rules: &Rules<'_>, record: &Record) -> Result<Vec<Part>> {
    rules.engagement_counts(record.reference.as_deref())?;
    match &record.target {
        Target::Entitlement(id, workspace) => rules
            .direct(record, id, workspace.as_deref())
            .map(|part| vec![part]),
        Target::Draw(workspace, service) => rules.draw(record, workspace, *service),
    }
}

impl Rules<'_> {
    fn direct(&self, record: &Record, id: &str, workspace: Option<&str>) -> Result<Part> {
        let key = self.at.find(Named::Entitlement, id)?;
        let line = self.line(key)?;
        if !line.entitlement.is_tracked() {
            let kind = line.entitlement.category;
            let message = format!(
                "{id} is not tracked ({kind}, {})",
                line.entitlement.allowance.kind()
            );
            return Err(codes::NOT_TRACKED.error(message));
        }
        let contract = self.at.contract(self.at.find(Named::Contract, &line.contract)?)?;
        let today = self.context.now.day_in(&zone(&contract.time_zone)?);
        let day = record.on.unwrap_or(today);
        not_in_future(day, today)?;
        check_day(&line.package, &line.package_term, day, record.late)?;
        let workspace = match workspace {
            Some(name) => self.at.workspace(self.at.find(Named::Workspace, name)?)?,
            None => self.usual_workspace(line.entitlement.package_id, contract.customer_id, &line)?,
        };
        open(&workspace)?;
        if workspace.customer_id != contract.customer_id {
            let message = format!(
                "workspace {} is of {}, and {id} of {}",
                workspace.name, workspace.customer, contract.customer
            );
            return Err(codes::OTHER_CUSTOMER.error(message));
        }
        Ok(Part {
            entitlement_id: key,
            workspace_id: workspace.id,
            day,
            quantity: record.quantity,
            late: !line.package_term.contains(day),
        })
    }

    /// The one workspace that a package is attached to, or else the customer's default one.
    fn usual_workspace(&self, package: i64, customer: i64, line: &UsageLine) -> Result<Workspace> {
        if let [only] = self.at.workspaces_of_package(package)?.as_slice() {
            return self.at.workspace(*only);
        }
        if let Some(default) = self.at.default_workspace(customer)? {
            return self.at.workspace(default);
        }
        let message = format!(
            "package {} is attached to no single workspace, and {} has no default one",
            line.package, line.customer
        );
        Err(codes::MISSING_OPTION
            .error(message)
            .hint("name one with --workspace"))
    }

    fn draw(&self, record: &Record, workspace: &str, service: Service) -> Result<Vec<Part>> {
        let workspace = self.at.workspace(self.at.find(Named::Workspace, workspace)?)?;
        open(&workspace)?;
        let scope = Scope {
            reach: Reach::Workspaces(vec![workspace.id]),
            services: vec![service],
            ..Scope::default()
        };
        let zones = self.at.time_zones(&scope)?;
        let todays = zones.iter().map(|name| Ok(self.context.now.day_in(&zone(name)?)));
        let todays: Vec<Day> = todays.collect::<Result<_>>()?;
        let today = todays
            .into_iter()
            .max()
            .unwrap_or_else(|| self.context.now.day_in(&crate::domain::Zone::utc()));
        let day = record.on.unwrap_or(today);
        not_in_future(day, today)?;
        let purses = self.at.purses(workspace.id, service, day)?;
        self.one_unit(&purses, service)?;
        if purses.is_empty() {
            let message = format!(
                "no package attached to {} holds {service} on {day}",
                workspace.name
            );
            return Err(codes::NOTHING_TO_DRAW
                .error(message)
                .hint("`servhub entitlements list` shows what there is"));
        }
        let part = |(entitlement_id, quantity)| Part {
            entitlement_id,
            workspace_id: workspace.id,
            day,
            quantity,
            late: false,
        };
        Ok(split_draw(&purses, record.quantity)
            .into_iter()
            .map(part)
            .collect())
    }

    /// A planned or cancelled engagement consumes nothing (L-3).
    fn engagement_counts(&self, reference: Option<&str>) -> Result<()> {
        let Some(code) = reference else { return Ok(()) };
        match self.at.engagement_status(code)? {
            Some(status) if !status.consumes() => {
                let message = format!("engagement {code} is {status}, so nothing of it was delivered");
                Err(codes::NOT_DELIVERED
                    .error(message)
                    .hint("set its status first, or leave the reference out"))
            }
            _ => Ok(()),
        }
    }

    fn line(&self, key: i64) -> Result<UsageLine> {
        let scope = Scope {
            entitlement: Some(key),
            ..Scope::default()
        };
        let found = self
            .at
            .usage(&scope, &Days::One(Day::from_number(i32::MAX)), Order::default())?
            .into_iter()
            .next();
        found.ok_or_else(|| codes::NOT_FOUND.error("there is no such entitlement"))
    }

    /// A draw is split in one unit; hours and credits cannot stand in for each other.
    fn one_unit(&self, purses: &[Purse], service: Service) -> Result<()> {
        let units = purses
            .iter()
            .map(|purse| Ok(self.at.entitlement(purse.entitlement_id)?.allowance.unit()));
        let units: BTreeSet<Option<Unit>> = units.collect::<Result<_>>()?;
        if units.len() < 2 {
            return Ok(());
        }
        let words: Vec<&str> = units.into_iter().flatten().map(Unit::word).collect();
        let message = format!("{service} is held in {}", words.join(" and "));
        Err(codes::MIXED_UNITS
            .error(message)
            .hint("name the entitlement with --entitlement"))
    }

    /// Whether an entry uses what the target names.
    pub(super) fn is_target(&self, target: &Target, entry: &Entry) -> Result<bool> {
        match target {
            Target::Entitlement(id, workspace) => {
                let same = self.at.find(Named::Entitlement, id)? == entry.entitlement_id;
                let workspace = workspace
                    .as_deref()
                    .map(|name| self.at.find(Named::Workspace, name))
                    .transpose()?;
                Ok(same && entry.draw.is_none() && workspace.is_none_or(|key| key == entry.workspace_id))
            }
            Target::Draw(workspace, service) => {
                let here = self.at.find(Named::Workspace, workspace)? == entry.workspace_id;
                Ok(here
                    && entry.draw.is_some()
                    && self.at.entitlement(entry.entitlement_id)?.service == *service)
            }
        }
    }
}

fn open(workspace: &Workspace) -> Result<()> {
    match workspace.archived_on {
        None => Ok(()),
        Some(day) => {
            let message = format!("workspace {} was archived on {day}", workspace.name);
            Err(codes::ARCHIVED
                .error(message)
                .hint("name another one with --workspace"))
        }
    }
}

fn not_in_future(day: Day, today: Day) -> Result<()> {
    if day <= today {
        return Ok(());
    }
    let message = format!("{day} lies in the future: today is {today}");
    Err(codes::FUTURE_DELIVERY
        .error(message)
        .hint("record it on the day it was delivered"))
}

fn zone(name: &str) -> Result<crate::domain::Zone> {
    name.parse()
        .map_err(|error: crate::domain::DayError| codes::BAD_VALUE.error(error.to_string()))
}
