//! What a saved plan of rows promises: a hash over what came of each, compared before the change is kept.

use super::import::{Verdict, hex};
use crate::error::{Error, Result, codes};
use serde::Serialize;
use sha2::{Digest, Sha256};

/// What came of a row that can be planned.
pub trait Foreseen: Serialize {
    /// What came of it, in a word.
    fn verdict(&self) -> Verdict;
    /// What a plan promises of it: nothing that only another moment or another number in a row would make different.
    fn promise(&self) -> impl Serialize;
}

/// The hash of a plan.
///
/// # Errors
/// When a promise cannot be written.
pub fn digest<T: Foreseen>(outcomes: &[T]) -> Result<String> {
    let mut hash = Sha256::new();
    for one in outcomes {
        let line = serde_json::to_vec(&(one.verdict(), one.promise())).map_err(|error| {
            codes::STORE_FAILED
                .error("a plan could not be hashed")
                .because(error)
        })?;
        hash.update(line);
        hash.update(b"\n");
    }
    Ok(hex(&hash.finalize()))
}

/// Refuses a change whose rows come to something else than its plan says.
///
/// # Errors
/// `E0302` then.
pub fn check<T: Foreseen>(expected: Option<&str>, outcomes: &[T]) -> Result<()> {
    match expected {
        Some(expected) if digest(outcomes)? != expected => Err(stale()),
        _ => Ok(()),
    }
}

/// The hub is another one than when the plan was made.
pub(super) fn stale() -> Error {
    codes::IMPORT_STALE
        .error("the rows would now do something else than the plan says; nothing was changed")
        .hint("make a new plan and look at it")
}
