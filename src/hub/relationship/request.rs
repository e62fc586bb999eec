//! `relationship.request`

use super::{find_customer, keep, row_of, told};
use crate::domain::partner::{REQUEST_DAYS, RelationshipStatus, RelationshipStep};
use crate::error::{Result, codes};
use crate::hub::acting::{acting_partner, not_archived, today};
use crate::hub::people::Code;
use crate::hub::{Change, Route, Writing};
use crate::policy::needs::KeepRelationships;
use crate::store::sqlite::{Relation, RelationRow};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Asks a customer for a relationship: makes the link that the customer accepts it with (G-2).
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Request {
    /// Domain of the customer, or its id or name where it is known.
    pub customer: String,
    /// For which partner, by name or id.
    pub partner: Option<String>,
}

impl Change for Request {
    const NAME: &'static str = "relationship.request";
    const ROUTE: Route = Route::post("/relationships");
    type Needs = KeepRelationships;
    type Answer = Relation;

    fn change(&self, at: &mut Writing<'_, KeepRelationships>) -> Result<Relation> {
        let Some(partner) = acting_partner(at, self.partner.as_deref())? else {
            let error = codes::MISSING_OPTION.error("nothing says which partner asks");
            return Err(error.hint("add --partner"));
        };
        let customer = find_customer(at.reading(), &self.customer)?;
        not_archived(at, customer)?;
        check_not_itself(at, partner, customer)?;
        let before = at.reading().relationship(partner, customer, today(at))?;
        let after = match &before {
            Some(row) if is_open(row) => return told(at, partner, customer),
            Some(row) => row_of(at, row, RelationshipStep::Request)?,
            None => first(at, partner, customer),
        };
        let after = RelationRow {
            code: Some(Code::make()?.tell()),
            until: Some(today(at).plus(REQUEST_DAYS)),
            ..after
        };
        keep(at, before.as_ref(), &after)?;
        told(at, partner, customer)
    }
}

/// What is asked for already, or holds, is not asked for again.
fn is_open(row: &RelationRow) -> bool {
    matches!(row.status, RelationshipStatus::Active)
        || (row.status == RelationshipStatus::Requested && row.code.is_some())
}

fn first(at: &Writing<'_, KeepRelationships>, partner: i64, customer: i64) -> RelationRow {
    RelationRow {
        partner,
        customer,
        status: RelationshipStatus::Requested,
        of_record: false,
        since: today(at),
        code: None,
        until: None,
    }
}

/// A partner does not serve itself (B-6).
fn check_not_itself(at: &Writing<'_, KeepRelationships>, partner: i64, customer: i64) -> Result<()> {
    let (_, domain) = at.reading().customer_name(customer)?;
    let own = at.reading().partner_domain(partner)?;
    if domain.is_some_and(|domain| domain.eq_ignore_ascii_case(&own)) {
        let error = codes::RULE.error(format!(
            "{own} is the domain of both: a partner does not serve itself (B-6)"
        ));
        return Err(error.hint("name another customer"));
    }
    Ok(())
}
