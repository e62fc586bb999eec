//! Giving back what a provider granted (RFC 7009).

use super::Desk;
use crate::error::Result;
use crate::oidc::{Failure, Web, silent};
use crate::remote::secret::Renewal;
use oauth2::HttpRequest;
use oauth2::http::{Method, Request, header};
use std::time::Duration;

/// Whoever signs out waits no longer for a provider.
const PATIENCE: Duration = Duration::from_secs(3);

/// Tells the provider that nobody will renew a sign-in any more. With the refresh token goes what came of the same grant.
/// A provider that takes nothing back is asked nothing.
///
/// # Errors
/// `E0206` when it does not answer in time, or does not take it back.
pub fn give_back(renewal: &Renewal) -> Result<()> {
    let Some(refresh) = &renewal.granted.refresh_token else {
        return Ok(());
    };
    let desk = Desk::of(&renewal.offer, Web::new()?.within(PATIENCE))?;
    let Some(address) = &desk.provider.revocation_endpoint else {
        return Ok(());
    };
    let answer = desk.web.exchange(request(address, &desk.client_id, refresh)?);
    let told = |failure: Failure| silent(failure.to_string()).because(failure);
    match answer.map_err(told)?.status().as_u16() {
        200..=299 => Ok(()),
        status => Err(silent(format!("{address} answered {status}"))),
    }
}

/// The library would ask for https even on this very machine; which addresses secrets may go to is decided once, in
/// [`crate::oidc`].
fn request(address: &str, client_id: &str, refresh: &str) -> Result<HttpRequest> {
    let form = form_urlencoded::Serializer::new(String::new())
        .append_pair("token", refresh)
        .append_pair("token_type_hint", "refresh_token")
        .append_pair("client_id", client_id)
        .finish();
    let request = Request::builder()
        .method(Method::POST)
        .uri(address)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(form.into_bytes());
    request.map_err(|error| silent("the provider names no good address").because(error))
}
