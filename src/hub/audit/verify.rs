//! Is the trail as it was written, and does the ledger still hold what the trail says?

use super::entries::Vouched;
use super::hexadecimal;
use crate::audit::{Chain, Entry};
use crate::error::{Error, Result, codes};
use crate::hub::{Query, Reading, Route};
use crate::output::{Cell, Column, Tabular, col};
use crate::policy::needs::ReadAudit;
use crate::store::Read;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::ops::ControlFlow;

/// Recomputes the whole chain, and the digests of the ledger entries that its records vouch for.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Verify {
    /// A hash noted earlier, kept elsewhere: the chain must still contain it.
    pub contains: Option<String>,
}

/// What was verified.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Verified {
    /// How many records there are.
    pub records: i64,
    /// How many ledger entries are as their records say: all there are.
    pub entries: i64,
    /// The hash of the newest record: noted elsewhere, it tells later whether the past was rewritten.
    pub head: String,
}

impl Query for Verify {
    const NAME: &'static str = "audit.verify";
    const ROUTE: Route = Route::get("/audit/verification");
    type Needs = ReadAudit;
    type Answer = Verified;

    fn answer(&self, at: &Reading<'_, ReadAudit>) -> Result<Verified> {
        self.walk(at)
    }
}

impl Verify {
    /// The check itself, for `doctor` as well.
    pub(in crate::hub) fn walk(&self, at: &Read<'_>) -> Result<Verified> {
        let mut walk = Walk::new(self.contains.as_deref());
        let mut vouched = Vouched::default();
        at.each_audit(0, |(id, entry, hash)| {
            walk.step(id, &entry, &hash)?;
            vouched.compare(at, id, &entry)?;
            Ok(ControlFlow::Continue(()))
        })?;
        let verified = walk.end(at.audit_head()?)?;
        let entries = vouched.all(at)?;
        Ok(Verified { entries, ..verified })
    }
}

/// The walk along the chain.
struct Walk<'a> {
    last: i64,
    chain: Vec<u8>,
    wanted: Option<&'a str>,
}

impl<'a> Walk<'a> {
    fn new(wanted: Option<&'a str>) -> Self {
        Self {
            last: 0,
            chain: vec![0; 32],
            wanted,
        }
    }

    fn step(&mut self, id: i64, entry: &Entry, hash: &[u8]) -> Result<()> {
        let due = self.last + 1;
        if id != due {
            return Err(broken(format!("audit record {due} is missing")));
        }
        if Chain::from_hash(&self.chain).next(id, entry) != *hash {
            let (action, subject) = (&entry.action, &entry.subject);
            let message = format!(
                "audit record {id} ({action} of {subject}, {}) was altered",
                entry.at
            );
            return Err(broken(message));
        }
        if self.wanted == Some(hexadecimal(hash).as_str()) {
            self.wanted = None;
        }
        (self.last, self.chain) = (id, hash.to_vec());
        Ok(())
    }

    fn end(self, (head, hash): (i64, Vec<u8>)) -> Result<Verified> {
        if head > self.last {
            let due = self.last + 1;
            let lost = head - self.last;
            let message =
                format!("audit record {due} is missing: the end of the chain was cut off, {lost} in all");
            return Err(broken(message));
        }
        if head < self.last || hash != self.chain {
            let message = format!(
                "audit record {} does not fit the kept end of the chain (record {head})",
                self.last
            );
            return Err(broken(message));
        }
        if let Some(wanted) = self.wanted {
            return Err(broken(format!("no audit record has the hash {wanted}")).hint(
                "the chain agrees with itself, so it was rewritten as a whole, or this is another store",
            ));
        }
        Ok(Verified {
            records: self.last,
            entries: 0,
            head: hexadecimal(&hash),
        })
    }
}

pub(super) fn broken(message: String) -> Error {
    codes::AUDIT_BROKEN
        .error(message)
        .hint("compare with the newest `servhub backup` to see what was changed")
}

impl Tabular for Verified {
    const SCHEMA: &'static str = "audit.verify/1";
    const COLUMNS: &'static [Column] = &[col("verified"), col("records"), col("entries"), col("head")];

    fn cells(&self) -> Vec<Cell> {
        vec![
            true.into(),
            self.records.into(),
            self.entries.into(),
            (&self.head).into(),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Instant;

    fn entry(subject: &str) -> Entry {
        Entry {
            at: Instant::from_seconds(0),
            actor: "anna".to_owned(),
            on_behalf: None,
            action: "test.touch".to_owned(),
            subject: subject.to_owned(),
            before: None,
            after: None,
            reason: None,
            ticket: None,
            origin: "test".to_owned(),
        }
    }

    /// A chain of three, and what the walk says of `records` with the head kept as `head`.
    fn walk(pick: &[usize], head: usize) -> Result<Verified> {
        let mut chain = Chain::START;
        let mut all = Vec::new();
        for id in 1..=3 {
            let hash = chain.next(id, &entry("x"));
            chain = Chain::from_hash(&hash);
            all.push((id, hash.to_vec()));
        }
        let mut walk = Walk::new(None);
        for &place in pick {
            walk.step(all[place].0, &entry("x"), &all[place].1)?;
        }
        walk.end(all[head].clone())
    }

    /// Rules: X-2
    #[test]
    fn the_walk_names_what_is_missing() {
        assert_eq!(walk(&[0, 1, 2], 2).unwrap().records, 3);
        let says = |pick: &[usize], head| walk(pick, head).unwrap_err().to_string();
        assert!(says(&[0, 2], 2).starts_with("audit record 2 is missing"));
        assert!(says(&[1, 2], 2).starts_with("audit record 1 is missing"));
        assert!(says(&[0], 2).contains("record 2 is missing: the end"));
        assert!(says(&[0, 1, 2], 1).contains("does not fit the kept end"));
    }
}
