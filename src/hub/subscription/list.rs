//! `subscription.list` and `subscription.show` (G-4).

use crate::domain::filing::SupportProfile;
use crate::domain::partner::{Family, SubscriptionStatus};
use crate::error::Result;
use crate::hub::{Paged, Query, Reading, Route};
use crate::output::{Cell, Column, Tabular, col};
use crate::policy::needs::ReadSubscriptions;
use crate::store::Named;
use crate::store::sqlite::{SubscriptionFilter, SubscriptionLine, SubscriptionRole};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Lists subscriptions.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct List {
    /// Only those of this customer, by name or id.
    pub customer: Option<String>,
    /// Only those in any of these statuses; empty means all.
    pub statuses: Vec<SubscriptionStatus>,
    /// Only those of this family.
    pub family: Option<Family>,
    /// How much of it.
    pub paged: Paged,
}

/// Subscriptions, and whom to buy from.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Listed {
    /// The subscriptions.
    pub lines: Vec<SubscriptionLine>,
    /// Where the next page starts.
    pub next: Option<String>,
    /// For a customer's own people: where they buy and cancel (P-3).
    pub sellers: Vec<String>,
}

impl Query for List {
    const NAME: &'static str = "subscription.list";
    const ROUTE: Route = Route::get("/subscriptions");
    type Needs = ReadSubscriptions;
    type Answer = Listed;

    fn answer(&self, at: &Reading<'_, ReadSubscriptions>) -> Result<Listed> {
        let customer = self.customer.as_deref();
        let customer = customer.map(|text| at.find(Named::Customer, text)).transpose()?;
        let mut lines = at.subscriptions(SubscriptionFilter {
            customer,
            statuses: &self.statuses,
            family: self.family,
            now: at.context().now,
            page: self.paged.page(),
        })?;
        let next = self.paged.cut(&mut lines, |line| &line.code);
        let sellers = at.own_sellers(customer)?;
        Ok(Listed {
            lines,
            next,
            sellers: sellers.iter().map(SupportProfile::tell).collect(),
        })
    }
}

/// One subscription with the roles on it.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Show {
    /// Its id or name.
    pub subscription: String,
}

impl Query for Show {
    const NAME: &'static str = "subscription.show";
    const ROUTE: Route = Route::get("/subscriptions/{subscription}");
    type Needs = ReadSubscriptions;
    type Answer = (SubscriptionLine, Vec<SubscriptionRole>);

    fn answer(&self, at: &Reading<'_, ReadSubscriptions>) -> Result<Self::Answer> {
        let id = at.find(Named::Subscription, &self.subscription)?;
        Ok((at.sold(id, at.context().now)?.line, at.subscription_roles(id)?))
    }
}

impl Tabular for SubscriptionLine {
    const SCHEMA: &'static str = "subscription.list/1";
    const COLUMNS: &'static [Column] = &[
        col("subscription"),
        col("customer"),
        col("partner"),
        col("product"),
        col("family"),
        col("name"),
        col("status"),
        col("seats"),
        col("starts"),
        col("ends"),
        col("term"),
        col("billing").quiet(),
        col("auto_renew").quiet(),
        col("renews"),
        col("next_term_ends").quiet(),
        col("cancel_until").quiet(),
    ];

    fn cells(&self) -> Vec<Cell> {
        vec![
            (&self.code).into(),
            (&self.customer).into(),
            (&self.partner).into(),
            (&self.product).into(),
            self.family.map(|family| family.word().to_owned()).into(),
            (&self.name).into(),
            self.status.word().into(),
            self.seats.into(),
            self.starts.into(),
            self.ends.into(),
            self.term.map(|term| term.word().to_owned()).into(),
            self.billing.map(|billing| billing.word().to_owned()).into(),
            self.auto_renew.into(),
            self.renews.into(),
            self.next_ends.into(),
            self.cancel_until.into(),
        ]
    }
}

impl Tabular for SubscriptionRole {
    const SCHEMA: &'static str = "subscription.roles/1";
    const COLUMNS: &'static [Column] = &[
        col("subscription"),
        col("role"),
        col("account"),
        col("group"),
        col("partner"),
    ];

    fn cells(&self) -> Vec<Cell> {
        vec![
            (&self.subscription).into(),
            (&self.role).into(),
            (&self.account).into(),
            (&self.group).into(),
            (&self.partner).into(),
        ]
    }
}
