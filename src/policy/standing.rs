//! What a person holds, and what a permission therefore covers.

use super::PermissionId;
use super::roles::{self, RoleScope};
use crate::domain::people::Role;
use std::collections::BTreeSet;

/// One role of a person, and what it was given on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holding {
    /// The role.
    pub role: Role,
    /// Key of the customer, except for a role at a partner.
    pub customer_id: Option<i64>,
    /// Key of the workspace, for a role of one.
    pub workspace_id: Option<i64>,
    /// Key of the contract that names the person, for the provider's staff.
    pub contract_id: Option<i64>,
    /// Key of the partner, for the role of one of its people.
    pub partner_id: Option<i64>,
}

/// Everything a person holds: the union counts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Standing {
    /// The person's account.
    pub account: String,
    /// All roles.
    pub holdings: Vec<Holding>,
}

/// Where a permission holds. Keys of the store.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Coverage {
    /// The whole hub.
    pub everything: bool,
    /// Whole customers with all their workspaces.
    pub customers: BTreeSet<i64>,
    /// Single workspaces.
    pub workspaces: BTreeSet<i64>,
    /// Single contracts: cases that the provider's staff see (V-5).
    pub contracts: BTreeSet<i64>,
    /// Partners, with what is theirs at the customers they serve.
    pub partners: BTreeSet<i64>,
}

impl Coverage {
    /// The whole hub.
    pub fn everything() -> Self {
        Self {
            everything: true,
            ..Self::default()
        }
    }

    /// Nothing at all.
    pub fn is_empty(&self) -> bool {
        !self.everything
            && self.customers.is_empty()
            && self.workspaces.is_empty()
            && self.contracts.is_empty()
            && self.partners.is_empty()
    }

    /// Whether it covers a customer as a whole.
    pub fn has_customer(&self, customer_id: i64) -> bool {
        self.everything || self.customers.contains(&customer_id)
    }

    /// Whether it covers a workspace of a customer.
    pub fn has_workspace(&self, workspace_id: i64, customer_id: i64) -> bool {
        self.has_customer(customer_id) || self.workspaces.contains(&workspace_id)
    }

    /// Whether it covers what is a partner's.
    pub fn has_partner(&self, partner_id: i64) -> bool {
        self.everything || self.partners.contains(&partner_id)
    }

    fn add(&mut self, permission: PermissionId, holding: &Holding) {
        let scope = roles::of(holding.role).map(|rule| rule.scope);
        match scope {
            // V-5 speaks of the contract, everything else of the customers managed.
            Some(RoleScope::Provider) if permission == PermissionId::SeeAllRequests => {
                self.contracts.extend(holding.contract_id);
            }
            Some(RoleScope::Workspace) => self.workspaces.extend(holding.workspace_id),
            Some(RoleScope::Provider | RoleScope::Customer) => self.customers.extend(holding.customer_id),
            Some(RoleScope::Partner) => self.partners.extend(holding.partner_id),
            None => {}
        }
    }
}

impl Standing {
    /// Where the person holds a permission.
    pub fn coverage(&self, permission: PermissionId) -> Coverage {
        let mut coverage = Coverage::default();
        let giving = |holding: &&Holding| roles::of(holding.role).is_some_and(|rule| rule.gives(permission));
        for holding in self.holdings.iter().filter(giving) {
            coverage.add(permission, holding);
        }
        coverage
    }

    /// What the person knows of: whatever any role of theirs was given on.
    pub fn known(&self) -> Coverage {
        let mut coverage = Coverage::default();
        for holding in &self.holdings {
            // Any permission but the one that is a matter of single contracts.
            coverage.add(PermissionId::ReadWorkspaces, holding);
        }
        coverage
    }

    /// Workspaces of which the person is a member.
    pub fn memberships(&self) -> impl Iterator<Item = i64> {
        let members = self
            .holdings
            .iter()
            .filter(|holding| holding.role == Role::Member);
        members.filter_map(|holding| holding.workspace_id)
    }
}
