//! `group.create`

use crate::domain::people::Group;
use crate::error::{Result, codes};
use crate::hub::people::{find_place, open};
use crate::hub::{Change, Route, Writing};
use crate::policy::needs::ManageGroups;
use crate::store::sqlite::{NewGroup, WorkspaceFacts};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Makes a group in a workspace.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Create {
    /// Name, unique within the workspace.
    pub name: String,
    /// Name or id of the workspace.
    pub workspace: String,
    /// Short id, unique in the hub; made from the workspace's when not given.
    pub code: Option<String>,
    /// Tenant and object id of the directory's group that it stands for; none for a local one.
    pub directory: Option<(String, String)>,
}

impl Change for Create {
    const NAME: &'static str = "group.create";
    const ROUTE: Route = Route::post("/groups");
    type Needs = ManageGroups;
    type Answer = Group;

    fn change(&self, at: &mut Writing<'_, ManageGroups>) -> Result<Group> {
        let workspace = find_place(at, &self.workspace)?;
        open(&workspace)?;
        self.check(at, &workspace)?;
        let code = match &self.code {
            Some(code) if at.reading().has_group(code)? => {
                let error = codes::RULE.error(format!("the id {code} is taken (R-4)"));
                return Err(error.hint("choose another one, or leave --id out"));
            }
            Some(code) => code.clone(),
            None => free_code(at, &workspace)?,
        };
        let directory = self.directory.as_ref();
        let id = at.create_group(&NewGroup {
            workspace_id: workspace.id,
            code: &code,
            name: &self.name,
            directory: directory.map(|(tenant, object)| (tenant.as_str(), object.as_str())),
        })?;
        let made = at.reading().group(id)?;
        at.record(&super::subject(&made), None, Some(&made))?;
        Ok(made)
    }
}

impl Create {
    /// A name stands for one group of a workspace, and so does a directory's group.
    fn check(&self, at: &Writing<'_, ManageGroups>, workspace: &WorkspaceFacts) -> Result<()> {
        if self.name.trim().is_empty() {
            return Err(codes::BAD_VALUE.error("a group needs a name (R-4)"));
        }
        for other in at.reading().groups(Some(workspace.id))? {
            let directory = self.directory.as_ref();
            let same_object = directory.is_some_and(|(tenant, object)| {
                other.tenant.as_ref() == Some(tenant) && other.object_id.as_ref() == Some(object)
            });
            if other.name.to_lowercase() == self.name.to_lowercase() || same_object {
                let message = format!(
                    "workspace {} has the group {} \"{}\" already (R-4)",
                    workspace.code, other.code, other.name
                );
                return Err(codes::RULE.error(message));
            }
        }
        Ok(())
    }
}

/// The workspace's id and the next free number.
fn free_code(at: &Writing<'_, ManageGroups>, workspace: &WorkspaceFacts) -> Result<String> {
    let mut number = at.reading().groups(Some(workspace.id))?.len() + 1;
    loop {
        let code = format!("{}-G{number}", workspace.code);
        if !at.reading().has_group(&code)? {
            return Ok(code);
        }
        number += 1;
    }
}
