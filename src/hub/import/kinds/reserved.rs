//! Transfers, Azure reservations, and what was given back of them (G-4, G-5).

use super::partner::list;
use super::served::check_served;
use crate::domain::Instant;
use crate::domain::sold::money::Currency;
use crate::domain::sold::reservation::{ReservationStatus, ends_at};
use crate::domain::sold::term::Term;
use crate::domain::sold::transfer::{TransferStatus, waits_until};
use crate::hub::import::desk::{CustomerKey, Desk, Judged, Record, ReservationKey};
use crate::hub::import::report::Stop;
use crate::hub::import::row::{Row, cell_fault, rule_fault};
use crate::store::sqlite::{Cell, PartnerFacts, SubscriptionFacts, Table, Value};

pub(super) fn transfer(desk: &mut Desk<'_, '_, '_>, row: &Row<'_>) -> Result<Judged, Stop> {
    let code = row.text("transfer");
    let CustomerKey(customer) = desk.known(row, "customer")?;
    let source = desk.known::<PartnerFacts>(row, "source")?;
    let target = desk.known::<PartnerFacts>(row, "target")?;
    if source.id == target.id {
        let what = "a partner does not take over what is its own (G-4)";
        return Err(rule_fault("target", what, "name another partner"));
    }
    check_served(desk, &source, customer)?;
    check_served(desk, &target, customer)?;
    let status: TransferStatus = row.need("status")?;
    let pending = status == TransferStatus::Pending;
    if pending == row.opt("settled_at").is_some() {
        let what = format!(
            "a transfer that is {status} has {} end (G-4)",
            if pending { "no" } else { "an" }
        );
        return Err(rule_fault(
            "settled_at",
            what,
            "write when it was answered, or nothing while it waits",
        ));
    }
    let items = items(desk, row, (customer, source.id, pending))?;
    let id = desk.reading().key_of(Table::Transfer, code)?;
    let asked: Instant = row.need("requested_at")?;
    let lapses = row.keep_instant("lapses_at", "lapses_at")?;
    let cells = [
        row.keep("transfer", "code"),
        row.keep_key("customer", "customer_id", Table::Customer, Some(customer))
            .fixed(),
        row.keep_key("source", "source_id", Table::Partner, Some(source.id))
            .fixed(),
        row.keep_key("target", "target_id", Table::Partner, Some(target.id))
            .fixed(),
        row.keep("status", "status"),
        row.keep_instant("requested_at", "requested_at")?,
        Cell {
            value: Value::Instant(Some(
                row.value("lapses_at")?.unwrap_or_else(|| waits_until(asked)),
            )),
            given: row.opt("lapses_at").is_some(),
            ..lapses
        },
        row.keep_instant("settled_at", "settled_at")?,
    ];
    let subject = format!("transfer:{code}");
    let (id, judged) = desk.put(Table::Transfer, id, &cells, (&subject, Record::Each))?;
    let mut added = 0;
    for item in items {
        let keys = [
            ("transfer_id", Value::Key(Table::Transfer, Some(id))),
            ("subscription_id", Value::Key(Table::Subscription, Some(item))),
        ];
        if desk.reading().key_where(Table::TransferItem, &keys)?.is_some() {
            continue;
        }
        let cells = keys.map(|(column, value)| Cell {
            name: "subscriptions",
            column,
            value,
            given: true,
            fixed: true,
        });
        desk.at.put_new(Table::TransferItem, &cells)?;
        added += 1;
    }
    Ok(judged.and((added > 0).then(|| format!("{added} subscriptions"))))
}

/// Keys of the subscriptions of a transfer: the customer's, and while it waits the source's.
fn items(
    desk: &Desk<'_, '_, '_>,
    row: &Row<'_>,
    (customer, source, pending): (i64, i64, bool),
) -> Result<Vec<i64>, Stop> {
    let mut keys = Vec::new();
    for code in list(row, "subscriptions").unwrap_or_default() {
        let facts: Option<SubscriptionFacts> = desk.reading().subscription_facts(code)?;
        let Some(facts) = facts.filter(|facts| facts.customer_id == customer) else {
            let what = format!("the customer has no subscription \"{code}\"");
            let fix = "correct the id, or import its row in subscriptions first";
            return Err(cell_fault("subscriptions", what, fix).into());
        };
        if pending && facts.partner_id != source {
            let what = format!("{code} is not what {} sold (G-4)", row.text("source"));
            return Err(rule_fault("subscriptions", what, "name the partner that sold it"));
        }
        keys.push(facts.id);
    }
    if keys.is_empty() {
        let what = "a transfer is about subscriptions";
        return Err(cell_fault("subscriptions", what, "write their ids, separated by ;").into());
    }
    Ok(keys)
}

