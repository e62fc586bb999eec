//! `agreement.templates`

use crate::domain::Zone;
use crate::domain::partner::{Audience, CustomerType};
use crate::error::Result;
use crate::hub::{Query, Reading, Route};
use crate::output::{Cell, Column, Tabular, col};
use crate::policy::needs::ReadAgreements;
use crate::store::sqlite::{TemplateFilter, TemplateLine};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Versions of the agreement by region, language, type of customer and audience: the newest of each that counts (G-8).
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Templates {
    /// Only those of this region.
    pub region: Option<String>,
    /// Only those in this language.
    pub language: Option<String>,
    /// Only those for this type of customer.
    pub customer_type: Option<CustomerType>,
    /// Only those for this audience.
    pub audience: Option<Audience>,
    /// Older ones, and those that do not count any more or yet, as well.
    #[serde(default)]
    pub all: bool,
}

impl Query for Templates {
    const NAME: &'static str = "agreement.templates";
    const ROUTE: Route = Route::get("/agreement-templates");
    type Needs = ReadAgreements;
    type Answer = Vec<TemplateLine>;

    fn answer(&self, at: &Reading<'_, ReadAgreements>) -> Result<Vec<TemplateLine>> {
        let today = at.context().day_in(&Zone::utc());
        at.agreement_templates(&TemplateFilter {
            region: self.region.clone(),
            language: self.language.clone(),
            customer_type: self.customer_type,
            audience: self.audience,
            version: None,
            on: (!self.all).then_some(today),
            newest: !self.all,
        })
    }
}

impl Tabular for TemplateLine {
    const SCHEMA: &'static str = "agreement.template/1";
    const COLUMNS: &'static [Column] = &[
        col("template"),
        col("version"),
        col("region"),
        col("language"),
        col("customer_type"),
        col("audience"),
        col("valid_from"),
        col("valid_until"),
        col("link"),
    ];

    fn cells(&self) -> Vec<Cell> {
        vec![
            (&self.code).into(),
            self.version.into(),
            (&self.region).into(),
            (&self.language).into(),
            self.customer_type.word().into(),
            self.audience.word().into(),
            self.valid_from.into(),
            self.valid_until.into(),
            (&self.link).into(),
        ]
    }
}
