//! `customer.users`

use super::Tenant;
use crate::domain::Instant;
use crate::domain::tenant::{PersonState, RESTORE_DAYS, restorable_until};
use crate::error::Result;
use crate::hub::{Paged, Query, Reading, Route};
use crate::output::{Cell, Column, Tabular, col};
use crate::policy::needs::ReadCustomerPeople;
use crate::store::sqlite::TenantPersonLine;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Lists the people of a customer: who is there, or who was deleted and can still be restored (G-6).
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct List {
    /// Name or id of the customer.
    pub customer: String,
    /// Those who were deleted.
    #[serde(default)]
    pub deleted: bool,
    /// How much of it.
    pub paged: Paged,
}

impl Query for List {
    const NAME: &'static str = "customer-user.list";
    const ROUTE: Route = Route::get("/customers/{customer}/users");
    type Needs = ReadCustomerPeople;
    type Answer = (Vec<TenantPersonLine>, Option<String>);

    fn answer(&self, at: &Reading<'_, ReadCustomerPeople>) -> Result<Self::Answer> {
        let tenant = Tenant::find(**at, &self.customer)?;
        let since = at.context().now.plus_seconds(-RESTORE_DAYS * 86_400);
        let mut lines = at.tenant_people(tenant.id, self.deleted.then_some(since), self.paged.page())?;
        let next = self.paged.cut(&mut lines, |line| &line.account);
        Ok((lines, next))
    }
}

impl TenantPersonLine {
    /// Until when the person can be restored.
    fn until(&self) -> Option<Instant> {
        self.deleted_at
            .filter(|_| self.state == PersonState::Deleted)
            .map(restorable_until)
    }
}

impl Tabular for TenantPersonLine {
    const SCHEMA: &'static str = "customer.users/1";
    const COLUMNS: &'static [Column] = &[
        col("customer"),
        col("account"),
        col("name"),
        col("first_name").quiet(),
        col("last_name").quiet(),
        col("usage_location"),
        col("administrator"),
        col("licences"),
        col("state"),
        col("deleted_at"),
        col("restorable_until"),
    ];

    fn cells(&self) -> Vec<Cell> {
        let profile = &self.profile;
        vec![
            (&self.customer).into(),
            (&self.account).into(),
            (&profile.name).into(),
            (&profile.first_name).into(),
            (&profile.last_name).into(),
            (&profile.usage_location).into(),
            profile.administrator.into(),
            self.licences.clone().into(),
            self.state.word().into(),
            self.deleted_at.into(),
            self.until().into(),
        ]
    }
}
