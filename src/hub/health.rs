//! Service health: known issues with their history (G-10).

use super::{Query, Reading, Route};
use crate::domain::Zone;
use crate::domain::health::is_open;
use crate::domain::near::nearest;
use crate::error::{Result, codes};
use crate::output::{Cell, Column, Tabular, col};
use crate::policy::needs::ReadTargets;
use crate::store::Named;
use crate::store::sqlite::{Issue, Update};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Lists known issues, the latest first.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct List {
    /// Only those that still hold.
    pub open: bool,
    /// Only those of this service, in whatever case.
    pub service: Option<String>,
    /// Only those of products that this customer subscribes to, by name or id: its message centre (P-3).
    pub customer: Option<String>,
}

impl Query for List {
    const NAME: &'static str = "health.list";
    const ROUTE: Route = Route::get("/health-issues");
    type Needs = ReadTargets;
    type Answer = Vec<Line>;

    fn answer(&self, at: &Reading<'_, ReadTargets>) -> Result<Vec<Line>> {
        let services = match &self.customer {
            Some(text) => {
                let day = at.context().day_in(&Zone::utc());
                Some(at.services_of(at.find(Named::Customer, text)?, day)?)
            }
            None => None,
        };
        let concerns = |line: &Line| {
            let service = line.0.service.to_lowercase();
            services.as_ref().is_none_or(|all| all.contains(&service))
        };
        let issues = at.issues(self.service.as_deref())?.into_iter().map(Line);
        Ok(issues
            .filter(|line| (!self.open || line.is_open()) && concerns(line))
            .collect())
    }
}

/// One issue with what was said of it.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Show {
    /// Its id.
    pub issue: String,
}

impl Query for Show {
    const NAME: &'static str = "health.show";
    const ROUTE: Route = Route::get("/health-issues/{issue}");
    type Needs = ReadTargets;
    type Answer = (Line, Vec<Update>);

    fn answer(&self, at: &Reading<'_, ReadTargets>) -> Result<Self::Answer> {
        if let Some(issue) = at.issue(&self.issue)? {
            let updates = at.health_updates(issue.id)?;
            return Ok((Line(issue), updates));
        }
        let all = at.issues(None)?;
        let near = nearest(&self.issue, all.iter().map(|one| one.code.as_str()));
        let error = codes::NOT_FOUND.error(format!("there is no known issue \"{}\"", self.issue));
        Err(match near.as_slice() {
            [] => error.hint("`servhub health list` shows what there is"),
            near => error.hint(format!("did you mean {}?", near.join(", "))),
        })
    }
}

/// An issue as the list shows it.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Line(pub Issue);

impl Line {
    /// Whether it still holds.
    pub fn is_open(&self) -> bool {
        is_open(&self.0.status, self.0.ended_at.is_some())
    }
}

impl Tabular for Line {
    const SCHEMA: &'static str = "health.list/1";
    const COLUMNS: &'static [Column] = &[
        col("issue"),
        col("service"),
        col("title"),
        col("classification"),
        col("status"),
        col("open"),
        col("region").quiet(),
        col("impact").quiet(),
        col("started_at"),
        col("ended_at").quiet(),
        col("updated_at").quiet(),
    ];

    fn cells(&self) -> Vec<Cell> {
        let Self(issue) = self;
        vec![
            (&issue.code).into(),
            (&issue.service).into(),
            (&issue.title).into(),
            issue.classification.word().into(),
            (&issue.status).into(),
            self.is_open().into(),
            (&issue.region).into(),
            (&issue.impact).into(),
            issue.started_at.into(),
            issue.ended_at.into(),
            issue.updated_at.into(),
        ]
    }
}

impl Tabular for Update {
    const SCHEMA: &'static str = "health.updates/1";
    const COLUMNS: &'static [Column] = &[col("at"), col("text")];

    fn cells(&self) -> Vec<Cell> {
        vec![self.at.into(), (&self.text).into()]
    }
}
