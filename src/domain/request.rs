//! Support requests, as far as reports need them.

use super::words::words;
use super::{Day, Instant};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

words! {
    /// What a case asks for.
    CaseKind, "kind of case" {
        /// Break-fix, reactive.
        ProblemResolution = "problem-resolution",
        /// Advice.
        Advisory = "advisory",
    }
}

words! {
    /// Classes that are listed under *other cases* (O-4).
    CaseClass, "case class" {
        /// Support assistance.
        Su = "SU",
        /// Development support assistance.
        Dsa = "DSA",
        /// Support technology advisor.
        X85 = "X85",
        /// Reactive enabled contacts.
        Rec = "REC",
    }
}

words! {
    /// How much is at stake (S-1).
    Severity, "severity" {
        /// Critical: significant loss, production down.
        A = "A",
        /// Moderate loss.
        B = "B",
        /// Minimal.
        C = "C",
    }
}

words! {
    /// Where a case is in its life.
    CaseState, "state" {
        /// Being written.
        Draft = "draft",
        /// Filed.
        Open = "open",
        /// Worked on.
        InProgress = "in-progress",
        /// The customer has the word.
        AwaitingCustomer = "awaiting-customer",
        /// Solved.
        Resolved = "resolved",
        /// Finished.
        Closed = "closed",
    }
}

/// Whose a case is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum CasePlace {
    /// A workspace's, by its key: its members may see it (W-2).
    Workspace(i64),
    /// A partner's, by its key: its agents may see it.
    Partner {
        /// Key of the partner.
        partner: i64,
        /// Key of the customer on whose behalf it was filed; none for the partner's own tenant (B-10).
        customer: Option<i64>,
    },
}

/// A case as the store keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Case {
    /// Key in the store.
    pub id: i64,
    /// Digits, given once.
    pub number: String,
    /// Whose it is.
    pub place: CasePlace,
    /// Its contract, if known.
    pub contract_id: Option<i64>,
    /// Its package, if known.
    pub package_id: Option<i64>,
    /// The service line it is charged to, if known.
    pub entitlement_id: Option<i64>,
    /// What it asks for.
    pub kind: CaseKind,
    /// A class of O-4, if any.
    pub class: Option<CaseClass>,
    /// How much is at stake.
    pub severity: Severity,
    /// Where it is.
    pub state: CaseState,
    /// What it is about.
    pub product: Option<String>,
    /// One line.
    pub title: String,
    /// Account or name of the primary contact.
    pub contact: Option<String>,
    /// When it was opened.
    pub opened_at: Instant,
    /// When it was closed.
    pub closed_at: Option<Instant>,
}

impl Case {
    /// Key of its workspace, unless it is a partner's.
    pub fn workspace_id(&self) -> Option<i64> {
        match self.place {
            CasePlace::Workspace(id) => Some(id),
            CasePlace::Partner { .. } => None,
        }
    }
}

/// With whom a case is shared.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Sharing {
    /// Accounts (V-2).
    pub people: Vec<String>,
    /// Id of the one group (V-1, V-6).
    pub group: Option<String>,
}

/// The day of `opened_at` in the contract's zone is what O-2 asks about; callers pass it in.
pub type OpenedOn = Day;
