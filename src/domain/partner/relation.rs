//! How a partner comes to serve a customer, and how that ends (G-2).

use crate::domain::Day;
use crate::domain::cycle::Cycle;
use crate::domain::words::words;

/// For so many days a request waits for the customer; then it lapses (G-2).
pub const REQUEST_DAYS: i32 = 90;

words! {
    /// How a partner stands to a customer (G-2).
    RelationshipStatus, "status of a relationship" {
        /// The customer was sent a link and has not accepted.
        Requested = "requested",
        /// It holds.
        Active = "active",
        /// It was removed.
        Removed = "removed",
        /// Nobody accepted the request in time.
        Lapsed = "lapsed",
    }
}

words! {
    /// What moves a relationship on.
    RelationshipStep, "step" {
        /// The partner asks for it.
        Request = "request",
        /// The customer accepts.
        Accept = "accept",
        /// The partner gives it up, or takes its request back.
        Remove = "remove",
        /// Time goes by, and nobody accepted.
        Lapse = "lapse",
    }
}

/// The life of a relationship. It begins with a request, or holds at once where the partner adds the customer.
pub const RELATIONSHIP: Cycle<RelationshipStatus, RelationshipStep> = Cycle {
    of: "a relationship",
    begins: &[RelationshipStatus::Requested, RelationshipStatus::Active],
    moves: &[
        (
            RelationshipStatus::Requested,
            RelationshipStep::Accept,
            RelationshipStatus::Active,
        ),
        (
            RelationshipStatus::Requested,
            RelationshipStep::Remove,
            RelationshipStatus::Removed,
        ),
        (
            RelationshipStatus::Requested,
            RelationshipStep::Lapse,
            RelationshipStatus::Lapsed,
        ),
        (
            RelationshipStatus::Active,
            RelationshipStep::Remove,
            RelationshipStatus::Removed,
        ),
        (
            RelationshipStatus::Removed,
            RelationshipStep::Request,
            RelationshipStatus::Requested,
        ),
        (
            RelationshipStatus::Lapsed,
            RelationshipStep::Request,
            RelationshipStatus::Requested,
        ),
    ],
};

impl RelationshipStatus {
    /// The status on a day, of a relationship whose request can be accepted until a day.
    #[must_use]
    pub fn on(self, day: Day, until: Option<Day>) -> Self {
        match until {
            Some(until) if until < day => RELATIONSHIP.next(self, RelationshipStep::Lapse).unwrap_or(self),
            _ => self,
        }
    }
}
