//! `request.context`: in whose context a command works (B-10).

use super::facts::Spot;
use crate::domain::filing::{Place, context_of};
use crate::error::Result;
use crate::hub::{Query, Reading, Route};
use crate::policy::needs::ReadRequests;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a command is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum About {
    /// Filing somewhere.
    Place(Place),
    /// A request that was filed, by its number.
    Request(String),
}

/// Asks in whose context a command works that is about these: each context once. What is a workspace's has none.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Contexts {
    /// What it is about.
    pub about: Vec<About>,
}

impl Query for Contexts {
    const NAME: &'static str = "request.context";
    const ROUTE: Route = Route::post("/request-contexts");
    type Needs = ReadRequests;
    type Answer = Vec<String>;

    fn answer(&self, at: &Reading<'_, ReadRequests>) -> Result<Vec<String>> {
        let mut told = Vec::new();
        for about in &self.about {
            let context = match about {
                About::Place(place) => of_place(at, place)?,
                About::Request(number) => at.request(at.find_case(number)?)?.context(),
            };
            told.extend(context.filter(|context| !told.contains(context)));
        }
        Ok(told)
    }
}

fn of_place(at: &Reading<'_, ReadRequests>, place: &Place) -> Result<Option<String>> {
    let customer = match Spot::find(**at, place)? {
        Spot::Customer(id, _) => Some(id),
        Spot::OwnTenant => None,
        Spot::Workspace(_) => return Ok(None),
    };
    let partner = match at.grant().actor().account() {
        Some(account) => at.partner_of(account, customer)?,
        None => None,
    };
    let partner = partner.map(|id| at.partner_name(id)).transpose()?;
    let customer = customer.map(|id| at.customer_name(id)).transpose()?;
    let customer = customer.as_ref().map(|(name, _)| name.as_str());
    Ok(Some(context_of(customer, partner.as_deref())))
}
