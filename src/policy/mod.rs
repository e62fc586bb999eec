//! Who may do what. A check hands out a [`Grant`], and nothing reaches the store without one: an
//! operation that forgets to ask does not compile (R-1).

mod permission;
pub mod roles;
mod standing;

pub use permission::{Permission, PermissionId, needs};
pub use standing::{Coverage, Holding, Standing};

use crate::error::{Result, codes};
use std::marker::PhantomData;

/// The acting person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    /// The owner of a local store's file, named by the account of the operating system.
    Operator(String),
    /// A person with their own rights.
    Person {
        /// Whose rights count.
        account: String,
        /// Who acts on that person's behalf, if not themselves (X-3).
        by: Option<String>,
    },
}

impl Actor {
    /// Someone who acts on behalf of a person, with that person's rights (X-3).
    pub fn on_behalf(grant: &Grant<needs::ActOnBehalf>, account: &str) -> Self {
        Self::Person {
            account: account.to_owned(),
            by: Some(grant.actor.name().to_owned()),
        }
    }

    /// How the audit trail names who acts.
    pub fn name(&self) -> &str {
        match self {
            Self::Operator(name) => name,
            Self::Person { account, by } => by.as_deref().unwrap_or(account),
        }
    }

    /// The account whose rights count; the operator's are all there are.
    pub fn account(&self) -> Option<&str> {
        match self {
            Self::Operator(_) => None,
            Self::Person { account, .. } => Some(account),
        }
    }

    /// On whose behalf, when that is someone else (X-3).
    pub fn principal(&self) -> Option<&str> {
        match self {
            Self::Person { account, by: Some(_) } => Some(account),
            _ => None,
        }
    }
}

/// Proof that the acting person holds the permission `P`, and where. Only [`check`] makes one: elsewhere its
/// parts cannot even be named (R-1).
///
/// ```compile_fail,E0451
/// use servhub::policy::{Actor, Coverage, Grant, needs::Import};
/// fn made_up(actor: Actor) -> Grant<Import> {
///     Grant { actor, coverage: Coverage::everything(), permission: std::marker::PhantomData }
/// }
/// ```
///
/// And a grant of one permission does not serve where another one is needed.
///
/// ```compile_fail,E0308
/// use servhub::policy::{Grant, needs::{Import, ReadAudit}};
/// fn other(grant: Grant<ReadAudit>) -> Grant<Import> {
///     grant
/// }
/// ```
///
/// What does compile is to be given one:
///
/// ```
/// use servhub::policy::{Actor, Grant, Standing, check, needs::Import};
/// fn asked(actor: &Actor) -> servhub::error::Result<Grant<Import>> {
///     check(actor, &Standing::default())
/// }
/// assert!(asked(&Actor::Person { account: "eva@x.example".into(), by: None }).is_err());
/// ```
#[derive(Debug)]
pub struct Grant<P: Permission> {
    actor: Actor,
    coverage: Coverage,
    permission: PhantomData<P>,
}

impl<P: Permission> Grant<P> {
    /// Who was given the permission.
    pub fn actor(&self) -> &Actor {
        &self.actor
    }

    /// Where it holds.
    pub fn coverage(&self) -> &Coverage {
        &self.coverage
    }

    /// Passes for a workspace that the permission covers.
    ///
    /// # Errors
    /// `E0200` for another one.
    pub fn on_workspace(&self, workspace_id: i64, customer_id: i64, name: &str) -> Result<()> {
        if self.coverage.has_workspace(workspace_id, customer_id) {
            return Ok(());
        }
        Err(denied(&self.actor, P::ID, &format!(" in workspace {name}")))
    }

    /// Passes for a partner that the permission covers.
    ///
    /// # Errors
    /// `E0200` for another one.
    pub fn on_partner(&self, partner_id: i64, name: &str) -> Result<()> {
        if self.coverage.has_partner(partner_id) {
            return Ok(());
        }
        Err(denied(&self.actor, P::ID, &format!(" at partner {name}")))
    }

    /// Passes for a customer that the permission covers as a whole.
    ///
    /// # Errors
    /// `E0200` for another one.
    pub fn on_customer(&self, customer_id: i64, name: &str) -> Result<()> {
        if self.coverage.has_customer(customer_id) {
            return Ok(());
        }
        Err(denied(&self.actor, P::ID, &format!(" for customer {name}")))
    }
}

/// Gives the permission or refuses, before anything is read (R-1). `standing` is what the actor's account
/// holds; the owner of a local store holds every permission.
///
/// # Errors
/// `E0200` when the actor holds the permission nowhere.
pub fn check<P: Permission>(actor: &Actor, standing: &Standing) -> Result<Grant<P>> {
    let coverage = match actor {
        Actor::Operator(_) => Coverage::everything(),
        Actor::Person { .. } => standing.coverage(P::ID),
    };
    let own = roles::WHOEVER_HOLDS_ANY.contains(&P::ID) && !standing.holdings.is_empty();
    if coverage.is_empty() && !own && !roles::EVERYONE.contains(&P::ID) {
        return Err(denied(actor, P::ID, ""));
    }
    Ok(Grant {
        actor: actor.clone(),
        coverage,
        permission: PhantomData,
    })
}

/// "You may not", with who could change that.
pub fn denied(actor: &Actor, permission: PermissionId, place: &str) -> crate::error::Error {
    let who = actor.account().unwrap_or_else(|| actor.name());
    let roles: Vec<&str> = roles::ROLES
        .iter()
        .filter(|rule| rule.gives(permission))
        .map(|rule| rule.role.word())
        .collect();
    let hint = match roles.as_slice() {
        [] if roles::WHOEVER_HOLDS_ANY.contains(&permission) => "it comes with any role".to_owned(),
        [] => "only the operator of the hub holds it".to_owned(),
        some => format!("it comes with the role {}", some.join(", ")),
    };
    let message = format!("{who} does not hold {permission}{place} (R-1)");
    codes::DENIED.error(message).hint(hint)
}
