//! The append-only ledger (L-1 to L-6).

use super::contract::Term;
use super::entitlement::{Allowance, Usage};
use super::words::words;
use super::{Day, Quantity};
use crate::error::{Result, codes};

words! {
    /// What an entry is.
    EntryKind, "kind of entry" {
        /// A recorded use.
        Use = "use",
        /// The reversal of an earlier entry, which it names (L-1).
        Correction = "correction",
    }
}

/// Refuses an entry outside its package's days, unless it is marked late (L-6).
///
/// # Errors
/// `E0400` with the dates in the message.
pub fn check_day(package: &str, term: &Term, day: Day, late: bool) -> Result<()> {
    if late || term.contains(day) {
        return Ok(());
    }
    let message = format!(
        "{day} lies outside package {package}, which runs from {} to {}",
        term.start, term.end
    );
    Err(codes::OUTSIDE_PACKAGE
        .error(message)
        .hint("correct the day, or record it with --late (L-6)"))
}

/// One package's share that a draw may take from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Purse {
    /// Key of the entitlement.
    pub entitlement_id: i64,
    /// Last day of its package.
    pub expires: Day,
    /// What is left; none when there is no ceiling.
    pub remaining: Option<Quantity>,
}

/// Splits a draw over the purses that hold the allowance: the one that expires first is emptied first
/// (L-5). What exceeds all of them is shown as over-use of the last one (E-5). The parts always add up to
/// the quantity; none is zero.
pub fn split_draw(purses: &[Purse], quantity: Quantity) -> Vec<(i64, Quantity)> {
    let mut order: Vec<&Purse> = purses.iter().collect();
    order.sort_by_key(|purse| (purse.expires, purse.entitlement_id));
    let mut left = quantity;
    let mut parts: Vec<(i64, Quantity)> = Vec::new();
    for (place, purse) in order.iter().enumerate() {
        let is_last = place + 1 == order.len();
        let room = purse
            .remaining
            .map_or(left, |remaining| remaining.max(Quantity::ZERO));
        let part = if is_last { left } else { left.min(room) };
        if part > Quantity::ZERO {
            parts.push((purse.entitlement_id, part));
            left = left - part;
        }
    }
    parts
}

/// The balance after each entry: what was consumed so far, and what was left (E-6). The last one is what
/// the report shows, because both are the same sum (E-5, L-1).
pub fn running(
    allowance: Allowance,
    quantities: impl IntoIterator<Item = Quantity>,
) -> Vec<(Quantity, Option<Quantity>)> {
    let balance = |consumed: &mut Quantity, quantity| {
        *consumed += quantity;
        Some((*consumed, Usage::of(allowance, *consumed).remaining))
    };
    quantities.into_iter().scan(Quantity::ZERO, balance).collect()
}
