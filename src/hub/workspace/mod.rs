//! Workspaces: the part of a contract that one group of people works in (W-1 to W-5).

mod attach;
mod create;

pub use attach::{Archive, Attach, Attached, Detach};
pub use create::Create;

use super::{Query, Reading};
use crate::domain::contract::{Package, Workspace};
use crate::error::Result;
use crate::output::{Cell, Column, Tabular, col};
use crate::policy::needs::ReadWorkspaces;
use crate::store::Named;
use std::collections::HashSet;

/// Lists workspaces.
#[derive(Debug, Default)]
pub struct List {
    /// Only those of one customer, by name or id.
    pub customer: Option<String>,
    /// Archived ones as well.
    pub archived: bool,
}

impl Query for List {
    const NAME: &'static str = "workspace.list";
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

/// One workspace with the packages attached to it.
#[derive(Debug)]
pub struct Show {
    /// Name or id.
    pub workspace: String,
}

impl Query for Show {
    const NAME: &'static str = "workspace.show";
    type Needs = ReadWorkspaces;
    type Answer = (Workspace, Vec<crate::hub::contract::PackageLine>);

    fn answer(&self, at: &Reading<'_, ReadWorkspaces>) -> Result<Self::Answer> {
        let id = at.find(Named::Workspace, &self.workspace)?;
        let workspace = at.workspace(id)?;
        let attached: HashSet<i64> = at.packages_in(id)?.into_iter().collect();
        let mut lines = Vec::new();
        for contract in at.contracts(Some(workspace.customer_id))? {
            let day = at.context().day_at(&contract.time_zone)?;
            let packages = at
                .packages(Some(contract.id))?
                .into_iter()
                .filter(|package| attached.contains(&package.id));
            let line = |package: Package| crate::hub::contract::PackageLine {
                contract: contract.number.clone(),
                status: package.status(day),
                package,
            };
            lines.extend(packages.map(line));
        }
        Ok((workspace, lines))
    }
}
