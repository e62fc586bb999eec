//! The rules V-1 to V-6, A-5 and W-2, written as they read: loops over lists, slow and obviously right.

use super::org::{Case, Entry, Org};
use std::collections::BTreeSet;

/// What one person may do somewhere, for the questions that the test asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum May {
    /// The activity report, entitlements, the ledger.
    Activity,
    /// Requests.
    Requests,
    /// The proof of delivery.
    Proof,
}

impl Org {
    /// Someone who has accepted, or came through a directory group.
    pub fn is_member(&self, who: usize, workspace: usize) -> bool {
        self.members.iter().any(|member| {
            member.workspace == workspace
                && member.account == who
                && (member.status == "registered" || member.status == "directory")
        })
    }

    /// Roles of a member: their own, and those of their groups.
    fn roles(&self, who: usize, workspace: usize) -> BTreeSet<&'static str> {
        let mut roles = BTreeSet::new();
        if !self.is_member(who, workspace) {
            return roles;
        }
        for member in &self.members {
            if member.workspace == workspace && member.account == who {
                roles.extend(&member.roles);
                if member.service_admin && self.workspaces[workspace].is_default {
                    roles.insert("service-admin");
                }
            }
        }
        for team in &self.teams {
            if team.workspace == workspace && team.members.contains(&who) {
                roles.extend(&team.roles);
            }
        }
        roles
    }

    pub fn is_global_admin(&self, who: usize, customer: usize) -> bool {
        self.administrators.contains(&(customer, who))
    }

    /// Administers the workspace or its customer.
    pub fn administers(&self, who: usize, workspace: usize) -> bool {
        let roles = self.roles(who, workspace);
        roles.contains("workspace-admin")
            || roles.contains("service-admin")
            || self.is_global_admin(who, self.workspaces[workspace].customer)
    }

    /// CSAM or AC of any contract of the customer: a customer that they manage.
    pub fn manages(&self, who: usize, customer: usize) -> bool {
        self.contracts.iter().any(|contract| {
            contract.customer == customer && (contract.csam == Some(who) || contract.coordinator == Some(who))
        })
    }

    fn is_staff(&self, who: usize, contract: usize) -> bool {
        let contract = &self.contracts[contract];
        contract.csam == Some(who) || contract.coordinator == Some(who) || contract.incidents == Some(who)
    }

    fn is_staff_of_customer(&self, who: usize, customer: usize) -> bool {
        (0..self.contracts.len())
            .any(|contract| self.contracts[contract].customer == customer && self.is_staff(who, contract))
    }

    /// Whether a person may do something in a workspace (the table of roles).
    pub fn may(&self, who: usize, may: May, workspace: usize) -> bool {
        let customer = self.workspaces[workspace].customer;
        match may {
            May::Activity => {
                self.administers(who, workspace)
                    || self.roles(who, workspace).contains("customer-activity")
                    || self.manages(who, customer)
            }
            May::Requests => {
                self.is_member(who, workspace)
                    || self.administers(who, workspace)
                    || self.is_staff_of_customer(who, customer)
            }
            May::Proof => self.manages(who, customer),
        }
    }

    /// Whether a person may do something at a customer as a whole, in workspaces or not.
    fn may_at_customer(&self, who: usize, may: May, customer: usize) -> bool {
        match may {
            May::Activity => self.is_global_admin(who, customer) || self.manages(who, customer),
            May::Requests => self.is_global_admin(who, customer) || self.is_staff_of_customer(who, customer),
            May::Proof => self.manages(who, customer),
        }
    }

    /// Whether a person may do something anywhere.
    pub fn may_at_all(&self, who: usize, may: May) -> bool {
        let for_partners = (0..self.partners.len()).any(|partner| self.works_on_requests(who, partner));
        (0..self.workspaces.len()).any(|workspace| self.may(who, may, workspace))
            || may == May::Requests && for_partners
    }

    /// The rules by which a person sees a case.
    pub fn rules(&self, who: usize, case: &Case) -> Vec<&'static str> {
        let mut rules = Vec::new();
        let is_member = self.is_member(who, case.workspace);
        // V-1: they belong to a group that was given access.
        if let Some(team) = case.team {
            let team = &self.teams[team];
            if is_member && team.members.contains(&who) && self.is_member(who, team.workspace) {
                rules.push("V-1");
            }
        }
        // V-2: their account was added through sharing.
        if is_member && case.shares.contains(&who) {
            rules.push("V-2");
        }
        // V-3: they were named as primary contact when it was created.
        if is_member && case.named == Some(who) {
            rules.push("V-3");
        }
        // V-4: they hold view-all-requests, or administer the workspace or the customer.
        if self.roles(who, case.workspace).contains("view-all-requests")
            || self.administers(who, case.workspace)
        {
            rules.push("V-4");
        }
        // V-5: the CSAM, AC and IM of the contract.
        if case.contract.is_some_and(|contract| self.is_staff(who, contract)) {
            rules.push("V-5");
        }
        rules
    }

    pub fn sees(&self, who: usize, case: &Case) -> bool {
        !self.rules(who, case).is_empty()
    }

    /// Sees every case of a workspace.
    fn sees_all(&self, who: usize, workspace: usize) -> bool {
        self.roles(who, workspace).contains("view-all-requests") || self.administers(who, workspace)
    }

    fn contract_of(&self, entitlement: usize) -> usize {
        self.packages[self.entitlements[entitlement].package].contract
    }

    /// Whether an entry is shown: where the permission holds, with its case; to the staff of its contract always.
    pub fn shows(&self, who: usize, may: May, entry: &Entry) -> bool {
        if !self.may(who, may, entry.workspace) {
            return false;
        }
        let Some(case) = entry.case.map(|case| &self.cases[case]) else {
            return true;
        };
        case.workspace != entry.workspace
            || self.sees(who, case)
            || self.is_staff(who, self.contract_of(entry.entitlement))
    }

    /// The number that an entry names, as far as the person may know.
    pub fn number_told<'a>(&'a self, who: usize, entry: &Entry) -> Option<&'a String> {
        let filing = entry.filing.map(|filing| &self.filings[filing]);
        let filing = filing.filter(|filing| self.sees_filing(who, filing));
        let case = self.named_to(who, entry).map(|case| &case.number);
        case.or(filing.map(|filing| &filing.number))
    }

    /// The case that an entry names, as far as the person may know.
    pub fn named_to<'a>(&'a self, who: usize, entry: &Entry) -> Option<&'a Case> {
        let case = entry.case.map(|case| &self.cases[case])?;
        self.sees(who, case).then_some(case)
    }

    /// Whether an entitlement is shown: its package is attached where the permission holds, or the customer is covered.
    pub fn shows_entitlement(&self, who: usize, may: May, entitlement: usize) -> bool {
        let package = &self.packages[self.entitlements[entitlement].package];
        let customer = self.contracts[package.contract].customer;
        self.may_at_customer(who, may, customer)
            || package
                .attached_to
                .iter()
                .any(|workspace| self.may(who, may, *workspace))
    }

    /// Whether it is told what is left: to whoever sees everything that was or can be used of the package.
    pub fn tells_rest(&self, who: usize, may: May, entitlement: usize) -> bool {
        let package = self.entitlements[entitlement].package;
        let mut users = self.packages[package].attached_to.clone();
        for entry in &self.entries {
            if self.entitlements[entry.entitlement].package == package {
                users.insert(entry.workspace);
            }
        }
        users.into_iter().all(|workspace| {
            let all_cases =
                self.sees_all(who, workspace) || self.is_staff(who, self.packages[package].contract);
            self.may(who, may, workspace) && all_cases
        })
    }

    /// What was used of an entitlement up to a day, in some workspaces, as far as the person sees it.
    pub fn used(
        &self,
        who: usize,
        may: May,
        entitlement: usize,
        up_to: i32,
        workspaces: &dyn Fn(usize) -> bool,
    ) -> i64 {
        let mut sum = 0;
        for entry in &self.entries {
            if entry.entitlement == entitlement
                && entry.day <= up_to
                && workspaces(entry.workspace)
                && self.shows(who, may, entry)
            {
                sum += entry.quantity;
            }
        }
        sum
    }
}
