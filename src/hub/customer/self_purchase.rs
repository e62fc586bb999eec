//! `customer.self-purchase`, `customer.allow-self-purchase` and `customer.deny-self-purchase` (G-12).

use crate::domain::partner::Family;
use crate::error::Result;
use crate::hub::acting::not_archived;
use crate::hub::{Change, Query, Reading, Route, Writing};
use crate::output::{Cell, Column, Tabular, col};
use crate::policy::needs::{AllowSelfPurchase, ReadCustomers};
use crate::store::Named;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Whether a customer may buy for itself, by product family.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct ShowSelfPurchase {
    /// Name or id of the customer.
    pub customer: String,
}

/// Whether a customer may buy products of one family for itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[expect(missing_docs, reason = "the names say it")]
pub struct SelfPurchase {
    pub customer: String,
    pub family: Family,
    pub allowed: bool,
}

impl Query for ShowSelfPurchase {
    const NAME: &'static str = "customer.self-purchase";
    const ROUTE: Route = Route::get("/customers/{customer}/self-purchase");
    type Needs = ReadCustomers;
    type Answer = Vec<SelfPurchase>;

    fn answer(&self, at: &Reading<'_, ReadCustomers>) -> Result<Vec<SelfPurchase>> {
        let id = at.find(Named::Customer, &self.customer)?;
        let allowed = at.self_purchases(id)?;
        Ok(lines(&at.customer_code(id)?, Family::ALL, &allowed))
    }
}

/// Lets a customer buy products of some families for itself; not allowed is what holds until then.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Allow {
    /// Name or id of the customer.
    pub customer: String,
    /// Which families; none means every one.
    pub families: Vec<Family>,
}

/// Takes it back.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Deny {
    /// Name or id of the customer.
    pub customer: String,
    /// Which families; none means every one.
    pub families: Vec<Family>,
}

impl Change for Allow {
    const NAME: &'static str = "customer.allow-self-purchase";
    const ROUTE: Route = Route::post("/customers/{customer}/self-purchase/allow");
    type Needs = AllowSelfPurchase;
    type Answer = Vec<SelfPurchase>;

    fn change(&self, at: &mut Writing<'_, AllowSelfPurchase>) -> Result<Vec<SelfPurchase>> {
        set(at, &self.customer, &self.families, true)
    }
}

impl Change for Deny {
    const NAME: &'static str = "customer.deny-self-purchase";
    const ROUTE: Route = Route::post("/customers/{customer}/self-purchase/deny");
    type Needs = AllowSelfPurchase;
    type Answer = Vec<SelfPurchase>;

    fn change(&self, at: &mut Writing<'_, AllowSelfPurchase>) -> Result<Vec<SelfPurchase>> {
        set(at, &self.customer, &self.families, false)
    }
}

fn set(
    at: &mut Writing<'_, AllowSelfPurchase>,
    customer: &str,
    families: &[Family],
    allowed: bool,
) -> Result<Vec<SelfPurchase>> {
    let id = at.reading().find(Named::Customer, customer)?;
    not_archived(at, id)?;
    let families = if families.is_empty() {
        Family::ALL
    } else {
        families
    };
    let code = at.reading().customer_code(id)?;
    let before = at.reading().self_purchases(id)?;
    for family in families {
        at.put_self_purchase(id, *family, allowed)?;
    }
    let after = at.reading().self_purchases(id)?;
    if after != before {
        at.record(&format!("customer:{code}"), Some(&before), Some(&after))?;
    }
    Ok(lines(&code, Family::ALL, &after))
}

fn lines(customer: &str, families: &[Family], allowed: &[Family]) -> Vec<SelfPurchase> {
    let line = |family: &Family| SelfPurchase {
        customer: customer.to_owned(),
        family: *family,
        allowed: allowed.contains(family),
    };
    families.iter().map(line).collect()
}

impl Tabular for SelfPurchase {
    const SCHEMA: &'static str = "customer.self-purchase/1";
    const COLUMNS: &'static [Column] = &[col("customer"), col("family"), col("allowed")];

    fn cells(&self) -> Vec<Cell> {
        vec![
            (&self.customer).into(),
            self.family.word().into(),
            self.allowed.into(),
        ]
    }
}
