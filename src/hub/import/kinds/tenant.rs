//! The people of customers' tenants and their licences (G-6, G-7): as an import takes them over, and as files of
//! `customer user create` and of `license assign` and `license revoke` state them.

use crate::domain::Instant;
use crate::domain::tenant::{PersonState, Wish};
use crate::error::{Result, codes};
use crate::hub::import::crowd::{folded, refusal};
use crate::hub::import::desk::{Desk, Judged};
use crate::hub::import::report::{Fault, Stop, Verdict};
use crate::hub::import::row::{Row, cell_fault, rule_fault};
use crate::hub::licence::{Product, Rule, Seats, give, products, take};
use crate::hub::tenant::{How, Powers, Tenant, keep};
use crate::policy::Permission;
use crate::store::sqlite::TenantPerson;
use std::collections::HashMap;

/// What rows of tenants have in common.
#[derive(Debug, Default)]
pub(in crate::hub::import) struct Tenants {
    /// What the file is for.
    pub purpose: Purpose,
    powers: Option<Powers>,
    seats: Option<Seats>,
    known: HashMap<String, std::result::Result<Tenant, Fault>>,
    products: HashMap<String, std::result::Result<Vec<Product>, Fault>>,
    /// The lines on which people stood.
    said: HashMap<i64, u64>,
}

/// What a file of tenants is for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::hub::import) enum Purpose {
    /// To take over what stood elsewhere.
    #[default]
    TakeOver,
    /// To state who is there.
    State,
    /// To give licences.
    Assign,
    /// To take licences back.
    Revoke,
}

/// A look-up whose answer is kept, also when it is a fault.
fn once<T: Clone, K>(
    known: &mut HashMap<String, std::result::Result<T, Fault>>,
    (text, column): (&str, &'static str),
    find: K,
) -> Result<T, Stop>
where
    K: FnOnce() -> Result<T>,
{
    if let Some(found) = known.get(text) {
        return Ok(found.clone()?);
    }
    let found = match find() {
        Ok(found) => Ok(found),
        Err(error) => match refusal(Some(column), error) {
            Stop::Fault(fault) => Err(fault),
            hard @ Stop::Hard(_) => return Err(hard),
        },
    };
    known.insert(text.to_owned(), found.clone());
    Ok(found?)
}

fn tenant<P: Permission>(desk: &mut Desk<'_, '_, '_, P>, row: &Row<'_>) -> Result<Tenant, Stop> {
    let text = row.text("customer");
    let read = desk.at.reading();
    once(&mut desk.tenants.known, (text, "customer"), || {
        Tenant::find(read, text)
    })
}

/// Someone of a tenant.
pub(in crate::hub::import) fn tenant_person<P: Permission>(
    desk: &mut Desk<'_, '_, '_, P>,
    row: &Row<'_>,
) -> Result<Judged, Stop> {
    let tenant = tenant(desk, row)?;
    let how = match (desk.tenants.purpose, deleted_at(row)?) {
        (Purpose::TakeOver, deleted_at) => How::TakeOver(deleted_at),
        (_, None) => How::State,
        (_, Some(_)) => {
            let what = "a file deletes nobody (G-6)";
            return Err(rule_fault("state", what, "use `servhub customer user delete`"));
        }
    };
    let said = |column: &'static str| row.speaks_of(column).then(|| row.text(column).to_owned());
    let wish = Wish {
        name: said("name"),
        first_name: said("first_name"),
        last_name: said("last_name"),
        usage_location: said("usage_location"),
        administrator: row.speaks_of("administrator").then(|| row.yes("administrator")),
    };
    let mut powers = desk.tenants.powers.take().unwrap_or_else(|| Powers::of(desk.at));
    let kept = keep(desk.at, &mut powers, &tenant, (row.text("account"), &wish), how);
    desk.tenants.powers = Some(powers);
    let kept = kept.map_err(|error| refusal(Some(column_of(error.code.id)), error))?;
    Ok(match kept.outcome {
        Verdict::Created => Judged::new(Verdict::Created, "new"),
        outcome => Judged::new(outcome, kept.changes.join("; ")),
    })
}

/// The column to blame for a refusal.
fn column_of(code: &str) -> &'static str {
    if code == codes::NO_USAGE_LOCATION.id {
        "usage_location"
    } else if code == codes::DENIED.id {
        "administrator"
    } else {
        "account"
    }
}

