//! `customer-user.create` and `customer-user.update`

use super::{How, Powers, Tenant, Touched, keep};
use crate::domain::tenant::Wish;
use crate::error::{Result, codes};
use crate::hub::{Change, Route, Writing};
use crate::policy::needs::KeepCustomerPeople;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Makes someone new in a customer's tenant. Whoever is there as wished is left as they are.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Create {
    /// Name or id of the customer.
    pub customer: String,
    /// User principal name, in the customer's domain.
    pub account: String,
    /// What is kept of the person.
    pub person: Wish,
}

impl Change for Create {
    const NAME: &'static str = "customer-user.create";
    const ROUTE: Route = Route::post("/customers/{customer}/users");
    type Needs = KeepCustomerPeople;
    type Answer = Touched;

    fn change(&self, at: &mut Writing<'_, KeepCustomerPeople>) -> Result<Touched> {
        let tenant = Tenant::find(at.reading(), &self.customer)?;
        let mut powers = Powers::of(at);
        let kept = keep(
            at,
            &mut powers,
            &tenant,
            (&self.account, &self.person),
            How::Create,
        )?;
        Ok(Touched::of(&tenant, &self.account, kept))
    }
}

/// Changes what is kept of someone who is there.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Update {
    /// Name or id of the customer.
    pub customer: String,
    /// User principal name.
    pub account: String,
    /// What is to become of what is kept.
    pub person: Wish,
}

impl Change for Update {
    const NAME: &'static str = "customer-user.update";
    const ROUTE: Route = Route::patch("/customers/{customer}/users/{account}");
    type Needs = KeepCustomerPeople;
    type Answer = Touched;

    fn change(&self, at: &mut Writing<'_, KeepCustomerPeople>) -> Result<Touched> {
        let tenant = Tenant::find(at.reading(), &self.customer)?;
        if self.person == Wish::default() {
            return Err(codes::MISSING_OPTION
                .error("nothing says what to change")
                .hint("name it: --name, --usage-location, --administrator, ..."));
        }
        let mut powers = Powers::of(at);
        let kept = keep(
            at,
            &mut powers,
            &tenant,
            (&self.account, &self.person),
            How::Update,
        )?;
        Ok(Touched::of(&tenant, &self.account, kept))
    }
}
