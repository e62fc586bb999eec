//! Signing in to a hub that is somewhere else: the identity provider vouches for the person, the hub answers with a
//! session.

mod browser;
mod device;
mod door;
mod grant;
mod present;
mod revoke;

pub use browser::Browser;
pub use device::{Device, Prompt};
pub use door::{HttpDoor, HubDoor};
pub use grant::Granted;
pub use present::present;
pub use revoke::give_back;

use crate::error::{Error, Result, codes};
use crate::hub::sign_in::{Begin, Offer, Opened};
use crate::oidc::{Provider, Web};
use grant::Party;

/// The identity provider of a hub, ready to be asked.
#[derive(Debug)]
pub struct Desk {
    web: Web,
    provider: Provider,
    client_id: String,
    scopes: Vec<String>,
}

impl Desk {
    /// The provider that a hub names.
    ///
    /// # Errors
    /// `E0205` for a hub without one; `E0206` when the provider does not answer.
    pub fn of(offer: &Offer, web: Web) -> Result<Self> {
        let (Some(issuer), Some(client_id)) = (&offer.issuer, &offer.client_id) else {
            return Err(codes::NOT_ACCEPTED
                .error("this hub has no identity provider")
                .hint("sign in with a token: `servhub login --token -`"));
        };
        Ok(Self {
            provider: Provider::discover(&web, issuer)?,
            web,
            client_id: client_id.clone(),
            scopes: offer.scopes.clone(),
        })
    }

    /// Whether one can sign in with another machine's browser.
    pub fn has_device_flow(&self) -> bool {
        self.provider.device_authorization_endpoint.is_some()
    }

    /// A new grant for what was granted before, without the person.
    ///
    /// # Errors
    /// `E0207` when the provider wants to see the person again; `E0206` when it does not answer.
    pub fn renew(&self, before: &Granted) -> Result<Granted> {
        let refresh = before
            .refresh_token
            .clone()
            .ok_or_else(|| ended("it cannot be renewed"))?;
        let party = self.party()?;
        let answer = party
            .exchange_refresh_token(&oauth2::RefreshToken::new(refresh))
            .request(&|request| self.web.exchange(request))
            .map_err(|error| grant::failed(&error))?;
        let mut granted = Granted::of(&answer, before.nonce.clone())?;
        // A provider that does not rotate refresh tokens sends none.
        granted.refresh_token = granted.refresh_token.or_else(|| before.refresh_token.clone());
        Ok(granted)
    }

    fn party(&self) -> Result<Party> {
        grant::party(&self.provider, &self.client_id)
    }

    fn scopes(&self) -> impl Iterator<Item = oauth2::Scope> {
        self.scopes.iter().cloned().map(oauth2::Scope::new)
    }
}

/// Opens a session with what the provider granted.
///
/// # Errors
/// As the hub says.
pub fn open(door: &dyn HubDoor, granted: &Granted) -> Result<Opened> {
    door.open(&Begin {
        id_token: granted.id_token.clone(),
        nonce: granted.nonce.clone(),
    })
}

/// Something that nobody can guess: 256 bits, as letters of an address.
fn unguessable() -> Result<String> {
    let mut random = [0_u8; 32];
    getrandom::fill(&mut random).map_err(|error| {
        codes::IO_FAILED
            .error("this machine has no randomness")
            .because(error)
    })?;
    Ok(random.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// "Nobody went on."
fn ended(what: &str) -> Error {
    codes::SIGN_IN_ENDED
        .error(format!("the sign-in did not come to its end: {what}"))
        .hint("`servhub login` signs in")
}