/// When the person was deleted, if the row says that they were.
fn deleted_at(row: &Row<'_>) -> Result<Option<Instant>, Stop> {
    let at: Option<Instant> = row.value("deleted_at")?;
    match (row.value::<PersonState>("state")?, at) {
        (Some(PersonState::Deleted), None) => {
            let what = "someone who was deleted was so at a moment (G-6)";
            Err(rule_fault("deleted_at", what, "write when"))
        }
        (Some(PersonState::Deleted), at) | (None, at) => Ok(at),
        (Some(_), None) => Ok(None),
        (Some(state), Some(_)) => {
            let what = format!("someone who is {state} was not deleted");
            Err(rule_fault(
                "deleted_at",
                what,
                "leave it empty, or write deleted as state",
            ))
        }
    }
}

/// A person's licences: all of a row, or none (G-7).
pub(in crate::hub::import) fn licences<P: Permission>(
    desk: &mut Desk<'_, '_, '_, P>,
    row: &Row<'_>,
) -> Result<Judged, Stop> {
    let tenant = tenant(desk, row)?;
    let person = holder(desk, row, &tenant)?;
    let (text, read) = (row.text("products"), desk.at.reading());
    let wanted = once(&mut desk.tenants.products, (text, "products"), || {
        products(read, text)
    })?;
    let purpose = desk.tenants.purpose;
    if purpose != Purpose::TakeOver
        && let Some(line) = desk.tenants.said.insert(person.id, row.line)
    {
        let what = format!("the person stands on line {line} already, and has one outcome (G-7)");
        return Err(rule_fault(
            "account",
            what,
            "write all products of a person into one row, with ; between",
        ));
    }
    if purpose == Purpose::Revoke {
        let gone = take(desk.at, &person, &wanted)?;
        return Ok(judged(Verdict::Changed, &gone));
    }
    let rule = match purpose {
        Purpose::TakeOver => Rule::TakeOver,
        _ => Rule::SeatLeft,
    };
    let mut seats = desk.tenants.seats.take().unwrap_or_else(|| Seats::of(desk.at));
    let given = give(desk.at, &mut seats, (&tenant, &person), &wanted, rule);
    desk.tenants.seats = Some(seats);
    let given = given.map_err(|error| {
        let column = if error.code.id == codes::NO_SEAT.id {
            "products"
        } else {
            "account"
        };
        refusal(Some(column), error)
    })?;
    Ok(judged(Verdict::Created, &given))
}

fn judged(verdict: Verdict, names: &[String]) -> Judged {
    if names.is_empty() {
        return Judged::unchanged();
    }
    Judged::new(verdict, names.join(", "))
}

/// Whoever a row names; an import takes over also what someone gave back who is gone by now.
fn holder<P: Permission>(
    desk: &mut Desk<'_, '_, '_, P>,
    row: &Row<'_>,
    tenant: &Tenant,
) -> Result<TenantPerson, Stop> {
    let account = row.text("account");
    let found = match desk.tenants.purpose {
        Purpose::TakeOver => tenant.ever(desk.reading(), account)?,
        _ => tenant.there(desk.at, account)?,
    };
    if let Some(person) = found {
        return Ok(person);
    }
    let near = if desk.may_look_near() {
        tenant.nobody(desk.reading(), account)?.hints.join("; ")
    } else {
        "correct the account, or create the person first".to_owned()
    };
    let refused = desk.was_refused(
        crate::hub::import::Kind::CustomerPeople,
        &format!("{}/{account}", row.text("customer")),
    );
    let fix = if refused {
        "its own row in customer_people was refused; mend that first".to_owned()
    } else {
        near
    };
    let what = format!("{} has nobody with the account {}", tenant.code, folded(account));
    Err(Fault {
        code: codes::NOT_FOUND.id,
        ..cell_fault("account", what, fix)
    }
    .into())
}
