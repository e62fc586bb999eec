//! The first operator of a shared hub: made by a one-time code that the server prints when it starts.

use super::{Event, Occasion, Order, issue, record};
use crate::domain::token::{Secret, Token, TokenKind};
use crate::error::{Result, codes};
use crate::hub::people::{Code, check_account};
use crate::store::Db;
use crate::store::sqlite::Operator;

/// For how long a code is good.
const CODE_SECONDS: i64 = 24 * 3600;
/// For how long the first operator's token is good; by then there is a sign-in, or a token made by hand.
const TOKEN_SECONDS: i64 = 30 * 24 * 3600;

/// Makes a set-up code while there is no operator. Servers that start side by side each make their own, and the first
/// that is used ends the others.
///
/// # Errors
/// The store's own failure.
pub fn make_setup_code(db: &mut Db, on: Occasion<'_>) -> Result<Option<Code>> {
    let store = db.write()?;
    if !store.read().operators()?.is_empty() {
        return Ok(None);
    }
    let code = Code::make()?;
    store.keep_setup_code(&code.hash(), on.now)?;
    let event = Event::<()> {
        actor: "servhub",
        action: "setup.make",
        subject: "setup-code",
        before: None,
        after: None,
    };
    record(&store, on, &event)?;
    store.commit()?;
    Ok(Some(code))
}

/// Makes an account the first operator, and gives it a token.
///
/// # Errors
/// `E0204` for a code that is wrong, used or too old, and when there is an operator, all alike; `E0100` for what is
/// no account.
pub fn redeem_setup_code(
    db: &mut Db,
    code: &Code,
    account: &str,
    on: Occasion<'_>,
) -> Result<(Token, Secret)> {
    check_account(account)?;
    let store = db.write()?;
    let since = on.now.plus_seconds(-CODE_SECONDS);
    let good = store.read().is_setup_code(&code.hash(), since)?;
    if !good || !store.read().operators()?.is_empty() {
        return Err(codes::SETUP_CODE
            .error("the set-up code is not valid")
            .hint("a server without an operator prints one when it starts"));
    }
    store.use_setup_codes(on.now)?;
    let operator = Operator {
        account: account.to_owned(),
        appointed_at: on.now,
    };
    store.appoint_operator(&operator)?;
    let subject = format!("operator:{}", account.to_lowercase());
    let event = Event {
        actor: account,
        action: "setup.redeem",
        subject: &subject,
        before: None,
        after: Some(&operator),
    };
    record(&store, on, &event)?;
    let order = Order {
        kind: TokenKind::Personal,
        account,
        name: "first operator",
        seconds: TOKEN_SECONDS,
        action: "setup.redeem",
    };
    let made = issue(&store, &order, on)?;
    store.commit()?;
    Ok(made)
}
