//! Which cases are listed under *other cases* (O-1 to O-5). Decided when read, never stored: it depends on
//! the workspace and the day looked at.

use super::Day;
use super::contract::{Status, Term};
use super::request::CaseClass;
use std::fmt;

/// What the decision needs to know of a case, its contract and the place it is looked at from.
#[derive(Debug, Clone, Copy)]
pub struct CaseFacts<'a> {
    /// Contract, package and service line are all known.
    pub fully_linked: bool,
    /// Term of its contract; ignored when the case is not fully linked.
    pub contract_term: Option<&'a Term>,
    /// Day it was opened, in its contract's zone.
    pub opened_on: Day,
    /// Whether its contract is linked to the workspace being looked at.
    pub contract_in_workspace: bool,
    /// Class of O-4.
    pub class: Option<CaseClass>,
}

/// The rule that fired.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OtherReason {
    /// O-1.
    MissingLink,
    /// O-2.
    ExpiredContract,
    /// O-3.
    ContractNotInWorkspace,
    /// O-4.
    Class(CaseClass),
}

impl OtherReason {
    /// The word the reports print.
    pub const fn word(self) -> &'static str {
        match self {
            Self::MissingLink => "missing-link",
            Self::ExpiredContract => "expired-contract",
            Self::ContractNotInWorkspace => "contract-not-in-workspace",
            Self::Class(CaseClass::Su) => "class-SU",
            Self::Class(CaseClass::Dsa) => "class-DSA",
            Self::Class(CaseClass::X85) => "class-X85",
            Self::Class(CaseClass::Rec) => "class-REC",
        }
    }

    /// The rule's id.
    pub const fn rule(self) -> &'static str {
        match self {
            Self::MissingLink => "O-1",
            Self::ExpiredContract => "O-2",
            Self::ContractNotInWorkspace => "O-3",
            Self::Class(_) => "O-4",
        }
    }
}

impl fmt::Display for OtherReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}

/// Checks the rules in their order (O-5); none means the case is listed under its own service.
pub fn other_reason(case: &CaseFacts<'_>, as_of: Day) -> Option<OtherReason> {
    let Some(term) = case.contract_term.filter(|_| case.fully_linked) else {
        return Some(OtherReason::MissingLink);
    };
    let expired = |day| term.status(day) == Status::Expired;
    if expired(case.opened_on) || expired(as_of) {
        return Some(OtherReason::ExpiredContract);
    }
    if !case.contract_in_workspace {
        return Some(OtherReason::ContractNotInWorkspace);
    }
    case.class.map(OtherReason::Class)
}
