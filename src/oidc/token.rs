//! What an ID token says, once its signature and all that it claims of itself were checked (OpenID Connect Core 1.0,
//! 3.1.3.7).

use super::{Keys, crypto};
use crate::domain::Instant;
use jsonwebtoken::{Validation, decode, decode_header};
use serde::Deserialize;
use serde_json::{Map, Value};
use std::fmt;
use subtle::ConstantTimeEq;

/// The longest token that is looked at.
const LONGEST: usize = 16 * 1024;
/// How far the clocks of a provider and a hub may differ, in seconds.
const SKEW: i64 = 60;
/// How old a token may be that a session is opened with, in seconds.
const OLDEST: i64 = 600;

/// What a token must say.
#[derive(Debug, Clone, Copy)]
pub struct Expected<'a> {
    /// Who made it.
    pub issuer: &'a str,
    /// Whom it was made for.
    pub client_id: &'a str,
    /// What was asked with; what is none must not be in the token either.
    pub nonce: Option<&'a str>,
    /// Now.
    pub now: Instant,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Many(Vec<String>),
}

/// What a token says of a person.
#[derive(Debug, Deserialize)]
pub struct Claims {
    iss: String,
    sub: String,
    aud: Audience,
    azp: Option<String>,
    exp: f64,
    iat: f64,
    nbf: Option<f64>,
    nonce: Option<String>,
    /// Everything else.
    #[serde(flatten)]
    pub more: Map<String, Value>,
}

/// Why a token is not accepted. It never quotes the token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Not of the form, or signed in a way that is not taken.
    #[error("it is no ID token")]
    Form,
    /// Signed with a key that the provider does not have (any more).
    #[error("the provider has no such key")]
    Key,
    /// Not signed by the provider.
    #[error("its signature is not the provider's")]
    Signature,
    /// Made by somebody else.
    #[error("another provider made it")]
    Issuer,
    /// Made for somebody else.
    #[error("it was made for another program")]
    Audience,
    /// Too old, or of a time to come.
    #[error("its time is over or has not come; if it is new, the clocks differ")]
    Time,
    /// Made for another sign-in.
    #[error("it belongs to another sign-in")]
    Nonce,
}

/// A token of which only the outside was looked at.
pub struct Unchecked<'a> {
    text: &'a str,
    header: jsonwebtoken::Header,
}

impl fmt::Debug for Unchecked<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Unchecked(…)")
    }
}

impl<'a> Unchecked<'a> {
    /// Looks at the outside.
    ///
    /// # Errors
    /// [`Refusal::Form`].
    pub fn read(text: &'a str) -> Result<Self, Refusal> {
        if text.len() > LONGEST {
            return Err(Refusal::Form);
        }
        let header = decode_header(text).map_err(|_| Refusal::Form)?;
        // What must be understood and is not known here cannot be checked.
        if !crypto::ALGORITHMS.contains(&header.alg) || header.crit.is_some() {
            return Err(Refusal::Form);
        }
        Ok(Self { text, header })
    }

    /// The id of the key that it was signed with.
    pub fn key_id(&self) -> Option<&str> {
        self.header.kid.as_deref()
    }

    /// Checks everything.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn check(&self, keys: &Keys, expected: Expected<'_>) -> Result<Claims, Refusal> {
        crypto::install();
        let candidates = keys.candidates(self.key_id(), self.header.alg);
        if candidates.is_empty() {
            return Err(Refusal::Key);
        }
        // The library checks the signature; who, for whom and when is checked below, with our own time (T-2).
        let mut validation = Validation::new(self.header.alg);
        validation.validate_exp = false;
        validation.validate_aud = false;
        validation.required_spec_claims.clear();
        let opened = candidates
            .iter()
            .find_map(|key| decode::<Claims>(self.text, key, &validation).ok());
        let claims = opened.ok_or(Refusal::Signature)?.claims;
        claims.check(expected)?;
        Ok(claims)
    }
}

impl Claims {
    fn check(&self, expected: Expected<'_>) -> Result<(), Refusal> {
        if self.iss != expected.issuer || self.sub.is_empty() {
            return Err(Refusal::Issuer);
        }
        if !self.is_for(expected.client_id) {
            return Err(Refusal::Audience);
        }
        if !self.is_of(expected.now) {
            return Err(Refusal::Time);
        }
        let same = match (&self.nonce, expected.nonce) {
            (None, None) => true,
            (Some(own), Some(asked)) => own.as_bytes().ct_eq(asked.as_bytes()).into(),
            _ => false,
        };
        if same { Ok(()) } else { Err(Refusal::Nonce) }
    }

