//! Customers, contracts, schedules and packages.

use crate::domain::Day;
use crate::domain::contract::{ScheduleKind, Term};
use crate::domain::partner::{CustomerProfile, Family, Qualification, Vetting};
use crate::hub::import::desk::{CustomerKey, Desk, Judged, Record};
use crate::hub::import::report::Stop;
use crate::hub::import::row::{Row, cell_fault, rule_fault};
use crate::store::sqlite::{ContractFacts, ScheduleFacts, Table, Value};
use std::collections::BTreeSet;

pub(super) fn customer(desk: &mut Desk<'_, '_, '_>, row: &Row<'_>) -> Result<Judged, Stop> {
    let code = row.text("customer");
    let id = desk.reading().key_of(Table::Customer, code)?;
    let name = row.keep("name", "name");
    desk.only_here("name", Table::Customer, id, &[("name", name.value.clone())])?;
    if let Some(domain) = row.opt("domain") {
        let domain = Value::Text(Some(domain.to_owned()));
        desk.only_here("domain", Table::Customer, id, &[("domain", domain)])?;
        only_in_this_case(desk, row, id)?;
    }
    check_profile(row)?;
    let cells = [
        row.keep("customer", "code"),
        name,
        row.keep("country", "country"),
        row.keep("domain", "domain"),
        row.keep("street", "street"),
        row.keep("city", "city"),
        row.keep("region", "region"),
        row.keep("postal_code", "postal_code"),
        row.keep("contact_first", "contact_first"),
        row.keep("contact_last", "contact_last"),
        row.keep("mail", "mail"),
        row.keep("phone", "phone"),
        row.keep("registration_number", "registration_number"),
        row.keep("language", "language"),
        row.keep_or("qualification", "qualification", "none"),
        row.keep_or("vetting", "vetting", "none"),
        row.keep("vetting_reason", "vetting_reason"),
        row.keep_day("archived_on", "archived_on")?,
    ];
    let subject = format!("customer:{code}");
    let (id, judged) = desk.put(Table::Customer, id, &cells, (&subject, Record::Each))?;
    Ok(judged.and(self_purchase(desk, row, id)?))
}

/// A domain is one company's, in upper or lower case (G-1).
fn only_in_this_case(desk: &Desk<'_, '_, '_>, row: &Row<'_>, id: Option<i64>) -> Result<(), Stop> {
    let other = desk.reading().customer_by_domain(row.text("domain"))?;
    let Some(other) = other.filter(|other| Some(*other) != id) else {
        return Ok(());
    };
    let code = desk.reading().customer_code(other)?;
    let what = format!("customer {code} has the same domain");
    Err(rule_fault(
        "domain",
        what,
        "write another one; it must be its own",
    ))
}

/// The vendor's limits (G-1). What is missing is not asked for: a file may know less of a customer than its partner does.
fn check_profile(row: &Row<'_>) -> Result<(), Stop> {
    let text = |column: &str| row.opt(column).map(str::to_owned);
    let profile = CustomerProfile {
        name: row.text("name").to_owned(),
        street: text("street"),
        city: text("city"),
        region: text("region"),
        postal_code: text("postal_code"),
        contact_first: text("contact_first"),
        contact_last: text("contact_last"),
        mail: text("mail"),
        phone: text("phone"),
        registration_number: text("registration_number"),
        language: text("language"),
        ..CustomerProfile::default()
    };
    if let Some(flaw) = profile.flaws().into_iter().next() {
        return Err(cell_fault(flaw.part, flaw.what, flaw.fix).into());
    }
    let vetting = row.value::<Vetting>("vetting")?.unwrap_or(Vetting::None);
    let qualification = row
        .value::<Qualification>("qualification")?
        .unwrap_or(Qualification::None);
    let speaks = row.speaks_of("vetting") && row.speaks_of("qualification");
    if speaks && (vetting == Vetting::None) != (qualification == Qualification::None) {
        let what = format!("a qualification that is {qualification} has no vetting that is {vetting} (G-1)");
        return Err(rule_fault("vetting", what, "write both, or neither"));
    }
    Ok(())
}

/// The families that a customer may buy for itself (G-12); what became of them.
fn self_purchase(desk: &mut Desk<'_, '_, '_>, row: &Row<'_>, id: i64) -> Result<Option<String>, Stop> {
    if !row.speaks_of("self_purchase") {
        return Ok(None);
    }
    let words = row
        .text("self_purchase")
        .split(';')
        .map(str::trim)
        .filter(|word| !word.is_empty());
    let parsed = words.map(|word| {
        let known = Family::WORDS.join(", ");
        let wrong = |_| {
            cell_fault(
                "self_purchase",
                format!("\"{word}\" is no product family"),
                format!("it is one of {known}"),
            )
        };
        word.parse::<Family>().map_err(wrong)
    });
    let after: BTreeSet<Family> = parsed.collect::<Result<_, _>>()?;
    let before: BTreeSet<Family> = desk.reading().self_purchases(id)?.into_iter().collect();
    if before == after {
        return Ok(None);
    }
    for family in Family::ALL {
        desk.at.put_self_purchase(id, *family, after.contains(family))?;
    }
    let subject = format!("customer:{}", row.text("customer"));
    desk.at.record(&subject, Some(&before), Some(&after))?;
    let shown = |all: BTreeSet<Family>| {
        let words: Vec<&str> = all.into_iter().map(Family::word).collect();
        if words.is_empty() {
            "none".to_owned()
        } else {
            words.join(";")
        }
    };
    Ok(Some(format!(
        "self_purchase: {} → {}",
        shown(before),
        shown(after)
    )))
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
