//! `request.choices`: what there is to choose from for whoever files on behalf of a customer (F-3).

use super::behalf;
use super::facts::Spot;
use crate::domain::Zone;
use crate::domain::filing::{Draft, Issue, Place, PlanOf};
use crate::domain::request::CasePlace;
use crate::error::Result;
use crate::hub::{Query, Reading, Route};
use crate::policy::needs::FileRequests;
use crate::store::sqlite::{Offered, Party};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Asks what the acting person can choose from.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Choices {
    /// Where it is to be filed, when that was chosen.
    pub place: Option<Place>,
    /// The product concerned, when that was chosen.
    pub product: Option<String>,
}

/// What there is to choose from.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Offer {
    /// Whether the person is a member of a workspace, and so may file for itself.
    pub is_member: bool,
    /// Customers that the person's partners serve.
    pub customers: Vec<Party>,
    /// Products of the catalogue.
    pub products: Vec<Offered>,
    /// Subscriptions of the place, of the product's family, that the partner sells or was given access to.
    pub subscriptions: Vec<Party>,
    /// Open known issues of the product (B-2).
    pub issues: Vec<Issue>,
    /// The partner's own plans that are valid today (B-5).
    pub plans: Vec<PlanOf>,
}

impl Query for Choices {
    const NAME: &'static str = "request.choices";
    const ROUTE: Route = Route::post("/request-choices");
    type Needs = FileRequests;
    type Answer = Offer;

    fn answer(&self, at: &Reading<'_, FileRequests>) -> Result<Offer> {
        let account = at.grant().actor().account();
        let mut offer = Offer {
            products: at.catalogue()?,
            ..Offer::default()
        };
        if let Some(account) = account {
            offer.is_member = at.is_member(account)?;
            offer.customers = at.customers_served(account)?;
        }
        let customer = match self
            .place
            .as_ref()
            .map(|place| Spot::find(**at, place))
            .transpose()?
        {
            Some(Spot::Customer(id, _)) => Some(id),
            Some(Spot::OwnTenant) => None,
            Some(Spot::Workspace(_)) | None => return Ok(offer),
        };
        let draft = Draft {
            product: self.product.clone(),
            ..Draft::default()
        };
        let (facts, home) = behalf::facts(**at, at.context(), customer, account, &draft)?;
        offer.issues = facts.issues;
        offer.plans = facts.partner.map(|partner| partner.plans).unwrap_or_default();
        let place = home.map(|home| home.place);
        if let (
            Some(CasePlace::Partner {
                partner,
                customer: Some(customer),
            }),
            Some(family),
        ) = (place, facts.product.family)
        {
            offer.subscriptions = at.subscriptions_for(
                (partner, customer),
                (family, at.context().now.day_in(&Zone::utc())),
            )?;
        }
        Ok(offer)
    }
}
