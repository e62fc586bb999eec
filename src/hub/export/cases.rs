//! Which cases are listed under other cases (O-1 to O-5), for all contracts at once.

use crate::domain::contract::Term;
use crate::domain::other_case::{CaseFacts, OtherReason, other_reason};
use crate::domain::request::{Case, CaseClass};
use crate::domain::{Day, Instant, Zone};
use crate::error::Result;
use crate::hub::{Context, Reading};
use crate::policy::Permission;
use std::collections::{HashMap, HashSet};

/// What the decision on other cases needs, besides the case: every contract's term and day, and the links.
#[derive(Debug)]
pub(crate) struct Cases {
    contracts: HashMap<i64, (Term, Zone, Day)>,
    links: HashSet<(i64, i64)>,
}

impl Cases {
    pub(crate) fn of<P: Permission>(at: &Reading<'_, P>) -> Result<Self> {
        let context: &Context = at.context();
        let contracts = at.contract_terms()?.into_iter().map(|(id, term, zone)| {
            let day = context.day_at(&zone)?;
            let zone = zone.parse().unwrap_or_else(|_| Zone::utc());
            Ok((id, (term, zone, day)))
        });
        Ok(Self {
            contracts: contracts.collect::<Result<_>>()?,
            links: at.contract_links()?.into_iter().collect(),
        })
    }

    /// Whether a contract is linked to a workspace (O-3).
    pub(crate) fn linked(&self, workspace_id: i64, contract_id: i64) -> bool {
        self.links.contains(&(workspace_id, contract_id))
    }

    /// The rule that fires, looked at from a workspace that the contract is, or is not, linked to.
    pub(crate) fn reason(&self, case: &CaseOf, contract_in_workspace: bool) -> Option<OtherReason> {
        let contract = case.contract_id.and_then(|id| self.contracts.get(&id));
        let Some((term, zone, as_of)) = contract else {
            return Some(OtherReason::MissingLink);
        };
        let facts = CaseFacts {
            fully_linked: case.fully_linked,
            contract_term: Some(term),
            opened_on: case.opened_at.day_in(zone),
            contract_in_workspace,
            class: case.class,
        };
        other_reason(&facts, *as_of)
    }

    /// The same for a case looked at from its own workspace.
    pub(crate) fn reason_at_home(&self, case: &Case) -> Option<OtherReason> {
        let of = CaseOf {
            contract_id: case.contract_id,
            fully_linked: case.package_id.is_some() && case.entitlement_id.is_some(),
            opened_at: case.opened_at,
            class: case.class,
        };
        let home = case.workspace_id().zip(case.contract_id);
        let linked = home.is_some_and(|(workspace, contract)| self.linked(workspace, contract));
        self.reason(&of, linked)
    }
}

/// What the rules ask of a case.
#[derive(Debug, Clone, Copy)]
pub(crate) struct CaseOf {
    pub(crate) contract_id: Option<i64>,
    pub(crate) fully_linked: bool,
    pub(crate) opened_at: Instant,
    pub(crate) class: Option<CaseClass>,
}
