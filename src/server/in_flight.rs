//! Keys of requests that are being filed at this moment: a second try must wait for the first.

use crate::error::{Result, codes};
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

type Key = (String, String);

/// The keys, each with whose it is.
#[derive(Debug, Clone, Default)]
pub struct InFlight(Arc<Mutex<BTreeSet<Key>>>);

/// Keys that are taken until this is dropped.
#[derive(Debug)]
pub struct Taken {
    all: InFlight,
    keys: Vec<Key>,
}

impl InFlight {
    fn lock(&self) -> MutexGuard<'_, BTreeSet<Key>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes keys, all or none.
    ///
    /// # Errors
    /// `E0811` when one is taken.
    pub fn begin(&self, who: &str, keys: Vec<String>) -> Result<Taken> {
        let keys: Vec<Key> = keys.into_iter().map(|key| (who.to_lowercase(), key)).collect();
        let mut taken = self.lock();
        if let Some((_, key)) = keys.iter().find(|key| taken.contains(key)) {
            return Err(codes::KEY_IN_FLIGHT
                .error(format!("the request with the key \"{key}\" is being filed (Q-1)")));
        }
        taken.extend(keys.iter().cloned());
        drop(taken);
        Ok(Taken {
            all: self.clone(),
            keys,
        })
    }
}

impl Drop for Taken {
    fn drop(&mut self) {
        let mut taken = self.all.lock();
        for key in &self.keys {
            taken.remove(key);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rules: Q-1
    #[test]
    fn a_key_is_taken_by_one_at_a_time_and_for_one_person() {
        let all = InFlight::default();
        let first = all.begin("Eva", vec!["k".to_owned(), "l".to_owned()]).unwrap();
        assert_eq!(
            all.begin("eva", vec!["m".to_owned(), "l".to_owned()])
                .unwrap_err()
                .code
                .id,
            "E0811"
        );
        let _other = all.begin("jan", vec!["k".to_owned()]).unwrap();
        // What was refused took nothing.
        let _more = all.begin("eva", vec!["m".to_owned()]).unwrap();
        drop(first);
        assert!(all.begin("eva", vec!["k".to_owned()]).is_ok());
    }
}
