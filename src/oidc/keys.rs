//! The keys of a provider (RFC 7517).

use super::{Web, silent};
use crate::error::Result;
use jsonwebtoken::jwk::{Jwk, JwkSet, PublicKeyUse};
use jsonwebtoken::{Algorithm, DecodingKey};
use serde::Deserialize;
use serde_json::Value;

/// More keys than any provider has at a time.
const MOST: usize = 100;

/// A provider's keys.
#[derive(Debug, Clone, Default)]
pub struct Keys(Vec<Jwk>);

#[derive(Deserialize)]
struct Document {
    keys: Vec<Value>,
}

impl Keys {
    /// Fetches them.
    ///
    /// # Errors
    /// `E0206` when the provider does not answer with keys.
    pub fn fetch(web: &Web, url: &str) -> Result<Self> {
        let document = web.get(url).map_err(|failure| {
            silent(format!("the provider's keys cannot be fetched: {failure}")).because(failure)
        })?;
        Self::read(&document)
    }

    /// Keys of a kind that nobody here knows are left out.
    fn read(document: &[u8]) -> Result<Self> {
        let document: Document = serde_json::from_slice(document)
            .map_err(|error| silent(format!("the provider's keys cannot be read: {error}")))?;
        let keys = document.keys.into_iter().take(MOST);
        let known = keys.filter_map(|key| serde_json::from_value(key).ok());
        let signing = known.filter(|key: &Jwk| {
            !matches!(
                key.common.public_key_use,
                Some(PublicKeyUse::Encryption | PublicKeyUse::Other(_))
            )
        });
        Ok(Self(signing.collect()))
    }

    /// The keys that may have signed: of this id where the token names one, and of this kind.
    pub fn candidates(&self, id: Option<&str>, algorithm: Algorithm) -> Vec<DecodingKey> {
        let set = self.0.iter();
        let named = set.filter(|key| id.is_none() || key.common.key_id.as_deref() == id);
        let for_it = named.filter(|key| {
            let own = key.common.key_algorithm.map(|own| own.to_string());
            own.is_none_or(|own| own == format!("{algorithm:?}"))
        });
        for_it
            .filter_map(|key| DecodingKey::from_jwk(key).ok())
            .filter(|key| key.family() == algorithm.family())
            .collect()
    }

    /// Whether there is a key of an id.
    pub fn has(&self, id: &str) -> bool {
        JwkSet { keys: self.0.clone() }.find(id).is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SET: &str = r#"{"keys":[
        {"kty":"RSA","kid":"one","use":"sig","alg":"RS256","n":"sXch","e":"AQAB"},
        {"kty":"RSA","kid":"two","use":"enc","n":"sXch","e":"AQAB"},
        {"kty":"oct","kid":"three","k":"c2VjcmV0"},
        {"kty":"strange","kid":"four"},
        {"nonsense":true}]}"#;

    #[test]
    fn keys_serve_for_what_they_are_made_for() {
        let keys = Keys::read(SET.as_bytes()).unwrap();
        let count = |id, algorithm| keys.candidates(id, algorithm).len();
        assert_eq!(count(Some("one"), Algorithm::RS256), 1);
        assert_eq!(count(None, Algorithm::RS256), 1);
        assert_eq!(count(Some("one"), Algorithm::PS256), 0);
        assert_eq!(count(Some("one"), Algorithm::ES256), 0);
        assert_eq!(count(Some("two"), Algorithm::RS256), 0);
        assert_eq!(count(Some("three"), Algorithm::RS256), 0);
        assert_eq!(count(Some("five"), Algorithm::RS256), 0);
        assert!(keys.has("one") && !keys.has("two") && !keys.has("five"));
        assert!(Keys::read(b"{}").is_err());
    }
}
