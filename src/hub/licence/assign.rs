//! `license.assign` and `license.revoke`: several licences of a person come together or not at all, and each person has an
//! outcome of their own (G-7).

use super::Seats;
use crate::domain::near::nearest;
use crate::domain::tenant::{PersonState, restorable_until, state_at};
use crate::error::{Error, Kind, Result, codes};
use crate::hub::import::Verdict;
use crate::hub::tenant::Tenant;
use crate::hub::{Change, Route, Writing};
use crate::output::{Cell, Column, Tabular, col};
use crate::policy::Permission;
use crate::policy::needs::AssignLicences;
use crate::store::Read;
use crate::store::sqlite::{Table, TenantPerson};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Key and name of a product.
pub(crate) type Product = (i64, String);

/// What is asked before a licence is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rule {
    /// That a seat is left (G-7).
    SeatLeft,
    /// What stood elsewhere is taken over as it stands, also where seats stopped to count since, but never more than all
    /// seats together.
    TakeOver,
}

/// Gives people of a customer licences.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Assign {
    /// Name or id of the customer.
    pub customer: String,
    /// Whom.
    pub accounts: Vec<String>,
    /// Of which products.
    pub products: Vec<String>,
}

/// Takes licences back; whoever has none of them is left as they are.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Revoke {
    /// Name or id of the customer.
    pub customer: String,
    /// From whom.
    pub accounts: Vec<String>,
    /// Of which products.
    pub products: Vec<String>,
}

/// What became of one person's licences.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Given {
    /// Id of the customer.
    pub customer: String,
    /// The account.
    pub account: String,
    /// What was done.
    pub outcome: Verdict,
    /// Licences that were given or taken.
    pub licences: Vec<String>,
    /// Why the person was refused.
    pub reason: Option<String>,
    /// What to do about it.
    pub fix: Option<String>,
    /// The code that `servhub explain` knows more about.
    pub code: Option<String>,
}

impl Tabular for Given {
    const SCHEMA: &'static str = "license.change/1";
    const COLUMNS: &'static [Column] = &[
        col("customer"),
        col("account"),
        col("outcome"),
        col("licences"),
        col("reason"),
        col("fix"),
        col("code"),
    ];

    fn cells(&self) -> Vec<Cell> {
        vec![
            (&self.customer).into(),
            (&self.account).into(),
            self.outcome.word().into(),
            self.licences.clone().into(),
            (&self.reason).into(),
            (&self.fix).into(),
            (&self.code).into(),
        ]
    }
}

impl Change for Assign {
    const NAME: &'static str = "license.assign";
    const ROUTE: Route = Route::post("/customers/{customer}/license-assignments");
    type Needs = AssignLicences;
    type Answer = Vec<Given>;

    fn change(&self, at: &mut Writing<'_, AssignLicences>) -> Result<Vec<Given>> {
        let mut seats = Seats::of(at);
        let named = (&*self.customer, &*self.accounts, &*self.products);
        each(at, named, |at, tenant, person, products| {
            give(at, &mut seats, (tenant, person), products, Rule::SeatLeft)
        })
    }
}

impl Change for Revoke {
    const NAME: &'static str = "license.revoke";
    const ROUTE: Route = Route::post("/customers/{customer}/license-revocations");
    type Needs = AssignLicences;
    type Answer = Vec<Given>;

    fn change(&self, at: &mut Writing<'_, AssignLicences>) -> Result<Vec<Given>> {
        let named = (&*self.customer, &*self.accounts, &*self.products);
        each(at, named, |at, _, person, products| take(at, person, products))
    }
}

/// Does something to each person's licences; a refusal is the outcome of that person.
fn each(
    at: &mut Writing<'_, AssignLicences>,
    (customer, accounts, names): (&str, &[String], &[String]),
    mut work: impl FnMut(
        &mut Writing<'_, AssignLicences>,
        &Tenant,
        &TenantPerson,
        &[Product],
    ) -> Result<Vec<String>>,
) -> Result<Vec<Given>> {
    let tenant = Tenant::find(at.reading(), customer)?;
    let products = names
        .iter()
        .map(|name| product(at.reading(), name))
        .collect::<Result<Vec<_>>>()?;
    if products.is_empty() {
        return Err(codes::MISSING_OPTION.error("nothing says which licences are meant"));
    }
    let (mut done, mut named) = (Vec::new(), BTreeSet::new());
    for account in accounts {
        if !named.insert(account.to_lowercase()) {
            continue;
        }
        let came = match tenant.person(at, account) {
            Ok(person) => work(at, &tenant, &person, &products),
            Err(error) => Err(error),
        };
        done.push(told(&tenant, account, came)?);
    }
    Ok(done)
}

/// A refusal is the person's; a failure of the store ends everything.
fn told(tenant: &Tenant, account: &str, came: Result<Vec<String>>) -> Result<Given> {
    let given = |outcome, licences| Given {
        customer: tenant.code.clone(),
        account: account.to_owned(),
        outcome,
        licences,
        reason: None,
        fix: None,
        code: None,
    };
    match came {
        Ok(licences) if licences.is_empty() => Ok(given(Verdict::Unchanged, licences)),
        Ok(licences) => Ok(given(Verdict::Changed, licences)),
        Err(error) if matches!(error.kind(), Kind::Refused | Kind::NotFound) => Ok(Given {
            fix: Some(error.hints.join("; ")).filter(|fix| !fix.is_empty()),
            code: Some(error.code.id.to_owned()),
            reason: Some(error.message),
            ..given(Verdict::Refused, Vec::new())
        }),
        Err(error) => Err(error),
    }
}

