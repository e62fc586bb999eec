//! Who asks. Every route but those that say how the hub is doing goes past the doorman before anything else.

use crate::domain::Instant;
use crate::error::{Error, Result, codes};
use crate::hub::operations::Operation;
use crate::policy::Actor;
use crate::store::Db;
use std::fmt;
use std::sync::Arc;

/// Whether a token carries an operation.
pub type Carries = Arc<dyn Fn(&Operation) -> Result<()> + Send + Sync>;

/// Someone who was let in.
#[derive(Clone)]
pub struct Admitted {
    /// Who acts, with which rights.
    pub actor: Actor,
    /// The public id of the token, for limits and logs.
    pub token: String,
    /// How much of the rights the token carries.
    pub carries: Carries,
}

impl fmt::Debug for Admitted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Admitted")
            .field("actor", &self.actor)
            .finish_non_exhaustive()
    }
}

/// Knows who holds which token.
pub trait Doorman: Send + Sync + fmt::Debug {
    /// Finds out who sends a token.
    ///
    /// # Errors
    /// `E0201` for a token that nobody has, or not any more.
    fn admit(&self, store: &mut Db, bearer: &str, now: Instant) -> Result<Admitted>;
}

/// Lets nobody in.
#[derive(Debug, Clone, Copy)]
pub struct Closed;

impl Doorman for Closed {
    fn admit(&self, _: &mut Db, _: &str, _: Instant) -> Result<Admitted> {
        Err(not_signed_in())
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
            return Closed.admit(store, bearer, now);
        };
        Ok(Admitted {
            actor: Actor::Operator(name.to_owned()),
            token: bearer.to_owned(),
            carries: Arc::new(|_| Ok(())),
        })
    }
}

/// "Nobody knows you", in the same words for everybody.
pub fn not_signed_in() -> Error {
    codes::NOT_SIGNED_IN
        .error("not signed in: the hub does not know the token")
        .hint("`servhub login` signs in")
}
