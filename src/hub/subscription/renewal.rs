//! `subscription.set-renewal`

use super::counter::Counter;
use crate::domain::sold::term::SubscriptionStep;
use crate::error::{Result, codes};
use crate::hub::{Change, Route, Writing};
use crate::policy::needs::SellSubscriptions;
use crate::store::sqlite::SubscriptionLine;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Says whether another term begins when this one is over (G-4).
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct SetRenewal {
    /// Its id or name.
    pub subscription: String,
    /// Whether it renews itself.
    pub auto_renew: bool,
}

impl Change for SetRenewal {
    const NAME: &'static str = "subscription.set-renewal";
    const ROUTE: Route = Route::post("/subscriptions/{subscription}/renewal");
    type Needs = SellSubscriptions;
    type Answer = SubscriptionLine;

    fn change(&self, at: &mut Writing<'_, SellSubscriptions>) -> Result<SubscriptionLine> {
        let counter = Counter::take(at, &self.subscription)?;
        let line = &counter.sold.line;
        if line.auto_renew == self.auto_renew {
            return Ok(counter.sold.line);
        }
        counter.step(SubscriptionStep::SetRenewal)?;
        if line.term.is_none() {
            let what = format!(
                "subscription {} has no term that could begin again (G-4)",
                line.code
            );
            return Err(codes::RULE.error(what));
        }
        counter.keep(at, |line| line.auto_renew = self.auto_renew)
    }
}