    fn is_for(&self, client_id: &str) -> bool {
        let (named, several) = match &self.aud {
            Audience::One(one) => (one == client_id, false),
            Audience::Many(many) => (many.iter().any(|one| one == client_id), many.len() > 1),
        };
        let party = self.azp.as_deref();
        named && party.is_none_or(|party| party == client_id) && !(several && party.is_none())
    }

    #[expect(clippy::cast_precision_loss, reason = "seconds of our time fit")]
    fn is_of(&self, now: Instant) -> bool {
        let (now, skew) = (now.seconds() as f64, SKEW as f64);
        let begun = self.nbf.is_none_or(|begin| begin <= now + skew);
        let fresh = self.iat <= now + skew && self.iat >= now - skew - OLDEST as f64;
        begun && fresh && self.exp > now - skew
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const NOW: i64 = 1_800_000_000;

    fn expected() -> Expected<'static> {
        Expected {
            issuer: "https://id.example",
            client_id: "servhub",
            nonce: Some("n"),
            now: Instant::from_seconds(NOW),
        }
    }

    fn with(change: Value) -> Result<(), Refusal> {
        let mut claims = json!({"iss": "https://id.example", "sub": "1", "aud": "servhub", "exp": NOW + 300, "iat": NOW,
            "nonce": "n"});
        for (name, value) in change.as_object().unwrap() {
            claims[name] = value.clone();
        }
        let claims: Claims = serde_json::from_value(claims).unwrap();
        claims.check(expected())
    }

    #[test]
    fn a_token_for_us_is_taken() {
        assert_eq!(with(json!({})), Ok(()));
        assert_eq!(with(json!({"aud": ["servhub"]})), Ok(()));
        assert_eq!(
            with(json!({"aud": ["servhub", "other"], "azp": "servhub"})),
            Ok(())
        );
        assert_eq!(
            with(json!({"exp": NOW - 59, "iat": NOW - 600, "nbf": NOW + 60})),
            Ok(())
        );
    }

    #[test]
    fn whatever_does_not_fit_is_refused() {
        let refusals = [
            (json!({"iss": "https://id.example/"}), Refusal::Issuer),
            (json!({"sub": ""}), Refusal::Issuer),
            (json!({"aud": "other"}), Refusal::Audience),
            (json!({"aud": []}), Refusal::Audience),
            (json!({"aud": ["servhub", "other"]}), Refusal::Audience),
            (json!({"azp": "other"}), Refusal::Audience),
            (json!({"exp": NOW - 60}), Refusal::Time),
            (json!({"iat": NOW - 661}), Refusal::Time),
            (json!({"iat": NOW + 61}), Refusal::Time),
            (json!({"nbf": NOW + 61}), Refusal::Time),
            (json!({"nonce": "m"}), Refusal::Nonce),
            (json!({"nonce": null}), Refusal::Nonce),
        ];
        for (change, refusal) in refusals {
            assert_eq!(with(change.clone()), Err(refusal), "{change}");
        }
    }

    #[test]
    fn tokens_that_anybody_could_make_are_none() {
        let token = |header: &str| format!("{}.e30.", base64_url(header));
        for header in [
            r#"{"alg":"none"}"#,
            r#"{"alg":"HS256"}"#,
            r#"{"alg":"RS256","crit":["x"]}"#,
            "{}",
            "",
        ] {
            let refusal = Unchecked::read(&token(header)).map(|_| ());
            assert_eq!(refusal, Err(Refusal::Form), "{header}");
        }
        assert!(Unchecked::read(&token(r#"{"alg":"RS256","kid":"k"}"#)).is_ok());
        assert!(Unchecked::read(&"x".repeat(LONGEST + 1)).is_err());
        assert!(Unchecked::read("a.b").is_err());
    }

    fn base64_url(text: &str) -> String {
        const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        let mut out = String::new();
        for chunk in text.as_bytes().chunks(3) {
            let mut word = 0_u32;
            for place in 0..3 {
                word = word << 8 | u32::from(*chunk.get(place).unwrap_or(&0));
            }
            for letter in 0..=chunk.len() {
                out.push(char::from(LETTERS[(word >> (18 - 6 * letter) & 63) as usize]));
            }
        }
        out
    }
}
