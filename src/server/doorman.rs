//! Who asks. Every route but those that say how the hub is doing goes past the doorman before anything else.

use crate::domain::Instant;
use crate::domain::token::Scopes;
use crate::error::Result;
use crate::hub::sign_in;
use crate::policy::Actor;
use crate::store::Db;
use std::fmt;

/// Someone who was let in.
#[derive(Debug, Clone)]
pub struct Admitted {
    /// Who acts, with which rights.
    pub actor: Actor,
    /// The public id of the token, for limits and logs.
    pub token: String,
    /// How much of the rights the token carries.
    pub scopes: Scopes,
}

/// Knows who holds which token.
pub trait Doorman: Send + Sync + fmt::Debug {
    /// Finds out who sends a token.
    ///
    /// # Errors
    /// `E0201` for a token that nobody has, or not any more.
    fn admit(&self, store: &mut Db, bearer: &str, now: Instant) -> Result<Admitted>;
}

/// Knows the tokens that the store keeps.
#[derive(Debug, Clone, Copy)]
pub struct Tokens;

impl Doorman for Tokens {
    fn admit(&self, store: &mut Db, bearer: &str, now: Instant) -> Result<Admitted> {
        let signed_in = sign_in::authenticate_text(store, bearer, now)?;
        Ok(Admitted {
            actor: signed_in.actor,
            token: signed_in.token.token,
            scopes: signed_in.scopes,
        })
    }
}

/// Takes everybody at their word, as operator: for rehearsals on one machine only.
#[derive(Debug, Clone, Copy)]
pub struct Rehearsal;

/// How the token of a rehearsal begins; the operator's name follows.
pub const REHEARSAL: &str = "rehearsal-";

impl Doorman for Rehearsal {
    fn admit(&self, store: &mut Db, bearer: &str, now: Instant) -> Result<Admitted> {
        let Some(name) = bearer.strip_prefix(REHEARSAL) else {
            return Tokens.admit(store, bearer, now);
        };
        Ok(Admitted {
            actor: Actor::Operator(name.to_owned()),
            token: bearer.to_owned(),
            scopes: Scopes::all(),
        })
    }
}
