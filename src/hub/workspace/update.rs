//! `workspace.update`

use crate::domain::contract::{AccountKind, Workspace};
use crate::domain::people::MemberStatus;
use crate::error::{Result, codes};
use crate::hub::{Change, Route, Writing};
use crate::policy::needs::ConfigureWorkspaces;
use crate::store::Named;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Changes the settings of a workspace; what is none stays as it is.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Update {
    /// Name or id of the workspace.
    pub workspace: String,
    /// A new name, unique within the customer.
    pub name: Option<String>,
    /// Whether it takes personal accounts on a unified contract (W-4).
    pub allow_personal: Option<bool>,
}

impl Change for Update {
    const NAME: &'static str = "workspace.update";
    const ROUTE: Route = Route::patch("/workspaces/{workspace}");
    type Needs = ConfigureWorkspaces;
    type Answer = Workspace;

    fn change(&self, at: &mut Writing<'_, ConfigureWorkspaces>) -> Result<Workspace> {
        let id = at.reading().find(Named::Workspace, &self.workspace)?;
        let before = at.reading().workspace(id)?;
        let name = self.name.as_deref().unwrap_or(&before.name);
        if name != before.name {
            super::free_name(&at.reading().workspaces(Some(before.customer_id))?, name)?;
        }
        let allow = self.allow_personal.unwrap_or(before.allow_personal);
        if before.allow_personal && !allow {
            nobody_personal(at, &before)?;
        }
        if name == before.name && allow == before.allow_personal {
            return Ok(before);
        }
        at.configure_workspace(id, name, allow)?;
        let after = at.reading().workspace(id)?;
        at.record(&format!("workspace:{}", before.code), Some(&before), Some(&after))?;
        Ok(after)
    }
}

/// A workspace that takes work accounts only has no others (W-4).
fn nobody_personal(at: &Writing<'_, ConfigureWorkspaces>, workspace: &Workspace) -> Result<()> {
    if at.reading().is_on_premier(workspace.id)? {
        return Ok(());
    }
    let mut members = at.reading().members_of(workspace.id)?;
    members.retain(|member| {
        member.account_kind == AccountKind::Personal && member.status != MemberStatus::Removed
    });
    if members.is_empty() {
        return Ok(());
    }
    let accounts: Vec<&str> = members.iter().map(|member| member.account.as_str()).collect();
    let message = format!(
        "workspace {} has {} members with a personal account: {} (W-4)",
        workspace.code,
        accounts.len(),
        accounts.join(", ")
    );
    Err(codes::STILL_NEEDED
        .error(message)
        .hint("remove them first, or leave it as it is"))
}
