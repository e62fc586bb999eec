//! The audit trail: reading it, and checking that nobody changed it.

mod entries;
mod file;
mod verify;

pub use file::{File, Form};
pub use verify::{Verified, Verify};

use super::{Query, Reading, Route};
use crate::audit::Entry;
use crate::domain::Day;
use crate::error::{Result, codes};
use crate::output::{Cell, Column, Cut, Tabular, col};
use crate::policy::needs::ReadAudit;
use crate::store::{AuditFilter, Recorded};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Which records are wanted.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
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
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
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
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
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
    const ROUTE: Route = Route::get("/audit");
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

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
