//! Tokens: what a person shows to a shared hub instead of a password, and how much of the person's rights it
//! carries.

mod scope;
mod secret;

pub use scope::{Scope, Scopes};
pub use secret::{Hash, RANDOM, Secret};

use super::Instant;
use super::words::words;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

words! {
    /// What a token was made for.
    TokenKind, "kind of token" {
        /// For programs, made by hand and named.
        Personal = "personal",
        /// Of one sign-in.
        Session = "session",
    }
}

impl TokenKind {
    /// How the text of such a token begins, so that one that was left lying about is known for what it is.
    pub const fn prefix(self) -> &'static str {
        match self {
            Self::Personal => "shp_",
            Self::Session => "shs_",
        }
    }
}

words! {
    /// Whether a token still opens anything.
    TokenState, "state of a token" {
        /// It does.
        Active = "active",
        /// It ran out.
        Expired = "expired",
        /// It was taken back.
        Revoked = "revoked",
    }
}

/// All that is known of a token but its secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Token {
    /// Its public id, which says nothing of the secret.
    pub token: String,
    /// What it was made for.
    pub kind: TokenKind,
    /// Whose it is.
    pub account: String,
    /// For people.
    pub name: String,
    /// How much of the person's rights it carries.
    pub scopes: Scopes,
    /// When it was made.
    pub created_at: Instant,
    /// The first moment at which it opens nothing any more.
    pub expires_at: Instant,
    /// When it was last used, give or take a minute.
    pub last_used_at: Option<Instant>,
    /// When it was taken back.
    pub revoked_at: Option<Instant>,
}

/// How exactly the last use is known; noting every one would turn reading into writing.
const USE_NOTED_EVERY: i64 = 60;

impl Token {
    /// Whether it still opens anything.
    pub fn state(&self, now: Instant) -> TokenState {
        if self.revoked_at.is_some() {
            TokenState::Revoked
        } else if self.expires_at <= now {
            TokenState::Expired
        } else {
            TokenState::Active
        }
    }

    /// Whether this use is worth noting.
    pub fn is_use_news(&self, now: Instant) -> bool {
        self.last_used_at
            .is_none_or(|last| last.seconds_until(now) >= USE_NOTED_EVERY)
    }

    /// How records name it.
    pub fn subject(&self) -> String {
        format!("token:{}", self.token)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token() -> Token {
        Token {
            token: "0123456789".to_owned(),
            kind: TokenKind::Personal,
            account: "eva@x.example".to_owned(),
            name: "night run".to_owned(),
            scopes: Scopes::of([Scope::Read]),
            created_at: Instant::from_seconds(0),
            expires_at: Instant::from_seconds(100),
            last_used_at: None,
            revoked_at: None,
        }
    }

    #[test]
    fn a_token_runs_out_at_its_end_and_revoking_goes_before() {
        let mut token = token();
        assert_eq!(token.state(Instant::from_seconds(99)), TokenState::Active);
        assert_eq!(token.state(Instant::from_seconds(100)), TokenState::Expired);
        token.revoked_at = Some(Instant::from_seconds(50));
        assert_eq!(token.state(Instant::from_seconds(99)), TokenState::Revoked);
        assert_eq!(token.state(Instant::from_seconds(100)), TokenState::Revoked);
    }

    #[test]
    fn a_use_is_news_once_a_minute() {
        let mut token = token();
        assert!(token.is_use_news(Instant::from_seconds(1)));
        token.last_used_at = Some(Instant::from_seconds(1));
        assert!(!token.is_use_news(Instant::from_seconds(60)));
        assert!(token.is_use_news(Instant::from_seconds(61)));
    }
}
