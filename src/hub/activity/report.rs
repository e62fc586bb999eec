//! The report itself: active contracts, the enterprise-wide tiles, the add-on packages.

use super::wanted::{Wanted, days};
use crate::domain::activity::Tile;
use crate::domain::contract::{Contract, PackageKind, PackageStatus};
use crate::domain::entitlement::{AllowanceKind, Flag, Service, Unit, Usage};
use crate::domain::{Day, Quantity};
use crate::error::Result;
use crate::hub::entitlement::{figures, flag_words};
use crate::hub::{Query, Reading};
use crate::output::{Cell, Column, Tabular, col};
use crate::policy::needs::ReadActivity;
use crate::store::{Days, Heap, HeapKey, Order, Scope, UsageLine};
use std::collections::BTreeMap;
use std::ops::ControlFlow;

/// Makes the report.
#[derive(Debug, Default)]
pub struct Report {
    /// The filters.
    pub wanted: Wanted,
    /// At most so many contracts, and so many lines of add-on packages (K-7).
    pub limit: Option<usize>,
}

/// A line of the report.
#[derive(Debug)]
pub enum Row {
    /// An active contract.
    Contract(Box<Contract>, Vec<Flag>),
    /// Enterprise-wide consumption of one tile in one unit.
    Tile(Sum),
    /// An entitlement of an add-on package.
    AddOn(Box<UsageLine>),
}

/// What the entitlements of one tile, unit and package status come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sum {
    tile: Tile,
    unit: Option<Unit>,
    status: PackageStatus,
    services: Vec<Service>,
    limited: Heap,
    unlimited: Heap,
    included: i64,
    ends: Option<(Day, i32)>,
}

/// The report, and whether it was cut (K-7).
#[derive(Debug)]
pub struct Shown {
    /// Its lines.
    pub rows: Vec<Row>,
    /// There are more active contracts.
    pub more_contracts: bool,
    /// There are more lines of add-on packages.
    pub more_add_ons: bool,
}

impl Query for Report {
    const NAME: &'static str = "activity.report";
    type Needs = ReadActivity;
    type Answer = Shown;

    fn answer(&self, at: &Reading<'_, ReadActivity>) -> Result<Shown> {
        let scope = self.wanted.scope(at)?;
        let days = days(at, &scope)?;
        let (mut rows, more_contracts) = self.contracts(at, &scope, &days)?;
        let enterprise = Scope {
            kind: Some(PackageKind::EnterpriseWide),
            ..scope.clone()
        };
        let sums = sums(&at.heaps(&enterprise, &days)?);
        rows.extend(
            sums.into_iter()
                .map(Row::Tile)
                .filter(|row| self.shows(&row.flags())),
        );
        let (add_ons, more_add_ons) = self.add_ons(at, scope, &days)?;
        rows.extend(add_ons);
        Ok(Shown {
            rows,
            more_contracts,
            more_add_ons,
        })
    }
}

impl Report {
    fn shows(&self, flags: &[Flag]) -> bool {
        self.wanted.flag.is_none_or(|flag| flags.contains(&flag))
    }

    fn contracts(
        &self,
        at: &Reading<'_, ReadActivity>,
        scope: &Scope,
        days: &Days,
    ) -> Result<(Vec<Row>, bool)> {
        // A threshold is a matter of each row, so the store can only cut when none is asked for.
        let limit = self
            .limit
            .filter(|_| self.wanted.flag.is_none())
            .map(|limit| limit + 1);
        let rows = at
            .active_contracts(scope, days, limit)?
            .into_iter()
            .map(|contract| {
                let day = at.context().day_at(&contract.time_zone)?;
                let expiring = (0..=90).contains(&day.until(contract.term.end));
                let flags = expiring.then_some(Flag::Expiring).into_iter().collect();
                Ok(Row::Contract(Box::new(contract), flags))
            });
        let mut rows: Vec<Row> = rows.collect::<Result<_>>()?;
        rows.retain(|row| self.shows(&row.flags()));
        Ok(cut(rows, self.limit))
    }

    fn add_ons(&self, at: &Reading<'_, ReadActivity>, scope: Scope, days: &Days) -> Result<(Vec<Row>, bool)> {
        let wanted = self.limit.map(|limit| limit + 1);
        let scope = Scope {
            kind: Some(PackageKind::AddOn),
            ..scope
        };
        let order = Order {
            by_status: true,
            after: None,
            limit: wanted.filter(|_| self.wanted.flag.is_none()),
        };
        let mut rows = Vec::new();
        at.each_usage(&scope, days, order, |line| {
            if self.shows(&line.flags()) {
                rows.push(Row::AddOn(Box::new(line)));
            }
            let full = wanted.is_some_and(|wanted| rows.len() >= wanted);
            Ok(if full {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            })
        })?;
        Ok(cut(rows, self.limit))
    }
}

/// Keeps at most `limit`, and says whether that left any out.
fn cut(mut rows: Vec<Row>, limit: Option<usize>) -> (Vec<Row>, bool) {
    let more = limit.is_some_and(|limit| rows.len() > limit);
    rows.truncate(limit.unwrap_or(usize::MAX));
    (rows, more)
}

/// Puts the services together into tiles: active packages first, then in the order of the report.
fn sums(heaps: &BTreeMap<HeapKey, Heap>) -> Vec<Sum> {
    let mut sums: BTreeMap<(PackageStatus, Tile, Option<Unit>), Sum> = BTreeMap::new();
    for (&(service, unit, allowance, status), heap) in heaps {
        let tile = Tile::of(service);
        let sum = sums.entry((status, tile, unit)).or_insert_with(|| Sum {
            tile,
            unit,
            status,
            services: Vec::new(),
            limited: Heap::default(),
            unlimited: Heap::default(),
            included: 0,
            ends: None,
        });
        sum.add(service, allowance, heap);
    }
    sums.into_values().collect()
}