/// The product that a text names.
///
/// # Errors
/// `E0110` with the names that come near (K-9).
pub(crate) fn product(read: Read<'_>, name: &str) -> Result<Product> {
    if let Some(found) = read.product_key(name)? {
        return Ok(found);
    }
    let known = read.codes(Table::Product)?;
    let error = codes::NOT_FOUND.error(format!("there is no product \"{name}\""));
    let near = nearest(name, known.iter().map(String::as_str));
    Err(if near.is_empty() {
        error.hint("`servhub product list` shows what there is")
    } else {
        error.hint(format!("did you mean {}?", near.join(", ")))
    })
}

/// The products of one cell: one whose name has a `;` in it comes before a list.
///
/// # Errors
/// As [`product`].
pub(crate) fn products(read: Read<'_>, cell: &str) -> Result<Vec<Product>> {
    if let Some(found) = read.product_key(cell)? {
        return Ok(vec![found]);
    }
    let parts = cell.split(';').map(str::trim).filter(|part| !part.is_empty());
    parts.map(|part| product(read, part)).collect()
}

/// What the audit trail keeps: the licences that were given or taken.
#[derive(Debug, Serialize)]
struct Record<'a> {
    licences: &'a [String],
}

/// Gives a person licences, all of them or none; answers the names of those that are new. Nothing is written before every
/// rule was asked.
///
/// # Errors
/// `E0560` for someone deleted, `E0577` without a usage location, `E0576` with every product of which no seat is left.
pub(crate) fn give<P: Permission>(
    at: &mut Writing<'_, P>,
    seats: &mut Seats,
    (tenant, person): (&Tenant, &TenantPerson),
    products: &[Product],
    rule: Rule,
) -> Result<Vec<String>> {
    let given_back = person.deleted_at.is_some();
    if given_back && rule == Rule::SeatLeft {
        return Err(is_deleted(at, tenant, person));
    }
    let new = lacking(at.reading(), person, products)?;
    if new.is_empty() {
        return Ok(Vec::new());
    }
    if person.profile.usage_location.is_none() {
        let message = format!("{} has no usage location (G-7)", person.account);
        return Err(codes::NO_USAGE_LOCATION.error(message).hint(format!(
            "`servhub customer user update {} --customer {} --usage-location SK` sets it",
            person.account, tenant.code
        )));
    }
    if !given_back {
        check_seats(at.reading(), seats, tenant, &new, rule)?;
    }
    for (product, _) in &new {
        at.put_licence(tenant.id, person.id, *product, given_back)?;
        if !given_back {
            seats.count(at.reading(), tenant.id, *product)?.assigned += 1;
        }
    }
    let names: Vec<String> = new.into_iter().map(|(_, name)| name).collect();
    // What is taken over is told by the file that it stood in.
    if rule == Rule::SeatLeft {
        let after = Record { licences: &names };
        at.record(&crate::hub::tenant::subject(&person.account), None, Some(&after))?;
    }
    Ok(names)
}

fn is_deleted<P: Permission>(at: &Writing<'_, P>, tenant: &Tenant, person: &TenantPerson) -> Error {
    let until = person.deleted_at.map(restorable_until);
    let state = state_at(person.deleted_at, at.context().now);
    let error = codes::WRONG_STATE.error(format!(
        "{} is {state}, and takes no licences (G-6)",
        person.account
    ));
    match until.filter(|_| state == PersonState::Deleted) {
        None => error,
        Some(until) => error.hint(format!(
            "`servhub customer user restore {} --customer {}` brings the person back until {until}",
            person.account, tenant.code
        )),
    }
}

/// The products that the person has no licence of, each once.
fn lacking(read: Read<'_>, person: &TenantPerson, products: &[Product]) -> Result<Vec<Product>> {
    let held = read.licence_keys(person.id)?;
    let mut new: Vec<Product> = Vec::new();
    for product in products {
        if !held.contains(&product.0) && !new.contains(product) {
            new.push(product.clone());
        }
    }
    Ok(new)
}

/// Never more than was bought, and all of a person's licences together (G-7).
fn check_seats(
    read: Read<'_>,
    seats: &mut Seats,
    tenant: &Tenant,
    new: &[Product],
    rule: Rule,
) -> Result<()> {
    let mut missing = Vec::new();
    for (product, name) in new {
        let mut count = *seats.count(read, tenant.id, *product)?;
        if rule == Rule::TakeOver && !count.has_left() {
            count.bought = read.seats_of_all(tenant.id, *product)?;
        }
        if count.has_left() {
            continue;
        }
        missing.push(if read.sees_seats(tenant.id, *product, seats.day())? {
            format!("{name}: {} bought, {} assigned", count.bought, count.assigned)
        } else {
            name.clone()
        });
    }
    if missing.is_empty() {
        return Ok(());
    }
    let message = format!("{} has no seat left of {} (G-7)", tenant.code, missing.join("; "));
    let error = codes::NO_SEAT.error(message);
    Err(if new.len() > missing.len() {
        error.hint("the other licences were not given either: buy seats, revoke some, or ask for those alone")
    } else {
        error.hint("buy seats, or revoke some")
    })
}

/// Takes licences back; answers the names of those that the person had.
///
/// # Errors
/// The store's own failure.
pub(crate) fn take<P: Permission>(
    at: &mut Writing<'_, P>,
    person: &TenantPerson,
    products: &[Product],
) -> Result<Vec<String>> {
    let held = at.reading().licence_keys(person.id)?;
    let mut gone: Vec<String> = Vec::new();
    for (product, name) in products {
        if held.contains(product) && !gone.contains(name) {
            at.drop_licence(person.id, *product)?;
            gone.push(name.clone());
        }
    }
    if !gone.is_empty() {
        let before = Record { licences: &gone };
        at.record(&crate::hub::tenant::subject(&person.account), Some(&before), None)?;
    }
    Ok(gone)
}
