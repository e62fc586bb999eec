//! `intake.share`: what share was solved without escalation.

use super::span;
use crate::domain::{Day, Quantity};
use crate::error::Result;
use crate::hub::{Query, Reading, Route};
use crate::output::{Cell, Column, Tabular, col};
use crate::policy::needs::KeepIntake;
use crate::store::Named;
use crate::store::sqlite::{IntakeFilter, Outcomes};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Says what share of what came in was solved within the baseline.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Share {
    /// Only from this customer, by name or id.
    pub customer: Option<String>,
    /// From this day on.
    pub since: Option<Day>,
    /// Up to this day.
    pub until: Option<Day>,
}

impl Query for Share {
    const NAME: &'static str = "intake.share";
    const ROUTE: Route = Route::get("/intake-share");
    type Needs = KeepIntake;
    type Answer = Shared;

    fn answer(&self, at: &Reading<'_, KeepIntake>) -> Result<Shared> {
        let customer = self.customer.as_deref();
        let (since, before) = span(self.since, self.until);
        let outcomes = at.outcomes(IntakeFilter {
            customer: customer.map(|text| at.find(Named::Customer, text)).transpose()?,
            since,
            before,
            ..IntakeFilter::default()
        })?;
        Ok(Shared(outcomes))
    }
}

/// The share and how it comes about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Shared(pub Outcomes);

impl Shared {
    /// Solved without escalation, of what came to an end, in percent; none of nothing. What is open may still go either way.
    pub fn percent(&self) -> Option<Quantity> {
        let Outcomes {
            solved, escalated, ..
        } = self.0;
        Quantity::whole(solved).percent_of(Quantity::whole(solved + escalated))
    }

    /// The arithmetic, in words.
    pub fn arithmetic(&self) -> String {
        let Outcomes {
            solved, escalated, ..
        } = self.0;
        match self.percent() {
            Some(percent) => {
                format!("{solved} solved / ({solved} solved + {escalated} escalated) = {percent} %")
            }
            None => "nothing came to an end".to_owned(),
        }
    }
}

impl Tabular for Shared {
    const SCHEMA: &'static str = "intake.share/1";
    const COLUMNS: &'static [Column] = &[
        col("came_in"),
        col("solved"),
        col("escalated"),
        col("open"),
        col("solved_percent"),
        col("arithmetic"),
    ];

    fn cells(&self) -> Vec<Cell> {
        let Outcomes {
            solved,
            escalated,
            open,
        } = self.0;
        vec![
            (solved + escalated + open).into(),
            solved.into(),
            escalated.into(),
            open.into(),
            self.percent().map_or(Cell::Empty, Cell::Percent),
            self.arithmetic().into(),
        ]
    }
}