impl Sum {
    fn add(&mut self, service: Service, allowance: AllowanceKind, heap: &Heap) {
        if !self.services.contains(&service) {
            self.services.push(service);
        }
        match allowance {
            AllowanceKind::Limited => self.limited.add(heap),
            AllowanceKind::AsNeeded => self.unlimited.add(heap),
            AllowanceKind::Included => self.included += heap.entitlements,
        }
        self.ends = [self.ends, heap.soonest_end].into_iter().flatten().min();
    }

    fn allowance(&self) -> Cell {
        match (self.limited.entitlements, self.unlimited.entitlements) {
            (1.., _) => self.limited.allowance.into(),
            (_, 1..) => AllowanceKind::AsNeeded.word().into(),
            _ => AllowanceKind::Included.word().into(),
        }
    }

    /// E-5 over the limited entitlements; what has no ceiling leaves nothing and is no percentage.
    fn usage(&self) -> Option<Usage> {
        let unit = self.unit.filter(|_| self.limited.entitlements > 0)?;
        let allowance = crate::domain::entitlement::Allowance::Limited(self.limited.allowance, unit);
        Some(Usage::of(allowance, self.limited.everyone))
    }

    fn flags(&self) -> Vec<Flag> {
        let soon = self.ends.filter(|_| self.status == PackageStatus::Active);
        let (end, day) = soon.map_or((Day::from_number(0), Day::from_number(1)), |(end, left)| {
            (end, end.plus(-left))
        });
        let usage = self.usage().unwrap_or(Usage {
            consumed: Quantity::ZERO,
            remaining: None,
            percent_used: None,
        });
        usage.flags(end, day)
    }

    fn description(&self) -> String {
        let count = self.limited.entitlements + self.unlimited.entitlements + self.included;
        let noun = if count == 1 { "entitlement" } else { "entitlements" };
        if self.limited.entitlements > 0 && self.unlimited.entitlements > 0 {
            return format!(
                "{count} {noun}; {} of it used without a ceiling",
                self.unlimited.everyone
            );
        }
        format!("{count} {noun}")
    }
}

impl Row {
    fn flags(&self) -> Vec<Flag> {
        match self {
            Self::Contract(_, flags) => flags.clone(),
            Self::Tile(sum) => sum.flags(),
            Self::AddOn(line) => line.flags(),
        }
    }
}

impl Tabular for Row {
    const SCHEMA: &'static str = "activity.report/1";
    const COLUMNS: &'static [Column] = &[
        col("part"),
        col("customer"),
        col("contract"),
        col("start"),
        col("end"),
        col("package"),
        col("package_name"),
        col("package_status"),
        col("package_end"),
        col("tile"),
        col("service"),
        col("entitlement"),
        col("description").quiet(),
        col("allowance"),
        col("unit"),
        col("consumed"),
        col("elsewhere"),
        col("remaining"),
        col("percent_used"),
        col("flags"),
        col("action_link").quiet(),
    ];

    fn cells(&self) -> Vec<Cell> {
        match self {
            Self::Contract(contract, flags) => contract_cells(contract, flags),
            Self::Tile(sum) => tile_cells(sum),
            Self::AddOn(line) => add_on_cells(line),
        }
    }
}

fn contract_cells(contract: &Contract, flags: &[Flag]) -> Vec<Cell> {
    let mut cells: Vec<Cell> = vec![
        "contracts".into(),
        (&contract.customer).into(),
        (&contract.number).into(),
        contract.term.start.into(),
        contract.term.end.into(),
    ];
    cells.resize(19, Cell::Empty);
    cells.extend([flag_words(flags), Cell::Empty]);
    cells
}

fn tile_cells(sum: &Sum) -> Vec<Cell> {
    let consumed = sum.limited.here + sum.unlimited.here;
    let elsewhere = sum.limited.everyone + sum.unlimited.everyone - consumed;
    let usage = sum.usage();
    let tracked = sum.unit.map(|_| consumed);
    let services: Vec<&str> = sum.services.iter().map(|service| service.word()).collect();
    let mut cells = vec![PackageKind::EnterpriseWide.word().into()];
    cells.resize(7, Cell::Empty);
    cells.extend([
        sum.status.word().into(),
        sum.ends.map(|(end, _)| end).into(),
        sum.tile.word().into(),
        services.join(";").into(),
        Cell::Empty,
        sum.description().into(),
        sum.allowance(),
        sum.unit.map(Unit::word).into(),
        tracked.into(),
        Some(elsewhere).filter(|some| *some != Quantity::ZERO).into(),
        usage.and_then(|usage| usage.remaining).into(),
        usage
            .and_then(|usage| usage.percent_used)
            .map_or(Cell::Empty, Cell::Percent),
        flag_words(&sum.flags()),
        Cell::Empty,
    ]);
    cells
}

fn add_on_cells(line: &UsageLine) -> Vec<Cell> {
    let figures = figures(line);
    let mut cells = vec![
        PackageKind::AddOn.word().into(),
        (&line.customer).into(),
        (&line.contract).into(),
        Cell::Empty,
        Cell::Empty,
        (&line.package).into(),
        (&line.package_name).into(),
        line.status().word().into(),
        line.package_term.end.into(),
        Cell::Empty,
        line.entitlement.service.word().into(),
        (&line.entitlement.code).into(),
        (&line.entitlement.description).into(),
    ];
    cells.extend(figures);
    cells.push((&line.entitlement.action_link).into());
    cells
}
