//! Partners, the customers they serve, and what was delegated and sold there, in the vendor's terms.

mod agreement;
mod delegated;
mod profile;
mod relation;
mod vetting;

pub use agreement::{
    AGREEMENT, AgreementStatus, AgreementStep, Audience, CustomerType, SALES_REGIONS, region_of,
};
pub use delegated::{DelegatedRole, delegated_role, delegated_roles};
pub use profile::{CustomerProfile, Flaw, is_domain, is_mail};
pub use relation::{RELATIONSHIP, REQUEST_DAYS, RelationshipStatus, RelationshipStep};
pub use vetting::{Qualification, VETTING, Vetting, VettingStep};

use super::words::words;

words! {
    /// Product families that partners file for (B-5).
    Family, "product family" {
        /// Microsoft Azure.
        Azure = "azure",
        /// Microsoft 365.
        Microsoft365 = "microsoft-365",
        /// Dynamics 365.
        Dynamics365 = "dynamics-365",
        /// Enterprise Mobility + Security.
        Ems = "ems",
    }
}

words! {
    /// How a partner sells.
    PartnerKind, "kind of partner" {
        /// Bills its customers itself.
        DirectBill = "direct-bill",
        /// Sells through resellers.
        IndirectProvider = "indirect-provider",
        /// Sells through an indirect provider.
        IndirectReseller = "indirect-reseller",
    }
}

words! {
    /// The support that a partner holds of the vendor (B-5).
    SupportLevel, "support level" {
        /// Advanced Support for Partners.
        Advanced = "advanced",
        /// Premier Support for Partners, which is higher.
        Premier = "premier",
    }
}

words! {
    /// Who does a partner's support (P-1).
    SupportStructure, "support structure" {
        /// Its own people.
        Own = "own",
        /// Another company in its name.
        Outsourced = "outsourced",
        /// Another company's support is sold on.
        Resold = "resold",
    }
}

words! {
    /// A plan that covers a partner's own tenant (B-5).
    PlanKind, "kind of plan" {
        /// A contract for partners.
        PartnerContract = "partner-contract",
        /// Premier Support.
        Premier = "premier",
        /// An Azure support plan.
        AzurePlan = "azure-plan",
    }
}

words! {
    /// How far delegated access has come (G-3).
    DelegationStatus, "status of a delegation" {
        /// It may still be changed.
        Created = "created",
        /// The customer is asked.
        ApprovalPending = "approval-pending",
        /// The customer agreed.
        Approved = "approved",
        /// It is being set up.
        Activating = "activating",
        /// It holds.
        Active = "active",
        /// It holds, and ends soon.
        Expiring = "expiring",
        /// Its days are over.
        Expired = "expired",
        /// Somebody ended it.
        TerminationRequested = "termination-requested",
        /// It is being taken down.
        Terminating = "terminating",
        /// It was ended.
        Terminated = "terminated",
    }
}

words! {
    /// How a subscription stands (G-4).
    SubscriptionStatus, "status of a subscription" {
        /// In use.
        Active = "active",
        /// Stopped for a time.
        Suspended = "suspended",
        /// Ended before its term.
        Cancelled = "cancelled",
        /// Its term is over.
        Expired = "expired",
    }
}

words! {
    /// What came of something that came in from a customer (P-2).
    IntakeOutcome, "outcome" {
        /// It is being looked at.
        Open = "open",
        /// The partner solved it.
        Solved = "solved",
        /// It was filed with the vendor.
        Escalated = "escalated",
    }
}

/// The role on an Azure subscription that lets its holder file for it, and no more (B-4).
pub const SUPPORT_REQUEST_ROLE: &str = "Support Request Contributor";

/// Roles on an Azure subscription that let their holder file for it (B-4).
pub const FILING_ROLES: [&str; 3] = [SUPPORT_REQUEST_ROLE, "Contributor", "Owner"];
