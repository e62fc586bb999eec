//! `delegation.terminate`

use super::kept::{find, keep};
use super::list::Line;
use crate::domain::partner::DelegationStatus;
use crate::error::Result;
use crate::hub::steps::no_way;
use crate::hub::{Change, Route, Writing};
use crate::policy::needs::{ApproveDelegations, KeepDelegations, ReadDelegations};
use crate::store::sqlite::Delegation;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Ends a delegation, or takes the request for one back. Either side may.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Terminate {
    /// Its id or name.
    pub delegation: String,
}

impl Change for Terminate {
    const NAME: &'static str = "delegation.terminate";
    const ROUTE: Route = Route::post("/delegations/{delegation}/termination");
    // Both sides know of it by this one; each needs its own permission besides.
    type Needs = ReadDelegations;
    type Answer = Line;

    fn change(&self, at: &mut Writing<'_, ReadDelegations>) -> Result<Line> {
        let one = find(at, &self.delegation)?;
        either_side(at, &one)?;
        let now = at.context().now;
        if one.life.status(now) == DelegationStatus::Terminated {
            return Ok(Line::at(one.at(now), now));
        }
        let life = one.life.end(now).map_err(|why| no_way(&one.code, &why))?;
        keep(at, &one, &life)
    }
}

/// Passes for those who keep it at the partner and those who approve it at the customer.
fn either_side(at: &Writing<'_, ReadDelegations>, one: &Delegation) -> Result<()> {
    let partner = at.also::<KeepDelegations>();
    let partner = partner.and_then(|grant| grant.on_partner(one.partner_id, &one.partner));
    let customer = || {
        at.also::<ApproveDelegations>()?
            .on_customer(one.customer_id, &one.customer)
    };
    partner.or_else(|denied| customer().map_err(|_| denied))
}
