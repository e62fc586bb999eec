//! The device flow (RFC 8628): a code is shown here, and the person goes on in a browser anywhere.

use super::{Desk, Granted, grant};
use crate::error::Result;
use oauth2::StandardDeviceAuthorizationResponse;
use std::time::Duration;

/// The longest that is waited for a person, whatever the provider says.
const PATIENCE: Duration = Duration::from_secs(15 * 60);

/// What is shown to the person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prompt {
    /// Where to go.
    pub address: String,
    /// What to type there.
    pub code: String,
    /// Where to go with the code in the address, for a machine that can follow it.
    pub whole: Option<String>,
}

/// A sign-in with a code.
#[derive(Debug)]
pub struct Device<'a> {
    desk: &'a Desk,
    begun: StandardDeviceAuthorizationResponse,
}

impl<'a> Device<'a> {
    /// Begins one.
    ///
    /// # Errors
    /// `E0206` when the provider has no such way, or does not answer.
    pub fn begin(desk: &'a Desk) -> Result<Self> {
        let party = desk.party()?;
        let request = party
            .exchange_device_code()
            .map_err(|_| crate::oidc::silent("the identity provider signs no devices in; use --browser"))?;
        let begun = request
            .add_scopes(desk.scopes().filter(|scope| scope.as_str() != "openid"))
            .add_scope(oauth2::Scope::new("openid".to_owned()))
            .request(&|request| desk.web.exchange(request))
            .map_err(|error| grant::failed(&error))?;
        Ok(Self { desk, begun })
    }

    /// What to show.
    pub fn prompt(&self) -> Prompt {
        Prompt {
            address: self.begun.verification_uri().to_string(),
            code: self.begun.user_code().secret().clone(),
            whole: self
                .begun
                .verification_uri_complete()
                .map(|whole| whole.secret().clone()),
        }
    }

    /// Waits until the person has gone on, asking as often as the provider allows.
    ///
    /// # Errors
    /// `E0207` when the person declined or did not go on in time; `E0206` when the provider does not answer.
    pub fn wait(&self) -> Result<Granted> {
        let party = self.desk.party()?;
        let limit = self.begun.expires_in().min(PATIENCE);
        let answer = party
            .exchange_device_access_token(&self.begun)
            .set_max_backoff_interval(Duration::from_secs(30))
            .request(
                &|request| self.desk.web.exchange(request),
                std::thread::sleep,
                Some(limit),
            )
            .map_err(|error| grant::failed(&error))?;
        Granted::of(&answer, None)
    }
}
