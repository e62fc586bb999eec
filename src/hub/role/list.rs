//! `role.list`

use crate::domain::people::Role;
use crate::error::Result;
use crate::hub::{Query, Reading, Route};
use crate::output::{Cell, Column, Tabular, col};
use crate::policy::needs::ListPeople;
use crate::store::Named;
use crate::store::sqlite::{Held, HeldFilter};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A role of a person as it is shown.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct HeldLine(pub Held);

impl HeldLine {
    /// Where the role comes from, in words.
    fn source(&self) -> String {
        let held = &self.0;
        match (held.role, &held.group, &held.contract) {
            (_, Some(group), _) => format!("group {group}"),
            (_, _, Some(number)) => format!("contract {number}"),
            (Role::GlobalAdmin, ..) => "appointed".to_owned(),
            (Role::ServiceAdmin, ..) => "named on the contract".to_owned(),
            (Role::SupportContact, ..) => "marked".to_owned(),
            _ if held.partner.is_some() => "the partner".to_owned(),
            _ => "granted".to_owned(),
        }
    }
}

impl Tabular for HeldLine {
    const SCHEMA: &'static str = "role.list/1";
    const COLUMNS: &'static [Column] = &[
        col("customer"),
        col("workspace"),
        col("account"),
        col("role"),
        col("comes_from"),
        col("partner"),
    ];

    fn cells(&self) -> Vec<Cell> {
        vec![
            (&self.0.customer).into(),
            (&self.0.workspace).into(),
            (&self.0.account).into(),
            self.0.role.word().into(),
            self.source().into(),
            (&self.0.partner).into(),
        ]
    }
}

/// Lists who holds which role and where it comes from. Whoever is invited, removed or expired holds nothing.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct List {
    /// Only of this account.
    pub account: Option<String>,
    /// Only what counts in this workspace, by name or id.
    pub workspace: Option<String>,
    /// Only at this customer and in its workspaces, by name or id.
    pub customer: Option<String>,
}

impl Query for List {
    const NAME: &'static str = "role.list";
    const ROUTE: Route = Route::get("/roles");
    type Needs = ListPeople;
    type Answer = Vec<HeldLine>;

    fn answer(&self, at: &Reading<'_, ListPeople>) -> Result<Vec<HeldLine>> {
        let workspace = match &self.workspace {
            Some(text) => {
                let workspace = at.workspace(at.find(Named::Workspace, text)?)?;
                Some((workspace.id, workspace.customer_id))
            }
            None => None,
        };
        let customer = self.customer.as_deref();
        let filter = HeldFilter {
            account: self.account.as_deref(),
            workspace,
            customer: customer.map(|text| at.find(Named::Customer, text)).transpose()?,
        };
        Ok(at.held(&filter)?.into_iter().map(HeldLine).collect())
    }
}
