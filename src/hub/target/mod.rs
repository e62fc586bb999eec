//! Response targets and the calendars they are counted in (S-2, S-3).

mod calendar;

pub use calendar::{Hours, ListCalendars, ShowCalendar};

use super::{Query, Reading, Route};
use crate::domain::near::nearest;
use crate::domain::sla::Target;
use crate::error::{Result, codes};
use crate::output::{Cell, Column, Tabular, col};
use crate::policy::needs::ReadTargets;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Lists the policy table (S-2).
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct List {
    /// Only those of a plan.
    pub plan: Option<String>,
}

impl Query for List {
    const NAME: &'static str = "sla.list";
    const ROUTE: Route = Route::get("/response-targets");
    type Needs = ReadTargets;
    type Answer = Vec<Target>;

    fn answer(&self, at: &Reading<'_, ReadTargets>) -> Result<Vec<Target>> {
        let mut all = at.targets()?;
        if let Some(plan) = &self.plan {
            all.retain(|line| line.plan.eq_ignore_ascii_case(plan));
        }
        Ok(all)
    }
}

/// The targets of one plan.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct ShowPlan {
    /// The plan.
    pub plan: String,
}

impl Query for ShowPlan {
    const NAME: &'static str = "sla.show";
    const ROUTE: Route = Route::get("/response-targets/{plan}");
    type Needs = ReadTargets;
    type Answer = Vec<Target>;

    fn answer(&self, at: &Reading<'_, ReadTargets>) -> Result<Vec<Target>> {
        let (found, others): (Vec<Target>, Vec<Target>) = at
            .targets()?
            .into_iter()
            .partition(|line| line.plan.eq_ignore_ascii_case(&self.plan));
        if !found.is_empty() {
            return Ok(found);
        }
        let mut plans: Vec<&str> = others.iter().map(|line| line.plan.as_str()).collect();
        plans.dedup_by(|a, b| a.eq_ignore_ascii_case(b));
        let error = codes::NOT_FOUND.error(format!("no response target speaks of plan \"{}\"", self.plan));
        Err(match nearest(&self.plan, plans.iter().copied()).as_slice() {
            [] => error.hint("`servhub sla list` shows what there is"),
            near => error.hint(format!("did you mean {}?", near.join(", "))),
        })
    }
}

impl Tabular for Target {
    const SCHEMA: &'static str = "sla.list/1";
    const COLUMNS: &'static [Column] = &[
        col("plan"),
        col("severity"),
        col("kind"),
        col("language"),
        col("minutes"),
        col("calendar"),
        col("pauses"),
    ];

    fn cells(&self) -> Vec<Cell> {
        vec![
            (&self.plan).into(),
            self.severity.map(|severity| severity.word()).into(),
            self.kind.map(|kind| kind.word()).into(),
            (&self.language).into(),
            self.minutes.into(),
            (&self.calendar).into(),
            self.pauses.into(),
        ]
    }
}
