//! `workspace.create`

use crate::domain::Instant;
use crate::domain::contract::Workspace;
use crate::domain::member::Member;
use crate::domain::people::Role;
use crate::error::{Result, codes};
use crate::hub::people::{Code, VALID_DAYS, check_account, renew};
use crate::hub::{Change, Route, Writing};
use crate::output::{Cell, Column, Tabular, col};
use crate::policy::needs::ManageWorkspaces;
use crate::store::sqlite::Table;
use crate::store::{Named, NewWorkspace};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Makes a workspace for a customer, with its own administrator (W-1).
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Create {
    /// Name or id of the customer.
    pub customer: String,
    /// Name, unique within the customer.
    pub name: String,
    /// Short id; made from the customer's when not given.
    pub code: Option<String>,
    /// Account of the administrator, who then invites members.
    pub administrator: String,
    /// Takes personal accounts on a unified contract (W-4).
    pub allow_personal: bool,
    /// Numbers of contracts to link.
    pub contracts: Vec<String>,
}

/// A workspace that was made, and the invitation of its administrator.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Created {
    /// The workspace.
    pub workspace: Workspace,
    /// When the invitation runs out.
    pub expires_at: Option<Instant>,
    /// Its code, which can be told once and never again; none in an answer that is not kept.
    pub code: Option<Code>,
}

impl Tabular for Created {
    const SCHEMA: &'static str = "workspace.create/1";
    const COLUMNS: &'static [Column] = &[
        col("workspace"),
        col("name"),
        col("customer"),
        col("administrator"),
        col("allow_personal").quiet(),
        col("expires_at"),
        col("code"),
    ];

    fn cells(&self) -> Vec<Cell> {
        vec![
            (&self.workspace.code).into(),
            (&self.workspace.name).into(),
            (&self.workspace.customer).into(),
            (&self.workspace.administrator).into(),
            self.workspace.allow_personal.into(),
            self.expires_at.into(),
            self.code.as_ref().map(Code::tell).into(),
        ]
    }
}

impl Change for Create {
    const NAME: &'static str = "workspace.create";
    const ROUTE: Route = Route::post("/workspaces");
    type Needs = ManageWorkspaces;
    type Answer = Created;

    fn change(&self, at: &mut Writing<'_, ManageWorkspaces>) -> Result<Created> {
        check_account(&self.administrator)?;
        let customer_id = at.reading().find(Named::Customer, &self.customer)?;
        let same = at.reading().workspaces(Some(customer_id))?;
        super::free_name(&same, &self.name)?;
        let code = self
            .code
            .clone()
            .map_or_else(|| self.free_code(at, customer_id), Ok)?;
        let new = NewWorkspace {
            customer_id,
            code: &code,
            name: &self.name,
            administrator: &self.administrator,
            allow_personal: self.allow_personal,
        };
        if at.reading().workspace_facts(&code)?.is_some() {
            let error = codes::RULE.error(format!("the id {code} is taken (W-1)"));
            return Err(error.hint("choose another one, or leave --id out"));
        }
        let id = at.create_workspace(&new)?;
        for number in &self.contracts {
            let contract = at
                .reading()
                .contract(at.reading().find(Named::Contract, number)?)?;
            super::attach::same_customer(customer_id, contract.customer_id, "contract", number)?;
            at.link_contract(id, contract.id)?;
        }
        let workspace = at.reading().workspace(id)?;
        at.record(&format!("workspace:{code}"), None, Some(&workspace))?;
        self.invite(at, workspace)
    }
}

impl Create {
    /// The administrator is the first member. Whoever makes the workspace may do that much, and no more, without
    /// the permission to invite (W-1).
    fn invite(&self, at: &mut Writing<'_, ManageWorkspaces>, workspace: Workspace) -> Result<Created> {
        let now = at.context().now;
        let mut member = Member::new(workspace.id, &workspace.code, &self.administrator, now);
        member.roles.insert(Role::WorkspaceAdmin);
        renew(&mut member, now, VALID_DAYS);
        let code = Code::make()?;
        member.id = at.keep_member(None, &member)?;
        at.set_code(member.id, Some(&code.hash()))?;
        at.record(&member.subject(), None, Some(&member))?;
        Ok(Created {
            workspace,
            expires_at: member.expires_at,
            code: Some(code),
        })
    }

    /// The customer's id and the next free number.
    fn free_code(&self, at: &Writing<'_, ManageWorkspaces>, customer_id: i64) -> Result<String> {
        // Ids are one set for the whole hub, whatever the acting person knows of.
        let taken = at.reading().codes(Table::Workspace)?;
        let customer = at.reading().code_of(Table::Customer, customer_id)?;
        let free = |number: usize| format!("{customer}-W{number}");
        let number = (1..=taken.len()).find(|number| !taken.contains(&free(*number)));
        Ok(free(number.unwrap_or(taken.len() + 1)))
    }
}
