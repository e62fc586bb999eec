//! The workspaces that a change of people is about.

use crate::error::{Result, codes};
use crate::hub::{Reading, Writing};
use crate::policy::Permission;
use crate::store::Named;
use crate::store::sqlite::WorkspaceFacts;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Which workspaces are meant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum Places {
    /// These, by name or id.
    Named(Vec<String>),
    /// All in which the acting person holds the permission.
    All,
}

impl Places {
    /// The workspaces themselves. Archived ones are left out of "all".
    pub(crate) fn facts<P: Permission>(&self, at: &Writing<'_, P>) -> Result<Vec<WorkspaceFacts>> {
        let mut all = self.with_archived(at)?;
        if *self == Self::All {
            all.retain(|workspace| !workspace.archived);
        }
        Ok(all)
    }

    /// The same with archived ones, for taking people out.
    pub(crate) fn with_archived<P: Permission>(&self, at: &Writing<'_, P>) -> Result<Vec<WorkspaceFacts>> {
        let names = match self {
            Self::All => return covered(at),
            Self::Named(names) => names,
        };
        if names.is_empty() {
            return Err(no_workspace());
        }
        names.iter().map(|name| find(at, name)).collect()
    }

    /// Their keys, for a question; none means all that it sees.
    pub(crate) fn keys<P: Permission>(&self, at: &Reading<'_, P>) -> Result<Option<Vec<i64>>> {
        match self {
            Self::All => Ok(None),
            Self::Named(names) => {
                let keys = names.iter().map(|name| at.find(Named::Workspace, name));
                keys.collect::<Result<_>>().map(Some)
            }
        }
    }
}

/// One workspace by name or id.
pub(crate) fn find<P: Permission>(at: &Writing<'_, P>, name: &str) -> Result<WorkspaceFacts> {
    let id = at.reading().find(Named::Workspace, name)?;
    at.reading().workspace_facts_of(id)
}

fn covered<P: Permission>(at: &Writing<'_, P>) -> Result<Vec<WorkspaceFacts>> {
    let coverage = at.grant().coverage();
    let mut all = at.reading().all_workspace_facts()?;
    all.retain(|workspace| coverage.has_workspace(workspace.id, workspace.customer_id));
    all.sort_by(|a, b| a.code.cmp(&b.code));
    Ok(all)
}

fn no_workspace() -> crate::error::Error {
    codes::MISSING_OPTION
        .error("nothing says in which workspace")
        .hint("name it with --workspace, take --all-workspaces, or choose one with `servhub workspace use NAME`")
}
