//! The one way to make someone of a tenant, or to change what is kept of them: a command, a file and an import all come
//! through here.

use super::Tenant;
use crate::domain::Instant;
use crate::domain::country::{self, is_country};
use crate::domain::tenant::{PersonState, Profile, Wish, is_of_domain, restorable_until, state_at};
use crate::error::{Error, Result, codes};
use crate::hub::Writing;
use crate::hub::import::Verdict;
use crate::hub::people::check_account;
use crate::policy::needs::KeepCustomerAdministrators;
use crate::policy::{self, Actor, Grant, Permission};
use crate::store::sqlite::TenantPerson;
use serde::Serialize;
use std::collections::HashMap;

/// What is meant by naming someone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum How {
    /// Someone new.
    Create,
    /// Someone who is there.
    Update,
    /// Whoever it is, as a file states them.
    State,
    /// As they stood elsewhere: also someone deleted.
    TakeOver(Option<Instant>),
}

/// What became of someone.
#[derive(Debug)]
pub(crate) struct Kept {
    pub outcome: Verdict,
    pub state: PersonState,
    pub changes: Vec<String>,
}

/// Whether the acting person may touch administrators of a customer (G-6); asked once for each customer.
#[derive(Debug)]
pub(crate) struct Powers {
    actor: Actor,
    administrators: Option<Grant<KeepCustomerAdministrators>>,
    known: HashMap<i64, bool>,
}

impl Powers {
    /// What the person behind a change holds.
    pub fn of<P: Permission>(at: &Writing<'_, P>) -> Self {
        Self {
            actor: at.grant().actor().clone(),
            administrators: at.also().ok(),
            known: HashMap::new(),
        }
    }

    /// Passes where administrators may be touched.
    ///
    /// # Errors
    /// `E0200` elsewhere.
    pub fn administrators<P: Permission>(&mut self, at: &Writing<'_, P>, tenant: &Tenant) -> Result<()> {
        let may = match self.known.get(&tenant.id) {
            Some(may) => *may,
            None => self.ask(at, tenant.id)?,
        };
        self.known.insert(tenant.id, may);
        if may {
            return Ok(());
        }
        let place = format!(" for administrators of customer {}", tenant.code);
        Err(policy::denied(
            &self.actor,
            KeepCustomerAdministrators::ID,
            &place,
        ))
    }

    fn ask<P: Permission>(&self, at: &Writing<'_, P>, customer: i64) -> Result<bool> {
        let Some(grant) = &self.administrators else {
            return Ok(false);
        };
        if grant.coverage().has_customer(customer) {
            return Ok(true);
        }
        let serving = at.reading().serving(customer)?;
        Ok(serving.iter().any(|(id, _)| grant.coverage().has_partner(*id)))
    }
}

/// What the audit trail keeps of someone.
#[derive(Debug, Serialize)]
pub(super) struct Record<'a> {
    customer: &'a str,
    #[serde(flatten)]
    profile: &'a Profile,
    state: PersonState,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    licences: &'a [String],
}

impl<'a> Record<'a> {
    pub fn of(tenant: &'a Tenant, profile: &'a Profile, state: PersonState, licences: &'a [String]) -> Self {
        Self {
            customer: &tenant.code,
            profile,
            state,
            licences,
        }
    }
}

/// How the audit trail names someone.
pub(crate) fn subject(account: &str) -> String {
    format!("customer-user:{}", account.to_lowercase())
}

/// Makes someone, or brings what is kept of them to what is wished.
///
/// # Errors
/// `E0579` for an account outside the domain, `E0578` for one that somebody has, `E0577` when someone with licences would
/// lose the usage location, `E0200` for administrators without the permission, `E0110` and `E0575` as `how` has it.
pub(crate) fn keep<P: Permission>(
    at: &mut Writing<'_, P>,
    powers: &mut Powers,
    tenant: &Tenant,
    (account, wish): (&str, &Wish),
    how: How,
) -> Result<Kept> {
    check(tenant, account, wish)?;
    let now = at.context().now;
    match at.reading().tenant_person(account)? {
        Some(person) if how == How::TakeOver(person.deleted_at) && person.customer_id == tenant.id => {
            change(at, powers, tenant, person, wish)
        }
        Some(person) if state_at(person.deleted_at, now) == PersonState::Gone => {
            if how == How::Update {
                return Err(tenant.nobody(at.reading(), account)?);
            }
            at.forget_tenant_person(person.id)?;
            make(at, powers, tenant, (account, wish), how)
        }
        Some(person) if person.customer_id != tenant.id => Err(match how {
            How::Update => tenant.nobody(at.reading(), account)?,
            _ => taken(account),
        }),
        Some(person) => match (person.deleted_at, how) {
            (Some(deleted), _) => Err(deleted_since(tenant, &person.account, deleted)),
            (None, How::TakeOver(Some(_))) => Err(codes::ACCOUNT_TAKEN
                .error(format!("{account} is there, and a file deletes nobody (G-6)"))
                .hint("`servhub customer user delete` does")),
            (None, How::Create) if wish.on(&person.profile) != person.profile => {
                Err(taken(account).hint("`servhub customer user update` changes what is kept of someone"))
            }
            (None, _) => change(at, powers, tenant, person, wish),
        },
        None if how == How::Update => Err(tenant.nobody(at.reading(), account)?),
        None => make(at, powers, tenant, (account, wish), how),
    }
}

