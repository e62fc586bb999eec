//! For which partner somebody acts.

use super::Writing;
use crate::domain::{Day, Zone};
use crate::error::{Result, codes};
use crate::policy::Permission;
use crate::store::Named;

/// The partner that is named, or the only one at which the person holds the permission; none for the operator who names
/// none.
pub(super) fn acting_partner<P: Permission>(at: &Writing<'_, P>, named: Option<&str>) -> Result<Option<i64>> {
    if let Some(text) = named {
        let id = at.reading().find(Named::Partner, text)?;
        at.grant().on_partner(id, text)?;
        return Ok(Some(id));
    }
    let coverage = at.grant().coverage();
    if coverage.everything {
        return Ok(None);
    }
    let mut own = coverage.partners.iter().copied();
    match (own.next(), own.next()) {
        (Some(one), None) => Ok(Some(one)),
        _ => Err(which()),
    }
}

/// The same, of those that serve a customer.
pub(super) fn serving_partner<P: Permission>(
    at: &Writing<'_, P>,
    customer: i64,
    named: Option<&str>,
) -> Result<Option<i64>> {
    if named.is_some() || at.grant().coverage().everything {
        let partner = acting_partner(at, named)?;
        if let Some(partner) = partner.filter(|_| named.is_some()) {
            must_serve(at, partner, customer)?;
        }
        return Ok(partner);
    }
    let mut serving = at.reading().serving(customer)?;
    serving.retain(|(id, _)| at.grant().coverage().has_partner(*id));
    match serving.as_slice() {
        [(one, _)] => Ok(Some(*one)),
        [] => Err(serves_not(&at.reading().customer_code(customer)?)),
        _ => Err(which()),
    }
}

/// Passes for a partner that serves the customer (G-2).
pub(super) fn must_serve<P: Permission>(at: &Writing<'_, P>, partner: i64, customer: i64) -> Result<()> {
    if at.reading().serves(partner, customer)? {
        return Ok(());
    }
    Err(serves_not(&at.reading().customer_code(customer)?))
}

fn serves_not(customer: &str) -> crate::error::Error {
    codes::RULE
        .error(format!("the partner does not serve customer {customer} (G-2)"))
        .hint("`servhub relationship list` shows how the partners stand")
}

fn which() -> crate::error::Error {
    codes::MISSING_OPTION
        .error("nothing says for which partner")
        .hint("name it: `servhub partner list` shows them")
}

/// Passes for a customer that is not archived (G-1).
pub(super) fn not_archived<P: Permission>(at: &Writing<'_, P>, customer: i64) -> Result<()> {
    let Some(since) = at.reading().customer_archived_on(customer)? else {
        return Ok(());
    };
    let code = at.reading().customer_code(customer)?;
    Err(codes::CUSTOMER_ARCHIVED
        .error(format!("customer {code} is archived since {since}"))
        .hint(format!("`servhub customer archive {code} --undo` brings it back")))
}

/// Today, where no contract says in which zone.
pub(super) fn today<P: Permission>(at: &Writing<'_, P>) -> Day {
    at.context().day_in(&Zone::utc())
}
