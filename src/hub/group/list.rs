//! `group.list` and `group.show`

use crate::domain::people::Group;
use crate::error::Result;
use crate::hub::people::{MemberLine, Places};
use crate::hub::{Query, Reading};
use crate::policy::needs::ListPeople;
use crate::store::Named;

/// Lists groups by workspace and name.
#[derive(Debug)]
pub struct List {
    /// Of which workspaces.
    pub places: Places,
}

impl Query for List {
    const NAME: &'static str = "group.list";
    type Needs = ListPeople;
    type Answer = Vec<Group>;

    fn answer(&self, at: &Reading<'_, ListPeople>) -> Result<Vec<Group>> {
        let keys = self.places.keys(at)?;
        let mut groups = at.groups(None)?;
        if let Some(keys) = keys {
            groups.retain(|group| keys.contains(&group.workspace_id));
        }
        Ok(groups)
    }
}

/// One group with its members.
#[derive(Debug)]
pub struct Show {
    /// Name or id.
    pub group: String,
}

impl Query for Show {
    const NAME: &'static str = "group.show";
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
