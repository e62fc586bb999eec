//! Products, what partners sold of them, and who may file for it (B-4, B-7).

use super::partner::list;
use super::served::{group, pair};
use crate::domain::Day;
use crate::domain::near::nearest;
use crate::domain::partner::PartnerKind;
use crate::domain::sold::term::{Billing, Term};
use crate::error::codes;
use crate::hub::import::desk::{Desk, Judged, ProductKey, Record};
use crate::hub::import::report::{Fault, Stop};
use crate::hub::import::row::{Row, cell_fault, rule_fault};
use crate::store::sqlite::{Cell, PartnerFacts, SubscriptionFacts, Table, Value};

pub(super) fn product(desk: &mut Desk<'_, '_, '_>, row: &Row<'_>) -> Result<Judged, Stop> {
    let name = row.text("product");
    let id = desk.reading().key_of(Table::Product, name)?;
    let services = list(row, "services").filter(|services| !services.is_empty());
    let cells = [
        // In whatever case it is written, it is the same product.
        Cell {
            given: false,
            ..row.keep("product", "name")
        },
        row.keep("family", "family"),
        Cell {
            value: Value::Text(services.map(|services| services.join("\n"))),
            ..row.keep("services", "services")
        },
        row.keep("publisher", "publisher"),
        row.keep("link", "link"),
        row.keep("mail", "mail"),
        row.keep("phone", "phone"),
    ];
    let mut holds = Vec::new();
    for cell in &cells[1..] {
        let value = desk.reading().will_hold(Table::Product, id, cell)?;
        holds.push((cell.name, value != Value::Text(None)));
    }
    check_publisher(&holds)?;
    let subject = format!("product:{name}");
    Ok(desk.put(Table::Product, id, &cells, (&subject, Record::Each))?.1)
}

