//! Keeping a relationship, with its record.

use crate::domain::Day;
use crate::domain::partner::{RELATIONSHIP, RelationshipStatus, RelationshipStep};
use crate::error::Result;
use crate::hub::Writing;
use crate::hub::acting::today;
use crate::hub::steps::no_way;
use crate::policy::Permission;
use crate::store::sqlite::RelationRow;
use serde::Serialize;

/// A relationship as the audit trail keeps it: without its code.
#[derive(Debug, Serialize)]
struct Recorded {
    status: RelationshipStatus,
    of_record: bool,
    since: Day,
    until: Option<Day>,
}

impl Recorded {
    fn of(row: &RelationRow) -> Self {
        Self {
            status: row.status,
            of_record: row.of_record,
            since: row.since,
            until: row.until,
        }
    }
}

/// Keeps a relationship, and records what became of it.
pub(in crate::hub) fn keep<P: Permission>(
    at: &mut Writing<'_, P>,
    before: Option<&RelationRow>,
    after: &RelationRow,
) -> Result<()> {
    at.put_relationship(after)?;
    let partner = at.reading().partner_line(after.partner)?.code;
    let customer = at.reading().customer_code(after.customer)?;
    let before = before.map(Recorded::of);
    at.record(
        &format!("relationship:{partner}/{customer}"),
        before.as_ref(),
        Some(&Recorded::of(after)),
    )
}

/// The row of a relationship after a step; a first request or addition begins it.
pub(in crate::hub) fn row_of<P: Permission>(
    at: &Writing<'_, P>,
    before: &RelationRow,
    step: RelationshipStep,
) -> Result<RelationRow> {
    let partner = at.reading().partner_line(before.partner)?.code;
    let subject = format!("the relationship with {partner}");
    let status = RELATIONSHIP
        .next(before.status, step)
        .map_err(|why| no_way(&subject, &why))?;
    Ok(RelationRow {
        status,
        of_record: false,
        since: today(at),
        until: None,
        ..before.clone()
    })
}
