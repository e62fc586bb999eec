//! The token that a command shows: found where it is kept, and renewed when it is about to run out.

use super::{Desk, HubDoor, open};
use crate::domain::Instant;
use crate::domain::token::Secret;
use crate::error::{Error, Kind, Result};
use crate::oidc::Web;
use crate::remote::secret::{Found, Kept, Place, Renewal, Secrets, nobody};

/// A session that ends within so many seconds is renewed before it is used.
const SOON: i64 = 60;

/// The token for a hub.
///
/// # Errors
/// `E0201` when nobody is signed in, or the session ended and cannot be renewed; else as the hub, the provider or the
/// keyring say.
pub fn present(secrets: &Secrets, door: &dyn HubDoor, hub: &str, now: Instant) -> Result<Secret> {
    match secrets.find(hub)? {
        None => Err(nobody(&format!("no token for {hub} is kept"))),
        Some(Found::Told(secret)) => Ok(secret),
        Some(Found::Kept(kept, _)) if now.seconds_until(kept.expires_at) > SOON => kept.secret(),
        Some(Found::Kept(..)) => {
            let _alone = secrets.alone(hub)?;
            // Somebody else may have renewed it meanwhile.
            match secrets.find(hub)? {
                Some(Found::Kept(kept, _)) if now.seconds_until(kept.expires_at) > SOON => kept.secret(),
                Some(Found::Kept(kept, place)) => renewed(secrets, door, hub, &kept, &place)?.secret(),
                _ => Err(nobody(&format!("no token for {hub} is kept"))),
            }
        }
    }
}

/// Opens another session and keeps it where the one before was.
fn renewed(secrets: &Secrets, door: &dyn HubDoor, hub: &str, kept: &Kept, place: &Place) -> Result<Kept> {
    let over = || nobody(&format!("the session ended at {}", kept.expires_at));
    let renewal = kept.renewal.as_ref().ok_or_else(over)?;
    let asked = |error: Error| match error.kind() {
        // The person has to come.
        Kind::Denied => over().because(error),
        _ => error,
    };
    let desk = Desk::of(&renewal.offer, Web::new()?)?;
    let granted = desk.renew(&renewal.granted).map_err(asked)?;
    let opened = open(door, &granted).map_err(asked)?;
    let kept = Kept::of(
        &opened,
        Some(Renewal {
            offer: renewal.offer.clone(),
            granted,
        }),
    );
    secrets.keep(hub, &kept, matches!(place, Place::File(_)))?;
    Ok(kept)
}
