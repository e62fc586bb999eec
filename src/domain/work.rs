//! Proactive work, learning and assessments.

use super::words::words;

words! {
    /// What sort of proactive work.
    EngagementKind, "kind of engagement" {
        /// A workshop.
        Workshop = "workshop",
        /// Designated support engineering.
        Dse = "dse",
        /// A service paid with credits.
        CreditFunded = "credit-funded",
    }
}

words! {
    /// How far an engagement is; hours count only when delivered or being delivered (L-3).
    EngagementStatus, "engagement status" {
        /// Agreed, not begun.
        Planned = "planned",
        /// Being delivered.
        InProgress = "in-progress",
        /// Delivered.
        Delivered = "delivered",
        /// Will not happen.
        Cancelled = "cancelled",
    }
}

impl EngagementStatus {
    /// Whether hours may be recorded against it (L-3).
    pub const fn consumes(self) -> bool {
        matches!(self, Self::InProgress | Self::Delivered)
    }
}

words! {
    /// How far a learner is (D-1).
    LearningStatus, "learning status" {
        /// Signed up; consumes nothing.
        Registered = "registered",
        /// Begun: counted as consumed (L-4).
        Started = "started",
        /// Finished.
        Completed = "completed",
    }
}

words! {
    /// Whether an assessment runs (D-2).
    AssessmentStatus, "assessment status" {
        /// Runs.
        Active = "active",
        /// Stopped.
        Inactive = "inactive",
    }
}
