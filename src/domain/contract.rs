//! Contracts, schedules, packages and workspaces.

use super::words::words;
use super::{Day, Instant};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

words! {
    /// The two offers that a contract can be.
    ContractKind, "kind of contract" {
        /// The newer offer: work accounts only, unless the workspace was set to allow personal ones (W-4).
        Unified = "unified",
        /// The older offer: both kinds of account (W-4).
        Premier = "premier",
    }
}

words! {
    /// Derived from start, end and the day asked about; never stored (C-1).
    Status, "status" {
        /// Not begun.
        Future = "future",
        /// Running.
        Active = "active",
        /// Over.
        Expired = "expired",
    }
}

words! {
    /// Whether a package may be used on a day (C-4).
    PackageStatus, "package status" {
        /// In force.
        Active = "active",
        /// Not begun, over, or deactivated early.
        Inactive = "inactive",
    }
}

words! {
    /// A dated part of a contract.
    ScheduleKind, "kind of schedule" {
        /// The one part every customer has.
        Base = "base",
        /// Bought on top.
        AddOn = "add-on",
    }
}

words! {
    /// What a package covers.
    PackageKind, "kind of package" {
        /// For the whole organisation; aggregated in the report.
        EnterpriseWide = "enterprise-wide",
        /// Bought on top; attached by the provider (C-3).
        AddOn = "add-on",
    }
}

words! {
    /// What sort of account a person signs in with (W-4).
    AccountKind, "kind of account" {
        /// Given by an organisation.
        Work = "work",
        /// A person's own.
        Personal = "personal",
    }
}

words! {
    /// What a person is named for on a contract.
    ContactRole, "contact role" {
        /// Administers the default workspace.
        ServiceAdmin = "service-admin",
        /// May file requests; counted against the contract line.
        SupportContact = "support-contact",
    }
}

/// A first and a last day, both included (T-1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Term {
    /// First day.
    pub start: Day,
    /// Last day: active through all of it.
    pub end: Day,
}

impl Term {
    /// Whether the day lies in the term.
    pub fn contains(&self, day: Day) -> bool {
        self.start <= day && day <= self.end
    }

    /// Where the day stands to the term (C-1).
    pub fn status(&self, day: Day) -> Status {
        match day {
            d if d < self.start => Status::Future,
            d if d > self.end => Status::Expired,
            _ => Status::Active,
        }
    }

    /// Whether two terms share a day.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.start <= other.end && other.start <= self.end
    }
}

/// A package is in force within its term until it was deactivated (C-4): the day of deactivation is the
/// first on which it is inactive.
pub fn package_status(term: &Term, deactivated_on: Option<Day>, day: Day) -> PackageStatus {
    let stopped = deactivated_on.is_some_and(|stop| stop <= day);
    if term.contains(day) && !stopped {
        PackageStatus::Active
    } else {
        PackageStatus::Inactive
    }
}

/// A contract as the store keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Contract {
    /// Key in the store.
    pub id: i64,
    /// Number as printed on paper: text, leading zeros count.
    pub number: String,
    /// Name of the customer that bought it.
    pub customer: String,
    /// Key of that customer.
    pub customer_id: i64,
    /// Which offer.
    pub kind: ContractKind,
    /// Free text, such as "Performance".
    pub plan: Option<String>,
    /// First and last day.
    pub term: Term,
    /// IANA zone in which its days begin and end (T-1).
    pub time_zone: String,
    /// Customer success account manager.
    pub csam: Option<String>,
    /// Account coordinator.
    pub account_coordinator: Option<String>,
    /// Incident manager.
    pub incident_manager: Option<String>,
    /// When it was activated (C-2), if it was.
    pub activated_at: Option<Instant>,
}

/// A package as the store keeps it, with what it hangs from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Package {
    /// Key in the store.
    pub id: i64,
    /// The provider's id.
    pub code: String,
    /// Name for people.
    pub name: String,
    /// Enterprise-wide or add-on.
    pub kind: PackageKind,
    /// First and last day.
    pub term: Term,
    /// First day on which it is inactive, when it was stopped early (C-4).
    pub deactivated_on: Option<Day>,
    /// Its schedule's code.
    pub schedule: String,
    /// Whether that schedule is the customer's base one.
    pub schedule_kind: ScheduleKind,
    /// Key of its contract.
    pub contract_id: i64,
}

impl Package {
    /// Whether it may be used on the day (C-4).
    pub fn status(&self, day: Day) -> PackageStatus {
        package_status(&self.term, self.deactivated_on, day)
    }
}

/// A workspace as the store keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Workspace {
    /// Key in the store.
    pub id: i64,
    /// Short id.
    pub code: String,
    /// Name for people, unique within the customer.
    pub name: String,
    /// Name of the customer.
    pub customer: String,
    /// Key of the customer.
    pub customer_id: i64,
    /// The customer's first one, made when a contract starts (C-2).
    pub is_default: bool,
    /// Account of its administrator.
    pub administrator: Option<String>,
    /// Takes personal accounts on a unified contract (W-4).
    pub allow_personal: bool,
    /// Day it was archived; never deleted (W-5).
    pub archived_on: Option<Day>,
}
