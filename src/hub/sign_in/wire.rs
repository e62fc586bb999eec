//! What goes between a hub and those who sign in. Secrets travel in these values and nowhere else; none of them prints
//! one.

use crate::domain::Instant;
use crate::domain::token::{Scopes, Secret, Token, TokenKind};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt;

/// How one signs in to a hub; the answer of `GET /v1/sign-in`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Offer {
    /// The identity provider; none where the hub takes only tokens that were made by hand.
    pub issuer: Option<String>,
    /// The name under which the provider knows this program.
    pub client_id: Option<String>,
    /// What to ask the provider for.
    pub scopes: Vec<String>,
}

/// What opens a session; the body of `POST /v1/session`.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
pub struct Begin {
    /// The ID token of the provider.
    pub id_token: String,
    /// What the provider was asked with.
    pub nonce: Option<String>,
}

/// What makes the first operator; the body of `POST /v1/setup`.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
pub struct SetUp {
    /// The code that the hub printed.
    pub code: String,
    /// Who becomes the operator.
    pub account: String,
}

/// A token that was made; the answer of `POST /v1/session` and `POST /v1/setup`.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
pub struct Opened {
    /// Its text, told this once.
    pub token: String,
    /// Whose it is.
    pub account: String,
    /// The first moment at which it opens nothing any more.
    pub expires_at: Instant,
}

impl Opened {
    /// What to answer with.
    pub fn of((token, secret): &(Token, Secret)) -> Self {
        Self {
            token: secret.tell().to_owned(),
            account: token.account.clone(),
            expires_at: token.expires_at,
        }
    }
}

/// Whom the hub takes the holder of a token for; the answer of `GET /v1/session`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Who {
    /// The account.
    pub account: String,
    /// Whether the account acts as operator.
    pub operator: bool,
    /// What the token was made for.
    pub kind: TokenKind,
    /// How much of the rights it carries.
    pub scopes: Scopes,
    /// The first moment at which it opens nothing any more.
    pub expires_at: Instant,
}

impl Who {
    /// What to answer with.
    pub fn of(signed_in: &super::SignedIn) -> Self {
        let token = &signed_in.token;
        Self {
            account: token.account.clone(),
            operator: signed_in.actor.account().is_none(),
            kind: token.kind,
            scopes: token.scopes.clone(),
            expires_at: token.expires_at,
        }
    }
}

impl fmt::Debug for Begin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Begin(…)")
    }
}

impl fmt::Debug for SetUp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SetUp({:?}, …)", self.account)
    }
}

impl fmt::Debug for Opened {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Opened({:?}, …)", self.account)
    }
}
