//! `group.list` and `group.show`

use crate::domain::people::Group;
use crate::error::{Result, codes};
use crate::hub::people::{MemberLine, Places};
use crate::hub::{Query, Reading, Route};
use crate::output::Cut;
use crate::policy::needs::{ChooseGroup, ListPeople};
use crate::store::Named;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Lists groups by workspace and name.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct List {
    /// Of which workspaces.
    pub places: Places,
    /// At most so many; none for all (K-7).
    pub limit: Option<usize>,
    /// The id that ended the page before.
    pub page_token: Option<String>,
}

impl Query for List {
    const NAME: &'static str = "group.list";
    const ROUTE: Route = Route::get("/groups");
    type Needs = ListPeople;
    type Answer = (Vec<Group>, Option<Cut>);

    fn answer(&self, at: &Reading<'_, ListPeople>) -> Result<Self::Answer> {
        let keys = self.places.keys(at)?;
        let mut groups = at.groups(None)?;
        if let Some(keys) = keys {
            groups.retain(|group| keys.contains(&group.workspace_id));
        }
        let total = i64::try_from(groups.len()).ok();
        if let Some(token) = &self.page_token {
            let place = groups
                .iter()
                .position(|group| group.code == *token)
                .ok_or_else(|| {
                    codes::BAD_TOKEN.error(format!("\"{token}\" is no page token of `group list`"))
                })?;
            groups.drain(..=place);
        }
        let limit = self.limit.unwrap_or(usize::MAX);
        let more = groups.len() > limit;
        groups.truncate(limit);
        let next = groups.last().filter(|_| more).map(|group| group.code.clone());
        Ok((groups, next.map(|next| Cut { total, next })))
    }
}

/// One's own groups, for choosing the default one. The other members are for those who may list people.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Mine;

impl Query for Mine {
    const NAME: &'static str = "group.mine";
    const ROUTE: Route = Route::get("/my/groups");
    type Needs = ChooseGroup;
    type Answer = Vec<Group>;

    fn answer(&self, at: &Reading<'_, ChooseGroup>) -> Result<Vec<Group>> {
        let own = at.grant().actor().account().unwrap_or_default();
        let mut groups = at.groups(None)?;
        for group in &mut groups {
            group.members.retain(|account| account.eq_ignore_ascii_case(own));
        }
        groups.retain(|group| !group.members.is_empty());
        Ok(groups)
    }
}

/// One group with its members.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Show {
    /// Name or id.
    pub group: String,
}

impl Query for Show {
    const NAME: &'static str = "group.show";
    const ROUTE: Route = Route::get("/groups/{group}");
    type Needs = ListPeople;
    type Answer = (Group, Vec<MemberLine>);

    fn answer(&self, at: &Reading<'_, ListPeople>) -> Result<Self::Answer> {
        let group = at.group(at.find(Named::Group, &self.group)?)?;
        let mut members = Vec::new();
        for account in &group.members {
            let member = at.member(group.workspace_id, account)?;
            members.extend(member.map(|member| MemberLine::at(member, at.context().now)));
        }
        Ok((group, members))
    }
}
