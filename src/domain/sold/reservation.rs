//! The life of an Azure reservation, and what comes back of its price (G-5).

use super::money::{Currency, share};
use super::term::{Term, open_until};
use crate::domain::cycle::Cycle;
use crate::domain::words::words;
use crate::domain::{Instant, Zone};

/// A calculation can be confirmed for so many seconds (G-5).
pub const VALID_SECONDS: i64 = 15 * 60;
/// So many cents of USD are given back within twelve months; exchanges do not count.
pub const LIMIT_CENTS: i64 = 5_000_000;
/// One, in the millionths that rates are kept in.
pub const RATE_UNIT: i64 = 1_000_000;

words! {
    /// How a reservation stands.
    ReservationStatus, "status of a reservation" {
        /// It runs.
        Active = "active",
        /// Given back in its first days, for the whole price.
        Cancelled = "cancelled",
        /// Given back for others.
        Exchanged = "exchanged",
        /// Given back for what was left of its price.
        Refunded = "refunded",
        /// Its term is over.
        Expired = "expired",
    }
}

words! {
    /// What moves a reservation on.
    ReservationStep, "step" {
        /// All of it is given back in its first days.
        Cancel = "cancel",
        /// All of it is given back for others.
        Exchange = "exchange",
        /// All of it is given back for money.
        Refund = "refund",
        /// Some of its units are given back.
        ReturnPart = "return-part",
        /// Its term is over.
        Expire = "expire",
    }
}

words! {
    /// In which way something is given back.
    ReturnKind, "way to give back" {
        /// In the first days, for the whole price.
        Cancel = "cancel",
        /// For others of at least its value.
        Exchange = "exchange",
        /// For what is left of its price.
        Refund = "refund",
    }
}

use ReservationStatus::{Active, Cancelled, Exchanged, Expired, Refunded};

/// Where each step leads.
pub const RESERVATION: Cycle<ReservationStatus, ReservationStep> = Cycle {
    of: "a reservation",
    begins: &[Active],
    moves: &[
        (Active, ReservationStep::Cancel, Cancelled),
        (Active, ReservationStep::Exchange, Exchanged),
        (Active, ReservationStep::Refund, Refunded),
        (Active, ReservationStep::ReturnPart, Active),
        (Active, ReservationStep::Expire, Expired),
    ],
};

impl ReturnKind {
    /// The step that giving all of it back is.
    pub const fn step(self) -> ReservationStep {
        match self {
            Self::Cancel => ReservationStep::Cancel,
            Self::Exchange => ReservationStep::Exchange,
            Self::Refund => ReservationStep::Refund,
        }
    }
}

/// What time has made of it.
pub fn at(status: ReservationStatus, ends: Instant, now: Instant) -> ReservationStatus {
    if ends <= now {
        RESERVATION
            .next(status, ReservationStep::Expire)
            .unwrap_or(status)
    } else {
        status
    }
}

/// A reservation, as far as giving it back goes. What was paid is for the units that are left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Holding {
    pub quantity: i64,
    pub currency: Currency,
    pub paid: i64,
    pub starts: Instant,
    pub ends: Instant,
}

/// What becomes of the price of the units that are given back: used and refund are all of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Amounts {
    /// What was paid for them.
    pub returned: i64,
    /// What of it is used up.
    pub used: i64,
    /// What of it comes back, or goes into an exchange.
    pub refund: i64,
}

/// Why the vendor's policy does not let it be given back.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Policy {
    /// Its first days are over.
    #[error("it could be cancelled until {0}; `reservation refund` gives back what is left of its price")]
    TooLate(Instant),
    /// Only all of it is cancelled.
    #[error("a reservation is cancelled as a whole; `reservation refund` takes single units")]
    InPart,
    /// The vendor's limit.
    #[error(
        "{} USD have been given back within twelve months, {} USD more would pass the limit of {} USD",
        Currency::USD.tell(*.before), Currency::USD.tell(*.more), Currency::USD.tell(LIMIT_CENTS)
    )]
    Limit {
        /// Cents that count already.
        before: i64,
        /// Cents that would.
        more: i64,
    },
    /// What is bought is worth less than what is left.
    #[error(
        "what is bought costs {cost} {currency}, and must not cost less than the {least} {currency} that are left"
    )]
    TooCheap {
        /// What is bought.
        cost: String,
        /// What is left.
        least: String,
        /// Of both.
        currency: Currency,
    },
}

impl Holding {
    /// What becomes of the price of so many units at a moment.
    pub fn amounts(&self, kind: ReturnKind, quantity: i64, now: Instant) -> Amounts {
        let returned = share(self.paid, quantity, self.quantity);
        let whole = self.starts.seconds_until(self.ends);
        let refund = match kind {
            ReturnKind::Cancel => returned,
            _ => share(returned, now.seconds_until(self.ends), whole),
        };
        Amounts {
            returned,
            used: returned - refund,
            refund,
        }
    }

    /// Until when it can be cancelled for the whole price.
    pub const fn cancel_until(&self) -> Instant {
        open_until(self.starts)
    }

    /// Passes for what may be given back, given the cents of USD that count already and what would.
    ///
    /// # Errors
    /// [`Policy`] says why not.
    pub fn allows(
        &self,
        (kind, quantity): (ReturnKind, i64),
        (before, more): (i64, i64),
        now: Instant,
    ) -> Result<(), Policy> {
        if kind == ReturnKind::Cancel {
            if self.cancel_until() < now {
                return Err(Policy::TooLate(self.cancel_until()));
            }
            if quantity < self.quantity {
                return Err(Policy::InPart);
            }
        }
        if kind != ReturnKind::Exchange && before.saturating_add(more) > LIMIT_CENTS {
            return Err(Policy::Limit { before, more });
        }
        Ok(())
    }

    /// Passes for purchases that are worth what is left at least.
    ///
    /// # Errors
    /// [`Policy::TooCheap`].
    pub fn pays(&self, cost: i64, amounts: Amounts) -> Result<(), Policy> {
        if cost >= amounts.refund {
            return Ok(());
        }
        Err(Policy::TooCheap {
            cost: self.currency.tell(cost),
            least: self.currency.tell(amounts.refund),
            currency: self.currency,
        })
    }
}

/// Since when what was given back counts.
pub fn counts_since(now: Instant) -> Instant {
    let day = now.day_in(&Zone::utc());
    let past_midnight = day.start_utc().seconds_until(now);
    day.plus_months(-12).start_utc().plus_seconds(past_midnight)
}

/// When a reservation that is bought at a moment ends.
pub fn ends_at(begins: Instant, term: Term) -> Instant {
    let day = begins.day_in(&Zone::utc());
    let past_midnight = day.start_utc().seconds_until(begins);
    term.last_day(day).plus(1).start_utc().plus_seconds(past_midnight)
}
