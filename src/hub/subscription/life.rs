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

macro_rules! steps {
    ($($(#[$doc:meta])* $name:ident = $operation:literal $route:literal $step:ident => $status:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Serialize, Deserialize, JsonSchema)]
        pub struct $name {
            /// Its id or name.
            pub subscription: String,
        }

        impl Change for $name {
            const NAME: &'static str = $operation;
            const ROUTE: Route = Route::post($route);
            type Needs = SellSubscriptions;
            type Answer = SubscriptionLine;

            fn change(&self, at: &mut Writing<'_, SellSubscriptions>) -> Result<SubscriptionLine> {
                move_on(at, &self.subscription, (SubscriptionStep::$step, SubscriptionStatus::$status))
            }
        }
    )+};
}

steps! {
    /// Stops a subscription for a time.
    Suspend = "subscription.suspend" "/subscriptions/{subscription}/suspend" Suspend => Suspended,
    /// Lets a subscription go on.
    Resume = "subscription.resume" "/subscriptions/{subscription}/resume" Resume => Active,
    /// Ends a subscription, in the first days of its term.
    Cancel = "subscription.cancel" "/subscriptions/{subscription}/cancel" Cancel => Cancelled,
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
