//! Which partner serves which customer, and what the customer delegated to it (G-2, G-3).

use crate::domain::Instant;
use crate::domain::near::nearest;
use crate::domain::partner::{
    DelegationStatus, EXTENDS_BY, MOST_DAYS, NAME_LENGTH, RelationshipStatus, delegated_role, delegated_roles,
};
use crate::error::codes;
use crate::hub::import::desk::{CustomerKey, Desk, Judged, Record};
use crate::hub::import::report::{Fault, Stop};
use crate::hub::import::row::{Row, cell_fault, rule_fault};
use crate::store::sqlite::{Cell, DelegationFacts, PartnerFacts, Table, Value};

const A_DAY: i64 = 86_400;

pub(super) fn relationship(desk: &mut Desk<'_, '_, '_>, row: &Row<'_>) -> Result<Judged, Stop> {
    let partner = desk.known::<PartnerFacts>(row, "partner")?;
    let CustomerKey(customer) = desk.known(row, "customer")?;
    let (_, domain) = desk.reading().customer_name(customer)?;
    let own = desk.reading().partner_domain(partner.id)?;
    if domain.is_some_and(|domain| domain.eq_ignore_ascii_case(&own)) {
        let what = format!("{own} is the domain of both: a partner does not serve itself");
        return Err(rule_fault("customer", what, "name another customer"));
    }
    let homes = [
        row.keep_key("partner", "partner_id", Table::Partner, Some(partner.id)),
        row.keep_key("customer", "customer_id", Table::Customer, Some(customer)),
    ];
    let keys = homes.each_ref().map(|cell| (cell.column, cell.value.clone()));
    let id = desk.reading().key_where(Table::Relationship, &keys)?;
    let of_record = row.keep_flag("of_record", "of_record");
    let will = desk.reading().will_hold(Table::Relationship, id, &of_record)?;
    let is_active = row.need::<RelationshipStatus>("status")? == RelationshipStatus::Active;
    if is_active && will == Value::Flag(true) {
        check_only_one(desk, &partner, customer)?;
    }
    let [partner_cell, customer_cell] = homes;
    let cells = [
        partner_cell,
        customer_cell,
        row.keep("status", "status"),
        of_record,
        row.keep_day("since_on", "since_on")?,
        row.keep("code", "code"),
        row.keep_day("until_on", "until_on")?,
    ];
    if let Some(code) = row.opt("code") {
        let code = Value::Text(Some(code.to_owned()));
        desk.only_here("code", Table::Relationship, id, &[("code", code)])?;
    }
    let subject = format!("partner:{}", partner.code);
    let (_, judged) = desk.put(Table::Relationship, id, &cells, (&subject, Record::Each))?;
    Ok(judged.and(supporter(desk, row, &partner, customer)?))
}

/// The reseller that supports the customer in the partner's name (G-9); what became of it.
fn supporter(
    desk: &mut Desk<'_, '_, '_>,
    row: &Row<'_>,
    partner: &PartnerFacts,
    customer: i64,
) -> Result<Option<String>, Stop> {
    if !row.speaks_of("support_contact") {
        return Ok(None);
    }
    let reseller = desk.known_if_named::<PartnerFacts>(row, "support_contact")?;
    if let Some(reseller) = reseller
        .as_ref()
        .filter(|one| one.provider_id != Some(partner.id))
    {
        let what = format!("{} does not sell through {} (G-9)", reseller.code, partner.code);
        return Err(rule_fault(
            "support_contact",
            what,
            "write the id of one of its resellers, or leave it empty",
        ));
    }
    let before = desk
        .reading()
        .supporter(customer, partner.id)?
        .map(|one| one.reseller);
    let after = reseller.as_ref().map(|one| one.code.clone());
    if before == after {
        return Ok(None);
    }
    desk.at
        .put_supporter(customer, partner.id, reseller.map(|one| one.id))?;
    desk.at
        .record(&format!("partner:{}", partner.code), Some(&before), Some(&after))?;
    let shown = |one: Option<String>| one.unwrap_or_else(|| "none".to_owned());
    Ok(Some(format!(
        "support_contact: {} → {}",
        shown(before),
        shown(after)
    )))
}

