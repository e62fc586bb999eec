//! `customer.support-contact` and `customer.set-support-contact` (G-9).

use crate::error::{Result, codes};
use crate::hub::acting::{not_archived, serving_partner};
use crate::hub::{Change, Query, Reading, Route, Writing};
use crate::output::{Cell, Column, Tabular, col};
use crate::policy::needs::{KeepCustomers, ReadCustomers};
use crate::store::Named;
use crate::store::sqlite::Supporter;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Who supports a customer in the name of its partners.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct ShowSupporter {
    /// Name or id of the customer.
    pub customer: String,
}

impl Query for ShowSupporter {
    const NAME: &'static str = "customer.support-contact";
    const ROUTE: Route = Route::get("/customers/{customer}/support-contact");
    type Needs = ReadCustomers;
    type Answer = Vec<Supporter>;

    fn answer(&self, at: &Reading<'_, ReadCustomers>) -> Result<Vec<Supporter>> {
        let id = at.find(Named::Customer, &self.customer)?;
        at.supporters(id)
    }
}

/// Says which reseller supports a customer in the partner's name: one that sells through it (G-9).
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct SetSupporter {
    /// Name or id of the customer.
    pub customer: String,
    /// Name or id of the reseller; none takes it away again.
    pub partner: Option<String>,
    /// In whose name, by name or id.
    pub of: Option<String>,
}

impl Change for SetSupporter {
    const NAME: &'static str = "customer.set-support-contact";
    const ROUTE: Route = Route::put("/customers/{customer}/support-contact");
    type Needs = KeepCustomers;
    type Answer = Vec<Supporter>;

    fn change(&self, at: &mut Writing<'_, KeepCustomers>) -> Result<Vec<Supporter>> {
        let customer = at.reading().find(Named::Customer, &self.customer)?;
        not_archived(at, customer)?;
        let (partner, reseller) = self.pair(at, customer)?;
        let before = at.reading().supporter(customer, partner)?;
        let wanted = reseller.map(|id| at.reading().partner_line(id)).transpose()?;
        if before.as_ref().map(|one| &one.reseller) == wanted.as_ref().map(|one| &one.code) {
            return Ok(before.into_iter().collect());
        }
        at.put_supporter(customer, partner, reseller)?;
        let after = at.reading().supporter(customer, partner)?;
        let code = at.reading().customer_code(customer)?;
        at.record(&format!("customer:{code}"), before.as_ref(), after.as_ref())?;
        Ok(after.into_iter().collect())
    }
}

impl SetSupporter {
    /// In whose name, and who: the operator need not say whose reseller it is.
    fn pair(&self, at: &Writing<'_, KeepCustomers>, customer: i64) -> Result<(i64, Option<i64>)> {
        let text = self.partner.as_deref();
        let reseller = text
            .map(|text| at.reading().find_known(Named::Partner, text))
            .transpose()?;
        let partner = match serving_partner(at, customer, self.of.as_deref())? {
            Some(partner) => partner,
            None => only_provider(at, customer, reseller)?,
        };
        let Some(reseller) = reseller else {
            return Ok((partner, None));
        };
        if !at.reading().is_reseller_of(reseller, partner)? {
            let (name, provider) = (
                at.reading().partner_name(reseller)?,
                at.reading().partner_name(partner)?,
            );
            let error = codes::RULE.error(format!("{name} does not sell through {provider} (G-9)"));
            return Err(error.hint("`servhub partner show` lists the resellers of a provider"));
        }
        Ok((partner, Some(reseller)))
    }
}

/// The one that serves the customer and that the reseller sells through.
fn only_provider(at: &Writing<'_, KeepCustomers>, customer: i64, reseller: Option<i64>) -> Result<i64> {
    let mut serving = Vec::new();
    for (id, _) in at.reading().serving(customer)? {
        let fits = match reseller {
            Some(reseller) => at.reading().is_reseller_of(reseller, id)?,
            None => at.reading().supporter(customer, id)?.is_some(),
        };
        if fits {
            serving.push(id);
        }
    }
    match serving.as_slice() {
        [one] => Ok(*one),
        _ => {
            let error =
                codes::RULE.error("no partner serves the customer that this reseller sells through (G-9)");
            Err(error.hint(
                "a support contact is a reseller of a partner that serves the customer; name it with --of",
            ))
        }
    }
}

impl Tabular for Supporter {
    const SCHEMA: &'static str = "customer.support-contact/1";
    const COLUMNS: &'static [Column] = &[
        col("customer"),
        col("partner"),
        col("reseller"),
        col("name"),
        col("mail"),
        col("phone"),
        col("site"),
    ];

    fn cells(&self) -> Vec<Cell> {
        vec![
            (&self.customer).into(),
            (&self.partner).into(),
            (&self.reseller).into(),
            (&self.name).into(),
            (&self.mail).into(),
            (&self.phone).into(),
            (&self.site).into(),
        ]
    }
}
