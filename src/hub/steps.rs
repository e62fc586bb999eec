//! Refusals of steps that lead nowhere, in the words of the life cycle.

use crate::domain::cycle::NoWay;
use crate::error::{Error, codes};

/// "It cannot be moved on like that": what it is about, then why.
pub(super) fn no_way(subject: &str, why: &NoWay) -> Error {
    let error = codes::WRONG_STATE.error(format!("{subject}: {why}"));
    error.hint("docs/life-cycles.md draws every step")
}
