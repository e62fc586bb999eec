//! `request.check`: all rules of filing, without filing.

use super::facts;
use crate::domain::filing::{self, Draft, Finding};
use crate::error::Result;
use crate::hub::{Query, Reading};
use crate::output::{Cell, Column, Tabular, col};
use crate::policy::needs::ReadRequests;
use crate::store::Named;

/// Asks every rule whether a request could be filed, and files nothing.
#[derive(Debug)]
pub struct Check {
    /// Name or id of the workspace.
    pub workspace: String,
    /// The request.
    pub draft: Draft,
}

impl Query for Check {
    const NAME: &'static str = "request.check";
    type Needs = ReadRequests;
    type Answer = Vec<Finding>;

    fn answer(&self, at: &Reading<'_, ReadRequests>) -> Result<Vec<Finding>> {
        let id = at.find(Named::Workspace, &self.workspace)?;
        let workspace = at.workspace_facts_of(id)?;
        let account = at.grant().actor().account();
        let (facts, _) = facts::own(**at, at.context(), &workspace, account, &self.draft)?;
        Ok(filing::own(&self.draft, &facts))
    }
}

impl Tabular for Finding {
    const SCHEMA: &'static str = "request.check/1";
    const COLUMNS: &'static [Column] = &[col("rule"), col("verdict"), col("why"), col("way_out")];

    fn cells(&self) -> Vec<Cell> {
        vec![
            self.rule.into(),
            self.verdict.word().into(),
            (&self.why).into(),
            self.way_out.join("; ").into(),
        ]
    }
}