/// Several partners may serve a customer; the one of record is shown to its people (B-1).
fn check_only_one(desk: &Desk<'_, '_, '_>, partner: &PartnerFacts, customer: i64) -> Result<(), Stop> {
    let Some((_, other)) = desk
        .reading()
        .partner_on_record(customer)?
        .filter(|(id, _)| *id != partner.id)
    else {
        return Ok(());
    };
    let what = format!("{other} is the partner of record of that customer, and there is one (B-1)");
    let fix = format!("write no, or put a line above that takes it from {other}");
    Err(rule_fault("of_record", what, fix))
}

pub(super) fn delegation(desk: &mut Desk<'_, '_, '_>, row: &Row<'_>) -> Result<Judged, Stop> {
    let code = row.text("delegation");
    let (partner, customer) = pair(desk, row)?;
    let id = desk.reading().key_of(Table::Delegation, code)?;
    let name = row.keep("name", "name");
    let home = row.keep_key("partner", "partner_id", Table::Partner, Some(partner.id));
    let keys = [("partner_id", home.value.clone()), ("name", name.value.clone())];
    desk.only_here("name", Table::Delegation, id, &keys)?;
    check_wish(row)?;
    let starts = row.keep_instant("starts_at", "starts_at")?;
    let ends = row.keep_instant("ends_at", "ends_at")?;
    let days = row.keep_opt_count("days", "days")?;
    check_days(desk, row, id, (&starts, &ends, &days))?;
    let cells = [
        row.keep("delegation", "code"),
        home.fixed(),
        row.keep_key("customer", "customer_id", Table::Customer, Some(customer))
            .fixed(),
        name,
        row.keep("status", "status"),
        starts,
        ends,
        days,
        row.keep_flag("auto_extend", "auto_extend"),
        row.keep_instant("asked_at", "asked_at")?,
        row.keep_instant("approved_at", "approved_at")?,
        row.keep_instant("ended_at", "ended_at")?,
    ];
    let subject = format!("delegation:{code}");
    Ok(desk
        .put(Table::Delegation, id, &cells, (&subject, Record::Each))?
        .1)
}

/// A name has at most 50 characters, and access is asked for 1 to 730 days (G-3).
fn check_wish(row: &Row<'_>) -> Result<(), Stop> {
    let length = row.text("name").chars().count();
    if length > NAME_LENGTH {
        let what = format!("a name has at most {NAME_LENGTH} characters, and this has {length} (G-3)");
        return Err(rule_fault("name", what, "shorten it"));
    }
    match row.value::<i64>("days")? {
        Some(days) if !(1..=MOST_DAYS).contains(&days) => {
            let what = format!("access is delegated for 1 to {MOST_DAYS} days, and not for {days} (G-3)");
            Err(rule_fault("days", what, "write a number of days, such as 365"))
        }
        _ => Ok(()),
    }
}

/// Access holds for 1 to 730 days; what holds or held has a beginning and an end (G-3).
fn check_days(
    desk: &Desk<'_, '_, '_>,
    row: &Row<'_>,
    id: Option<i64>,
    (starts, ends, days): (&Cell, &Cell, &Cell),
) -> Result<(), Stop> {
    let asked = match desk.reading().will_hold(Table::Delegation, id, days)? {
        Value::Count(days) => days,
        _ => None,
    };
    let will = |cell: &Cell| match desk.reading().will_hold(Table::Delegation, id, cell)? {
        Value::Instant(instant) => Ok::<Option<Instant>, Stop>(instant),
        _ => Ok(None),
    };
    let status: DelegationStatus = row.need("status")?;
    let needs = matches!(
        status,
        DelegationStatus::Active | DelegationStatus::Expiring | DelegationStatus::Expired
    );
    match (will(starts)?, will(ends)?) {
        (None, _) if needs => {
            let what = format!("a delegation that is {status} has a beginning (G-3)");
            Err(rule_fault("starts_at", what, "write when it began"))
        }
        (_, None) if needs => {
            let what = format!("a delegation that is {status} has an end (G-3)");
            Err(rule_fault(
                "ends_at",
                what,
                "write when it ends, 1 to 730 days after its beginning",
            ))
        }
        (Some(starts), Some(ends)) => {
            let seconds = ends.seconds() - starts.seconds();
            // What was asked for grows by extensions only.
            let grown = asked.map(|days| seconds - days * A_DAY);
            let is_extended = grown.is_some_and(|more| more >= 0 && more % (EXTENDS_BY * A_DAY) == 0);
            if (A_DAY..=MOST_DAYS * A_DAY).contains(&seconds) || is_extended {
                return Ok(());
            }
            let what =
                format!("access is delegated for 1 to {MOST_DAYS} days, and this began {starts} (G-3)");
            Err(rule_fault(
                "ends_at",
                what,
                "write an end 1 to 730 days after the beginning",
            ))
        }
        _ => Ok(()),
    }
}

