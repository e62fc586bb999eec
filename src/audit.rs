//! What an audit record says, and how records are chained.

use crate::domain::Instant;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// Who did what, to what, why, when and from where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// When.
    pub at: Instant,
    /// Who.
    pub actor: String,
    /// For whom, when not for oneself.
    pub on_behalf: Option<String>,
    /// Which operation, such as `ledger.record`.
    pub action: String,
    /// What it was done to, such as `contract:012345678`.
    pub subject: String,
    /// The state before, as JSON; none for something new.
    pub before: Option<String>,
    /// The state after, as JSON; none for something removed.
    pub after: Option<String>,
    /// Why (`--reason`).
    pub reason: Option<String>,
    /// Where it was asked for (`--ticket`).
    pub ticket: Option<String>,
    /// From where: the program and the machine.
    pub origin: String,
}

/// The chain's hash up to a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chain([u8; 32]);

impl Chain {
    /// The hash before the first record.
    pub const START: Self = Self([0; 32]);

    /// Continues from a stored hash; one of a wrong length can match nothing and breaks the chain.
    pub fn from_hash(hash: &[u8]) -> Self {
        Self(hash.try_into().unwrap_or([0xFF; 32]))
    }

    /// The hash of the record that follows: over the previous hash, the id and every field, each with its
    /// length, so that no two records share an encoding.
    pub fn next(&self, id: i64, entry: &Entry) -> [u8; 32] {
        let mut hash = Sha256::new();
        hash.update(self.0);
        hash.update(id.to_be_bytes());
        hash.update(entry.at.seconds().to_be_bytes());
        let optional = [
            &entry.on_behalf,
            &entry.before,
            &entry.after,
            &entry.reason,
            &entry.ticket,
        ];
        let required = [&entry.actor, &entry.action, &entry.subject, &entry.origin];
        let fields = optional
            .iter()
            .map(|field| field.as_deref())
            .chain(required.iter().map(|field| Some(field.as_str())));
        for field in fields {
            match field {
                None => hash.update([0]),
                Some(text) => {
                    hash.update([1]);
                    hash.update((text.len() as u64).to_be_bytes());
                    hash.update(text.as_bytes());
                }
            }
        }
        hash.finalize().into()
    }
}
