//! A subscription in the hands of someone who may sell it.

use crate::domain::partner::SubscriptionStatus;
use crate::domain::sold::term::{SUBSCRIPTION, SubscriptionStep};
use crate::domain::{Instant, Zone};
use crate::error::{Result, codes};
use crate::hub::Writing;
use crate::hub::steps::no_way;
use crate::policy::needs::SellSubscriptions;
use crate::store::Named;
use crate::store::sqlite::{Sold, SubscriptionLine};

/// A subscription that its holder may change.
#[derive(Debug)]
pub(super) struct Counter {
    pub id: i64,
    pub sold: Sold,
}

impl Counter {
    /// The subscription of that id or name; it is for its seller to change.
    pub fn take(at: &Writing<'_, SellSubscriptions>, text: &str) -> Result<Self> {
        let id = at.reading().find(Named::Subscription, text)?;
        let sold = at.reading().sold(id, at.context().now)?;
        // The first one is who sold it.
        for seller in sold.partners.iter().take(1) {
            at.grant().on_partner(*seller, &sold.line.partner)?;
        }
        Ok(Self { id, sold })
    }

    /// The status that a step leads to.
    pub fn step(&self, step: SubscriptionStep) -> Result<SubscriptionStatus> {
        let line = &self.sold.line;
        let next = SUBSCRIPTION.next(line.status, step);
        next.map_err(|why| no_way(&format!("subscription {}", line.code), &why))
    }

    /// Passes in the first days of the term (G-4).
    pub fn is_open(&self, now: Instant) -> Result<()> {
        let line = &self.sold.line;
        let Err(bound) = line.standing().is_open(now) else {
            return Ok(());
        };
        let what = format!(
            "subscription {} could be cancelled and its seats be lowered until {} (G-4)",
            line.code, bound.until
        );
        let error = codes::TERM_BINDS.error(what);
        Err(match (line.renews, line.ends) {
            (Some(renews), _) => error.hint(format!("its next term begins on {renews}")),
            (None, Some(ends)) => error.hint(format!("its term ends on {ends}, and it is not renewed")),
            (None, None) => error,
        })
    }

    /// Passes when so many seats less still cover the licences that are assigned (G-7).
    pub fn covers(&self, at: &Writing<'_, SellSubscriptions>, fewer: i64) -> Result<()> {
        let (customer, product) = (self.sold.customer_id, self.sold.product_id);
        let today = at.context().now.day_in(&Zone::utc());
        let left = at.reading().seats_bought(customer, product, today)? - fewer;
        let assigned = at.reading().licences_assigned(customer, product)?;
        if left >= assigned {
            return Ok(());
        }
        let line = &self.sold.line;
        let what = format!(
            "{assigned} licences of {} are assigned at {}, and {left} seats would be left",
            line.product, line.customer
        );
        let hint = format!(
            "take {} of them back first: `servhub license revoke`",
            assigned - left
        );
        Err(codes::IN_THE_WAY.error(what).hint(hint))
    }

    /// Keeps and records what the subscription has become; what time did before comes first, as its own record.
    pub fn keep(
        self,
        at: &mut Writing<'_, SellSubscriptions>,
        change: impl FnOnce(&mut SubscriptionLine),
    ) -> Result<SubscriptionLine> {
        let Sold {
            kept, line: before, ..
        } = self.sold;
        let subject = format!("subscription:{}", before.code);
        if before.status != kept.status || before.ends != kept.ends {
            at.record(&subject, Some(&kept), Some(&before))?;
        }
        let mut after = before.clone();
        change(&mut after);
        let standing = after.standing();
        let after = after.standing_so(standing);
        at.keep_subscription(self.id, &after)?;
        at.record(&subject, Some(&before), Some(&after))?;
        Ok(after)
    }
}
