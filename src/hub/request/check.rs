//! `request.check`: all rules of filing, without filing.

use super::facts::Spot;
use crate::domain::filing::{Draft, Finding, Place};
use crate::error::Result;
use crate::hub::{Query, Reading, Route};
use crate::output::{Cell, Column, Tabular, col};
use crate::policy::Permission;
use crate::policy::needs::{ReadActivity, ReadRequests, SeeAllRequests};
use crate::store::sqlite::WorkspaceFacts;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Asks every rule whether a request could be filed, and files nothing.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Check {
    /// Where it would be filed.
    pub place: Place,
    /// The request.
    pub draft: Draft,
}

impl Query for Check {
    const NAME: &'static str = "request.check";
    const ROUTE: Route = Route::post("/request-checks");
    type Needs = ReadRequests;
    type Answer = Vec<Finding>;

    fn answer(&self, at: &Reading<'_, ReadRequests>) -> Result<Vec<Finding>> {
        let spot = Spot::find(**at, &self.place)?;
        let account = at.grant().actor().account();
        let hides_left = |workspace: &WorkspaceFacts| {
            let place = (workspace.id, workspace.customer_id, workspace.code.as_str());
            !(covers::<ReadActivity>(at, place) && covers::<SeeAllRequests>(at, place))
        };
        Ok(spot.rule(**at, at.context(), account, &self.draft, hides_left)?.0)
    }
}

/// Whether the acting person holds a further permission in a workspace.
fn covers<P: Permission>(at: &Reading<'_, ReadRequests>, (id, customer, code): (i64, i64, &str)) -> bool {
    at.also::<P>()
        .is_ok_and(|grant| grant.on_workspace(id, customer, code).is_ok())
}

impl Tabular for Finding {
    const SCHEMA: &'static str = "request.check/1";
    const COLUMNS: &'static [Column] = &[col("rule"), col("verdict"), col("why"), col("way_out")];

    fn cells(&self) -> Vec<Cell> {
        vec![
            (&self.rule).into(),
            self.verdict.word().into(),
            (&self.why).into(),
            self.way_out.join("; ").into(),
        ]
    }
}
