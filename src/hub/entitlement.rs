//! Entitlements: what there is, and the arithmetic behind each figure (E-1 to E-7).

use super::activity::{Wanted, days};
use super::{Query, Reading, Route};
use crate::domain::entitlement::{AllowanceKind, Flag, Service, Unit};
use crate::domain::ledger::{EntryKind, running};
use crate::domain::{Quantity, entitlement};
use crate::error::{Result, codes};
use crate::output::{Cell, Column, Tabular, col};
use crate::policy::needs::ReadActivity;
use crate::store::{Entry, Named, Order, Reach, Scope, UsageLine};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::ops::ControlFlow;

/// Lists entitlements with their figures.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct List {
    /// The filters of the report.
    pub wanted: Wanted,
    /// The only service.
    pub service: Option<Service>,
    /// At most so many (K-7).
    pub limit: Option<usize>,
    /// Id of the entitlement that ended the page before.
    pub after: Option<String>,
}

/// A page of entitlements; the token of the next one, when there is more.
pub type Page = (Vec<UsageLine>, Option<String>);

impl Query for List {
    const NAME: &'static str = "entitlements.list";
    const ROUTE: Route = Route::get("/entitlements");
    type Needs = ReadActivity;
    type Answer = Page;

    fn answer(&self, at: &Reading<'_, ReadActivity>) -> Result<Page> {
        let scope = Scope {
            services: self.service.into_iter().collect(),
            ..self.wanted.scope(at)?
        };
        let days = days(at, &scope)?;
        let wanted = self.limit.map(|limit| limit.saturating_add(1));
        let order = Order {
            by_status: false,
            after: self
                .after
                .as_deref()
                .map(|token| page_start(at, token))
                .transpose()?,
            // A threshold is a matter of each row, so the store can only cut when none is asked for.
            limit: wanted.filter(|_| self.wanted.flag.is_none()),
        };
        let mut lines = Vec::new();
        at.each_usage(&scope, &days, order, |line| {
            if self.wanted.flag.is_none_or(|flag| line.flags().contains(&flag)) {
                lines.push(line);
            }
            let full = wanted.is_some_and(|wanted| lines.len() >= wanted);
            Ok(if full {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            })
        })?;
        let more = self.limit.is_some_and(|limit| lines.len() > limit);
        lines.truncate(self.limit.unwrap_or(usize::MAX));
        let next = lines
            .last()
            .filter(|_| more)
            .map(|line| line.entitlement.code.clone());
        Ok((lines, next))
    }
}

fn page_start(at: &Reading<'_, ReadActivity>, token: &str) -> Result<i64> {
    let wrong = |_| codes::BAD_TOKEN.error(format!("\"{token}\" is not a page token of this list"));
    at.find(Named::Entitlement, token).map_err(wrong)
}

/// One entitlement with its figures.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Show {
    /// Its id.
    pub entitlement: String,
}

impl Query for Show {
    const NAME: &'static str = "entitlements.show";
    const ROUTE: Route = Route::get("/entitlements/{entitlement}");
    type Needs = ReadActivity;
    type Answer = UsageLine;

    fn answer(&self, at: &Reading<'_, ReadActivity>) -> Result<UsageLine> {
        let key = at.find(Named::Entitlement, &self.entitlement)?;
        one(at, key)
    }
}

/// The figures of one entitlement over all workspaces.
pub(super) fn one(at: &Reading<'_, ReadActivity>, key: i64) -> Result<UsageLine> {
    let package = at.entitlement(key)?.package_id;
    let scope = Scope {
        reach: Reach::Everything,
        package: Some(package),
        entitlement: Some(key),
        ..Scope::default()
    };
    let days = days(at, &scope)?;
    let found = at.usage(&scope, &days, Order::default())?.into_iter().next();
    found.ok_or_else(|| codes::NOT_FOUND.error("there is no such entitlement"))
}

impl Tabular for UsageLine {
    const SCHEMA: &'static str = "entitlements.list/1";
    const COLUMNS: &'static [Column] = &[
        col("entitlement"),
        col("customer"),
        col("contract"),
        col("package"),
        col("package_name").quiet(),
        col("package_kind").quiet(),
        col("package_status"),
        col("package_end"),
        col("service"),
        col("category"),
        col("allowance"),
        col("unit"),
        col("consumed"),
        col("elsewhere"),
        col("remaining"),
        col("percent_used"),
        col("flags"),
        col("description").quiet(),
        col("action_link").quiet(),
    ];

    fn cells(&self) -> Vec<Cell> {
        let mut cells = vec![
            (&self.entitlement.code).into(),
            (&self.customer).into(),
            (&self.contract).into(),
            (&self.package).into(),
            (&self.package_name).into(),
            self.package_kind.word().into(),
            self.status().word().into(),
            self.package_term.end.into(),
            self.entitlement.service.word().into(),
            self.entitlement.category.word().into(),
        ];
        cells.extend(figures(self));
        cells.push((&self.entitlement.description).into());
        cells.push((&self.entitlement.action_link).into());
        cells
    }
}

