//! Customers, contracts, schedules and packages.

use crate::domain::Day;
use crate::domain::contract::{ScheduleKind, Term};
use crate::hub::import::desk::{CustomerKey, Desk, Judged, Record};
use crate::hub::import::report::Stop;
use crate::hub::import::row::{Row, rule_fault};
use crate::store::sqlite::{ContractFacts, ScheduleFacts, Table, Value};

pub(super) fn customer(desk: &mut Desk<'_, '_, '_>, row: &Row<'_>) -> Result<Judged, Stop> {
    let code = row.text("customer");
    let id = desk.reading().key_of(Table::Customer, code)?;
    let name = row.keep("name", "name");
    desk.only_here("name", Table::Customer, id, &[("name", name.value.clone())])?;
    if let Some(domain) = row.opt("domain") {
        let domain = Value::Text(Some(domain.to_owned()));
        desk.only_here("domain", Table::Customer, id, &[("domain", domain)])?;
    }
    let cells = [
        row.keep("customer", "code"),
        name,
        row.keep("country", "country"),
        row.keep("domain", "domain"),
    ];
    Ok(desk
        .put(
            Table::Customer,
            id,
            &cells,
            (&format!("customer:{code}"), Record::Each),
        )?
        .1)
}

pub(super) fn contract(desk: &mut Desk<'_, '_, '_>, row: &Row<'_>) -> Result<Judged, Stop> {
    let number = row.text("contract");
    let CustomerKey(customer) = desk.known(row, "customer")?;
    term(row)?;
    let id = desk.reading().key_of(Table::Contract, number)?;
    let cells = [
        row.keep("contract", "number"),
        row.keep_key("customer", "customer_id", Table::Customer, Some(customer))
            .fixed(),
        row.keep("kind", "kind"),
        row.keep("plan", "plan"),
        row.keep_day("start", "starts_on")?,
        row.keep_day("end", "ends_on")?,
        row.keep_or("time_zone", "time_zone", "UTC"),
        row.keep("csam", "csam"),
        row.keep("account_coordinator", "account_coordinator"),
        row.keep("incident_manager", "incident_manager"),
    ];
    Ok(desk
        .put(
            Table::Contract,
            id,
            &cells,
            (&format!("contract:{number}"), Record::Each),
        )?
        .1)
}

pub(super) fn schedule(desk: &mut Desk<'_, '_, '_>, row: &Row<'_>) -> Result<Judged, Stop> {
    let code = row.text("schedule");
    let contract = desk.known::<ContractFacts>(row, "contract")?;
    let term = term(row)?;
    within(&term, &contract.term, &format!("contract {}", contract.number))?;
    if row.need::<ScheduleKind>("kind")? == ScheduleKind::Base {
        let others = desk.reading().other_base_schedules(contract.customer_id, code)?;
        if let Some((other, days)) = others.iter().find(|(_, other)| other.overlaps(&term)) {
            let what = format!(
                "the customer has the base schedule {other} from {} to {} already, and may have one at a time",
                days.start, days.end
            );
            return Err(rule_fault(
                "kind",
                what,
                "make it an add-on schedule, or move its days",
            ));
        }
    }
    let id = desk.reading().key_of(Table::Schedule, code)?;
    let cells = [
        row.keep("schedule", "code"),
        row.keep_key("contract", "contract_id", Table::Contract, Some(contract.id))
            .fixed(),
        row.keep("kind", "kind"),
        row.keep_day("start", "starts_on")?,
        row.keep_day("end", "ends_on")?,
    ];
    Ok(desk
        .put(
            Table::Schedule,
            id,
            &cells,
            (&format!("schedule:{code}"), Record::Each),
        )?
        .1)
}

pub(super) fn package(desk: &mut Desk<'_, '_, '_>, row: &Row<'_>) -> Result<Judged, Stop> {
    let code = row.text("package");
    let schedule = desk.known::<ScheduleFacts>(row, "schedule")?;
    let term = term(row)?;
    within(&term, &schedule.term, &format!("schedule {}", schedule.code))?;
    let deactivated: Option<Day> = row.value("deactivated_on")?;
    if deactivated.is_some_and(|day| day < term.start) {
        let fix = "write a day within the package's days, or leave it empty";
        return Err(rule_fault(
            "deactivated_on",
            format!("the package begins only on {}", term.start),
            fix,
        ));
    }
    let id = desk.reading().key_of(Table::Package, code)?;
    let cells = [
        row.keep("package", "code"),
        row.keep_key("schedule", "schedule_id", Table::Schedule, Some(schedule.id))
            .fixed(),
        row.keep("name", "name"),
        row.keep("kind", "kind"),
        row.keep_day("start", "starts_on")?,
        row.keep_day("end", "ends_on")?,
        row.keep_day("deactivated_on", "deactivated_on")?,
    ];
    Ok(desk
        .put(
            Table::Package,
            id,
            &cells,
            (&format!("package:{code}"), Record::Each),
        )?
        .1)
}

fn term(row: &Row<'_>) -> Result<Term, Stop> {
    let term = Term {
        start: row.need("start")?,
        end: row.need("end")?,
    };
    if term.end < term.start {
        let what = format!("it ends on {}, before it starts on {}", term.end, term.start);
        return Err(rule_fault(
            "end",
            what,
            "write a last day that is not before the first",
        ));
    }
    Ok(term)
}

fn within(inner: &Term, outer: &Term, what: &str) -> Result<(), Stop> {
    let column = match inner {
        term if !outer.contains(term.start) => "start",
        term if !outer.contains(term.end) => "end",
        _ => return Ok(()),
    };
    let message = format!(
        "its days, {} to {}, are not all within {what}, which runs from {} to {}",
        inner.start, inner.end, outer.start, outer.end
    );
    Err(rule_fault(
        column,
        message,
        format!("move its days, or those of {what}"),
    ))
}
