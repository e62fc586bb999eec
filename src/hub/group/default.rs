//! `group.choose` and `group.default`: the group that a person's new requests are shared with (V-6).

use super::find;
use crate::domain::member::{Member, Wish};
use crate::domain::people::MemberStatus;
use crate::error::{Result, codes};
use crate::hub::people::{Powers, Touched, VALID_DAYS, find_place, no_member, settle};
use crate::hub::{Change, Route, Writing};
use crate::policy::Permission;
use crate::policy::needs::{ChooseGroup, ManageGroups};
use crate::store::sqlite::WorkspaceFacts;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What the default group is to be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum Choice {
    /// This group, by name or id.
    Group(String),
    /// None, in this workspace.
    None(String),
}

impl Choice {
    fn set<P: Permission>(&self, at: &mut Writing<'_, P>, account: &str) -> Result<Touched> {
        let (workspace, code) = match self {
            Self::Group(text) => {
                let (group, workspace) = find(at, text)?;
                (workspace, group.code)
            }
            Self::None(text) => (find_place(at, text)?, String::new()),
        };
        let before = member(at, &workspace, account)?;
        let wish = Wish {
            default_group: Some(code),
            ..Wish::default()
        };
        let after = wish.on(&before, at.context().now);
        let powers = Powers::of(at);
        let settled = settle(at, &powers, &workspace, (Some(&before), after), VALID_DAYS)?;
        Ok(Touched::of(settled, at.context().now))
    }
}

fn member<P: Permission>(at: &Writing<'_, P>, workspace: &WorkspaceFacts, account: &str) -> Result<Member> {
    let found = at.reading().member(workspace.id, account)?;
    match found.filter(|member| member.status != MemberStatus::Removed) {
        Some(member) => Ok(member),
        None => Err(no_member(at, workspace, account)?),
    }
}

/// Chooses one's own default group.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct ChooseDefault {
    /// Which.
    pub default: Choice,
}

impl Change for ChooseDefault {
    const NAME: &'static str = "group.choose";
    const ROUTE: Route = Route::put("/my/default-group");
    type Needs = ChooseGroup;
    type Answer = Touched;

    fn change(&self, at: &mut Writing<'_, ChooseGroup>) -> Result<Touched> {
        let Some(account) = at.grant().actor().account().map(str::to_owned) else {
            let error =
                codes::MISSING_OPTION.error("the operator is nobody's member: nothing says whose it is");
            return Err(error.hint("name the person with --account"));
        };
        self.default.set(at, &account)
    }
}

/// Sets somebody's default group, as whoever looks after the groups.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct SetDefault {
    /// Whose.
    pub account: String,
    /// Which.
    pub default: Choice,
}

impl Change for SetDefault {
    const NAME: &'static str = "group.default";
    const ROUTE: Route = Route::put("/users/{account}/default-group");
    type Needs = ManageGroups;
    type Answer = Touched;

    fn change(&self, at: &mut Writing<'_, ManageGroups>) -> Result<Touched> {
        self.default.set(at, &self.account)
    }
}
