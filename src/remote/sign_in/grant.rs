//! What a provider grants: an ID token, and where it allows that, the means to get another one.

use super::ended;
use crate::error::{Error, Result, codes};
use crate::oidc::{Failure, Provider, silent};
use oauth2::basic::{
    BasicErrorResponse, BasicRevocationErrorResponse, BasicTokenIntrospectionResponse, BasicTokenType,
};
use oauth2::{
    AuthType, AuthUrl, Client, ClientId, EndpointMaybeSet, EndpointNotSet, EndpointSet, ErrorResponse,
    ExtraTokenFields, RequestTokenError, StandardRevocableToken, StandardTokenResponse, TokenResponse,
    TokenUrl,
};
use serde::{Deserialize, Serialize};
use std::fmt;

/// The field that OpenID Connect adds.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct IdField {
    id_token: Option<String>,
}

impl ExtraTokenFields for IdField {}

impl fmt::Debug for IdField {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("…")
    }
}

/// What the token endpoint answers.
pub(super) type Answer = StandardTokenResponse<IdField, BasicTokenType>;

/// This program as the provider knows it: one that can keep no secret.
pub(super) type Party = Client<
    BasicErrorResponse,
    Answer,
    BasicTokenIntrospectionResponse,
    StandardRevocableToken,
    BasicRevocationErrorResponse,
    EndpointSet,
    EndpointMaybeSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointSet,
>;

pub(super) fn party(provider: &Provider, client_id: &str) -> Result<Party> {
    let wrong = |error: oauth2::url::ParseError| silent("the provider names no good address").because(error);
    let device = provider.device_authorization_endpoint.clone();
    let device = device
        .map(oauth2::DeviceAuthorizationUrl::new)
        .transpose()
        .map_err(wrong)?;
    Ok(Client::new(ClientId::new(client_id.to_owned()))
        .set_auth_type(AuthType::RequestBody)
        .set_auth_uri(AuthUrl::new(provider.authorization_endpoint.clone()).map_err(wrong)?)
        .set_token_uri(TokenUrl::new(provider.token_endpoint.clone()).map_err(wrong)?)
        .set_device_authorization_url_option(device))
}

/// What was granted. It prints nothing of it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Granted {
    /// Who it is, for the hub.
    #[serde(skip)]
    pub id_token: String,
    /// What gets another one.
    pub refresh_token: Option<String>,
    /// What was asked with; it stands in every ID token of this sign-in.
    pub nonce: Option<String>,
}

impl Granted {
    pub(super) fn of(answer: &Answer, nonce: Option<String>) -> Result<Self> {
        let id_token = answer.extra_fields().id_token.clone();
        Ok(Self {
            id_token: id_token.ok_or_else(|| silent("the identity provider sent no ID token"))?,
            refresh_token: answer.refresh_token().map(|token| token.secret().clone()),
            nonce,
        })
    }
}

impl fmt::Debug for Granted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Granted(…)")
    }
}

/// Why nothing was granted. A provider's words are told; what it was sent is not.
pub(super) fn failed<T>(error: &RequestTokenError<Failure, T>) -> Error
where
    T: ErrorResponse + fmt::Display + 'static,
{
    match error {
        RequestTokenError::ServerResponse(answer) => ended(&format!("the provider says: {answer}")),
        RequestTokenError::Request(failure) => silent(failure.to_string()),
        RequestTokenError::Parse(..) => silent("the identity provider answered what nobody understands"),
        RequestTokenError::Other(what) => codes::PROVIDER_SILENT.error(what.clone()),
    }
}
