//! `relationship.list`

use super::{day_of, link};
use crate::error::{Result, codes};
use crate::hub::paged::Paged;
use crate::hub::{Query, Reading, Route};
use crate::output::{Cell, Column, Tabular, col};
use crate::policy::needs::ReadCustomers;
use crate::store::Named;
use crate::store::sqlite::{Relation, RelationFilter};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Lists relationships in the order in which they were made: a partner's people see their own, a customer's those with its
/// partners (G-2).
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct List {
    /// Only those of this partner, by name or id.
    pub partner: Option<String>,
    /// Only those with this customer, by name or id.
    pub customer: Option<String>,
    /// How much of it.
    pub paged: Paged,
}

impl Query for List {
    const NAME: &'static str = "relationship.list";
    const ROUTE: Route = Route::get("/relationships");
    type Needs = ReadCustomers;
    type Answer = (Vec<Relation>, Option<String>);

    fn answer(&self, at: &Reading<'_, ReadCustomers>) -> Result<Self::Answer> {
        let find =
            |what: Named, text: &Option<String>| text.as_deref().map(|text| at.find(what, text)).transpose();
        let after = self.paged.after.as_deref().map(str::parse::<i64>).transpose();
        let filter = RelationFilter {
            partner: find(Named::Partner, &self.partner)?,
            customer: find(Named::Customer, &self.customer)?,
            after: after.map_err(|_| codes::BAD_TOKEN.error("the page token is not one of this list"))?,
            limit: self.paged.page().limit,
        };
        let mut lines = at.relationships(&filter, day_of(at))?;
        let more = self.paged.limit.is_some_and(|limit| lines.len() > limit);
        lines.truncate(self.paged.limit.unwrap_or(usize::MAX));
        let next = lines.last().filter(|_| more).map(|line| line.id.to_string());
        Ok((lines, next))
    }
}

impl Tabular for Relation {
    const SCHEMA: &'static str = "customer.partners/1";
    const COLUMNS: &'static [Column] = &[
        col("customer"),
        col("partner"),
        col("name"),
        col("kind"),
        col("status"),
        col("of_record"),
        col("since"),
        col("domain"),
        col("until"),
        col("link"),
    ];

    fn cells(&self) -> Vec<Cell> {
        vec![
            (&self.customer).into(),
            (&self.partner).into(),
            (&self.name).into(),
            self.kind.word().into(),
            self.status.word().into(),
            self.of_record.into(),
            self.since.into(),
            (&self.domain).into(),
            self.until.into(),
            self.code.as_deref().map(link).into(),
        ]
    }
}