fn check(tenant: &Tenant, account: &str, wish: &Wish) -> Result<()> {
    check_account(account)?;
    let Some(domain) = &tenant.domain else {
        return Err(codes::NOT_OF_DOMAIN
            .error(format!("{} has no domain yet (G-6)", tenant.code))
            .hint("give the customer its domain first"));
    };
    if !is_of_domain(account, domain) {
        return Err(codes::NOT_OF_DOMAIN
            .error(format!(
                "{account} is not of {domain}, the domain of {} (G-6)",
                tenant.code
            ))
            .hint(format!("write it as name@{domain}")));
    }
    match wish
        .usage_location
        .as_ref()
        .filter(|text| !text.is_empty() && !is_country(text))
    {
        None => Ok(()),
        Some(text) => Err(codes::BAD_VALUE
            .error(format!("\"{text}\" is no country"))
            .hint(country::FORM)),
    }
}

fn taken(account: &str) -> Error {
    codes::ACCOUNT_TAKEN.error(format!("the account {account} is taken (G-6)"))
}

fn deleted_since(tenant: &Tenant, account: &str, deleted: Instant) -> Error {
    codes::ACCOUNT_TAKEN
        .error(format!(
            "{account} was deleted on {deleted} and can be restored until {} (G-6)",
            restorable_until(deleted)
        ))
        .hint(format!(
            "`servhub customer user restore {account} --customer {}` brings the person back",
            tenant.code
        ))
}

fn nameless() -> Error {
    codes::BAD_VALUE
        .error("a person has a name")
        .hint("write how the person is called, with --name")
}

fn make<P: Permission>(
    at: &mut Writing<'_, P>,
    powers: &mut Powers,
    tenant: &Tenant,
    (account, wish): (&str, &Wish),
    how: How,
) -> Result<Kept> {
    let profile = wish.on(&Profile::default());
    if profile.name.is_empty() {
        return Err(nameless());
    }
    if profile.administrator {
        powers.administrators(at, tenant)?;
    }
    let deleted_at = match how {
        How::TakeOver(deleted_at) => deleted_at,
        _ => None,
    };
    let state = state_at(deleted_at, at.context().now);
    at.put_tenant_person(tenant.id, account, &profile, deleted_at)?;
    // What is taken over is told by the file that it stood in.
    if !matches!(how, How::TakeOver(_)) {
        let after = Record::of(tenant, &profile, state, &[]);
        at.record(&subject(account), None, Some(&after))?;
    }
    Ok(Kept {
        outcome: Verdict::Created,
        state,
        changes: Vec::new(),
    })
}

fn change<P: Permission>(
    at: &mut Writing<'_, P>,
    powers: &mut Powers,
    tenant: &Tenant,
    person: TenantPerson,
    wish: &Wish,
) -> Result<Kept> {
    let (before, after) = (&person.profile, wish.on(&person.profile));
    let state = state_at(person.deleted_at, at.context().now);
    if after == *before {
        return Ok(Kept {
            outcome: Verdict::Unchanged,
            state,
            changes: Vec::new(),
        });
    }
    if after.name.is_empty() {
        return Err(nameless());
    }
    if before.administrator || after.administrator {
        powers.administrators(at, tenant)?;
    }
    let moved_nowhere = before.usage_location.is_some() && after.usage_location.is_none();
    if moved_nowhere && !at.reading().licences_of(person.id)?.is_empty() {
        let message = format!(
            "{} holds licences, which need a usage location (G-7)",
            person.account
        );
        return Err(codes::NO_USAGE_LOCATION
            .error(message)
            .hint("revoke them first, or name another country"));
    }
    at.set_tenant_person(person.id, &after, person.deleted_at)?;
    at.record(
        &subject(&person.account),
        Some(&Record::of(tenant, before, state, &[])),
        Some(&Record::of(tenant, &after, state, &[])),
    )?;
    Ok(Kept {
        outcome: Verdict::Changed,
        state,
        changes: before.told(&after),
    })
}
