//! `role.appoint` and `role.dismiss`: the global administrators of a customer.

use crate::error::Result;
use crate::hub::{Change, Route, Writing};
use crate::output::{Cell, Column, Tabular, col};
use crate::policy::needs::AppointAdministrators;
use crate::store::Named;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// A global administrator, and whether the change made a difference.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Administrator {
    /// Id of the customer.
    pub customer: String,
    /// The account.
    pub account: String,
    /// For people.
    pub name: String,
    /// `created`, `changed`, `removed` or `unchanged`. Records are made before it is known, and are without it.
    #[serde(default = "unchanged", skip_serializing_if = "is_unchanged")]
    pub outcome: Cow<'static, str>,
}

const fn unchanged() -> Cow<'static, str> {
    Cow::Borrowed("unchanged")
}

fn is_unchanged(outcome: &str) -> bool {
    outcome == "unchanged"
}

impl Tabular for Administrator {
    const SCHEMA: &'static str = "role.administrator/1";
    const COLUMNS: &'static [Column] = &[col("customer"), col("account"), col("name"), col("outcome")];

    fn cells(&self) -> Vec<Cell> {
        vec![
            (&self.customer).into(),
            (&self.account).into(),
            (&self.name).into(),
            (&self.outcome).into(),
        ]
    }
}

impl Administrator {
    fn subject(&self) -> String {
        format!("administrator:{}/{}", self.customer, self.account.to_lowercase())
    }
}

/// Makes accounts global administrators of a customer: everything that the customer may, in all its workspaces.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Appoint {
    /// The accounts.
    pub accounts: Vec<String>,
    /// Name or id of the customer.
    pub customer: String,
    /// For people; the account when there is none.
    pub name: Option<String>,
}

impl Change for Appoint {
    const NAME: &'static str = "role.appoint";
    const ROUTE: Route = Route::post("/customers/{customer}/administrators");
    type Needs = AppointAdministrators;
    type Answer = Vec<Administrator>;

    fn change(&self, at: &mut Writing<'_, AppointAdministrators>) -> Result<Vec<Administrator>> {
        let (id, customer) = customer(at, &self.customer)?;
        self.accounts
            .iter()
            .map(|account| self.appoint(at, id, &customer, account))
            .collect()
    }
}

impl Appoint {
    fn appoint(
        &self,
        at: &mut Writing<'_, AppointAdministrators>,
        id: i64,
        customer: &str,
        account: &str,
    ) -> Result<Administrator> {
        crate::hub::people::check_account(account)?;
        let before = standing(at, id, customer, account)?;
        let known = before.as_ref().map_or(account, |before| &before.name);
        let mut after = Administrator {
            customer: customer.to_owned(),
            account: before
                .as_ref()
                .map_or(account, |before| &before.account)
                .to_owned(),
            name: self.name.as_deref().unwrap_or(known).to_owned(),
            outcome: unchanged(),
        };
        if before.as_ref() == Some(&after) {
            return Ok(after);
        }
        at.appoint(id, &after.account, &after.name)?;
        at.record(&after.subject(), before.as_ref(), Some(&after))?;
        after.outcome = if before.is_some() { "changed" } else { "created" }.into();
        Ok(after)
    }
}

/// Takes the role of global administrator from accounts.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Dismiss {
    /// The accounts.
    pub accounts: Vec<String>,
    /// Name or id of the customer.
    pub customer: String,
}

/// Who was dismissed, and whether somebody is left.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Dismissed {
    /// The accounts, in the order given.
    pub people: Vec<Administrator>,
    /// The customer, when these were its last global administrators.
    pub bereft: Option<String>,
}

impl Change for Dismiss {
    const NAME: &'static str = "role.dismiss";
    const ROUTE: Route = Route::post("/customers/{customer}/administrator-dismissals");
    type Needs = AppointAdministrators;
    type Answer = Dismissed;

    fn change(&self, at: &mut Writing<'_, AppointAdministrators>) -> Result<Dismissed> {
        let (id, customer) = customer(at, &self.customer)?;
        let mut done = Vec::new();
        for account in &self.accounts {
            let Some(mut before) = standing(at, id, &customer, account)? else {
                done.push(Administrator {
                    customer: customer.clone(),
                    account: account.clone(),
                    name: account.clone(),
                    outcome: unchanged(),
                });
                continue;
            };
            at.dismiss(id, account)?;
            at.record(&before.subject(), Some(&before), None)?;
            before.outcome = "removed".into();
            done.push(before);
        }
        let was_one = done.iter().any(|one| one.outcome == "removed");
        let is_last = was_one && at.reading().administrators_at(id)? == 0;
        Ok(Dismissed {
            people: done,
            bereft: is_last.then_some(customer),
        })
    }
}

/// The customer, when the acting person may appoint there: a workspace of it alone would not do.
fn customer(at: &Writing<'_, AppointAdministrators>, text: &str) -> Result<(i64, String)> {
    let id = at.reading().find(Named::Customer, text)?;
    at.grant().on_customer(id, text)?;
    let code = at.reading().code_of(crate::store::sqlite::Table::Customer, id)?;
    Ok((id, code))
}

fn standing(
    at: &Writing<'_, AppointAdministrators>,
    id: i64,
    customer: &str,
    account: &str,
) -> Result<Option<Administrator>> {
    let found = at.reading().administrator(id, account)?;
    Ok(found.map(|(account, name)| Administrator {
        customer: customer.to_owned(),
        account,
        name,
        outcome: unchanged(),
    }))
}
