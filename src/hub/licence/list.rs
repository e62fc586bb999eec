//! `license.list`

use crate::domain::Zone;
use crate::domain::tenant::{PersonState, state_at};
use crate::error::Result;
use crate::hub::tenant::Tenant;
use crate::hub::{Query, Reading, Route};
use crate::output::{Cell, Column, Tabular, col};
use crate::policy::needs::ReadCustomerPeople;
use crate::store::sqlite::LicenceLine;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Lists the licences of a customer by product, or those of one person (G-7).
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct List {
    /// Name or id of the customer.
    pub customer: String,
    /// Only what this person holds.
    pub user: Option<String>,
}

/// One of both.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Listed {
    /// Bought, assigned and left of each product.
    pub products: Vec<LicenceLine>,
    /// What the person holds.
    pub held: Vec<PersonLicence>,
}

/// A licence as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PersonLicence {
    /// Id of the customer.
    pub customer: String,
    /// The account.
    pub account: String,
    /// Of what.
    pub product: String,
    /// `assigned`, or `given back` by someone who was deleted.
    pub state: String,
}

impl Query for List {
    const NAME: &'static str = "license.list";
    const ROUTE: Route = Route::get("/customers/{customer}/licenses");
    type Needs = ReadCustomerPeople;
    type Answer = Listed;

    fn answer(&self, at: &Reading<'_, ReadCustomerPeople>) -> Result<Listed> {
        let tenant = Tenant::find(**at, &self.customer)?;
        let Some(account) = &self.user else {
            let day = at.context().day_in(&Zone::utc());
            return Ok(Listed {
                products: at.licence_lines(tenant.id, day)?,
                held: Vec::new(),
            });
        };
        let found = tenant.ever(**at, account)?;
        let now = at.context().now;
        let Some(person) = found.filter(|one| state_at(one.deleted_at, now) != PersonState::Gone) else {
            return Err(tenant.nobody(**at, account)?);
        };
        let held = at.licences_of(person.id)?.into_iter().map(|held| PersonLicence {
            customer: tenant.code.clone(),
            account: person.account.clone(),
            product: held.product,
            state: if held.given_back { "given back" } else { "assigned" }.to_owned(),
        });
        Ok(Listed {
            products: Vec::new(),
            held: held.collect(),
        })
    }
}

impl Tabular for LicenceLine {
    const SCHEMA: &'static str = "license.list/1";
    const COLUMNS: &'static [Column] = &[
        col("customer"),
        col("product"),
        col("family"),
        col("bought"),
        col("assigned"),
        col("left"),
    ];

    fn cells(&self) -> Vec<Cell> {
        vec![
            (&self.customer).into(),
            (&self.product).into(),
            self.family.map(|family| family.word().to_owned()).into(),
            self.bought.into(),
            self.assigned.into(),
            self.left.into(),
        ]
    }
}

impl Tabular for PersonLicence {
    const SCHEMA: &'static str = "license.held/1";
    const COLUMNS: &'static [Column] = &[col("customer"), col("account"), col("product"), col("state")];

    fn cells(&self) -> Vec<Cell> {
        vec![
            (&self.customer).into(),
            (&self.account).into(),
            (&self.product).into(),
            (&self.state).into(),
        ]
    }
}
