//! Customers with the partners that serve them.

mod add;
mod archive;
mod overview;
mod record;
mod self_purchase;
mod support;
mod update;

pub use add::{Add, Added, NewCustomer};
pub use archive::Archive;
pub use overview::{Delegated, Overview, Page, Pending};
pub use self_purchase::{Allow, Deny, SelfPurchase, ShowSelfPurchase};
pub use support::{SetSupporter, ShowSupporter};
pub use update::Update;

use super::paged::Paged;
use super::{Query, Reading, Route};
use crate::domain::Zone;
use crate::error::Result;
use crate::output::{Cell, Column, Tabular, col};
use crate::policy::needs::ReadCustomers;
use crate::store::Named;
use crate::store::sqlite::{CustomerLine, CustomerRecord, Relation, SupportContact};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Lists customers. A partner's people see those that they serve, and of the partners their own (G-2).
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct List {
    /// Only those of this partner, by name or id.
    pub partner: Option<String>,
    /// Archived ones as well (G-1).
    #[serde(default)]
    pub archived: bool,
    /// How much of it.
    pub paged: Paged,
}

impl Query for List {
    const NAME: &'static str = "customer.list";
    const ROUTE: Route = Route::get("/customers");
    type Needs = ReadCustomers;
    type Answer = (Vec<CustomerLine>, Option<String>);

    fn answer(&self, at: &Reading<'_, ReadCustomers>) -> Result<Self::Answer> {
        let partner = self.partner.as_deref();
        let partner = partner.map(|text| at.find(Named::Partner, text)).transpose()?;
        let mut lines = at.customers(partner, self.archived, self.paged.page())?;
        let next = self.paged.cut(&mut lines, |line| &line.code);
        Ok((lines, next))
    }
}

/// One customer with its partners, and the support contact that its own people are shown (B-1).
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Show {
    /// Name or id of the customer.
    pub customer: String,
}

/// A customer as it is shown.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Shown {
    /// The customer.
    pub line: CustomerLine,
    /// Address, contact and qualification (G-1).
    pub record: CustomerRecord,
    /// Its partners.
    pub partners: Vec<Relation>,
    /// What the partner of record offers (P-1).
    pub support: Option<SupportContact>,
}

impl Query for Show {
    const NAME: &'static str = "customer.show";
    const ROUTE: Route = Route::get("/customers/{customer}");
    type Needs = ReadCustomers;
    type Answer = Shown;

    fn answer(&self, at: &Reading<'_, ReadCustomers>) -> Result<Shown> {
        let id = at.find(Named::Customer, &self.customer)?;
        Ok(Shown {
            line: at.customer_line(id)?,
            record: at.customer_record(id)?,
            partners: at.relations(id, at.context().day_in(&Zone::utc()))?,
            support: at.support_of_record(id)?,
        })
    }
}

impl Tabular for CustomerLine {
    const SCHEMA: &'static str = "customer.list/1";
    const COLUMNS: &'static [Column] = &[
        col("customer"),
        col("name"),
        col("domain"),
        col("country"),
        col("partners"),
        col("partner_of_record"),
        col("qualification").quiet(),
        col("vetting").quiet(),
        col("archived_on").quiet(),
    ];

    fn cells(&self) -> Vec<Cell> {
        vec![
            (&self.code).into(),
            (&self.name).into(),
            (&self.domain).into(),
            (&self.country).into(),
            self.partners.clone().into(),
            (&self.of_record).into(),
            self.qualification.word().into(),
            self.vetting.word().into(),
            self.archived_on.into(),
        ]
    }
}

impl Tabular for Shown {
    const SCHEMA: &'static str = "customer.show/1";
    const COLUMNS: &'static [Column] = &[
        col("customer"),
        col("name"),
        col("domain"),
        col("country"),
        col("partners"),
        col("partner_of_record"),
        col("mail"),
        col("phone"),
        col("site"),
        col("hours"),
        col("languages"),
        col("charges"),
        col("structure"),
        col("structure_by"),
        col("street").quiet(),
        col("city").quiet(),
        col("region").quiet(),
        col("postal_code").quiet(),
        col("contact_first").quiet(),
        col("contact_last").quiet(),
        col("contact_mail").quiet(),
        col("contact_phone").quiet(),
        col("registration_number").quiet(),
        col("language").quiet(),
        col("qualification"),
        col("vetting"),
        col("vetting_reason").quiet(),
        col("archived_on").quiet(),
    ];

    fn cells(&self) -> Vec<Cell> {
        let mut cells = self.line.cells();
        // What the record says of it stands at the end.
        cells.truncate(6);
        let support = self.support.clone().unwrap_or_default();
        // The partner's id and name stand there already.
        cells.extend(support.cells().into_iter().skip(2));
        // So does the country.
        let kept = record::kept(&self.record).into_iter().enumerate();
        cells.extend(kept.filter(|(place, _)| *place != 4).map(|(_, cell)| cell));
        cells
    }
}
