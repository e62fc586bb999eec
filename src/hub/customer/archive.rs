//! `customer.archive`

use crate::domain::partner::{RELATIONSHIP, RelationshipStep};
use crate::error::{Error, Result, codes};
use crate::hub::acting::today;
use crate::hub::relationship::{keep, row_of};
use crate::hub::{Change, Route, Writing};
use crate::policy::needs::KeepCustomers;
use crate::store::Named;
use crate::store::sqlite::{CustomerRecord, Hindrance};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Archives a customer that nothing is done for any more, or brings it back (G-1). For a partner's person the partner's own
/// relationship ends with it; for the operator every relationship stands in the way.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Archive {
    /// Name or id of the customer.
    pub customer: String,
    /// Bring it back instead.
    #[serde(default)]
    pub undo: bool,
}

impl Change for Archive {
    const NAME: &'static str = "customer.archive";
    const ROUTE: Route = Route::post("/customers/{customer}/archive");
    type Needs = KeepCustomers;
    type Answer = CustomerRecord;

    fn change(&self, at: &mut Writing<'_, KeepCustomers>) -> Result<CustomerRecord> {
        let id = at.reading().find(Named::Customer, &self.customer)?;
        let before = at.reading().customer_record(id)?;
        if before.archived_on.is_some() != self.undo {
            return Ok(before);
        }
        let today = today(at);
        if !self.undo {
            nothing_stands(at, id, &before.code)?;
            end_own(at, id)?;
        }
        let after = CustomerRecord {
            archived_on: (!self.undo).then_some(today),
            ..before.clone()
        };
        at.keep_customer(id, &after)?;
        at.record(&format!("customer:{}", before.code), Some(&before), Some(&after))?;
        Ok(after)
    }
}

/// Passes when nothing of anybody's stands in the way. What is another partner's is counted, and not named (G-2).
fn nothing_stands(at: &Writing<'_, KeepCustomers>, customer: i64, code: &str) -> Result<()> {
    let all = at.reading().in_the_way_of_archiving(customer, at.context().now)?;
    let coverage = at.grant().coverage();
    let own = |one: &Hindrance| {
        one.partner
            .is_some_and(|id| !coverage.everything && coverage.has_partner(id))
    };
    let stands = |one: &&Hindrance| !(one.what == "relationship" && own(one));
    let (named, others): (Vec<&Hindrance>, Vec<&Hindrance>) = all
        .iter()
        .filter(stands)
        .partition(|one| coverage.everything || own(one));
    if named.is_empty() && others.is_empty() {
        return Ok(());
    }
    let count = named.len() + others.len();
    let error = codes::IN_THE_WAY.error(format!(
        "customer {code} cannot be archived: {count} in the way (G-1)"
    ));
    let hints = named.iter().map(|one| format!("{} {}", one.what, one.id));
    let error = hints.fold(error, Error::hint);
    if others.is_empty() {
        return Err(error);
    }
    let mut kinds: Vec<&str> = others.iter().map(|one| one.what.as_str()).collect();
    kinds.dedup();
    let told = format!(
        "{} that are not this partner's: {}",
        others.len(),
        kinds.join(", ")
    );
    Err(error.hint(told))
}

/// Ends the relationships of the person's own partners.
fn end_own(at: &mut Writing<'_, KeepCustomers>, customer: i64) -> Result<()> {
    let day = today(at);
    for partner in at.grant().coverage().partners.clone() {
        let Some(before) = at.reading().relationship(partner, customer, day)? else {
            continue;
        };
        if RELATIONSHIP.next(before.status, RelationshipStep::Remove).is_ok() {
            let mut after = row_of(at, &before, RelationshipStep::Remove)?;
            after.code = None;
            keep(at, Some(&before), &after)?;
        }
    }
    Ok(())
}
