//! `partner.find`: the business profiles that customers find a partner by (G-11).

use crate::error::Result;
use crate::hub::paged::Paged;
use crate::hub::{Query, Reading, Route};
use crate::output::{Cell, Column, Tabular, col};
use crate::policy::needs::ReadPartners;
use crate::store::sqlite::{Found, Sought};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Finds partners that have a business profile, whether or not they serve anybody here.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Find {
    /// Only those that serve this industry.
    pub industry: Option<String>,
    /// Only those that are there.
    pub location: Option<String>,
    /// Only those that offer something in whose name this occurs.
    pub offer: Option<String>,
    /// How much of it.
    pub paged: Paged,
}

impl Query for Find {
    const NAME: &'static str = "partner.find";
    const ROUTE: Route = Route::get("/business-profiles");
    type Needs = ReadPartners;
    type Answer = (Vec<Found>, Option<String>);

    fn answer(&self, at: &Reading<'_, ReadPartners>) -> Result<Self::Answer> {
        let page = self.paged.page();
        let mut found = at.find_partners(Sought {
            industry: self.industry.as_deref(),
            location: self.location.as_deref(),
            offer: self.offer.as_deref(),
            after: page.after,
            limit: page.limit,
        })?;
        let next = self.paged.cut(&mut found, |one| &one.partner);
        Ok((found, next))
    }
}

impl Tabular for Found {
    const SCHEMA: &'static str = "partner.find/1";
    const COLUMNS: &'static [Column] = &[
        col("partner"),
        col("business_name"),
        col("kind"),
        col("offers"),
        col("industries"),
        col("locations"),
        col("site"),
        col("mail"),
    ];

    fn cells(&self) -> Vec<Cell> {
        vec![
            (&self.partner).into(),
            (&self.business.business_name).into(),
            self.kind.word().into(),
            self.business.offers.clone().into(),
            self.business.industries.clone().into(),
            self.business.locations.clone().into(),
            (&self.site).into(),
            (&self.mail).into(),
        ]
    }
}
