//! How often someone may ask: a bucket of tokens for each address and each token, filled steadily.

use crate::error::{Result, codes};
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

/// So many are remembered; past that, whoever has a full bucket is forgotten.
const REMEMBERED: usize = 10_000;

/// How often.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// So many a second; zero for as many as one likes.
    pub a_second: u32,
    /// So many at once.
    pub at_once: u32,
}

/// Buckets by whom they belong to.
#[derive(Debug)]
pub struct Gate<K> {
    rate: Rate,
    buckets: Mutex<HashMap<K, Bucket>>,
}

#[derive(Debug, Clone, Copy)]
struct Bucket {
    left: f64,
    at: Instant,
}

impl Bucket {
    fn fill(&mut self, rate: Rate, now: Instant) {
        let more = now.saturating_duration_since(self.at).as_secs_f64() * f64::from(rate.a_second);
        self.left = (self.left + more).min(f64::from(rate.at_once));
        self.at = now;
    }
}

impl<K: Hash + Eq> Gate<K> {
    /// All buckets are full.
    pub fn new(rate: Rate) -> Self {
        Self {
            rate,
            buckets: Mutex::new(HashMap::new()),
        }
    }

    /// Passes for one more.
    ///
    /// # Errors
    /// `E0807` when it is too early.
    pub fn pass(&self, who: K, now: Instant) -> Result<()> {
        if self.rate.a_second == 0 {
            return Ok(());
        }
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= REMEMBERED && !buckets.contains_key(&who) {
            self.forget(&mut buckets, now);
        }
        let full = Bucket {
            left: f64::from(self.rate.at_once),
            at: now,
        };
        let bucket = buckets.entry(who).or_insert(full);
        bucket.fill(self.rate, now);
        if bucket.left < 1.0 {
            return Err(codes::TOO_OFTEN.error("the hub was asked too often"));
        }
        bucket.left -= 1.0;
        Ok(())
    }

    /// Whoever has been away for long looks like someone new. If everybody is in a hurry, all begin anew: memory is
    /// bounded before everything else.
    fn forget(&self, buckets: &mut HashMap<K, Bucket>, now: Instant) {
        buckets.retain(|_, bucket| {
            bucket.fill(self.rate, now);
            bucket.left < f64::from(self.rate.at_once)
        });
        if buckets.len() >= REMEMBERED {
            buckets.clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    const RATE: Rate = Rate {
        a_second: 2,
        at_once: 3,
    };

    #[test]
    fn a_bucket_empties_and_fills_and_is_nobody_elses() {
        let (gate, start) = (Gate::new(RATE), Instant::now());
        assert!((0..3).all(|_| gate.pass("eva", start).is_ok()));
        assert_eq!(gate.pass("eva", start).unwrap_err().code.id, "E0807");
        assert!(gate.pass("jan", start).is_ok());
        let later = start + Duration::from_millis(500);
        assert!(gate.pass("eva", later).is_ok() && gate.pass("eva", later).is_err());
        let much_later = start + Duration::from_secs(3600);
        assert!((0..3).all(|_| gate.pass("eva", much_later).is_ok()));
        assert!(gate.pass("eva", much_later).is_err());
    }

    #[test]
    fn memory_is_bounded() {
        let (gate, now) = (Gate::new(RATE), Instant::now());
        assert!((0..3 * REMEMBERED).all(|who| gate.pass(who, now).is_ok()));
        assert!(gate.buckets.lock().unwrap().len() <= REMEMBERED);
    }
}
