//! Which partners serve which customers: asked for by the partner, accepted by the customer (G-2).

mod accept;
mod keep;
mod list;
mod remove;
mod request;

pub use accept::Accept;
pub(super) use keep::{keep, row_of};
pub use list::List;
pub use remove::Remove;
pub use request::Request;

use super::acting::today;
use super::{Reading, Writing};
use crate::domain::partner::RelationshipStatus;
use crate::error::{Error, Result, codes};
use crate::policy::Permission;
use crate::store::sqlite::{Relation, RelationFilter};
use crate::store::{Named, Read};

/// What stands before the code in a link.
const LINK: &str = "servhub:relationship/";

/// The link that a customer is sent.
pub fn link(code: &str) -> String {
    format!("{LINK}{code}")
}

/// A code as someone gave it: alone, or as the end of a link.
pub(super) fn code_of(text: &str) -> &str {
    text.trim().rsplit('/').next().unwrap_or_default()
}

/// Key of a customer: by its id or name where the person knows of it, else by its whole domain. A partner asks a customer
/// that it does not know yet, so the domain is enough.
fn find_customer(read: Read<'_>, text: &str) -> Result<i64> {
    match read.find(Named::Customer, text) {
        Err(error) if error.code == &codes::NOT_FOUND => {
            read.customer_by_domain(text)?.ok_or_else(|| {
                error.hint("a customer that your partner does not serve yet is named by its domain, such as contoso.example")
            })
        }
        other => other,
    }
}

/// How a partner stands to a customer now, as it is told to the acting person: the id of a customer that has not accepted is
/// nothing of the partner's yet.
fn told<P: Permission>(at: &Writing<'_, P>, partner: i64, customer: i64) -> Result<Relation> {
    let filter = RelationFilter {
        partner: Some(partner),
        customer: Some(customer),
        ..RelationFilter::default()
    };
    let mut relation = at
        .reading()
        .relationships(&filter, today(at))?
        .into_iter()
        .next()
        .ok_or_else(gone)?;
    let coverage = at.grant().coverage();
    if relation.status != RelationshipStatus::Active && !coverage.has_customer(customer) {
        relation.customer = None;
    }
    Ok(relation)
}

fn gone() -> Error {
    codes::NOT_FOUND.error("there is no such relationship")
}

/// The day that a question is about.
fn day_of<P: Permission>(at: &Reading<'_, P>) -> crate::domain::Day {
    at.context().day_in(&crate::domain::Zone::utc())
}
