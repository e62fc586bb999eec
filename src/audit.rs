//! What an audit record says, and how records are chained.

use crate::domain::Instant;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// Who did what, to what, why, when and from where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
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

/// What of a ledger entry the digest of its recording covers.
#[derive(Debug, Clone, Copy)]
#[expect(missing_docs, reason = "the fields of the ledger, by their names")]
pub struct EntryContent<'a> {
    pub id: i64,
    pub entitlement_id: i64,
    pub workspace_id: i64,
    /// Days since 1970-01-01.
    pub delivered_on: i32,
    /// Hundredths.
    pub quantity: i64,
    pub reference: Option<&'a str>,
    pub note: Option<&'a str>,
    pub source_id: i64,
    pub source_key: &'a str,
    pub late: bool,
    pub corrects: Option<i64>,
    pub reason: Option<&'a str>,
    pub draw: Option<&'a str>,
}

/// The digest over entries in the order of their numbers: a record of a recording carries it, so that an
/// entry altered or removed later is found.
#[derive(Debug, Clone, Default)]
pub struct EntriesDigest {
    hash: Sha256,
    piece: Vec<u8>,
}

impl EntriesDigest {
    /// Adds the next entry: fixed-width numbers, and texts with their lengths.
    pub fn add(&mut self, entry: &EntryContent<'_>) {
        for number in [
            entry.id,
            entry.entitlement_id,
            entry.workspace_id,
            i64::from(entry.delivered_on),
            entry.quantity,
            entry.source_id,
            i64::from(entry.late),
            entry.corrects.unwrap_or(0),
        ] {
            self.piece.extend_from_slice(&number.to_be_bytes());
        }
        let texts = [
            Some(entry.source_key),
            entry.reference,
            entry.note,
            entry.reason,
            entry.draw,
        ];
        for text in texts {
            // A missing text has a length that none can have.
            let length = text.map_or(u32::MAX, |text| u32::try_from(text.len()).unwrap_or(u32::MAX - 1));
            self.piece.extend_from_slice(&length.to_be_bytes());
            self.piece.extend_from_slice(text.unwrap_or_default().as_bytes());
        }
        // Hashed in larger pieces: many small ones cost more than the copying.
        if self.piece.len() >= 4096 {
            self.hash.update(&self.piece);
            self.piece.clear();
        }
    }

    /// The digest as hexadecimal digits.
    pub fn finish(mut self) -> String {
        self.hash.update(&self.piece);
        let digits = b"0123456789abcdef";
        let bytes = self.hash.finalize();
        bytes
            .iter()
            .flat_map(|byte| [digits[usize::from(byte >> 4)], digits[usize::from(byte & 15)]])
            .map(char::from)
            .collect()
    }
}

/// The entries that a recording wrote, as its audit record names them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct EntryRange {
    /// Number of the first.
    pub first: i64,
    /// Number of the last; all between belong to the same recording.
    pub last: i64,
    /// [`EntriesDigest`] over them.
    pub sha256: String,
}
