//! The report itself: active contracts, the enterprise-wide tiles, the add-on packages.

use super::wanted::{Wanted, days};
use crate::domain::activity::Tile;
use crate::domain::contract::{Contract, PackageKind, PackageStatus};
use crate::domain::entitlement::{Allowance, AllowanceKind, Flag, Service, Unit, Usage};
use crate::domain::{Day, Quantity};
use crate::error::Result;
use crate::hub::entitlement::{allowance, figures, flag_words};
use crate::hub::{Query, Reading, Route};
use crate::output::{Cell, Column, Tabular, col};
use crate::policy::needs::ReadActivity;
use crate::store::{Days, Heap, HeapKey, Order, Scope, UsageLine};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::ops::ControlFlow;

/// Makes the report.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Report {
    /// The filters.
    pub wanted: Wanted,
    /// At most so many contracts, and so many lines of add-on packages (K-7).
    pub limit: Option<usize>,
}

/// A line of the report.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub enum Row {
    /// An active contract.
    Contract(Box<Contract>, Vec<Flag>),
    /// Enterprise-wide consumption of one tile in one unit.
    Tile(Sum),
    /// An entitlement of an add-on package.
    AddOn(Box<UsageLine>),
}

/// What the entitlements of one tile, unit, kind of allowance and package status come to. What has a ceiling
/// stays apart from what has none, so that in every line the allowance less what was consumed is what
/// remains (E-5).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Sum {
    tile: Tile,
    unit: Option<Unit>,
    kind: AllowanceKind,
    status: PackageStatus,
    services: Vec<Service>,
    heap: Heap,
}

/// The report, and whether it was cut (K-7).
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
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
    const ROUTE: Route = Route::get("/activity");
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
    let mut sums: BTreeMap<(PackageStatus, Tile, Option<Unit>, AllowanceKind), Sum> = BTreeMap::new();
    for (&(service, unit, kind, status), heap) in heaps {
        let tile = Tile::of(service);
        let sum = sums.entry((status, tile, unit, kind)).or_insert_with(|| Sum {
            tile,
            unit,
            kind,
            status,
            services: Vec::new(),
            heap: Heap::default(),
        });
        sum.services.push(service);
        sum.heap.add(heap);
    }
    sums.into_values().collect()
}

impl Sum {
    fn allowance(&self) -> Option<Allowance> {
        Some(match (self.kind, self.unit) {
            (AllowanceKind::Limited, Some(unit)) => Allowance::Limited(self.heap.allowance, unit),
            (AllowanceKind::AsNeeded, Some(unit)) => Allowance::AsNeeded(unit),
            _ => return None,
        })
    }

    /// E-5; none for what is not tracked.
    fn usage(&self) -> Option<Usage> {
        if self.heap.partial {
            return self.allowance().map(|_| Usage::seen_in_part(self.heap.everyone));
        }
        self.allowance()
            .map(|allowance| Usage::of(allowance, self.heap.everyone))
    }

    /// Thresholds of the sum (E-7); it expires when the first of its active packages does.
    fn flags(&self) -> Vec<Flag> {
        let used = self
            .usage()
            .unwrap_or_else(|| Usage::of(Allowance::Included, Quantity::ZERO));
        match self
            .heap
            .soonest_end
            .filter(|_| self.status == PackageStatus::Active)
        {
            Some((end, days_left)) => used.flags(end, end.plus(-days_left)),
            None => used.flags(Day::from_number(0), Day::from_number(1)),
        }
    }

    fn description(&self) -> String {
        match self.heap.entitlements {
            1 => "1 entitlement".to_owned(),
            count => format!("{count} entitlements"),
        }
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
    let usage = sum.usage();
    let elsewhere = sum.heap.everyone - sum.heap.here;
    let services: Vec<&str> = sum.services.iter().map(|service| service.word()).collect();
    let mut cells = vec![PackageKind::EnterpriseWide.word().into()];
    cells.resize(7, Cell::Empty);
    cells.extend([
        sum.status.word().into(),
        sum.heap.soonest_end.map(|(end, _)| end).into(),
        sum.tile.word().into(),
        services.join(";").into(),
        Cell::Empty,
        sum.description().into(),
        allowance(sum.allowance().unwrap_or(Allowance::Included)),
        sum.unit.map(Unit::word).into(),
        usage.map(|_| sum.heap.here).into(),
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
