//! How the customer activity report is put together.

use super::entitlement::Service;
use super::words::words;

words! {
    /// The parts into which enterprise-wide consumption is aggregated.
    Tile, "tile" {
        /// Built-in proactive services.
        Proactive = "built-in-proactive",
        /// As-needed support: advisory and reactive.
        AsNeeded = "as-needed-support",
        /// On-demand education.
        Education = "on-demand-education",
        /// Support contacts.
        Contacts = "support-contacts",
        /// On-demand assessments.
        Assessments = "on-demand-assessments",
        /// Services that have no part of their own.
        Other = "other-services",
    }
}

impl Tile {
    /// Where a service is counted.
    pub const fn of(service: Service) -> Self {
        match service {
            Service::Reactive | Service::Advisory => Self::AsNeeded,
            Service::Proactive | Service::ProactiveCredits | Service::Dse => Self::Proactive,
            Service::Education => Self::Education,
            Service::Contacts => Self::Contacts,
            Service::Assessment => Self::Assessments,
            Service::Other => Self::Other,
        }
    }
}

words! {
    /// The detail views of the report.
    View, "detail view" {
        /// Break-fix cases and their hours.
        Reactive = "reactive",
        /// Advisory cases and their hours.
        Advisory = "advisory",
        /// Engagements and their hours.
        Proactive = "proactive",
        /// Learning activities.
        Education = "education",
        /// Support contacts.
        Contacts = "contacts",
        /// Assessments.
        Assessments = "assessments",
        /// Credits: purchased, used, remaining, expiry.
        Credits = "credits",
        /// Cases that the O rules list apart.
        OtherCases = "other-cases",
    }
}