/// Partner and customer of a row, of whom one serves the other.
pub(super) fn pair(desk: &mut Desk<'_, '_, '_>, row: &Row<'_>) -> Result<(PartnerFacts, i64), Stop> {
    let partner = desk.known::<PartnerFacts>(row, "partner")?;
    let CustomerKey(customer) = desk.known(row, "customer")?;
    check_served(desk, &partner, customer)?;
    Ok((partner, customer))
}

/// What a partner does for a customer needs a relationship (G-2), also one that was removed since.
pub(super) fn check_served(
    desk: &Desk<'_, '_, '_>,
    partner: &PartnerFacts,
    customer: i64,
) -> Result<(), Stop> {
    if desk.reading().has_served(partner.id, customer)? {
        return Ok(());
    }
    let what = format!("{} has no relationship with that customer (G-2)", partner.code);
    let fix = "correct one of them, or import their line in relationships first";
    Err(rule_fault("customer", what, fix))
}

pub(super) fn delegation_role(desk: &mut Desk<'_, '_, '_>, row: &Row<'_>) -> Result<Judged, Stop> {
    let delegation = desk.known::<DelegationFacts>(row, "delegation")?;
    let role = role(row.text("role"))?;
    let group = match row.opt("group") {
        Some(name) => Some(group(desk, delegation.partner_id, name)?),
        None => None,
    };
    let cells = [
        row.keep_key(
            "delegation",
            "delegation_id",
            Table::Delegation,
            Some(delegation.id),
        ),
        Cell {
            value: Value::Text(Some(role.to_owned())),
            ..row.keep("role", "role")
        },
        row.keep_key("group", "group_id", Table::SecurityGroup, group),
    ];
    let keys = cells.each_ref().map(|cell| (cell.column, cell.value.clone()));
    let id = desk.reading().key_where(Table::DelegationRole, &keys)?;
    let subject = format!("delegation:{}", delegation.code);
    Ok(desk
        .put(Table::DelegationRole, id, &cells, (&subject, Record::Each))?
        .1)
}

/// Template id of the role that is meant.
fn role(text: &str) -> Result<&'static str, Fault> {
    if let Some(role) = delegated_role(text) {
        return Ok(role.id);
    }
    let near = nearest(text, delegated_roles().flat_map(|role| [role.name, role.id]));
    let fix = if near.is_empty() {
        let all: Vec<&str> = delegated_roles().map(|role| role.name).collect();
        format!("it is one of {}", all.join(", "))
    } else {
        format!("did you mean {}?", near.join(", "))
    };
    let what = format!("\"{text}\" is no role of a directory, by name or template id");
    Err(cell_fault("role", what, fix))
}

/// Key of a security group of a partner.
pub(super) fn group(desk: &Desk<'_, '_, '_>, partner: i64, name: &str) -> Result<i64, Stop> {
    let keys = [
        ("partner_id", Value::Key(Table::Partner, Some(partner))),
        ("name", Value::Text(Some(name.to_owned()))),
    ];
    if let Some(id) = desk.reading().key_where(Table::SecurityGroup, &keys)? {
        return Ok(id);
    }
    let groups = desk.reading().security_groups_of(partner)?;
    let near = nearest(name, groups.iter().map(String::as_str));
    let fix = if near.is_empty() {
        "name a group of that partner, or import its line in security_groups first".to_owned()
    } else {
        format!("did you mean {}?", near.join(", "))
    };
    let code = desk.reading().code_of(Table::Partner, partner)?;
    let what = format!("partner {code} has no security group \"{name}\"");
    Err(Fault {
        code: codes::NOT_FOUND.id,
        ..cell_fault("group", what, fix)
    }
    .into())
}
