//! Trying again: a few times, later each time, and only what does no harm twice.

use crate::error::{Error, Kind, codes};
use std::time::Duration;

/// So often it is tried in all.
pub const TRIES: u32 = 4;
/// The longest wait between two tries, whatever the hub says.
const LONGEST: Duration = Duration::from_secs(10);
/// The first wait; each further one is twice as long.
const FIRST: Duration = Duration::from_millis(150);

/// A failure on the way to the hub or at it.
#[derive(Debug)]
pub struct Failed {
    /// The failure.
    pub error: Error,
    /// How far the request came.
    pub reached: Reached,
    /// How long the hub asks to wait.
    pub retry_after: Option<Duration>,
}

/// How far a request came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reached {
    /// The hub has not got it, or says that it did nothing of it.
    Nowhere,
    /// Nobody knows what the hub did of it.
    Unknown,
    /// The hub has answered, and would answer the same again.
    Answered,
}

impl From<Error> for Failed {
    fn from(error: Error) -> Self {
        Self {
            error,
            reached: Reached::Answered,
            retry_after: None,
        }
    }
}

impl Failed {
    /// What the hub answered.
    pub fn answer(error: Error, retry_after: Option<Duration>) -> Self {
        let did_nothing = [&codes::HUB_BUSY, &codes::TOO_OFTEN, &codes::KEY_IN_FLIGHT].contains(&error.code);
        let reached = match error.kind() {
            _ if did_nothing => Reached::Nowhere,
            Kind::Unreachable => Reached::Unknown,
            _ => Reached::Answered,
        };
        Self {
            error,
            reached,
            retry_after,
        }
    }

    /// Whether it may be tried again. `twice` says that doing it twice does no harm.
    pub fn may_retry(&self, twice: bool) -> bool {
        match self.reached {
            Reached::Nowhere => true,
            Reached::Unknown => twice,
            Reached::Answered => false,
        }
    }
}

/// How long to wait before the next try. `chance` from 0 to 1 keeps many callers from coming back at once.
pub fn pause(tries: u32, asked: Option<Duration>, chance: f64) -> Duration {
    let own = FIRST * 2_u32.saturating_pow(tries) * 2;
    let own = own.mul_f64(chance.clamp(0.0, 1.0).mul_add(0.5, 0.5));
    own.max(asked.unwrap_or_default()).min(LONGEST)
}

/// From 0 to 1; where the machine has no randomness, a half.
pub fn chance() -> f64 {
    let mut random = [0; 2];
    match getrandom::fill(&mut random) {
        Ok(()) => f64::from(u16::from_be_bytes(random)) / f64::from(u16::MAX),
        Err(_) => 0.5,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_are_bounded_and_follow_the_hub() {
        let waits: Vec<Duration> = (0..3).map(|tries| pause(tries, None, 1.0)).collect();
        assert!(waits.windows(2).all(|two| two[1] == two[0] * 2), "{waits:?}");
        assert!(pause(0, None, 0.0) < pause(0, None, 1.0));
        assert_eq!(
            pause(0, Some(Duration::from_secs(3)), 1.0),
            Duration::from_secs(3)
        );
        assert_eq!(pause(20, Some(Duration::from_secs(3600)), 1.0), LONGEST);
    }

    #[test]
    fn what_might_have_been_done_is_done_again_only_when_that_does_no_harm() {
        let failed = |error: Error| Failed::answer(error, None);
        let busy = failed(codes::HUB_BUSY.error("busy"));
        let gone = failed(codes::BROKEN_OFF.error("gone"));
        let no = failed(codes::DENIED.error("no"));
        let tried = [busy, gone, no].map(|failed| (failed.may_retry(true), failed.may_retry(false)));
        assert_eq!(tried, [(true, true), (true, false), (false, false)]);
    }
}
