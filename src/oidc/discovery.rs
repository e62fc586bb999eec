//! What a provider says of itself (OpenID Connect Discovery 1.0).

use super::web::check_address;
use super::{Web, silent};
use crate::error::Result;
use serde::Deserialize;

/// Where a provider does what.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Provider {
    /// Its name, which stands in its tokens.
    pub issuer: String,
    /// Where people sign in with a browser.
    pub authorization_endpoint: String,
    /// Where codes become tokens.
    pub token_endpoint: String,
    /// Where devices begin; none where there is no such way.
    pub device_authorization_endpoint: Option<String>,
    /// Where tokens are given back (RFC 7009); none where there is no such way.
    pub revocation_endpoint: Option<String>,
    /// Where its keys are.
    pub jwks_uri: String,
    /// Whether it says in its redirects who it is (RFC 9207).
    #[serde(default)]
    pub authorization_response_iss_parameter_supported: bool,
}

impl Provider {
    /// Asks a provider.
    ///
    /// # Errors
    /// `E0206` when it does not answer, or answers for somebody else; `E0100` for an address that is not secured.
    pub fn discover(web: &Web, issuer: &str) -> Result<Self> {
        check_address(issuer)?;
        let url = format!(
            "{}/.well-known/openid-configuration",
            issuer.trim_end_matches('/')
        );
        let document = web.get(&url).map_err(|failure| {
            silent(format!("the identity provider cannot be asked: {failure}")).because(failure)
        })?;
        Self::read(&document, issuer)
    }

    fn read(document: &[u8], issuer: &str) -> Result<Self> {
        let provider: Self = serde_json::from_slice(document)
            .map_err(|error| silent(format!("{issuer} describes no provider: {error}")))?;
        // Else one provider could speak for another.
        if provider.issuer != issuer {
            return Err(silent(format!(
                "{issuer} describes another provider: {}",
                provider.issuer
            )));
        }
        let device = provider.device_authorization_endpoint.as_ref();
        let some = device.into_iter().chain(&provider.revocation_endpoint);
        let all = [
            &provider.authorization_endpoint,
            &provider.token_endpoint,
            &provider.jwks_uri,
        ];
        for address in all.into_iter().chain(some) {
            check_address(address)?;
        }
        Ok(provider)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(issuer: &str, token: &str) -> String {
        format!(
            r#"{{"issuer":"{issuer}","authorization_endpoint":"https://id.example/auth","token_endpoint":"{token}",
                "jwks_uri":"https://id.example/keys","more":[1]}}"#
        )
    }

    #[test]
    fn a_provider_speaks_for_itself_only_and_over_secured_ways() {
        let read = |issuer, token| Provider::read(document(issuer, token).as_bytes(), "https://id.example");
        let provider = read("https://id.example", "https://id.example/token").unwrap();
        assert_eq!(provider.device_authorization_endpoint, None);
        assert!(read("https://id.example/", "https://id.example/token").is_err());
        assert!(read("https://other.example", "https://id.example/token").is_err());
        assert!(read("https://id.example", "http://id.example/token").is_err());
        assert!(Provider::read(b"<html>", "https://id.example").is_err());
        let good = document("https://id.example", "https://id.example/token");
        for (revocation, is_good) in [("https://id.example/r", true), ("http://id.example/r", false)] {
            let document = good.replace(
                "\"more\":[1]",
                &format!("\"revocation_endpoint\":\"{revocation}\""),
            );
            let read = Provider::read(document.as_bytes(), "https://id.example");
            assert_eq!(read.is_ok(), is_good, "{revocation}");
        }
    }
}
