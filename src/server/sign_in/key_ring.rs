//! The provider's keys, kept for a while. A key that is not known is looked for once more, and not at every knock.

use crate::domain::Instant;
use crate::error::Result;
use crate::oidc::{Keys, Provider, Web, check_address, silent};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

/// Keys are fetched anew after so many seconds, so that one that was withdrawn does not serve for ever.
const STALE: i64 = 3600;
/// Keys that did not help are fetched again after so many seconds at the earliest: tokens with made-up keys must not
/// make the hub knock at the provider's door all the time.
const PAUSE: i64 = 10;

#[derive(Debug, Clone)]
struct Fetched {
    keys: Arc<Keys>,
    at: Instant,
}

/// The keys of one provider.
#[derive(Debug)]
pub struct KeyRing {
    issuer: String,
    web: Web,
    kept: RwLock<Option<Fetched>>,
    /// When the provider was last asked, whatever came of it. Whoever holds it asks; the others wait for what comes of it.
    asked: Mutex<Option<Instant>>,
}

impl KeyRing {
    /// Asks nobody yet.
    ///
    /// # Errors
    /// `E0100` for an issuer that is not secured.
    pub fn new(issuer: &str) -> Result<Self> {
        check_address(issuer)?;
        Ok(Self {
            issuer: issuer.to_owned(),
            web: Web::new()?,
            kept: RwLock::default(),
            asked: Mutex::default(),
        })
    }

    /// The keys, fetched anew where these are old, or have none of this id.
    ///
    /// # Errors
    /// `E0206` when there are none and the provider does not answer.
    pub fn keys(&self, id: Option<&str>, now: Instant) -> Result<Arc<Keys>> {
        if let Some(kept) = self.usable(id, now) {
            return Ok(kept);
        }
        let mut asked = lock(&self.asked);
        // Somebody else may have fetched them meanwhile.
        if let Some(kept) = self.usable(id, now) {
            return Ok(kept);
        }
        let kept = self.kept().map(|kept| kept.keys);
        let lately = asked.is_some_and(|last| (0..PAUSE).contains(&last.seconds_until(now)));
        if lately {
            return kept.ok_or_else(|| silent("the identity provider did not answer a moment ago"));
        }
        *asked = Some(now);
        match self.fetch() {
            Ok(keys) => {
                let keys = Arc::new(keys);
                let fetched = Fetched {
                    keys: Arc::clone(&keys),
                    at: now,
                };
                *self.kept.write().unwrap_or_else(PoisonError::into_inner) = Some(fetched);
                Ok(keys)
            }
            // A provider that is away for a moment does not lock out whoever has a token of a known key.
            Err(error) => match kept {
                Some(keys) if id.is_none_or(|id| keys.has(id)) => Ok(keys),
                _ => Err(error),
            },
        }
    }

    fn fetch(&self) -> Result<Keys> {
        let provider = Provider::discover(&self.web, &self.issuer)?;
        Keys::fetch(&self.web, &provider.jwks_uri)
    }

    fn kept(&self) -> Option<Fetched> {
        self.kept.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn usable(&self, id: Option<&str>, now: Instant) -> Option<Arc<Keys>> {
        let young = |kept: &Fetched| (0..STALE).contains(&kept.at.seconds_until(now));
        let has = |kept: &Fetched| id.is_none_or(|id| kept.keys.has(id));
        self.kept()
            .filter(|kept| young(kept) && has(kept))
            .map(|kept| kept.keys)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
