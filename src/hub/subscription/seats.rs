//! `subscription.set-quantity`

use super::counter::Counter;
use super::create::check_seats;
use crate::domain::sold::term::SubscriptionStep;
use crate::error::Result;
use crate::hub::import::Verdict;
use crate::hub::{Change, Route, Writing};
use crate::policy::needs::SellSubscriptions;
use crate::store::sqlite::SubscriptionLine;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Changes how many seats a subscription has (G-4).
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct SetQuantity {
    /// Its id or name.
    pub subscription: String,
    /// So many seats from now on.
    pub seats: i64,
}

impl Change for SetQuantity {
    const NAME: &'static str = "subscription.set-quantity";
    const ROUTE: Route = Route::patch("/subscriptions/{subscription}");
    type Needs = SellSubscriptions;
    type Answer = SubscriptionLine;

    fn change(&self, at: &mut Writing<'_, SellSubscriptions>) -> Result<SubscriptionLine> {
        Ok(set(at, &self.subscription, self.seats)?.0)
    }
}

/// Sets the seats; says whether that changed anything.
pub(super) fn set(
    at: &mut Writing<'_, SellSubscriptions>,
    subscription: &str,
    seats: i64,
) -> Result<(SubscriptionLine, Verdict)> {
    check_seats(seats)?;
    let counter = Counter::take(at, subscription)?;
    let before = counter.sold.line.seats;
    if before == seats {
        return Ok((counter.sold.line, Verdict::Unchanged));
    }
    counter.step(SubscriptionStep::SetQuantity)?;
    if seats < before {
        counter.is_open(at.context().now)?;
        counter.covers(at, before - seats)?;
    }
    let line = counter.keep(at, |line| line.seats = seats)?;
    Ok((line, Verdict::Changed))
}
