//! The life of a transfer: the target asks, the source answers, and what is not answered lapses (G-4).

use crate::domain::Instant;
use crate::domain::cycle::Cycle;
use crate::domain::words::words;

/// For so many days a transfer waits for its answer.
pub const WAITS_DAYS: i64 = 30;

words! {
    /// How a transfer stands.
    TransferStatus, "status of a transfer" {
        /// The source is asked.
        Pending = "pending",
        /// The subscriptions are the target's.
        Accepted = "accepted",
        /// The source said no.
        Rejected = "rejected",
        /// The target took it back.
        Cancelled = "cancelled",
        /// Nobody answered in time.
        Lapsed = "lapsed",
    }
}

words! {
    /// What moves a transfer on.
    TransferStep, "step" {
        /// By the source.
        Accept = "accept",
        /// By the source.
        Reject = "reject",
        /// By the target.
        Cancel = "cancel",
        /// By time.
        Lapse = "lapse",
    }
}

use TransferStatus::{Accepted, Cancelled, Lapsed, Pending, Rejected};

/// Where each step leads.
pub const TRANSFER: Cycle<TransferStatus, TransferStep> = Cycle {
    of: "a transfer",
    begins: &[Pending],
    moves: &[
        (Pending, TransferStep::Accept, Accepted),
        (Pending, TransferStep::Reject, Rejected),
        (Pending, TransferStep::Cancel, Cancelled),
        (Pending, TransferStep::Lapse, Lapsed),
    ],
};

/// Until when a transfer that is asked for at a moment waits.
pub const fn waits_until(asked: Instant) -> Instant {
    asked.plus_seconds(WAITS_DAYS * 86_400)
}

/// What time has made of it.
pub fn at(status: TransferStatus, waits_until: Instant, now: Instant) -> TransferStatus {
    if waits_until < now {
        TRANSFER.next(status, TransferStep::Lapse).unwrap_or(status)
    } else {
        status
    }
}
