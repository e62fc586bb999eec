//! `role.grant` and `role.revoke`

use crate::domain::member::{Member, Wish};
use crate::domain::people::{Role, WORKSPACE_ROLES};
use crate::error::Result;
use crate::hub::people::{Choice, Touched, not_granted};
use crate::hub::{Change, Route, Writing};
use crate::policy::needs::GrantRoles;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Grants a role of a workspace to members.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Grant {
    /// To whom.
    pub choice: Choice,
    /// The role.
    pub role: Role,
}

impl Change for Grant {
    const NAME: &'static str = "role.grant";
    const ROUTE: Route = Route::post("/role-grants");
    type Needs = GrantRoles;
    type Answer = Vec<Touched>;

    fn change(&self, at: &mut Writing<'_, GrantRoles>) -> Result<Vec<Touched>> {
        granted_in_workspaces(self.role)?;
        self.choice.settle(at, |member: &Member| {
            let mut roles = member.roles.clone();
            roles.insert(self.role);
            Wish {
                roles: Some(roles),
                ..Wish::default()
            }
        })
    }
}

/// Takes a role of a workspace from members; one that comes through a group stays.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Revoke {
    /// From whom.
    pub choice: Choice,
    /// The role.
    pub role: Role,
}

impl Change for Revoke {
    const NAME: &'static str = "role.revoke";
    const ROUTE: Route = Route::post("/role-revocations");
    type Needs = GrantRoles;
    type Answer = Vec<Touched>;

    fn change(&self, at: &mut Writing<'_, GrantRoles>) -> Result<Vec<Touched>> {
        granted_in_workspaces(self.role)?;
        self.choice.settle(at, |member: &Member| {
            let mut roles = member.roles.clone();
            roles.remove(&self.role);
            Wish {
                roles: Some(roles),
                ..Wish::default()
            }
        })
    }
}

/// Some roles come from the contract, some are held at a customer, and the support contact is a mark.
pub(crate) fn granted_in_workspaces(role: Role) -> Result<()> {
    if WORKSPACE_ROLES.contains(&role) {
        return Ok(());
    }
    Err(not_granted(role))
}
