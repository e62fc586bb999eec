//! The audit trail: reading it, and checking that nobody changed it.

use super::{Query, Reading};
use crate::audit::{Chain, Entry};
use crate::domain::Day;
use crate::error::{Error, Result, codes};
use crate::output::{Cell, Column, Cut, Tabular, col};
use crate::policy::needs::ReadAudit;
use crate::store::{AuditFilter, Read, Recorded};
use std::ops::ControlFlow;

/// Which records are wanted.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// Only those of one acting person, or done on behalf of that person.
    pub person: Option<String>,
    /// Only those of this day (UTC) and later.
    pub since: Option<Day>,
    /// Only those of this day (UTC) and earlier.
    pub until: Option<Day>,
    /// Only those whose subject begins so, such as `contract:` or `contract:0123`.
    pub what: Option<String>,
    /// Only those of one operation, or of all that begin so, such as `ledger.`.
    pub action: Option<String>,
}

impl Wanted {
    fn filter(&self) -> AuditFilter<'_> {
        AuditFilter {
            person: self.person.as_deref(),
            from: self.since.map(Day::start_utc),
            before: self.until.map(|day| day.plus(1).start_utc()),
            subject: self.what.as_deref(),
            action: self.action.as_deref(),
        }
    }
}

/// A record as it is shown.
#[derive(Debug)]
pub struct Line {
    /// Its number in the chain.
    pub id: i64,
    /// What it says.
    pub entry: Entry,
    /// The chain's hash up to it, as hexadecimal digits.
    pub hash: String,
}

impl From<Recorded> for Line {
    fn from((id, entry, hash): Recorded) -> Self {
        Self {
            id,
            entry,
            hash: hexadecimal(&hash),
        }
    }
}

impl Tabular for Line {
    const SCHEMA: &'static str = "audit.list/1";
    const COLUMNS: &'static [Column] = &[
        col("record"),
        col("at"),
        col("actor"),
        col("on_behalf"),
        col("action"),
        col("subject"),
        col("reason"),
        col("ticket"),
        col("origin").quiet(),
        col("before").quiet(),
        col("after").quiet(),
        col("hash").quiet(),
    ];

    fn cells(&self) -> Vec<Cell> {
        let e = &self.entry;
        vec![
            self.id.into(),
            e.at.into(),
            (&e.actor).into(),
            (&e.on_behalf).into(),
            (&e.action).into(),
            (&e.subject).into(),
            (&e.reason).into(),
            (&e.ticket).into(),
            (&e.origin).into(),
            (&e.before).into(),
            (&e.after).into(),
            (&self.hash).into(),
        ]
    }
}

/// Lists records, newest first.
#[derive(Debug, Default)]
pub struct List {
    /// Which ones.
    pub wanted: Wanted,
    /// At most so many; none for all.
    pub limit: Option<u32>,
    /// Where the previous page ended.
    pub page_token: Option<String>,
}

impl Query for List {
    const NAME: &'static str = "audit.list";
    type Needs = ReadAudit;
    type Answer = (Vec<Line>, Option<Cut>);

    fn answer(&self, at: &Reading<'_, ReadAudit>) -> Result<Self::Answer> {
        let token = self.page_token.as_deref().map(|text| {
            text.parse::<i64>().map_err(|_| {
                codes::BAD_TOKEN
                    .error(format!("\"{text}\" is no page token of `audit list`"))
                    .hint("a token is the number that the previous page printed")
            })
        });
        let limit = self.limit.map_or(i64::MAX - 1, i64::from);
        let filter = self.wanted.filter();
        let mut found = at.audit_page(&filter, token.transpose()?, limit + 1)?;
        let more = i64::try_from(found.len()).is_ok_and(|n| n > limit);
        if !more {
            return Ok((found.into_iter().map(Line::from).collect(), None));
        }
        found.pop();
        let cut = Cut {
            total: Some(at.audit_count(&filter)?),
            next: found.last().map_or(0, |(id, ..)| *id).to_string(),
        };
        Ok((found.into_iter().map(Line::from).collect(), Some(cut)))
    }
}

/// Hands every wanted record to `each`, oldest first; nothing is gathered, however many there are.
pub struct Export<'a> {
    /// Which ones.
    pub wanted: Wanted,
    /// Takes a record.
    pub each: &'a dyn Fn(Line) -> Result<()>,
}

impl Query for Export<'_> {
    const NAME: &'static str = "audit.export";
    type Needs = ReadAudit;
    type Answer = u64;

    fn answer(&self, at: &Reading<'_, ReadAudit>) -> Result<u64> {
        let mut count = 0;
        at.each_audit_of(&self.wanted.filter(), |recorded| {
            count += 1;
            (self.each)(recorded.into())
        })?;
        Ok(count)
    }
}

/// Recomputes the whole chain.
#[derive(Debug, Default)]
pub struct Verify {
    /// A hash noted earlier, kept elsewhere: the chain must still contain it.
    pub contains: Option<String>,
}

/// What was verified.
#[derive(Debug, PartialEq, Eq)]
pub struct Verified {
    /// How many records there are.
    pub records: i64,
    /// How many of them vouch for a range of ledger entries, which was recomputed.
    pub ranges: i64,
    /// The hash of the newest record: noted elsewhere, it tells later whether the past was rewritten.
    pub head: String,
}

impl Query for Verify {
    const NAME: &'static str = "audit.verify";
    type Needs = ReadAudit;
    type Answer = Verified;

    fn answer(&self, at: &Reading<'_, ReadAudit>) -> Result<Verified> {
        self.walk(at)
    }
}

impl Verify {
    /// The check itself, for `doctor` as well.
    pub(super) fn walk(&self, at: &Read<'_>) -> Result<Verified> {
        let mut walk = Walk::new(self.contains.as_deref());
        at.each_audit(0, |(id, entry, hash)| {
            walk.step(id, &entry, &hash)?;
            Ok(ControlFlow::Continue(()))
        })?;
        walk.end(at.audit_head()?)
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
            ranges: 0,
            head: hexadecimal(&hash),
        })
    }
}

fn broken(message: String) -> Error {
    codes::AUDIT_BROKEN
        .error(message)
        .hint("compare with the newest `servhub backup` to see what was changed")
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

impl Tabular for Verified {
    const SCHEMA: &'static str = "audit.verify/1";
    const COLUMNS: &'static [Column] = &[col("verified"), col("records"), col("ledger_ranges"), col("head")];

    fn cells(&self) -> Vec<Cell> {
        vec![
            true.into(),
            self.records.into(),
            self.ranges.into(),
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
