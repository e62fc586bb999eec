//! `delegation.list` and `delegation.show`: delegated access (GDAP, G-3).

use crate::domain::Instant;
use crate::domain::partner::{DelegationStatus, delegated_role, files_for};
use crate::error::Result;
use crate::hub::Paged;
use crate::hub::{Query, Reading, Route};
use crate::output::{Cell, Column, Tabular, col};
use crate::policy::needs::ReadDelegations;
use crate::store::Named;
use crate::store::sqlite::{DelegationLine, DelegationRole};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Lists delegations.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct List {
    /// Only those of this customer, by name or id.
    pub customer: Option<String>,
    /// Only those in any of these statuses; empty means all.
    pub statuses: Vec<DelegationStatus>,
    /// How much of it.
    pub paged: Paged,
}

impl Query for List {
    const NAME: &'static str = "delegation.list";
    const ROUTE: Route = Route::get("/delegations");
    type Needs = ReadDelegations;
    type Answer = (Vec<Line>, Option<String>);

    fn answer(&self, at: &Reading<'_, ReadDelegations>) -> Result<Self::Answer> {
        let customer = self.customer.as_deref();
        let customer = customer.map(|text| at.find(Named::Customer, text)).transpose()?;
        let now = at.context().now;
        let mut lines = at.delegations(customer, &self.statuses, self.paged.page(), now)?;
        let next = self.paged.cut(&mut lines, |line| &line.code);
        let line = |delegation| Line::at(delegation, now);
        Ok((lines.into_iter().map(line).collect(), next))
    }
}

/// One delegation with its roles.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Show {
    /// Its id or name.
    pub delegation: String,
}

impl Query for Show {
    const NAME: &'static str = "delegation.show";
    const ROUTE: Route = Route::get("/delegations/{delegation}");
    type Needs = ReadDelegations;
    type Answer = (Line, Vec<DelegationRole>);

    fn answer(&self, at: &Reading<'_, ReadDelegations>) -> Result<Self::Answer> {
        let id = at.find(Named::Delegation, &self.delegation)?;
        let now = at.context().now;
        let line = Line::at(at.delegation(id)?.at(now), now);
        Ok((line, at.delegation_roles(id)?))
    }
}

/// A delegation as it is shown.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Line {
    /// The delegation.
    pub delegation: DelegationLine,
    /// Whole days until it ends, while it holds.
    pub days_left: Option<i64>,
}

impl Line {
    pub(in crate::hub) fn at(delegation: DelegationLine, now: Instant) -> Self {
        let holds = matches!(
            delegation.status,
            DelegationStatus::Active | DelegationStatus::Expiring
        );
        let seconds = delegation
            .ends
            .filter(|_| holds)
            .map(|end| now.seconds_until(end));
        Self {
            delegation,
            days_left: seconds.map(|seconds| (seconds / 86_400).max(0)),
        }
    }
}

impl Tabular for Line {
    const SCHEMA: &'static str = "delegation.list/1";
    const COLUMNS: &'static [Column] = &[
        col("delegation"),
        col("partner"),
        col("customer"),
        col("name"),
        col("status"),
        col("starts_at"),
        col("ends_at"),
        col("days_left"),
        col("days").quiet(),
        col("auto_extend").quiet(),
        col("asked_at").quiet(),
        col("lapses_at").quiet(),
        col("approved_at").quiet(),
        col("ended_at").quiet(),
    ];

    fn cells(&self) -> Vec<Cell> {
        let one = &self.delegation;
        vec![
            (&one.code).into(),
            (&one.partner).into(),
            (&one.customer).into(),
            (&one.name).into(),
            one.status.word().into(),
            one.starts.into(),
            one.ends.into(),
            self.days_left.into(),
            one.days.into(),
            one.auto_extend.into(),
            one.asked.into(),
            one.lapses.into(),
            one.approved.into(),
            one.ended.into(),
        ]
    }
}

impl Tabular for DelegationRole {
    const SCHEMA: &'static str = "delegation.roles/1";
    const COLUMNS: &'static [Column] = &[
        col("delegation"),
        col("role"),
        col("name"),
        col("group"),
        col("files_for"),
        col("assigned").quiet(),
    ];

    fn cells(&self) -> Vec<Cell> {
        let known = delegated_role(&self.role);
        let families: Vec<String> = files_for(&self.role)
            .iter()
            .map(|family| family.word().to_owned())
            .collect();
        vec![
            (&self.delegation).into(),
            (&self.role).into(),
            known.map(|role| role.name.to_owned()).into(),
            (&self.group).into(),
            families.into(),
            self.assigned.into(),
        ]
    }
}
