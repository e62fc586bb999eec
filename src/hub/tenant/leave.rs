//! `customer-user.delete` and `customer-user.restore`

use super::keep::{Record, subject};
use super::{Powers, Tenant, Touched};
use crate::domain::tenant::{PersonState, PersonStep, RESTORE_DAYS, next, state_at};
use crate::error::{Error, Result, codes};
use crate::hub::import::Verdict;
use crate::hub::licence::Seats;
use crate::hub::steps::no_way;
use crate::hub::{Change, Route, Writing};
use crate::policy::needs::KeepCustomerPeople;
use crate::store::sqlite::TenantPerson;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Deletes people: for 30 days they can be restored. Their licences are given back at once, and are remembered.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Delete {
    /// Name or id of the customer.
    pub customer: String,
    /// Whom.
    pub accounts: Vec<String>,
}

impl Change for Delete {
    const NAME: &'static str = "customer-user.delete";
    const ROUTE: Route = Route::post("/customers/{customer}/user-deletions");
    type Needs = KeepCustomerPeople;
    type Answer = Vec<Touched>;

    fn change(&self, at: &mut Writing<'_, KeepCustomerPeople>) -> Result<Vec<Touched>> {
        each(
            at,
            &self.customer,
            &self.accounts,
            |at, _, tenant, person| match state_at(person.deleted_at, at.context().now) {
                PersonState::Gone => Err(tenant.nobody(at.reading(), &person.account)?),
                PersonState::Deleted => Ok(unchanged(tenant, &person, PersonState::Deleted)),
                PersonState::Active => delete(at, tenant, person),
            },
        )
    }
}

fn delete(
    at: &mut Writing<'_, KeepCustomerPeople>,
    tenant: &Tenant,
    person: TenantPerson,
) -> Result<Touched> {
    let now = at.context().now;
    let state = step(at, &person, PersonStep::Delete)?;
    let mut licences = Vec::new();
    for held in at.reading().licences_of(person.id)? {
        at.set_given_back(person.id, held.product_id, true)?;
        licences.push(held.product);
    }
    at.set_tenant_person(person.id, &person.profile, Some(now))?;
    at.record(
        &subject(&person.account),
        Some(&Record::of(
            tenant,
            &person.profile,
            PersonState::Active,
            &licences,
        )),
        Some(&Record::of(tenant, &person.profile, state, &[])),
    )?;
    Ok(Touched {
        outcome: Verdict::Changed,
        licences,
        ..unchanged(tenant, &person, state)
    })
}

/// Restores people who were deleted at most 30 days ago, with their licences as far as seats are left.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Restore {
    /// Name or id of the customer.
    pub customer: String,
    /// Whom.
    pub accounts: Vec<String>,
}

impl Change for Restore {
    const NAME: &'static str = "customer-user.restore";
    const ROUTE: Route = Route::post("/customers/{customer}/user-restorations");
    type Needs = KeepCustomerPeople;
    type Answer = Vec<Touched>;

    fn change(&self, at: &mut Writing<'_, KeepCustomerPeople>) -> Result<Vec<Touched>> {
        each(
            at,
            &self.customer,
            &self.accounts,
            |at, seats, tenant, person| match state_at(person.deleted_at, at.context().now) {
                PersonState::Gone => Err(gone(&person)),
                PersonState::Active => Ok(unchanged(tenant, &person, PersonState::Active)),
                PersonState::Deleted => restore(at, seats, tenant, person),
            },
        )
    }
}

fn restore(
    at: &mut Writing<'_, KeepCustomerPeople>,
    seats: &mut Seats,
    tenant: &Tenant,
    person: TenantPerson,
) -> Result<Touched> {
    let state = step(at, &person, PersonStep::Restore)?;
    let (mut licences, mut without) = (Vec::new(), Vec::new());
    for held in at.reading().licences_of(person.id)? {
        if seats.take(at.reading(), tenant.id, held.product_id)? {
            at.set_given_back(person.id, held.product_id, false)?;
            licences.push(held.product);
        } else {
            at.drop_licence(person.id, held.product_id)?;
            without.push(held.product);
        }
    }
    at.set_tenant_person(person.id, &person.profile, None)?;
    at.record(
        &subject(&person.account),
        Some(&Record::of(tenant, &person.profile, PersonState::Deleted, &[])),
        Some(&Record::of(tenant, &person.profile, state, &licences)),
    )?;
    Ok(Touched {
        outcome: Verdict::Changed,
        licences,
        without,
        ..unchanged(tenant, &person, state)
    })
}

fn step(
    at: &Writing<'_, KeepCustomerPeople>,
    person: &TenantPerson,
    step: PersonStep,
) -> Result<PersonState> {
    next(person.deleted_at, step, at.context().now).map_err(|why| no_way(&person.account, &why))
}

fn gone(person: &TenantPerson) -> Error {
    let deleted = person.deleted_at.map_or(String::new(), |at| format!(" on {at}"));
    codes::PERSON_GONE
        .error(format!(
            "{} was deleted{deleted}, and could be restored for {RESTORE_DAYS} days (G-6)",
            person.account
        ))
        .hint(
            "nothing is left of the person: `servhub customer user create` makes someone new of that account",
        )
}

fn unchanged(tenant: &Tenant, person: &TenantPerson, state: PersonState) -> Touched {
    Touched {
        customer: tenant.code.clone(),
        account: person.account.clone(),
        outcome: Verdict::Unchanged,
        state,
        changes: Vec::new(),
        licences: Vec::new(),
        without: Vec::new(),
    }
}

/// Does something to each person, or refuses all of it. An account that is named twice is meant once.
fn each(
    at: &mut Writing<'_, KeepCustomerPeople>,
    customer: &str,
    accounts: &[String],
    mut work: impl FnMut(
        &mut Writing<'_, KeepCustomerPeople>,
        &mut Seats,
        &Tenant,
        TenantPerson,
    ) -> Result<Touched>,
) -> Result<Vec<Touched>> {
    let tenant = Tenant::find(at.reading(), customer)?;
    let (mut powers, mut seats) = (Powers::of(at), Seats::of(at));
    let (mut done, mut named) = (Vec::new(), BTreeSet::new());
    for account in accounts {
        if !named.insert(account.to_lowercase()) {
            continue;
        }
        let Some(person) = tenant.ever(at.reading(), account)? else {
            return Err(tenant.nobody(at.reading(), account)?);
        };
        if person.profile.administrator {
            powers.administrators(at, &tenant)?;
        }
        done.push(work(at, &mut seats, &tenant, person)?);
    }
    Ok(done)
}
