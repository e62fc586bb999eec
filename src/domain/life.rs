//! The life of a request: `draft` → `open` → `awaiting-customer` ⇄ `in-progress` → `resolved` → `closed`, and
//! back from there.

use super::Instant;
use super::cycle::{Cycle, NoWay};
use super::request::CaseState;
use super::words::words;

/// How many days a closed request can still be reopened.
pub const REOPEN_DAYS: i64 = 14;

words! {
    /// What moves a request on.
    Step, "step" {
        /// The provider takes it on, or goes on with it.
        Assign = "assign",
        /// The customer has the word.
        Ask = "ask",
        /// The customer has answered.
        Answer = "answer",
        /// The provider has solved it.
        Resolve = "resolve",
        /// Both are done with it.
        Close = "close",
        /// It was not solved after all.
        Reopen = "reopen",
    }
}

/// Why a step is not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Standstill {
    /// The step does not lead on from that state.
    #[error(transparent)]
    NoWay(#[from] NoWay),
    /// It was closed too long ago.
    #[error("it was closed on {0}, and can be reopened for {REOPEN_DAYS} days")]
    TooLate(Instant),
}

/// Where each step leads.
pub const LIFE: Cycle<CaseState, Step> = Cycle {
    of: "a request",
    begins: &[CaseState::Open],
    moves: &[
        (CaseState::Open, Step::Assign, CaseState::InProgress),
        (CaseState::Open, Step::Ask, CaseState::AwaitingCustomer),
        (CaseState::Open, Step::Resolve, CaseState::Resolved),
        (CaseState::InProgress, Step::Assign, CaseState::InProgress),
        (CaseState::InProgress, Step::Ask, CaseState::AwaitingCustomer),
        (CaseState::InProgress, Step::Resolve, CaseState::Resolved),
        (CaseState::AwaitingCustomer, Step::Answer, CaseState::InProgress),
        (CaseState::AwaitingCustomer, Step::Assign, CaseState::InProgress),
        (CaseState::AwaitingCustomer, Step::Resolve, CaseState::Resolved),
        (CaseState::Resolved, Step::Close, CaseState::Closed),
        (CaseState::Resolved, Step::Reopen, CaseState::InProgress),
        (CaseState::Closed, Step::Reopen, CaseState::InProgress),
    ],
};

/// The state that a step leads to.
///
/// # Errors
/// [`Standstill`] says why it leads nowhere.
pub fn next(
    state: CaseState,
    step: Step,
    now: Instant,
    closed_at: Option<Instant>,
) -> Result<CaseState, Standstill> {
    let to = LIFE.next(state, step)?;
    match closed_at {
        Some(closed) if state == CaseState::Closed && closed.plus_seconds(REOPEN_DAYS * 86_400) < now => {
            Err(Standstill::TooLate(closed))
        }
        _ => Ok(to),
    }
}
