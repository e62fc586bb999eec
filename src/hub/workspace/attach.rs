//! `workspace.attach`, `workspace.detach` and `workspace.archive`

use crate::domain::contract::{Package, Workspace};
use crate::error::{Result, codes};
use crate::hub::{Change, Route, Writing};
use crate::policy::needs::ManageWorkspaces;
use crate::store::Named;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Attaches packages, which then appear on the workspace's report (C-3), or links contracts alone.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Attach {
    /// Name or id of the workspace.
    pub workspace: String,
    /// Names or ids of packages.
    pub packages: Vec<String>,
    /// Numbers of contracts.
    pub contracts: Vec<String>,
}

/// What was attached, as the audit trail keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Attached {
    /// Id of the workspace.
    pub workspace: String,
    /// Ids of packages.
    pub packages: Vec<String>,
    /// Numbers of contracts.
    pub contracts: Vec<String>,
}

impl Change for Attach {
    const NAME: &'static str = "workspace.attach";
    const ROUTE: Route = Route::post("/workspaces/{workspace}/attachments");
    type Needs = ManageWorkspaces;
    type Answer = Attached;

    fn change(&self, at: &mut Writing<'_, ManageWorkspaces>) -> Result<Attached> {
        let workspace = find(at, &self.workspace)?;
        let mut new = Attached {
            workspace: workspace.code.clone(),
            packages: Vec::new(),
            contracts: Vec::new(),
        };
        let day = at.context().now.day_in(&crate::domain::Zone::utc());
        for name in &self.packages {
            let package = find_package(at, name)?;
            new.contracts.extend(link(at, &workspace, package.contract_id)?);
            if at.attach_package(workspace.id, package.id, day)? {
                new.packages.push(package.code);
            }
        }
        for number in &self.contracts {
            let contract = at.reading().find(Named::Contract, number)?;
            new.contracts.extend(link(at, &workspace, contract)?);
        }
        if !(new.packages.is_empty() && new.contracts.is_empty()) {
            at.record(&format!("workspace:{}", workspace.code), None, Some(&new))?;
        }
        Ok(new)
    }
}

/// Takes a package off a workspace. Refused while the workspace has used it (W-5).
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Detach {
    /// Name or id of the workspace.
    pub workspace: String,
    /// Name or id of the package.
    pub package: String,
}

impl Change for Detach {
    const NAME: &'static str = "workspace.detach";
    const ROUTE: Route = Route::delete("/workspaces/{workspace}/attachments/{package}");
    type Needs = ManageWorkspaces;
    type Answer = Attached;

    fn change(&self, at: &mut Writing<'_, ManageWorkspaces>) -> Result<Attached> {
        let workspace = find(at, &self.workspace)?;
        let package = find_package(at, &self.package)?;
        let used = at.reading().recorded_in(workspace.id, package.id)?;
        if !used.is_empty() {
            // How many there are would count those that the acting person may not see.
            let all_seen = at.grant().actor().account().is_none();
            let line = |(code, entries): &(String, i64)| match all_seen {
                true => format!("{entries} of {code}"),
                false => code.clone(),
            };
            let list = used.iter().map(line).collect::<Vec<_>>().join(", ");
            let message = format!(
                "workspace {} has ledger entries of package {}: {list} (W-5)",
                workspace.code, package.code
            );
            return Err(codes::STILL_NEEDED
                .error(message)
                .hint("keep it attached: the report would no longer explain them"));
        }
        let mut gone = Attached {
            workspace: workspace.code.clone(),
            packages: Vec::new(),
            contracts: Vec::new(),
        };
        if at.detach_package(workspace.id, package.id)? {
            gone.packages.push(package.code);
            at.record(&format!("workspace:{}", workspace.code), Some(&gone), None)?;
        }
        Ok(gone)
    }
}

/// Archives a workspace: it stays readable, and is never deleted (W-5).
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Archive {
    /// Name or id of the workspace.
    pub workspace: String,
}

impl Change for Archive {
    const NAME: &'static str = "workspace.archive";
    const ROUTE: Route = Route::post("/workspaces/{workspace}/archiving");
    type Needs = ManageWorkspaces;
    type Answer = Workspace;

    fn change(&self, at: &mut Writing<'_, ManageWorkspaces>) -> Result<Workspace> {
        let before = find(at, &self.workspace)?;
        if before.archived_on.is_some() {
            return Ok(before);
        }
        let day = at.context().now.day_in(&crate::domain::Zone::utc());
        at.archive_workspace(before.id, day)?;
        let after = at.reading().workspace(before.id)?;
        at.record(&format!("workspace:{}", before.code), Some(&before), Some(&after))?;
        Ok(after)
    }
}

fn find(at: &Writing<'_, ManageWorkspaces>, text: &str) -> Result<Workspace> {
    let id = at.reading().find(Named::Workspace, text)?;
    at.reading().workspace(id)
}

fn find_package(at: &Writing<'_, ManageWorkspaces>, text: &str) -> Result<Package> {
    let id = at.reading().find(Named::Package, text)?;
    at.reading().package(id)
}

/// Links a contract of the same customer; answers its number when it was not linked yet.
fn link(
    at: &Writing<'_, ManageWorkspaces>,
    workspace: &Workspace,
    contract_id: i64,
) -> Result<Option<String>> {
    let contract = at.reading().contract(contract_id)?;
    same_customer(
        workspace.customer_id,
        contract.customer_id,
        "contract",
        &contract.number,
    )?;
    Ok(at
        .link_contract(workspace.id, contract.id)?
        .then_some(contract.number))
}

/// A workspace has links to contracts and packages of one customer (W-1).
pub(super) fn same_customer(workspace: i64, other: i64, what: &str, name: &str) -> Result<()> {
    if workspace == other {
        return Ok(());
    }
    Err(codes::RULE.error(format!(
        "{what} {name} belongs to another customer than the workspace (W-1)"
    )))
}
