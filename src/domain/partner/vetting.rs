//! What a customer is qualified as, and how far the vendor has looked into that (G-1).

use crate::domain::cycle::Cycle;
use crate::domain::words::words;

words! {
    /// What a customer is qualified as (G-1).
    Qualification, "qualification" {
        /// Nothing in particular.
        None = "none",
        /// A school or a university.
        Education = "education",
        /// Without profit.
        Nonprofit = "nonprofit",
        /// Of the government.
        Government = "government",
        /// Owned by a state.
        StateOwned = "state-owned",
    }
}

words! {
    /// How far the vetting of a qualification has come (G-1).
    Vetting, "vetting status" {
        /// Nobody asked for it.
        None = "none",
        /// The vendor looks into it.
        InReview = "in-review",
        /// The vendor agreed.
        Approved = "approved",
        /// The vendor did not agree.
        Denied = "denied",
    }
}

words! {
    /// What moves a vetting on.
    VettingStep, "step" {
        /// The partner asks for a qualification.
        Ask = "ask",
        /// The vendor agrees.
        Approve = "approve",
        /// The vendor does not.
        Deny = "deny",
        /// The qualification is given up.
        Drop = "drop",
    }
}

/// The life of a vetting. Whoever was denied asks again, and whoever was approved may ask for another qualification.
pub const VETTING: Cycle<Vetting, VettingStep> = Cycle {
    of: "a vetting",
    begins: &[Vetting::None],
    moves: &[
        (Vetting::None, VettingStep::Ask, Vetting::InReview),
        (Vetting::InReview, VettingStep::Approve, Vetting::Approved),
        (Vetting::InReview, VettingStep::Deny, Vetting::Denied),
        (Vetting::InReview, VettingStep::Drop, Vetting::None),
        (Vetting::Denied, VettingStep::Ask, Vetting::InReview),
        (Vetting::Denied, VettingStep::Drop, Vetting::None),
        (Vetting::Approved, VettingStep::Ask, Vetting::InReview),
        (Vetting::Approved, VettingStep::Drop, Vetting::None),
    ],
};