pub(super) fn reservation(desk: &mut Desk<'_, '_, '_>, row: &Row<'_>) -> Result<Judged, Stop> {
    let code = row.text("reservation");
    let (partner, customer) = super::served::pair(desk, row)?;
    let origin = desk.known_if_named::<ReservationKey>(row, "exchanged_from")?;
    let id = desk.reading().key_of(Table::Reservation, code)?;
    let currency = row.text("currency").parse::<Currency>();
    if let Err(error) = currency {
        return Err(cell_fault(
            "currency",
            error.to_string(),
            "write three capital letters, such as EUR",
        )
        .into());
    }
    let term: Term = row.need("term")?;
    if term == Term::Month {
        return Err(rule_fault(
            "term",
            "reservations are for P1Y or P3Y (G-5)",
            "write one of them",
        ));
    }
    let starts: Instant = row.need("starts_at")?;
    let ends = row.value("ends_at")?.unwrap_or_else(|| ends_at(starts, term));
    if ends <= starts {
        let what = format!("it is not after {starts}, when the reservation begins");
        return Err(rule_fault(
            "ends_at",
            what,
            "write a later moment, or leave it empty",
        ));
    }
    check_status(row)?;
    let cells = [
        row.keep("reservation", "code"),
        row.keep_key("customer", "customer_id", Table::Customer, Some(customer))
            .fixed(),
        row.keep_key("partner", "partner_id", Table::Partner, Some(partner.id)),
        row.keep("name", "name"),
        row.keep("sku", "sku"),
        row.keep("region", "region"),
        row.keep_count("quantity", "quantity")?,
        row.keep("term", "term"),
        row.keep("currency", "currency"),
        row.keep_count("paid_minor", "paid")?,
        row.keep_instant("starts_at", "starts_at")?,
        Cell {
            value: Value::Instant(Some(ends)),
            given: row.opt("ends_at").is_some(),
            ..row.keep_instant("ends_at", "ends_at")?
        },
        row.keep("status", "status"),
        row.keep_instant("settled_at", "settled_at")?,
        row.keep_key(
            "exchanged_from",
            "origin_id",
            Table::Reservation,
            origin.map(|ReservationKey(id)| id),
        ),
    ];
    let subject = format!("reservation:{code}");
    Ok(desk
        .put(Table::Reservation, id, &cells, (&subject, Record::Each))?
        .1)
}

/// What runs has units; what was given back says when.
fn check_status(row: &Row<'_>) -> Result<(), Stop> {
    let status: ReservationStatus = row.need("status")?;
    let units: i64 = row.need("quantity")?;
    match status {
        ReservationStatus::Active | ReservationStatus::Expired => {
            if units == 0 {
                let what = format!("a reservation that is {status} is for one unit at least");
                return Err(rule_fault("quantity", what, "write how many units there are"));
            }
        }
        _ => {
            if row.opt("settled_at").is_none() {
                let what = format!("a reservation that is {status} was given back at some moment");
                return Err(rule_fault("settled_at", what, "write when that was"));
            }
        }
    }
    Ok(())
}

pub(super) fn given_back(desk: &mut Desk<'_, '_, '_>, row: &Row<'_>) -> Result<Judged, Stop> {
    let code = row.text("return");
    let ReservationKey(reservation) = desk.known(row, "reservation")?;
    let amount = |name: &'static str| row.need::<i64>(name);
    let (used, refund) = (amount("used_minor")?, amount("refund_minor")?);
    if used.checked_add(refund) != Some(amount("returned_minor")?) {
        let what = "what was used and what came back are not what was paid (G-5)";
        return Err(rule_fault("refund_minor", what, "correct one of the amounts"));
    }
    if row.need::<i64>("quantity")? == 0 {
        return Err(rule_fault(
            "quantity",
            "nothing was given back",
            "write how many units were",
        ));
    }
    let id = desk.reading().key_of(Table::ReservationReturn, code)?;
    let cells = [
        row.keep("return", "code"),
        row.keep_key(
            "reservation",
            "reservation_id",
            Table::Reservation,
            Some(reservation),
        )
        .fixed(),
        row.keep("kind", "kind"),
        row.keep_instant("at", "at")?,
        row.keep_count("quantity", "quantity")?,
        row.keep_count("returned_minor", "returned")?,
        row.keep_count("used_minor", "used")?,
        row.keep_count("refund_minor", "refund")?,
        row.keep_count("counted_usd_cents", "counted")?,
    ];
    let subject = format!("reservation-return:{code}");
    Ok(desk
        .put(Table::ReservationReturn, id, &cells, (&subject, Record::Each))?
        .1)
}
