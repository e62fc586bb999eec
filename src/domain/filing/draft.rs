//! A request as someone wants to file it.

use crate::domain::request::{CaseKind, Severity};
use crate::domain::words::words;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

words! {
    /// Why a request must be escalated (B-3).
    Category, "category" {
        /// Behaviour that no documentation explains.
        UndocumentedIssue = "undocumented-issue",
        /// The service does not answer.
        ServiceUnavailable = "service-unavailable",
        /// A fault in the product.
        Defect = "defect",
        /// The network is down at large.
        NetworkDisruption = "network-disruption",
        /// Several tenants of a region are affected.
        RegionalMultitenant = "regional-multitenant",
        /// Invoices and subscriptions.
        Billing = "billing",
        /// An invoice is contested.
        Dispute = "dispute",
        /// Somebody else used it.
        Fraud = "fraud",
    }
}

impl Category {
    /// Billing and subscription requests are included for every partner and need no plan (B-5).
    pub const fn is_billing(self) -> bool {
        matches!(self, Self::Billing | Self::Dispute | Self::Fraud)
    }
}

words! {
    /// How a request comes in.
    Channel, "channel" {
        /// From the shell.
        Shell = "shell",
        /// By telephone, which is not offered (B-8).
        Phone = "phone",
    }
}

words! {
    /// What a request needs before it can be filed (F-2).
    Field, "field" {
        /// A line that names the problem.
        Title = "title",
        /// What happens, since when, and what was tried.
        Description = "description",
        /// The product concerned.
        Product = "product",
        /// Break-fix or advice.
        Kind = "kind",
        /// How much is at stake (S-1).
        Severity = "severity",
        /// Whom to talk to.
        Contact = "contact",
    }
}

/// Where a request is to be filed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Place {
    /// In a workspace, by name or id, for oneself.
    Workspace(String),
    /// On behalf of a customer, by name or id.
    Customer(String),
    /// For the tenant of one's own partner.
    OwnTenant,
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Workspace(name) => write!(f, "workspace {name}"),
            Self::Customer(name) => write!(f, "customer {name}"),
            Self::OwnTenant => f.write_str("own tenant"),
        }
    }
}

/// A request before it is filed; what is not known yet is none.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Draft {
    /// A line that names the problem.
    pub title: Option<String>,
    /// What happens, since when, and what was tried.
    pub description: Option<String>,
    /// The product concerned.
    pub product: Option<String>,
    /// Break-fix or advice.
    pub kind: Option<CaseKind>,
    /// How much is at stake.
    pub severity: Option<Severity>,
    /// Account of the primary contact.
    pub contact: Option<String>,
    /// Why it must be escalated.
    pub category: Option<Category>,
    /// Language to be answered in.
    pub language: Option<String>,
    /// Country, two capital letters.
    pub country: Option<String>,
    /// Work on it around the clock.
    pub around_the_clock: bool,
    /// Accounts to share it with.
    pub share_with: Vec<String>,
    /// The group to share it with; the person's default group when there is none.
    pub group: Option<String>,
    /// The entitlement to use; the one that expires first when there is none.
    pub entitlement: Option<String>,
    /// The subscription concerned.
    pub subscription: Option<String>,
    /// A plan of the partner's own (B-5).
    pub plan: Option<String>,
    /// Known service issues that do not explain the problem (B-2).
    pub not_covered_by: Vec<String>,
    /// Why they do not.
    pub because: Option<String>,
    /// How it came in; from the shell when nothing says otherwise (B-8).
    pub channel: Option<Channel>,
}

impl Draft {
    /// What is still missing, in the order in which it is asked for (F-2, F-3).
    pub fn missing(&self) -> Vec<Field> {
        let empty = |text: &Option<String>| text.as_ref().is_none_or(|text| text.trim().is_empty());
        let missing = [
            (Field::Title, empty(&self.title)),
            (Field::Description, empty(&self.description)),
            (Field::Product, empty(&self.product)),
            (Field::Kind, self.kind.is_none()),
            (Field::Severity, self.severity.is_none()),
            (Field::Contact, empty(&self.contact)),
        ];
        let missing = missing.into_iter().filter(|(_, missing)| *missing);
        missing.map(|(field, _)| field).collect()
    }
}
