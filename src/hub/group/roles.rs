//! `group.grant` and `group.revoke`

use super::find;
use crate::domain::people::{Group, Role};
use crate::error::Result;
use crate::hub::people::{last_administrator, open};
use crate::hub::role::granted_in_workspaces;
use crate::hub::{Change, Route, Writing};
use crate::policy::needs::GrantRoles;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Gives roles to a group: all its members hold them through it.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Grant {
    /// Name or id of the group.
    pub group: String,
    /// Which.
    pub roles: Vec<Role>,
}

impl Change for Grant {
    const NAME: &'static str = "group.grant";
    const ROUTE: Route = Route::post("/groups/{group}/roles");
    type Needs = GrantRoles;
    type Answer = Group;

    fn change(&self, at: &mut Writing<'_, GrantRoles>) -> Result<Group> {
        let (before, workspace) = find(at, &self.group)?;
        open(&workspace)?;
        for role in &self.roles {
            granted_in_workspaces(*role)?;
            at.grant_to_group(before.id, *role)?;
        }
        recorded(at, &before)
    }
}

/// Takes roles from a group. Roles by groups count for the last administrator as well.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Revoke {
    /// Name or id of the group.
    pub group: String,
    /// Which.
    pub roles: Vec<Role>,
}

impl Change for Revoke {
    const NAME: &'static str = "group.revoke";
    const ROUTE: Route = Route::post("/groups/{group}/role-revocations");
    type Needs = GrantRoles;
    type Answer = Group;

    fn change(&self, at: &mut Writing<'_, GrantRoles>) -> Result<Group> {
        let (before, workspace) = find(at, &self.group)?;
        let administrators = at.reading().administrators_of(workspace.id)?;
        for role in &self.roles {
            at.revoke_from_group(before.id, *role)?;
        }
        let left = at.reading().administrators_of(workspace.id)?;
        if !left.suffice_after(administrators) {
            return Err(last_administrator(
                &format!("group {}", before.code),
                &workspace.code,
            ));
        }
        recorded(at, &before)
    }
}

fn recorded(at: &mut Writing<'_, GrantRoles>, before: &Group) -> Result<Group> {
    let after = at.reading().group(before.id)?;
    if after != *before {
        at.record(&super::subject(before), Some(before), Some(&after))?;
    }
    Ok(after)
}
