//! Workspaces: the part of a contract that one group of people works in (W-1 to W-5).

mod attach;
mod create;
mod show;
mod update;

pub use attach::{Archive, Attach, Attached, Detach};
pub use create::{Create, Created};
pub use show::{People, Show, Shown};
pub use update::Update;

use super::{Query, Reading, Route};
use crate::domain::contract::Workspace;
use crate::error::{Result, codes};
use crate::output::{Cell, Column, Tabular, col};
use crate::policy::needs::ReadWorkspaces;
use crate::store::Named;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Lists workspaces.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct List {
    /// Only those of one customer, by name or id.
    pub customer: Option<String>,
    /// Archived ones as well.
    pub archived: bool,
}

impl Query for List {
    const NAME: &'static str = "workspace.list";
    const ROUTE: Route = Route::get("/workspaces");
    type Needs = ReadWorkspaces;
    type Answer = Vec<Workspace>;

    fn answer(&self, at: &Reading<'_, ReadWorkspaces>) -> Result<Vec<Workspace>> {
        let customer = self
            .customer
            .as_deref()
            .map(|text| at.find(Named::Customer, text))
            .transpose()?;
        let all = at.workspaces(customer)?;
        Ok(all
            .into_iter()
            .filter(|workspace| self.archived || workspace.archived_on.is_none())
            .collect())
    }
}

impl Tabular for Workspace {
    const SCHEMA: &'static str = "workspace.list/1";
    const COLUMNS: &'static [Column] = &[
        col("workspace"),
        col("name"),
        col("customer"),
        col("default"),
        col("administrator"),
        col("allow_personal").quiet(),
        col("archived_on"),
    ];

    fn cells(&self) -> Vec<Cell> {
        vec![
            (&self.code).into(),
            (&self.name).into(),
            (&self.customer).into(),
            self.is_default.into(),
            (&self.administrator).into(),
            self.allow_personal.into(),
            self.archived_on.into(),
        ]
    }
}

/// A name stands for one workspace of a customer.
fn free_name(same: &[Workspace], name: &str) -> Result<()> {
    if name.trim().is_empty() {
        return Err(codes::BAD_VALUE.error("a workspace needs a name (W-1)"));
    }
    if same.iter().any(|workspace| workspace.name == name) {
        let message = format!("the customer has a workspace \"{name}\" already (W-1)");
        return Err(codes::RULE.error(message).hint("choose another name"));
    }
    Ok(())
}
