//! `intake.list`

use super::span;
use crate::domain::Day;
use crate::domain::partner::IntakeOutcome;
use crate::error::Result;
use crate::hub::paged::Paged;
use crate::hub::{Query, Reading, Route};
use crate::policy::needs::KeepIntake;
use crate::store::Named;
use crate::store::sqlite::{IntakeFilter, IntakeLine};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Lists what came in, in the order in which it did.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct List {
    /// Only from this customer, by name or id.
    pub customer: Option<String>,
    /// From this day on.
    pub since: Option<Day>,
    /// Up to this day.
    pub until: Option<Day>,
    /// Only what came to this end.
    pub outcome: Option<IntakeOutcome>,
    /// How much of it.
    pub paged: Paged,
}

impl Query for List {
    const NAME: &'static str = "intake.list";
    const ROUTE: Route = Route::get("/intake");
    type Needs = KeepIntake;
    type Answer = (Vec<IntakeLine>, Option<String>);

    fn answer(&self, at: &Reading<'_, KeepIntake>) -> Result<Self::Answer> {
        let customer = self.customer.as_deref();
        let (since, before) = span(self.since, self.until);
        let mut lines = at.came_in(IntakeFilter {
            customer: customer.map(|text| at.find(Named::Customer, text)).transpose()?,
            since,
            before,
            outcome: self.outcome,
            page: self.paged.page(),
        })?;
        let next = self.paged.cut(&mut lines, |line| &line.code);
        Ok((lines, next))
    }
}
