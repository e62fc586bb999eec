//! What came in from customers to the support that a partner offers (P-2).

use super::served::pair;
use crate::domain::partner::IntakeOutcome;
use crate::hub::import::desk::{Desk, Judged, Record};
use crate::hub::import::report::Stop;
use crate::hub::import::row::{Row, rule_fault};
use crate::store::sqlite::{CaseFacts, PartnerFacts, Table, Value};

pub(super) fn intake(desk: &mut Desk<'_, '_, '_>, row: &Row<'_>) -> Result<Judged, Stop> {
    let code = row.text("intake");
    let (partner, customer) = pair(desk, row)?;
    let id = desk.reading().key_of(Table::Intake, code)?;
    let case = case(desk, row, &partner, customer)?;
    let cells = [
        row.keep("intake", "code"),
        row.keep_key("partner", "partner_id", Table::Partner, Some(partner.id))
            .fixed(),
        row.keep_key("customer", "customer_id", Table::Customer, Some(customer))
            .fixed(),
        row.keep_instant("at", "at")?,
        row.keep("account", "account"),
        row.keep("reporter", "reporter"),
        row.keep("title", "title"),
        row.keep("diagnosis", "diagnosis"),
        row.keep("outcome", "outcome"),
        row.keep_key("case", "case_id", Table::Case, case),
    ];
    let [.., case] = &cells;
    let filed = desk.reading().will_hold(Table::Intake, id, case)? != Value::Key(Table::Case, None);
    check_outcome(row, filed)?;
    let subject = format!("intake:{code}");
    Ok(desk.put(Table::Intake, id, &cells, (&subject, Record::Each))?.1)
}

/// The case that it was escalated in: one of the same partner for the same customer.
fn case(
    desk: &mut Desk<'_, '_, '_>,
    row: &Row<'_>,
    partner: &PartnerFacts,
    customer: i64,
) -> Result<Option<i64>, Stop> {
    let Some(case) = desk.known_if_named::<CaseFacts>(row, "case")? else {
        return Ok(None);
    };
    if (case.partner_id, case.customer_id) == (Some(partner.id), Some(customer)) {
        return Ok(Some(case.id));
    }
    let what = format!(
        "case {} was not filed by {} for that customer (P-2)",
        case.number, partner.code
    );
    Err(rule_fault("case", what, "name the case that came of it"))
}

/// Only what was escalated became a case.
fn check_outcome(row: &Row<'_>, filed: bool) -> Result<(), Stop> {
    let outcome: IntakeOutcome = row.need("outcome")?;
    if filed && outcome != IntakeOutcome::Escalated {
        let what = format!("what is {outcome} was not filed (P-2)");
        return Err(rule_fault(
            "case",
            what,
            "leave it empty, or write escalated as outcome",
        ));
    }
    Ok(())
}
