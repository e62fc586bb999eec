//! `subscription.suspend`, `subscription.resume` and `subscription.cancel`

use super::counter::Counter;
use crate::domain::partner::SubscriptionStatus;
use crate::domain::sold::term::SubscriptionStep;
use crate::error::Result;
use crate::hub::{Change, Route, Writing};
use crate::policy::needs::SellSubscriptions;
use crate::store::sqlite::SubscriptionLine;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Stops a subscription for a time.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Suspend {
    /// Its id or name.
    pub subscription: String,
}

impl Change for Suspend {
    const NAME: &'static str = "subscription.suspend";
    const ROUTE: Route = Route::post("/subscriptions/{subscription}/suspend");
    type Needs = SellSubscriptions;
    type Answer = SubscriptionLine;

    fn change(&self, at: &mut Writing<'_, SellSubscriptions>) -> Result<SubscriptionLine> {
        let step = (SubscriptionStep::Suspend, SubscriptionStatus::Suspended);
        move_on(at, &self.subscription, step)
    }
}

/// Lets a subscription go on.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Resume {
    /// Its id or name.
    pub subscription: String,
}

impl Change for Resume {
    const NAME: &'static str = "subscription.resume";
    const ROUTE: Route = Route::post("/subscriptions/{subscription}/resume");
    type Needs = SellSubscriptions;
    type Answer = SubscriptionLine;

    fn change(&self, at: &mut Writing<'_, SellSubscriptions>) -> Result<SubscriptionLine> {
        let step = (SubscriptionStep::Resume, SubscriptionStatus::Active);
        move_on(at, &self.subscription, step)
    }
}

/// Ends a subscription, in the first days of its term.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Cancel {
    /// Its id or name.
    pub subscription: String,
}

impl Change for Cancel {
    const NAME: &'static str = "subscription.cancel";
    const ROUTE: Route = Route::post("/subscriptions/{subscription}/cancel");
    type Needs = SellSubscriptions;
    type Answer = SubscriptionLine;

    fn change(&self, at: &mut Writing<'_, SellSubscriptions>) -> Result<SubscriptionLine> {
        let step = (SubscriptionStep::Cancel, SubscriptionStatus::Cancelled);
        move_on(at, &self.subscription, step)
    }
}

/// Takes a step, unless it has been taken.
fn move_on(
    at: &mut Writing<'_, SellSubscriptions>,
    subscription: &str,
    (step, there): (SubscriptionStep, SubscriptionStatus),
) -> Result<SubscriptionLine> {
    let counter = Counter::take(at, subscription)?;
    let before = counter.sold.line.status;
    if before == there {
        return Ok(counter.sold.line);
    }
    let status = counter.step(step)?;
    if step == SubscriptionStep::Cancel {
        counter.is_open(at.context().now)?;
        if before == SubscriptionStatus::Active {
            counter.covers(at, counter.sold.line.seats)?;
        }
    }
    counter.keep(at, |line| line.status = status)
}
