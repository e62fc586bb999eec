//! `agreement.status`

use super::link;
use crate::domain::Zone;
use crate::error::Result;
use crate::hub::{Query, Reading, Route};
use crate::output::{Cell, Column, Tabular, col};
use crate::policy::needs::ReadAgreements;
use crate::store::Named;
use crate::store::sqlite::AgreementLine;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a customer was invited to and what it agreed to. Every partner that serves it is told (G-8).
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Status {
    /// Name or id of the customer.
    pub customer: String,
}

/// How a customer stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Stood {
    /// Its agreements, first the one to the newest version.
    pub lines: Vec<AgreementLine>,
    /// Whether one is on record that counts, so that it may buy.
    pub on_record: bool,
}

impl Query for Status {
    const NAME: &'static str = "agreement.status";
    const ROUTE: Route = Route::get("/customers/{customer}/agreements");
    type Needs = ReadAgreements;
    type Answer = Stood;

    fn answer(&self, at: &Reading<'_, ReadAgreements>) -> Result<Stood> {
        let customer = at.find(Named::Customer, &self.customer)?;
        let today = at.context().day_in(&Zone::utc());
        Ok(Stood {
            lines: at.agreements(customer)?,
            on_record: at.has_agreement(customer, today)?,
        })
    }
}

impl Tabular for AgreementLine {
    const SCHEMA: &'static str = "agreement.status/1";
    const COLUMNS: &'static [Column] = &[
        col("customer"),
        col("template"),
        col("version"),
        col("status"),
        col("agreed_on"),
        col("first_name"),
        col("last_name"),
        col("mail"),
        col("phone").quiet(),
        col("invited_on"),
        col("valid_until"),
        col("partner"),
        col("link"),
    ];

    fn cells(&self) -> Vec<Cell> {
        vec![
            (&self.customer).into(),
            (&self.template).into(),
            self.version.into(),
            self.status.word().into(),
            self.agreed_on.into(),
            (&self.first_name).into(),
            (&self.last_name).into(),
            (&self.mail).into(),
            (&self.phone).into(),
            self.invited_on.into(),
            self.valid_until.into(),
            (&self.partner).into(),
            self.code.as_deref().map(link).into(),
        ]
    }
}
