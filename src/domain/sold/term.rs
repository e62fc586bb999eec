//! The life of a subscription: it runs for a term, is renewed or expires at its end, and is bound but in the first days of
//! each term (G-4). Days are counted in UTC, as the vendor does.

use crate::domain::cycle::Cycle;
use crate::domain::partner::SubscriptionStatus;
use crate::domain::words::words;
use crate::domain::{Day, Instant, Zone};

/// For so many days of a term, seats may be lowered and the term be cancelled (G-4).
pub const OPEN_DAYS: i64 = 7;
const A_DAY: i64 = 86_400;

words! {
    /// How long one term lasts.
    Term, "term" {
        /// A month.
        Month = "P1M",
        /// A year.
        Year = "P1Y",
        /// Three years.
        ThreeYears = "P3Y",
    }
}

words! {
    /// How often it is billed.
    Billing, "billing cycle" {
        /// Each month.
        Monthly = "monthly",
        /// Each year.
        Annual = "annual",
        /// Every three years.
        Triennial = "triennial",
    }
}

words! {
    /// What moves a subscription on.
    SubscriptionStep, "step" {
        /// It is stopped for a time.
        Suspend = "suspend",
        /// It goes on.
        Resume = "resume",
        /// Another number of seats is bought.
        SetQuantity = "set-quantity",
        /// Whether it renews itself is said anew.
        SetRenewal = "set-renewal",
        /// Another partner takes it over.
        Transfer = "transfer",
        /// It is ended before its term.
        Cancel = "cancel",
        /// Its term is over, and another one begins.
        Renew = "renew",
        /// Its term is over.
        Expire = "expire",
    }
}

use SubscriptionStatus::{Active, Cancelled, Expired, Suspended};

/// Where each step leads.
pub const SUBSCRIPTION: Cycle<SubscriptionStatus, SubscriptionStep> = Cycle {
    of: "a subscription",
    begins: &[Active],
    moves: &[
        (Active, SubscriptionStep::Suspend, Suspended),
        (Active, SubscriptionStep::SetQuantity, Active),
        (Active, SubscriptionStep::SetRenewal, Active),
        (Active, SubscriptionStep::Transfer, Active),
        (Active, SubscriptionStep::Cancel, Cancelled),
        (Active, SubscriptionStep::Renew, Active),
        (Active, SubscriptionStep::Expire, Expired),
        (Suspended, SubscriptionStep::Resume, Active),
        (Suspended, SubscriptionStep::Transfer, Suspended),
        (Suspended, SubscriptionStep::Cancel, Cancelled),
        (Suspended, SubscriptionStep::Expire, Expired),
    ],
};

impl Term {
    const fn months(self) -> i32 {
        match self {
            Self::Month => 1,
            Self::Year => 12,
            Self::ThreeYears => 36,
        }
    }

    /// The last day of a term that begins on a day.
    pub fn last_day(self, begins: Day) -> Day {
        begins.plus_months(self.months()).plus(-1)
    }

    /// Whether it can be billed like that.
    pub const fn takes(self, billing: Billing) -> bool {
        match billing {
            Billing::Monthly => true,
            Billing::Annual => !matches!(self, Self::Month),
            Billing::Triennial => matches!(self, Self::ThreeYears),
        }
    }
}

/// How a subscription stands, as far as time and its term go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Standing {
    pub status: SubscriptionStatus,
    pub term: Option<Term>,
    pub auto_renew: bool,
    pub starts: Day,
    /// The last day of the term; none when it is sold by use.
    pub ends: Option<Day>,
    /// Kept when it was bought or renewed.
    pub cancel_until: Option<Instant>,
}

/// The term is bound: the days are over in which it could be cancelled or seats be lowered (G-4).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bound {
    /// Until when they could.
    pub until: Instant,
}

impl Standing {
    /// What time has made of it.
    #[must_use]
    pub fn at(mut self, now: Instant) -> Self {
        let today = now.day_in(&Zone::utc());
        while let Some(ends) = self.ends.filter(|ends| *ends < today) {
            let renewed = self.term.filter(|_| self.auto_renew);
            let renews = SUBSCRIPTION.next(self.status, SubscriptionStep::Renew);
            if let (Some(term), Ok(status)) = (renewed, renews) {
                let begins = ends.plus(1);
                self.status = status;
                self.ends = Some(term.last_day(begins));
                self.cancel_until = Some(open_until(begins.start_utc()));
                continue;
            }
            if let Ok(status) = SUBSCRIPTION.next(self.status, SubscriptionStep::Expire) {
                self.status = status;
            }
            break;
        }
        self
    }

    /// Until when seats may be lowered and the term be cancelled; none when there is no term to be bound to.
    pub fn open_until(&self) -> Option<Instant> {
        self.ends?;
        let kept = self.cancel_until;
        Some(kept.unwrap_or_else(|| open_until(self.starts.start_utc())))
    }

    /// Passes while seats may be lowered and the term be cancelled.
    ///
    /// # Errors
    /// [`Bound`] with the last moment at which they could.
    pub fn is_open(&self, now: Instant) -> Result<(), Bound> {
        match self.open_until() {
            Some(until) if until < now => Err(Bound { until }),
            _ => Ok(()),
        }
    }

    /// The first and the last day of the next term, if it is going to be renewed.
    pub fn next_term(&self) -> Option<(Day, Day)> {
        let (term, ends) = self.term.zip(self.ends)?;
        if !self.auto_renew || self.status != Active {
            return None;
        }
        let begins = ends.plus(1);
        Some((begins, term.last_day(begins)))
    }
}

/// Until when what begins at a moment is not bound yet.
pub const fn open_until(begins: Instant) -> Instant {
    begins.plus_seconds(OPEN_DAYS * A_DAY)
}
