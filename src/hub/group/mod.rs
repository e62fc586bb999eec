//! Groups of workspaces: who belongs to them, and what they hold (R-4, V-6).

mod create;
mod default;
mod list;
mod members;
mod roles;

pub use create::Create;
pub use default::{Choice, ChooseDefault, SetDefault};
pub use list::{List, Mine, Show};
pub use members::{Add, Remove};
pub use roles::{Grant, Revoke};

use super::Writing;
use crate::domain::people::Group;
use crate::error::Result;
use crate::output::{Cell, Column, Tabular, col};
use crate::policy::Permission;
use crate::store::Named;
use crate::store::sqlite::WorkspaceFacts;

impl Tabular for Group {
    const SCHEMA: &'static str = "group.list/1";
    const COLUMNS: &'static [Column] = &[
        col("group"),
        col("name"),
        col("workspace"),
        col("kind"),
        col("tenant").quiet(),
        col("object_id").quiet(),
        col("roles"),
        col("members"),
    ];

    fn cells(&self) -> Vec<Cell> {
        let roles: Vec<String> = self.roles.iter().map(|role| role.word().to_owned()).collect();
        vec![
            (&self.code).into(),
            (&self.name).into(),
            (&self.workspace).into(),
            self.kind.word().into(),
            (&self.tenant).into(),
            (&self.object_id).into(),
            roles.into(),
            self.members.clone().into(),
        ]
    }
}

/// How the audit trail names a group.
fn subject(group: &Group) -> String {
    format!("group:{}", group.code)
}

/// The group that a change is about, with its workspace.
fn find<P: Permission>(at: &Writing<'_, P>, text: &str) -> Result<(Group, WorkspaceFacts)> {
    let id = at.reading().find(Named::Group, text)?;
    let group = at.reading().group(id)?;
    let workspace = at.reading().workspace_facts_of(group.workspace_id)?;
    Ok((group, workspace))
}