/// Allowance, unit, consumed, elsewhere, remaining, percent used and flags. What is not tracked has no
/// consumption to show (E-1, E-3).
pub(super) fn figures(line: &UsageLine) -> [Cell; 7] {
    let usage = line.usage();
    let tracked = line.entitlement.is_tracked();
    [
        allowance(line.entitlement.allowance),
        line.entitlement.allowance.unit().map(Unit::word).into(),
        Some(line.here).filter(|_| tracked).into(),
        elsewhere(line),
        usage.remaining.filter(|_| tracked).into(),
        usage
            .percent_used
            .filter(|_| tracked)
            .map_or(Cell::Empty, Cell::Percent),
        flag_words(&line.flags()),
    ]
}

/// What workspaces that were not chosen consumed, if they did.
pub(super) fn elsewhere(line: &UsageLine) -> Cell {
    Some(line.elsewhere())
        .filter(|some| *some != Quantity::ZERO)
        .into()
}

/// So much, or the word for it (E-3).
pub(super) fn allowance(allowance: entitlement::Allowance) -> Cell {
    match allowance.kind() {
        AllowanceKind::Limited => allowance.quantity().into(),
        kind => kind.word().into(),
    }
}

/// Flags as their words (E-7).
pub(super) fn flag_words(flags: &[Flag]) -> Cell {
    Cell::Words(flags.iter().map(|flag| flag.word().to_owned()).collect())
}

/// The arithmetic of one entitlement, entry by entry (E-6).
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Explain {
    /// Its id.
    pub entitlement: String,
}

/// A step of the arithmetic.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub enum Step {
    /// An entry, what was consumed up to and with it, and what was left then.
    Entry(Box<Entry>, String, Quantity, Option<Quantity>),
    /// The sum, as the report shows it.
    Sum(Box<UsageLine>),
}

impl Query for Explain {
    const NAME: &'static str = "entitlements.explain";
    const ROUTE: Route = Route::get("/entitlements/{entitlement}/explanation");
    type Needs = ReadActivity;
    type Answer = (UsageLine, Vec<Step>);

    fn answer(&self, at: &Reading<'_, ReadActivity>) -> Result<Self::Answer> {
        let key = at.find(Named::Entitlement, &self.entitlement)?;
        let line = one(at, key)?;
        let workspaces = at.codes_and_names(Named::Workspace)?;
        let name = |key| {
            let found = workspaces.iter().find(|(id, ..)| *id == key);
            found.map(|(_, _, name)| name.clone()).unwrap_or_default()
        };
        let entries = at.entries_of(key, line.day)?;
        let sums = running(
            line.entitlement.allowance,
            entries.iter().map(|entry| entry.quantity),
        );
        let step = |(entry, (consumed, remaining)): (Entry, (Quantity, Option<Quantity>))| {
            let workspace = name(entry.workspace_id);
            let remaining = remaining.filter(|_| !line.partial);
            Step::Entry(Box::new(entry), workspace, consumed, remaining)
        };
        let mut steps: Vec<Step> = entries.into_iter().zip(sums).map(step).collect();
        steps.push(Step::Sum(Box::new(line.clone())));
        Ok((line, steps))
    }
}

impl UsageLine {
    /// The last line of the arithmetic, in words.
    pub fn sentence(&self) -> String {
        let unit = self.entitlement.allowance.unit().map_or("", Unit::word);
        let consumed = self.everyone;
        match (self.entitlement.allowance.quantity(), self.usage().remaining) {
            (Some(all), Some(left)) => {
                format!("{all} {unit} allowed - {consumed} consumed = {left} remaining")
            }
            _ if self.partial => {
                format!("{consumed} {unit} consumed, of what you may see; so what is left is not told")
            }
            _ if unit.is_empty() => "included: nothing is tracked".to_owned(),
            _ => format!("{consumed} {unit} consumed, as needed: there is no ceiling"),
        }
    }
}

impl Tabular for Step {
    const SCHEMA: &'static str = "entitlements.explain/1";
    const COLUMNS: &'static [Column] = &[
        col("kind"),
        col("entry"),
        col("delivered_on"),
        col("workspace"),
        col("reference"),
        col("note"),
        col("quantity"),
        col("consumed"),
        col("remaining"),
        col("recorded_by"),
        col("recorded_at"),
        col("corrects"),
        col("reason"),
        col("late"),
        col("draw"),
        col("source").quiet(),
        col("source_key").quiet(),
    ];

    fn cells(&self) -> Vec<Cell> {
        match self {
            Self::Entry(entry, workspace, consumed, remaining) => vec![
                entry.kind().word().into(),
                entry.id.into(),
                entry.delivered_on.into(),
                workspace.into(),
                (&entry.reference).into(),
                (&entry.note).into(),
                entry.quantity.into(),
                (*consumed).into(),
                (*remaining).into(),
                (&entry.recorded_by).into(),
                entry.recorded_at.into(),
                entry.corrects.into(),
                (&entry.reason).into(),
                entry.late.then_some(true).into(),
                (&entry.draw).into(),
                (&entry.source).into(),
                (&entry.source_key).into(),
            ],
            Self::Sum(line) => {
                let mut cells = vec!["sum".into()];
                cells.resize(5, Cell::Empty);
                cells.extend([
                    line.sentence().into(),
                    Cell::Empty,
                    line.everyone.into(),
                    line.usage().remaining.into(),
                ]);
                cells.resize(17, Cell::Empty);
                cells
            }
        }
    }
}

impl Entry {
    /// A use, or the reversal of one (L-1).
    pub fn kind(&self) -> EntryKind {
        match self.corrects {
            None => EntryKind::Use,
            Some(_) => EntryKind::Correction,
        }
    }
}
