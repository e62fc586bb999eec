//! Who someone is that asks a shared hub: the token that a request carries, the session that a sign-in opens, and
//! the code that makes the first operator.

mod scope;
mod session;
mod setup;
mod wire;

pub(super) use scope::permit;
pub use scope::scope_of;
pub use session::{close_session, open_session};
pub use setup::{make_setup_code, redeem_setup_code};
pub use wire::{Begin, Offer, Opened, SetUp, Who};

use crate::audit::Entry;
use crate::domain::Instant;
use crate::domain::token::{RANDOM, Scopes, Secret, Token, TokenKind, TokenState};
use crate::error::{Error, Result, codes};
use crate::policy::Actor;
use crate::store::{Db, Read, Write};
use serde::Serialize;

/// When and from where someone signs in.
#[derive(Debug, Clone, Copy)]
pub struct Occasion<'a> {
    /// Now.
    pub now: Instant,
    /// The program and the machine.
    pub origin: &'a str,
}

/// Someone whose token the hub knows.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// Who acts, with which rights.
    pub actor: Actor,
    /// How much of the rights the token carries.
    pub scopes: Scopes,
    /// The token.
    pub token: Token,
}

/// Finds out who sends a token, and notes that it was used. A token that is wrong, that nobody has, that ran out or
/// that was taken back are refused alike; only whoever holds the right secret is told that it ran out.
///
/// # Errors
/// `E0201`.
pub fn authenticate(db: &Db, secret: &Secret, now: Instant) -> Result<SignedIn> {
    let signed_in = db.read(|store| recognise(&store, secret, now))?;
    if signed_in.token.is_use_news(now) {
        // What cannot be noted, because the store is busy or full, stops nobody from reading.
        let _ = db.note_use(secret.id(), now);
    }
    Ok(signed_in)
}

/// The same for the text as it came; what is no token at all is nobody's.
///
/// # Errors
/// `E0201`.
pub fn authenticate_text(db: &Db, text: &str, now: Instant) -> Result<SignedIn> {
    authenticate(db, &Secret::read(text).ok_or_else(not_signed_in)?, now)
}

fn recognise(store: &Read<'_>, secret: &Secret, now: Instant) -> Result<SignedIn> {
    let token = held(store, secret)?.ok_or_else(not_signed_in)?;
    match token.state(now) {
        TokenState::Active => {}
        TokenState::Expired => {
            let message = format!("not signed in: the token ran out at {}", token.expires_at);
            return Err(advised(codes::NOT_SIGNED_IN.error(message)));
        }
        TokenState::Revoked => return Err(not_signed_in()),
    }
    let actor = match store.operator(&token.account)? {
        Some(operator) => Actor::Operator(operator.account),
        None => Actor::Person {
            account: token.account.clone(),
            by: None,
        },
    };
    Ok(SignedIn {
        actor,
        scopes: token.scopes.clone(),
        token,
    })
}

/// The token that a secret is of, whatever became of it.
fn held(store: &Read<'_>, secret: &Secret) -> Result<Option<Token>> {
    let found = store.token_with_hash(secret.id())?;
    let right =
        |hash: &Option<crate::domain::token::Hash>| hash.as_ref().is_some_and(|hash| hash.is(&secret.hash()));
    Ok(found.filter(|(_, hash)| right(hash)).map(|(token, _)| token))
}

/// "Nobody knows you", in the same words for everybody.
pub fn not_signed_in() -> Error {
    advised(codes::NOT_SIGNED_IN.error("not signed in: the hub does not know the token"))
}

fn advised(error: Error) -> Error {
    error.hint("`servhub login` signs in")
}

/// A secret that nobody can guess.
///
/// # Errors
/// `E0008` when the machine has no randomness to give.
pub(super) fn make_secret(kind: TokenKind) -> Result<Secret> {
    let mut random = [0; RANDOM];
    getrandom::fill(&mut random)
        .map_err(|error| codes::IO_FAILED.error("no token could be made").because(error))?;
    Ok(Secret::from_random(kind, &random))
}

/// What a token carries and how long, before there is one.
#[derive(Debug)]
struct Order<'a> {
    kind: TokenKind,
    account: &'a str,
    name: &'a str,
    seconds: i64,
    /// What makes it, for the audit trail.
    action: &'static str,
}

/// Makes a token with all that its person may, keeps and records it.
fn issue(store: &Write<'_>, order: &Order<'_>, on: Occasion<'_>) -> Result<(Token, Secret)> {
    let secret = make_secret(order.kind)?;
    let token = Token {
        token: secret.id().to_owned(),
        kind: order.kind,
        account: order.account.to_owned(),
        name: order.name.to_owned(),
        scopes: Scopes::all(),
        created_at: on.now,
        expires_at: on.now.plus_seconds(order.seconds),
        last_used_at: None,
        revoked_at: None,
    };
    store.keep_token(&token, &secret.hash())?;
    let event = Event {
        actor: order.account,
        action: order.action,
        subject: &token.subject(),
        before: None,
        after: Some(&token),
    };
    record(store, on, &event)?;
    Ok((token, secret))
}

/// A record of what happens before anybody is signed in; afterwards [`super::Writing::record`] makes them.
#[derive(Debug)]
struct Event<'a, T> {
    actor: &'a str,
    action: &'static str,
    subject: &'a str,
    before: Option<&'a T>,
    after: Option<&'a T>,
}

fn record<T: Serialize>(store: &Write<'_>, on: Occasion<'_>, event: &Event<'_, T>) -> Result<()> {
    let json = |state: Option<&T>| {
        let text = state.map(serde_json::to_string).transpose();
        text.map_err(|error| {
            codes::STORE_FAILED
                .error("a record could not be written")
                .because(error)
        })
    };
    store.append_audit(&Entry {
        at: on.now,
        actor: event.actor.to_owned(),
        on_behalf: None,
        action: event.action.to_owned(),
        subject: event.subject.to_owned(),
        before: json(event.before)?,
        after: json(event.after)?,
        reason: None,
        ticket: None,
        origin: on.origin.to_owned(),
    })
}
