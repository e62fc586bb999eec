//! Who may do what. A check hands out a [`Grant`], and nothing reaches the store without one: an
//! operation that forgets to ask does not compile.

mod permission;

pub use permission::{Permission, PermissionId, needs};

use crate::error::Result;
use std::marker::PhantomData;

/// The acting person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    /// The owner of a local store's file, named by the account of the operating system.
    Operator(String),
}

impl Actor {
    /// How the audit trail names the person.
    pub fn name(&self) -> &str {
        match self {
            Self::Operator(name) => name,
        }
    }
}

/// Proof that the acting person holds the permission `P`. Only [`check`] makes one.
#[derive(Debug)]
pub struct Grant<P: Permission> {
    actor: Actor,
    permission: PhantomData<P>,
}

impl<P: Permission> Grant<P> {
    /// Who was given the permission.
    pub fn actor(&self) -> &Actor {
        &self.actor
    }
}

/// Gives the permission or refuses, before anything is read.
///
/// # Errors
/// `E0200` when the actor lacks it. The owner of a local store holds every permission.
pub fn check<P: Permission>(actor: &Actor) -> Result<Grant<P>> {
    match actor {
        Actor::Operator(_) => Ok(Grant {
            actor: actor.clone(),
            permission: PhantomData,
        }),
    }
}
