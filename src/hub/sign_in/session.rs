//! Sessions: what someone gets whom the identity provider vouched for.

use super::{Event, Occasion, Order, held, issue, record};
use crate::domain::Instant;
use crate::domain::token::{Secret, Token, TokenKind};
use crate::error::{Result, codes};
use crate::store::{Db, Read, Write};
use serde::Serialize;

/// How long a session lasts: a working day with its evening.
const SECONDS: i64 = 12 * 3600;
/// For how long one that ended is listed; the audit trail tells of it for good.
const LISTED: i64 = 30 * 24 * 3600;

/// Opens a session for an account that the identity provider vouched for.
///
/// # Errors
/// `E0203` for an account that the hub does not know.
pub fn open_session(db: &mut Db, account: &str, on: Occasion<'_>) -> Result<(Token, Secret)> {
    let store = db.write()?;
    if !is_known(&store.read(), account)? {
        return Err(codes::STRANGER.error(format!("the hub does not know {account}")));
    }
    let order = Order {
        kind: TokenKind::Session,
        account,
        name: on.origin,
        seconds: SECONDS,
        action: "session.open",
    };
    let made = issue(&store, &order, on)?;
    forget_old(&store, account, on)?;
    store.commit()?;
    Ok(made)
}

/// How many sessions are not kept any more.
#[derive(Serialize)]
struct Forgotten {
    sessions: usize,
}

/// Whoever signs in takes away what ended long ago, so that nobody has to come for that.
fn forget_old(store: &Write<'_>, account: &str, on: Occasion<'_>) -> Result<()> {
    let sessions = store.forget_sessions(on.now.plus_seconds(-LISTED))?;
    if sessions == 0 {
        return Ok(());
    }
    let event = Event {
        actor: account,
        action: "session.forget",
        subject: "sessions",
        before: Some(&Forgotten { sessions }),
        after: None,
    };
    record(store, on, &event)
}

/// Ends a session, or takes back whatever token this is: whoever holds it may. Says whether it was any good before.
///
/// # Errors
/// The store's own failure.
pub fn close_session(db: &mut Db, secret: &Secret, on: Occasion<'_>) -> Result<bool> {
    let store = db.write()?;
    let found = held(&store.read(), secret)?;
    let Some(before) = found.filter(|token| token.revoked_at.is_none()) else {
        return Ok(false);
    };
    let after = revoked(&before, on.now);
    store.revoke_token(&before.token, on.now)?;
    let event = Event {
        actor: &before.account,
        action: "session.close",
        subject: &before.subject(),
        before: Some(&before),
        after: Some(&after),
    };
    record(&store, on, &event)?;
    store.commit()?;
    Ok(true)
}

fn revoked(token: &Token, now: Instant) -> Token {
    Token {
        revoked_at: Some(now),
        ..token.clone()
    }
}

/// Whether the hub has any business with an account.
fn is_known(store: &Read<'_>, account: &str) -> Result<bool> {
    Ok(!store.person(account)?.holdings.is_empty()
        || store.operator(account)?.is_some()
        || store.was_invited(account)?)
}
