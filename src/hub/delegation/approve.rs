//! `delegation.approve`

use super::kept::{find, keep};
use super::list::Line;
use crate::domain::partner::DelegationStatus::{Activating, Active, Approved, Expiring};
use crate::error::Result;
use crate::hub::steps::no_way;
use crate::hub::{Change, Route, Writing};
use crate::policy::needs::ApproveDelegations;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The customer agrees: access begins now, or on the day that was wished for.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Approve {
    /// Its id or name.
    pub delegation: String,
}

impl Change for Approve {
    const NAME: &'static str = "delegation.approve";
    const ROUTE: Route = Route::post("/delegations/{delegation}/approval");
    type Needs = ApproveDelegations;
    type Answer = Line;

    fn change(&self, at: &mut Writing<'_, ApproveDelegations>) -> Result<Line> {
        let one = find(at, &self.delegation)?;
        at.grant().on_customer(one.customer_id, &one.customer)?;
        let now = at.context().now;
        let is_done = matches!(one.life.status(now), Approved | Activating | Active | Expiring);
        if is_done {
            return Ok(Line::at(one.at(now), now));
        }
        let life = one.life.approve(now).map_err(|why| no_way(&one.code, &why))?;
        keep(at, &one, &life)
    }
}
