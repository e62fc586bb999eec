//! What the rules of filing ask about.

use crate::domain::Quantity;
pub use crate::domain::partner::{Family, PartnerKind};
use crate::domain::partner::{PlanKind, SupportLevel};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Someone who acts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Account {
    /// The account.
    pub account: String,
    /// What comes behind its `@`, in lower case.
    pub domain: String,
}

impl Account {
    /// An account with its domain.
    pub fn new(account: &str) -> Self {
        let domain = account.rsplit_once('@').map_or("", |(_, domain)| domain);
        Self {
            account: account.to_owned(),
            domain: domain.to_lowercase(),
        }
    }
}

/// The support that a partner offers (P-1).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SupportProfile {
    /// Name of the partner.
    pub partner: String,
    /// Mail address.
    pub mail: Option<String>,
    /// Telephone number.
    pub phone: Option<String>,
    /// Web site.
    pub site: Option<String>,
    /// When somebody answers.
    pub hours: Option<String>,
    /// Languages spoken.
    pub languages: Option<String>,
    /// What is charged.
    pub charges: Option<String>,
}

impl SupportProfile {
    /// Everything known, in one line.
    pub fn tell(&self) -> String {
        let parts = [
            ("mail", &self.mail),
            ("phone", &self.phone),
            ("hours", &self.hours),
            ("site", &self.site),
        ];
        let known: Vec<String> = parts
            .into_iter()
            .filter_map(|(name, text)| text.as_ref().map(|text| format!("{name} {text}")))
            .collect();
        match known.as_slice() {
            [] => format!("{} (no support contact is on record)", self.partner),
            known => format!("{}: {}", self.partner, known.join(", ")),
        }
    }
}

/// Filing for oneself: the workspace, the person and the contract.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OwnFacts {
    /// Id of the workspace.
    pub workspace: String,
    /// Whether it is archived.
    pub archived: bool,
    /// Who files.
    pub account: String,
    /// Whether that is the owner of the store, who acts as nobody in particular.
    pub operator: bool,
    /// Whether that is a support contact of the workspace.
    pub is_support_contact: bool,
    /// Support contacts who could file instead.
    pub support_contacts: Vec<String>,
    /// Numbers of the workspace's contracts in force.
    pub contracts_in_force: Vec<String>,
    /// Number and last day of the last contract that ended.
    pub last_ended: Option<(String, crate::domain::Day)>,
    /// Id of the entitlement that will be used, and what is left of it when it is limited.
    pub entitlement: Option<(String, Option<Quantity>)>,
    /// What is left of it is not for whoever asks: some of what was used is hidden from them.
    pub hides_left: bool,
    /// Whether the primary contact is a member of the workspace.
    pub contact_is_member: bool,
    /// The customer's partner of record, when the customer has no contract of its own (B-1).
    pub partner_of_record: Option<SupportProfile>,
}

/// A known issue of a service (B-2).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Issue {
    /// Its id.
    pub code: String,
    /// A line that names it.
    pub title: String,
    /// The newest update.
    pub update: Option<String>,
}

/// Who sells a product of the marketplace (B-7).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Publisher {
    /// Its name.
    pub name: String,
    /// Where its support is.
    pub link: Option<String>,
    /// Mail address of its support.
    pub mail: Option<String>,
    /// Telephone number of its support.
    pub phone: Option<String>,
}

/// The product concerned.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Product {
    /// Its name.
    pub name: String,
    /// Its family; none when it is in none that partners file for.
    pub family: Option<Family>,
    /// Its publisher, when it is of the marketplace.
    pub publisher: Option<Publisher>,
}

/// A plan of the partner's own that is valid today (B-5).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PlanOf {
    /// Its id.
    pub id: String,
    /// What it is.
    pub what: PlanKind,
}

/// The partner whose person files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Partner {
    /// Its name.
    pub name: String,
    /// How it sells.
    pub kind: PartnerKind,
    /// Its domains, in lower case.
    pub domains: Vec<String>,
    /// Its indirect provider, for a reseller.
    pub provider: Option<String>,
    /// The support that it holds of the vendor.
    pub support_level: Option<SupportLevel>,
    /// Its own plans that are valid today.
    pub plans: Vec<PlanOf>,
}

/// Filing on behalf of a customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BehalfFacts {
    /// Who files.
    pub account: Account,
    /// Name of the customer.
    pub customer: String,
    /// The customer's domain, in lower case.
    pub customer_domain: Option<String>,
    /// The customer is the partner itself: its own tenant.
    pub own_tenant: bool,
    /// The customer's partner of record.
    pub partner_of_record: Option<SupportProfile>,
    /// The partner that the person works for, when it serves the customer.
    pub partner: Option<Partner>,
    /// Roles that the person holds at the partner.
    pub roles: Vec<crate::domain::people::Role>,
    /// Open issues of the product.
    pub issues: Vec<Issue>,
    /// The product.
    pub product: Product,
    /// Names of delegated roles that the person holds today at the customer, for the product's family.
    pub delegated: Vec<String>,
    /// Names of delegated roles that the person holds today at the customer at all.
    pub delegated_at_all: Vec<String>,
    /// The subscription named, when the customer has it.
    pub subscription: Option<String>,
    /// The role that lets the person file for that subscription, and through which group, if through one.
    pub subscription_role: Option<(String, Option<String>)>,
    /// For a reseller: its provider has given it access to the subscription.
    pub provider_gave_access: bool,
}

impl BehalfFacts {
    /// Whether a domain is the customer's, or below it: `mail.customer.example` is the customer's as well.
    pub(super) fn is_of_customer(&self, domain: &str) -> bool {
        self.customer_domain.as_deref().is_some_and(|own| {
            domain
                .strip_suffix(own)
                .is_some_and(|before| before.is_empty() || before.ends_with('.'))
        })
    }
}
