//! Versions of the customer agreement, and what customers agreed to (G-8).

use crate::domain::Day;
use crate::domain::partner::AgreementStatus;
use crate::hub::import::desk::{CustomerKey, Desk, Judged, Record, TemplateKey};
use crate::hub::import::report::Stop;
use crate::hub::import::row::{Row, rule_fault};
use crate::store::sqlite::{PartnerFacts, Table, Value};

pub(super) fn template(desk: &mut Desk<'_, '_, '_>, row: &Row<'_>) -> Result<Judged, Stop> {
    let code = row.text("template");
    let id = desk.reading().key_of(Table::AgreementTemplate, code)?;
    let from: Day = row.need("valid_from")?;
    if row.value::<Day>("valid_until")?.is_some_and(|until| until < from) {
        let what = format!("it lies before {from}, from when the version counts");
        return Err(rule_fault(
            "valid_until",
            what,
            "write a later day, or leave it empty",
        ));
    }
    let cells = [
        row.keep("template", "code"),
        row.keep_count("version", "version")?,
        row.keep("region", "region"),
        row.keep("language", "language"),
        row.keep("customer_type", "customer_type"),
        row.keep("audience", "audience"),
        row.keep("link", "link"),
        row.keep_day("valid_from", "valid_from")?,
        row.keep_day("valid_until", "valid_until")?,
    ];
    let same = cells[1..6].iter().map(|cell| (cell.column, cell.value.clone()));
    desk.only_here("version", Table::AgreementTemplate, id, &same.collect::<Vec<_>>())?;
    let subject = format!("agreement-template:{code}");
    Ok(desk
        .put(Table::AgreementTemplate, id, &cells, (&subject, Record::Each))?
        .1)
}

pub(super) fn agreement(desk: &mut Desk<'_, '_, '_>, row: &Row<'_>) -> Result<Judged, Stop> {
    let CustomerKey(customer) = desk.known(row, "customer")?;
    let TemplateKey(template) = desk.known(row, "template")?;
    let partner = desk.known_if_named::<PartnerFacts>(row, "partner")?;
    check_person(desk, row)?;
    let homes = [
        row.keep_key("customer", "customer_id", Table::Customer, Some(customer)),
        row.keep_key(
            "template",
            "template_id",
            Table::AgreementTemplate,
            Some(template),
        ),
    ];
    let keys = homes.each_ref().map(|cell| (cell.column, cell.value.clone()));
    let id = desk.reading().key_where(Table::Agreement, &keys)?;
    if let Some(code) = row.opt("code") {
        let code = Value::Text(Some(code.to_owned()));
        desk.only_here("code", Table::Agreement, id, &[("code", code)])?;
    }
    let [customer_cell, template_cell] = homes;
    let cells = [
        customer_cell,
        template_cell,
        row.keep("status", "status"),
        row.keep_key("partner", "partner_id", Table::Partner, partner.map(|one| one.id)),
        row.keep("code", "code"),
        row.keep_day("invited_on", "invited_on")?,
        row.keep("first_name", "first_name"),
        row.keep("last_name", "last_name"),
        row.keep("mail", "mail"),
        row.keep("phone", "phone"),
        row.keep_day("agreed_on", "agreed_on")?,
    ];
    let subject = format!("agreement:{}/{}", row.text("customer"), row.text("template"));
    Ok(desk
        .put(Table::Agreement, id, &cells, (&subject, Record::Each))?
        .1)
}

/// Whoever agreed is named, with the day, which is not to come (G-8).
fn check_person(desk: &mut Desk<'_, '_, '_>, row: &Row<'_>) -> Result<(), Stop> {
    if row.need::<AgreementStatus>("status")? != AgreementStatus::Confirmed {
        return Ok(());
    }
    for column in ["first_name", "last_name", "mail", "agreed_on"] {
        if row.opt(column).is_none() {
            let what = "a confirmed agreement names who agreed, and when (G-8)";
            return Err(rule_fault(column, what, "write it, or write invited as status"));
        }
    }
    let today = desk.today("UTC")?;
    if row.value::<Day>("agreed_on")?.is_some_and(|day| day > today) {
        return Err(rule_fault(
            "agreed_on",
            "the day is still to come (G-8)",
            "write the day on which the person agreed",
        ));
    }
    Ok(())
}
