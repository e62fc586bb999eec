//! `group.add` and `group.remove`

use super::find;
use crate::domain::member::{Member, Wish};
use crate::domain::people::{Group, GroupKind, MemberStatus};
use crate::error::Result;
use crate::hub::people::{Powers, Touched, VALID_DAYS, check_account, no_member, settle};
use crate::hub::{Change, Route, Writing};
use crate::policy::needs::ManageGroups;
use crate::store::sqlite::WorkspaceFacts;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Adds people to a group. A local group takes members of its workspace; through a directory group people come
/// into the workspace without an invitation.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Add {
    /// Name or id of the group.
    pub group: String,
    /// Whom.
    pub accounts: Vec<String>,
}

impl Change for Add {
    const NAME: &'static str = "group.add";
    const ROUTE: Route = Route::post("/groups/{group}/members");
    type Needs = ManageGroups;
    type Answer = Vec<Touched>;

    fn change(&self, at: &mut Writing<'_, ManageGroups>) -> Result<Vec<Touched>> {
        let (group, workspace) = find(at, &self.group)?;
        let powers = Powers::of(at);
        let mut done = Vec::new();
        for account in &self.accounts {
            let before = at.reading().member(workspace.id, account)?;
            let is_in = before
                .as_ref()
                .is_some_and(|member| member.status != MemberStatus::Removed);
            let after = match (group.kind, &before) {
                (_, Some(member)) if is_in => joined(&group, member, at),
                (GroupKind::Directory, _) => brought_in(&group, &workspace, account, before.as_ref(), at)?,
                (GroupKind::Local, _) => return Err(no_member(at, &workspace, account)?),
            };
            let settled = settle(at, &powers, &workspace, (before.as_ref(), after), VALID_DAYS)?;
            done.push(Touched::of(settled, at.context().now));
        }
        Ok(done)
    }
}

/// A member with one group more. Whoever is invited and comes through a directory needs the invitation no more.
fn joined(group: &Group, member: &Member, at: &Writing<'_, ManageGroups>) -> Member {
    let waits = group.kind == GroupKind::Directory && member.status == MemberStatus::Invited;
    let mut groups = member.groups.clone();
    groups.insert(group.code.clone());
    let wish = Wish {
        groups: Some(groups),
        status: waits.then_some(MemberStatus::Directory),
        ..Wish::default()
    };
    wish.on(member, at.context().now)
}

/// Someone new, or someone who was removed and comes back with nothing but the group.
fn brought_in(
    group: &Group,
    workspace: &WorkspaceFacts,
    account: &str,
    before: Option<&Member>,
    at: &Writing<'_, ManageGroups>,
) -> Result<Member> {
    check_account(account)?;
    let now = at.context().now;
    let new = Member::new(workspace.id, &workspace.code, account, now);
    let wish = Wish {
        roles: Some(Default::default()),
        groups: Some([group.code.clone()].into()),
        default_group: Some(String::new()),
        service_admin: Some(false),
        status: Some(MemberStatus::Directory),
        ..Wish::default()
    };
    Ok(wish.on(before.unwrap_or(&new), now))
}

/// Takes people out of a group. Whoever came through a directory's groups and is in none of them any more
/// leaves the workspace.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Remove {
    /// Name or id of the group.
    pub group: String,
    /// Whom.
    pub accounts: Vec<String>,
}

impl Change for Remove {
    const NAME: &'static str = "group.remove";
    const ROUTE: Route = Route::post("/groups/{group}/member-removals");
    type Needs = ManageGroups;
    type Answer = Vec<Touched>;

    fn change(&self, at: &mut Writing<'_, ManageGroups>) -> Result<Vec<Touched>> {
        let (group, workspace) = find(at, &self.group)?;
        let powers = Powers::of(at);
        let mut done = Vec::new();
        for account in &self.accounts {
            let Some(before) = at.reading().member(workspace.id, account)? else {
                return Err(no_member(at, &workspace, account)?);
            };
            let after = left(&group, &before, at)?;
            let settled = settle(at, &powers, &workspace, (Some(&before), after), VALID_DAYS)?;
            done.push(Touched::of(settled, at.context().now));
        }
        Ok(done)
    }
}

fn left(group: &Group, member: &Member, at: &Writing<'_, ManageGroups>) -> Result<Member> {
    let mut groups = member.groups.clone();
    if !groups.remove(&group.code) {
        return Ok(member.clone());
    }
    let was_default = member.default_group.as_ref() == Some(&group.code);
    let others = at.reading().groups(Some(group.workspace_id))?;
    let still_through = |other: &Group| other.kind == GroupKind::Directory && groups.contains(&other.code);
    let came_through = member.status == MemberStatus::Directory && group.kind == GroupKind::Directory;
    let leaves = came_through && !others.iter().any(still_through);
    let wish = Wish {
        groups: Some(groups),
        default_group: was_default.then(String::new),
        // Someone removed stays so: nothing is wished of their state but that.
        status: match member.status {
            MemberStatus::Removed => Some(MemberStatus::Removed),
            _ => leaves.then_some(MemberStatus::Removed),
        },
        ..Wish::default()
    };
    Ok(wish.on(member, at.context().now))
}
