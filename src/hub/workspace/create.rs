//! `workspace.create`

use crate::domain::contract::Workspace;
use crate::error::{Result, codes};
use crate::hub::{Change, Writing};
use crate::policy::needs::ManageWorkspaces;
use crate::store::{Named, NewWorkspace};

/// Makes a workspace for a customer, with its own administrator (W-1).
#[derive(Debug)]
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

impl Change for Create {
    const NAME: &'static str = "workspace.create";
    type Needs = ManageWorkspaces;
    type Answer = Workspace;

    fn change(&self, at: &mut Writing<'_, ManageWorkspaces>) -> Result<Workspace> {
        let customer_id = at.reading().find(Named::Customer, &self.customer)?;
        let same = at.reading().workspaces(Some(customer_id))?;
        if same.iter().any(|workspace| workspace.name == self.name) {
            let message = format!("the customer has a workspace \"{}\" already (W-1)", self.name);
            return Err(codes::RULE.error(message).hint("choose another name"));
        }
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
        let id = at.create_workspace(&new)?;
        for number in &self.contracts {
            let contract = at
                .reading()
                .contract(at.reading().find(Named::Contract, number)?)?;
            super::attach::same_customer(customer_id, contract.customer_id, "contract", number)?;
            at.link_contract(id, contract.id)?;
        }
        let made = at.reading().workspace(id)?;
        at.record(&format!("workspace:{code}"), None, Some(&made))?;
        Ok(made)
    }
}

impl Create {
    /// The customer's id and the next free number.
    fn free_code(&self, at: &Writing<'_, ManageWorkspaces>, customer_id: i64) -> Result<String> {
        let taken = at.reading().codes_and_names(Named::Workspace)?;
        let customers = at.reading().codes_and_names(Named::Customer)?;
        let customer = customers
            .into_iter()
            .find(|(id, ..)| *id == customer_id)
            .map(|(_, code, _)| code)
            .unwrap_or_default();
        let free = |number: usize| format!("{customer}-W{number}");
        let number =
            (1..=taken.len() + 1).find(|number| taken.iter().all(|(_, code, _)| *code != free(*number)));
        Ok(free(number.unwrap_or(taken.len() + 1)))
    }
}