/// A product of the marketplace is its publisher's, who is turned to (B-7); it is in no family that is filed for.
fn check_publisher(holds: &[(&'static str, bool)]) -> Result<(), Stop> {
    let has = |name: &str| holds.iter().any(|(one, holds)| *one == name && *holds);
    if has("publisher") && has("family") {
        let what = "a product of a publisher is in no family that is filed for (B-7)";
        return Err(rule_fault(
            "family",
            what,
            "leave it empty, or leave the publisher empty",
        ));
    }
    let stray = ["link", "mail", "phone"].into_iter().find(|name| has(name));
    match stray.filter(|_| !has("publisher")) {
        None => Ok(()),
        Some(column) => {
            let what = "it leads to the publisher, and none is named (B-7)";
            Err(rule_fault(column, what, "write the publisher, or leave it empty"))
        }
    }
}

pub(super) fn subscription(desk: &mut Desk<'_, '_, '_>, row: &Row<'_>) -> Result<Judged, Stop> {
    let code = row.text("subscription");
    let (partner, customer) = pair(desk, row)?;
    let ProductKey(product) = desk.known(row, "product")?;
    let id = desk.reading().key_of(Table::Subscription, code)?;
    let starts: Day = row.need("starts_on")?;
    let ends = row.keep_day("ends_on", "ends_on")?;
    if let Value::Day(Some(day)) = desk.reading().will_hold(Table::Subscription, id, &ends)?
        && day < starts
    {
        let what = format!("it lies before {starts}, when the subscription begins");
        let fix = "write a later day, or leave it empty";
        return Err(rule_fault("ends_on", what, fix));
    }
    let cells = [
        row.keep("subscription", "code"),
        row.keep_key("customer", "customer_id", Table::Customer, Some(customer))
            .fixed(),
        row.keep_key("partner", "partner_id", Table::Partner, Some(partner.id)),
        row.keep_key("product", "product_id", Table::Product, Some(product)),
        row.keep("name", "name"),
        row.keep("status", "status"),
        // One, when nothing says how many.
        Cell {
            value: Value::Number(row.value::<i64>("quantity")?.unwrap_or(1)),
            ..row.keep_count("quantity", "quantity")?
        },
        row.keep_day("starts_on", "starts_on")?,
        ends,
        row.keep("term", "term"),
        row.keep("billing", "billing"),
        row.keep_flag("auto_renew", "auto_renew"),
        row.keep_instant("cancel_until", "cancel_until")?,
    ];
    check_term(desk, row, id, &cells)?;
    let subject = format!("subscription:{code}");
    Ok(desk
        .put(Table::Subscription, id, &cells, (&subject, Record::Each))?
        .1)
}

/// What has a term has an end, is billed as its term allows, and nothing else is renewed (G-4).
fn check_term(desk: &Desk<'_, '_, '_>, row: &Row<'_>, id: Option<i64>, cells: &[Cell]) -> Result<(), Stop> {
    let holds = |name: &str| {
        let cell = cells.iter().find(|cell| cell.name == name);
        let value = cell.map(|cell| desk.reading().will_hold(Table::Subscription, id, cell));
        value.transpose()
    };
    let has_end = !matches!(holds("ends_on")?, Some(Value::Day(None)));
    let renews = matches!(holds("auto_renew")?, Some(Value::Flag(true)));
    let term = match holds("term")? {
        Some(Value::Text(Some(word))) => word.parse::<Term>().ok(),
        _ => None,
    };
    match term {
        None if renews => Err(rule_fault(
            "auto_renew",
            "only what has a term is renewed (G-4)",
            "write the term, or no",
        )),
        Some(term) if !has_end => Err(rule_fault(
            "ends_on",
            format!("a term of {term} has a last day (G-4)"),
            "write it, or leave the term empty",
        )),
        Some(term) => match row.value::<Billing>("billing")? {
            Some(billing) if !term.takes(billing) => Err(rule_fault(
                "billing",
                format!("a term of {term} is not billed {billing} (G-4)"),
                "write another billing cycle",
            )),
            _ => Ok(()),
        },
        None => Ok(()),
    }
}

/// A role of a person, of a group, or of a reseller that its provider gives access (B-4).
pub(super) fn subscription_role(desk: &mut Desk<'_, '_, '_>, row: &Row<'_>) -> Result<Judged, Stop> {
    let subscription = desk.known::<SubscriptionFacts>(row, "subscription")?;
    let (mut by_group, mut by_partner) = (None, None);
    match (row.opt("account"), row.opt("group"), row.opt("partner")) {
        (Some(account), None, None) => check_agent(desk, &subscription, account)?,
        (None, Some(name), None) => by_group = Some(group_of(desk, &subscription, name)?),
        (None, None, Some(_)) => by_partner = Some(reseller(desk, row, &subscription)?),
        _ => {
            let what = "a line gives a role to one account, one group or one partner";
            let fix = "write one of account, group and partner, and another line for another one";
            return Err(rule_fault("account", what, fix));
        }
    }
    let cells = [
        row.keep_key(
            "subscription",
            "subscription_id",
            Table::Subscription,
            Some(subscription.id),
        ),
        row.keep("role", "role"),
        row.keep("account", "account"),
        row.keep_key("group", "group_id", Table::SecurityGroup, by_group),
        row.keep_key("partner", "partner_id", Table::Partner, by_partner),
    ];
    let keys = cells.each_ref().map(|cell| (cell.column, cell.value.clone()));
    if desk
        .reading()
        .key_where(Table::SubscriptionRole, &keys)?
        .is_some()
    {
        return Ok(Judged::unchanged());
    }
    let subject = format!("subscription:{}", subscription.code);
    Ok(desk
        .put(Table::SubscriptionRole, None, &cells, (&subject, Record::Each))?
        .1)
}

/// The people of those who serve the customer are given roles here.
fn check_agent(desk: &Desk<'_, '_, '_>, subscription: &SubscriptionFacts, account: &str) -> Result<(), Stop> {
    let agents = desk.reading().agents_of(subscription.customer_id)?;
    if agents.iter().any(|agent| agent.eq_ignore_ascii_case(account)) {
        return Ok(());
    }
    let near = nearest(account, agents.iter().map(String::as_str));
    let fix = if near.is_empty() {
        "name one of their people, or import the line in partner_people first".to_owned()
    } else {
        format!("did you mean {}?", near.join(", "))
    };
    let what = format!("{account} works for no partner that serves the customer (B-4)");
    Err(Fault {
        code: codes::NOT_FOUND.id,
        ..cell_fault("account", what, fix)
    }
    .into())
}

/// A group of the seller; one of another partner is written as `PARTNER/GROUP`.
fn group_of(desk: &Desk<'_, '_, '_>, subscription: &SubscriptionFacts, name: &str) -> Result<i64, Stop> {
    let own = group(desk, subscription.partner_id, name);
    let Some((code, rest)) = name.split_once('/').filter(|_| own.is_err()) else {
        return own;
    };
    match desk.reading().partner_facts(code)? {
        Some(partner) if desk.reading().has_served(partner.id, subscription.customer_id)? => {
            group(desk, partner.id, rest)
        }
        _ => own,
    }
}

fn reseller(
    desk: &mut Desk<'_, '_, '_>,
    row: &Row<'_>,
    subscription: &SubscriptionFacts,
) -> Result<i64, Stop> {
    let partner = desk.known::<PartnerFacts>(row, "partner")?;
    let is_theirs =
        partner.kind == PartnerKind::IndirectReseller && partner.provider_id == Some(subscription.partner_id);
    if is_theirs {
        return Ok(partner.id);
    }
    let seller = desk.reading().code_of(Table::Partner, subscription.partner_id)?;
    let what = format!(
        "{seller} sold it, and {} is no reseller of {seller} (B-4)",
        partner.code
    );
    Err(rule_fault(
        "partner",
        what,
        "name a reseller whose provider sold the subscription",
    ))
}
