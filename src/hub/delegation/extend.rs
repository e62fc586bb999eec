//! `delegation.extend`

use super::kept::{find, has_everything, keep, unextended};
use super::list::Line;
use crate::domain::partner::{MOST_DAYS, Unextended};
use crate::error::{Error, Result, codes};
use crate::hub::steps::no_way;
use crate::hub::{Change, Route, Writing};
use crate::policy::needs::KeepDelegations;
use crate::store::sqlite::Delegation;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Adds 180 days to a delegation; or has it add them by itself whenever it would end, or no more.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Extend {
    /// Its id or name.
    pub delegation: String,
    /// Whether it extends itself from now on; none adds days once.
    pub auto: Option<bool>,
}

impl Change for Extend {
    const NAME: &'static str = "delegation.extend";
    const ROUTE: Route = Route::post("/delegations/{delegation}/extension");
    type Needs = KeepDelegations;
    type Answer = Line;

    fn change(&self, at: &mut Writing<'_, KeepDelegations>) -> Result<Line> {
        let one = find(at, &self.delegation)?;
        at.grant().on_partner(one.partner_id, &one.partner)?;
        let now = at.context().now;
        if self.auto == Some(one.life.extends_itself()) {
            return Ok(Line::at(one.at(now), now));
        }
        let roles = at.reading().delegation_roles(one.id)?;
        let grows = self.auto != Some(false);
        if grows && has_everything(roles.iter().map(|role| role.role.as_str())) {
            return Err(unextended(&one.code));
        }
        let life = match self.auto {
            Some(yes) => {
                let life = one.life.extend_itself(yes, now);
                life.map_err(|why| no_way(&one.code, &why))?
            }
            None => one.life.extend(now).map_err(|why| refused(&one, &why))?,
        };
        keep(at, &one, &life)
    }
}

fn refused(one: &Delegation, why: &Unextended) -> Error {
    let error = match why {
        Unextended::NoWay(why) => return no_way(&one.code, why),
        other => codes::NOT_EXTENDED.error(format!("{}: {other} (G-3)", one.code)),
    };
    error.hint(format!(
        "access reaches at most {MOST_DAYS} days ahead; extend it later, or let it extend itself with --auto on"
    ))
}
