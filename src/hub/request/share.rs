//! `request.share`

use crate::domain::request::{Case, CasePlace, Sharing};
use crate::error::{Result, codes};
use crate::hub::{Change, Route, Writing};
use crate::policy::Permission;
use crate::policy::needs::{ReadRequests, ShareRequests};
use crate::store::Named;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// With whom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum With {
    /// These accounts (V-2).
    People(Vec<String>),
    /// This group, by name or id, instead of the one before (V-6).
    Group(String),
}

/// Shares a request, or stops sharing it. Whoever shares must see it.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Share {
    /// Its number.
    pub number: String,
    /// With whom.
    pub with: With,
    /// Stop sharing.
    pub stop: bool,
}

/// With whom a request was shared, and with whom it is.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Shared {
    /// Before.
    pub before: Sharing,
    /// Now.
    pub after: Sharing,
}

impl Change for Share {
    const NAME: &'static str = "request.share";
    const ROUTE: Route = Route::put("/requests/{number}/sharing");
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
        let Some(id) = case.workspace_id() else {
            return Ok(());
        };
        let workspace = at.reading().workspace(id)?;
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
            with_person(at, (case.place, case.id), account)?;
        }
        Ok(())
    }

    fn group(&self, at: &Writing<'_, ShareRequests>, case: &Case, group: &str) -> Result<()> {
        if !self.stop {
            return with_group(at, (case.place, case.id), group);
        }
        let (_, code) = group_of(at, case.place, group)?;
        if at.reading().sharing(case.id)?.group.as_deref() == Some(code.as_str()) {
            at.share_case_with_group(case.id, None)?;
        }
        Ok(())
    }
}

/// Shares a request with a person: an active member of its workspace, or one of the partner's own people (V-2).
pub(super) fn with_person<P: Permission>(
    at: &Writing<'_, P>,
    (place, case_id): (CasePlace, i64),
    account: &str,
) -> Result<()> {
    let workspace_id = match place {
        CasePlace::Workspace(id) => id,
        CasePlace::Partner { partner, .. } => return with_agent(at, (partner, case_id), account),
    };
    let member = at.reading().member(workspace_id, account)?;
    let now = at.context().now;
    let Some(member) = member.filter(|member| member.status(now).is_active()) else {
        let workspace = at.reading().workspace(workspace_id)?.code;
        let message = format!(
            "{account} is no active member of workspace {workspace}, whose members alone see its requests (V-2)"
        );
        let hint = format!(
            "`servhub user invite {account} --workspace {workspace}`; someone who is invited accepts first"
        );
        return Err(codes::RULE.error(message).hint(hint));
    };
    at.share_case(case_id, &member.account)?;
    Ok(())
}

fn with_agent<P: Permission>(
    at: &Writing<'_, P>,
    (partner, case_id): (i64, i64),
    account: &str,
) -> Result<()> {
    let standing = at.reading().person(account)?;
    if standing.coverage(ReadRequests::ID).partners.contains(&partner) {
        at.share_case(case_id, account)?;
        return Ok(());
    }
    let partner = at.reading().partner_name(partner)?;
    let message = format!("{account} is none of the people of partner {partner} who work on requests (V-2)");
    Err(codes::RULE
        .error(message)
        .hint("share it with an admin agent or a helpdesk agent of the partner"))
}

/// Shares a request of a workspace with one of its groups, in the place of the one before (V-6).
pub(super) fn with_group<P: Permission>(
    at: &Writing<'_, P>,
    (place, case_id): (CasePlace, i64),
    group: &str,
) -> Result<()> {
    let (id, code) = group_of(at, place, group)?;
    if at.reading().sharing(case_id)?.group.as_deref() == Some(code.as_str()) {
        return Ok(());
    }
    at.share_case_with_group(case_id, Some(id))
}

fn group_of<P: Permission>(at: &Writing<'_, P>, place: CasePlace, group: &str) -> Result<(i64, String)> {
    let CasePlace::Workspace(workspace_id) = place else {
        let error =
            codes::RULE.error("a partner's request is shared with people; groups belong to workspaces (R-4)");
        return Err(error.hint("name the people with --with"));
    };
    let id = at.reading().find(Named::Group, group)?;
    let (place, code) = at.reading().group_place(id)?;
    if place == workspace_id {
        return Ok((id, code));
    }
    let workspace = at.reading().workspace(workspace_id)?.code;
    let message = format!("group {code} is not of workspace {workspace}, whose request this is (R-4)");
    let hint = format!("`servhub group list --workspace {workspace}` shows its groups");
    Err(codes::RULE.error(message).hint(hint))
}
