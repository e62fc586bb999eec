//! `relationship.remove`

use super::{find_customer, keep, row_of, told};
use crate::domain::partner::{RelationshipStatus, RelationshipStep};
use crate::error::{Error, Result, codes};
use crate::hub::acting::{acting_partner, today};
use crate::hub::{Change, Route, Writing};
use crate::policy::needs::KeepRelationships;
use crate::store::sqlite::{Relation, RelationRow};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Ends a partner's relationship with a customer, or takes its request back (G-2).
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Remove {
    /// Id, name or domain of the customer.
    pub customer: String,
    /// Of which partner, by name or id.
    pub partner: Option<String>,
}

impl Change for Remove {
    const NAME: &'static str = "relationship.remove";
    const ROUTE: Route = Route::delete("/relationships/{customer}");
    type Needs = KeepRelationships;
    type Answer = Relation;

    fn change(&self, at: &mut Writing<'_, KeepRelationships>) -> Result<Relation> {
        let Some(partner) = acting_partner(at, self.partner.as_deref())? else {
            let error = codes::MISSING_OPTION.error("nothing says whose relationship to end");
            return Err(error.hint("add --partner"));
        };
        let customer = find_customer(at.reading(), &self.customer)?;
        let Some(before) = at.reading().relationship(partner, customer, today(at))? else {
            let error = codes::NOT_FOUND.error(format!(
                "the partner never asked {} for a relationship",
                self.customer
            ));
            return Err(error.hint("`servhub relationship list` shows the relationships"));
        };
        if before.status == RelationshipStatus::Removed {
            return told(at, partner, customer);
        }
        if before.status == RelationshipStatus::Active {
            nothing_runs(at, partner, customer)?;
        }
        let after = RelationRow {
            code: None,
            ..row_of(at, &before, RelationshipStep::Remove)?
        };
        at.put_supporter(customer, partner, None)?;
        keep(at, Some(&before), &after)?;
        told(at, partner, customer)
    }
}

/// Passes when nothing runs any more that the partner sold to the customer (G-2).
fn nothing_runs(at: &Writing<'_, KeepRelationships>, partner: i64, customer: i64) -> Result<()> {
    let read = at.reading();
    let subscriptions = read.active_subscriptions_of(partner, customer, today(at))?;
    let reservations = read.active_reservations_of(partner, customer, at.context().now)?;
    let count = subscriptions.len() + reservations.len();
    if count == 0 {
        return Ok(());
    }
    let code = read.customer_code(customer)?;
    let error = codes::IN_THE_WAY.error(format!(
        "the relationship with customer {code} cannot be removed: {} active subscriptions and {} reservations stand (G-2)",
        subscriptions.len(),
        reservations.len()
    ));
    let told = subscriptions.iter().map(|id| format!("subscription {id}"));
    let told = told.chain(reservations.iter().map(|id| format!("reservation {id}")));
    Err(told.fold(error, Error::hint))
}
