//! `workspace.show`

use crate::domain::contract::{Package, Workspace};
use crate::domain::people::MemberStatus;
use crate::error::Result;
use crate::hub::contract::PackageLine;
use crate::hub::{Query, Reading, Route};
use crate::policy::needs::{ListPeople, ReadWorkspaces};
use crate::store::Named;
use crate::store::sqlite::MemberFilter;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::HashSet;

/// One workspace with the packages attached to it.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Show {
    /// Name or id.
    pub workspace: String,
}

/// A workspace as it is shown.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Shown {
    /// The workspace.
    pub workspace: Workspace,
    /// The packages attached to it.
    pub packages: Vec<PackageLine>,
    /// Its people, for those who may see the list of members.
    pub people: Option<People>,
}

/// How many people a workspace has, and who administers it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct People {
    /// Those who are in.
    pub members: i64,
    /// Those whose invitation waits.
    pub invited: i64,
    /// Accounts of its administrators.
    pub administrators: Vec<String>,
}

impl Query for Show {
    const NAME: &'static str = "workspace.show";
    const ROUTE: Route = Route::get("/workspaces/{workspace}");
    type Needs = ReadWorkspaces;
    type Answer = Shown;

    fn answer(&self, at: &Reading<'_, ReadWorkspaces>) -> Result<Shown> {
        let id = at.find(Named::Workspace, &self.workspace)?;
        let workspace = at.workspace(id)?;
        Ok(Shown {
            packages: packages(at, &workspace)?,
            people: people(at, &workspace)?,
            workspace,
        })
    }
}

fn packages(at: &Reading<'_, ReadWorkspaces>, workspace: &Workspace) -> Result<Vec<PackageLine>> {
    let attached: HashSet<i64> = at.packages_in(workspace.id)?.into_iter().collect();
    let mut lines = Vec::new();
    for contract in at.contracts(Some(workspace.customer_id))? {
        let day = at.context().day_at(&contract.time_zone)?;
        let packages = at
            .packages(Some(contract.id))?
            .into_iter()
            .filter(|package| attached.contains(&package.id));
        let line = |package: Package| PackageLine {
            contract: contract.number.clone(),
            status: package.status(day),
            package,
        };
        lines.extend(packages.map(line));
    }
    Ok(lines)
}

/// None where the asking person may not see the list of members.
fn people(at: &Reading<'_, ReadWorkspaces>, workspace: &Workspace) -> Result<Option<People>> {
    let may = at
        .also::<ListPeople>()
        .and_then(|grant| grant.on_workspace(workspace.id, workspace.customer_id, &workspace.code));
    if may.is_err() {
        return Ok(None);
    }
    let keys = [workspace.id];
    let count = |status: &[MemberStatus]| {
        let filter = MemberFilter {
            workspaces: Some(&keys),
            status,
            ..MemberFilter::default()
        };
        at.member_count(&filter, at.context().now)
    };
    Ok(Some(People {
        members: count(&[MemberStatus::Registered, MemberStatus::Directory])?,
        invited: count(&[MemberStatus::Invited])?,
        administrators: at.names_of_administrators(workspace.id)?,
    }))
}
