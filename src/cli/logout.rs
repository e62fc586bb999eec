//! `servhub logout`

use super::login::address;
use super::{App, Command, Outcome};
use crate::domain::token::TokenKind;
use crate::error::Result;
use crate::oidc::Web;
use crate::remote::secret::{Found, Kept, Secrets};
use crate::remote::sign_in::{HttpDoor, HubDoor, give_back};

/// Sign out: end the session at the hub, and forget its secret
#[derive(Debug, clap::Args)]
pub struct Logout {
    /// The address of the hub; else that of the store in force
    #[arg(long, value_name = "URL")]
    url: Option<String>,
}

impl Command for Logout {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let settings = app.settings_to_sign_in(self.url.is_some())?;
        let hub = address(&settings, self.url)?;
        let folder = settings.path.with_file_name("credentials");
        // What the environment tells is not ours to end.
        let secrets = Secrets::new(folder, None);
        let Some(Found::Kept(kept, _)) = secrets.find(&hub)? else {
            return Ok(Outcome::silent().note(format!("not signed in to {hub}; nothing left to do")));
        };
        let ended = end(&kept, &hub);
        let given_back = kept.renewal.as_ref().map_or(Ok(()), give_back);
        let place = secrets.forget(&hub)?;
        let place = place.map_or(String::new(), |place| {
            format!("; the secret is no longer in {place}")
        });
        let mut outcome = Outcome::silent().note(format!("signed out of {hub}{place}"));
        if let Err(error) = given_back {
            outcome = outcome.note(format!(
                "the provider could not be told that the sign-in is over: {error}; what it granted is forgotten here"
            ));
        }
        Ok(match ended {
            Ok(()) => outcome,
            Err(error) => outcome.failing(error.hint(format!(
                "the secret is forgotten, but the session goes on until {}: `servhub token revoke` ends it",
                kept.expires_at
            ))),
        })
    }
}

/// A personal token that was handed over may serve elsewhere; a session is of this sign-in alone.
fn end(kept: &Kept, hub: &str) -> Result<()> {
    match kept.secret() {
        Ok(secret) if secret.kind() == TokenKind::Session => HttpDoor::new(Web::new()?, hub)?.close(&secret),
        _ => Ok(()),
    }
}
