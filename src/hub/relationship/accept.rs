//! `relationship.accept`

use super::{code_of, keep, row_of, told};
use crate::domain::partner::{RelationshipStatus, RelationshipStep};
use crate::error::{Error, Result, codes};
use crate::hub::acting::{not_archived, today};
use crate::hub::{Change, Route, Writing};
use crate::policy::needs::AcceptRelationships;
use crate::store::sqlite::{Relation, RelationRow};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Accepts a relationship that a partner asked for. The first one that holds is the partner of record (G-2, B-1).
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Accept {
    /// The link that the partner sent, or its code.
    pub code: String,
    /// Make this partner the one of record, in place of another.
    #[serde(default)]
    pub of_record: bool,
}

impl Change for Accept {
    const NAME: &'static str = "relationship.accept";
    const ROUTE: Route = Route::post("/relationships/{code}/accept");
    type Needs = AcceptRelationships;
    type Answer = Relation;

    fn change(&self, at: &mut Writing<'_, AcceptRelationships>) -> Result<Relation> {
        let before = self.find(at)?;
        not_archived(at, before.customer)?;
        let mut after = if before.status == RelationshipStatus::Active {
            before.clone()
        } else {
            row_of(at, &before, RelationshipStep::Accept)?
        };
        let other = at.reading().partner_on_record(before.customer)?;
        let other = other.map(|(id, _)| id).filter(|id| *id != before.partner);
        after.of_record =
            before.of_record && before.status == after.status || self.of_record || other.is_none();
        if after != before {
            if let Some(other) = other.filter(|_| after.of_record) {
                give_up(at, other, before.customer)?;
            }
            keep(at, Some(&before), &after)?;
        }
        told(at, before.partner, before.customer)
    }
}

impl Accept {
    /// A code of another customer's and one that never was answer alike.
    fn find(&self, at: &Writing<'_, AcceptRelationships>) -> Result<RelationRow> {
        let found = at
            .reading()
            .relationship_by_code(code_of(&self.code), today(at))?;
        let own = found.filter(|row| at.grant().coverage().has_customer(row.customer));
        own.ok_or_else(unknown)
    }
}

/// Of several partners one is of record: the other one is it no more.
fn give_up(at: &mut Writing<'_, AcceptRelationships>, partner: i64, customer: i64) -> Result<()> {
    let before = at
        .reading()
        .relationship(partner, customer, today(at))?
        .ok_or_else(unknown)?;
    let after = RelationRow {
        of_record: false,
        ..before.clone()
    };
    keep(at, Some(&before), &after)
}

fn unknown() -> Error {
    codes::NOT_FOUND
        .error("there is no request for a relationship with this code")
        .hint("`servhub relationship list` shows the requests that wait; the partner can send its link again")
}
