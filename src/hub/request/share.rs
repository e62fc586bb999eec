//! `request.share`

use crate::domain::request::{Case, Sharing};
use crate::error::{Result, codes};
use crate::hub::{Change, Writing};
use crate::policy::needs::ShareRequests;
use crate::store::Named;

/// With whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum With {
    /// These accounts (V-2).
    People(Vec<String>),
    /// This group, by name or id, instead of the one before (V-6).
    Group(String),
}

/// Shares a request, or stops sharing it. Whoever shares must see it.
#[derive(Debug)]
pub struct Share {
    /// Its number.
    pub number: String,
    /// With whom.
    pub with: With,
    /// Stop sharing.
    pub stop: bool,
}

/// With whom a request was shared, and with whom it is.
#[derive(Debug)]
pub struct Shared {
    /// Before.
    pub before: Sharing,
    /// Now.
    pub after: Sharing,
}

impl Change for Share {
    const NAME: &'static str = "request.share";
    type Needs = ShareRequests;
    type Answer = Shared;

    fn change(&self, at: &mut Writing<'_, ShareRequests>) -> Result<Shared> {
        let id = at.reading().find_case(&self.number)?;
        let case = at.reading().request(id)?.case;
        self.takes_more(at, &case)?;
        let before = at.reading().sharing(id)?;
        match &self.with {
            With::People(accounts) => self.people(at, &case, accounts)?,
            With::Group(group) => self.group(at, &case, group)?,
        }
        let after = at.reading().sharing(id)?;
        if before != after {
            at.record(&format!("request:{}", case.number), Some(&before), Some(&after))?;
        }
        Ok(Shared { before, after })
    }
}

impl Share {
    /// An archived workspace takes nothing new (W-5).
    fn takes_more(&self, at: &Writing<'_, ShareRequests>, case: &Case) -> Result<()> {
        let workspace = at.reading().workspace(case.workspace_id)?;
        match workspace.archived_on {
            Some(day) if !self.stop => {
                let message = format!("workspace {} was archived on {day} (W-5)", workspace.code);
                Err(codes::ARCHIVED.error(message))
            }
            _ => Ok(()),
        }
    }

    fn people(&self, at: &Writing<'_, ShareRequests>, case: &Case, accounts: &[String]) -> Result<()> {
        for account in accounts {
            if self.stop {
                at.unshare_case(case.id, account)?;
                continue;
            }
            let member = at.reading().member(case.workspace_id, account)?;
            let now = at.context().now;
            let Some(member) = member.filter(|member| member.status(now).is_active()) else {
                let workspace = at.reading().workspace(case.workspace_id)?.code;
                let message = format!(
                    "{account} is no active member of workspace {workspace}, whose members alone see its requests (V-2)"
                );
                let hint = format!(
                    "`servhub user invite {account} --workspace {workspace}`; someone who is invited accepts first"
                );
                return Err(codes::RULE.error(message).hint(hint));
            };
            at.share_case(case.id, &member.account)?;
        }
        Ok(())
    }

    fn group(&self, at: &Writing<'_, ShareRequests>, case: &Case, group: &str) -> Result<()> {
        let id = at.reading().find(Named::Group, group)?;
        let (workspace_id, code) = at.reading().group_place(id)?;
        if workspace_id != case.workspace_id {
            let workspace = at.reading().workspace(case.workspace_id)?.code;
            let message =
                format!("group {code} is not of workspace {workspace}, whose request this is (R-4)");
            let hint = format!("`servhub group list --workspace {workspace}` shows its groups");
            return Err(codes::RULE.error(message).hint(hint));
        }
        let current = at.reading().sharing(case.id)?.group;
        match self.stop {
            true if current.as_deref() == Some(code.as_str()) => at.share_case_with_group(case.id, None),
            true => Ok(()),
            false if current.as_deref() == Some(code.as_str()) => Ok(()),
            false => at.share_case_with_group(case.id, Some(id)),
        }
    }
}
