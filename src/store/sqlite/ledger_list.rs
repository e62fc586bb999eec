//! The ledger as lists, with the names of what each entry hangs from.

use super::Read;
use super::ledger::{Entry, entry};
use super::scope::Conditions;
use crate::domain::Day;
use crate::domain::entitlement::Service;
use crate::error::Result;
use crate::store::engine::{self, Row};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Which entries.
#[derive(Debug, Clone, Copy, Default)]
pub struct Entries<'a> {
    /// Key of the only entitlement.
    pub entitlement: Option<i64>,
    /// Keys of the workspaces; none means all.
    pub workspaces: Option<&'a [i64]>,
    /// Key of the only contract.
    pub contract: Option<i64>,
    /// Key of the only package.
    pub package: Option<i64>,
    /// The only services; empty means all.
    pub services: &'a [Service],
    /// First day.
    pub from: Option<Day>,
    /// Last day.
    pub up_to: Option<Day>,
    /// The only reference.
    pub reference: Option<&'a str>,
    /// Name of the only source.
    pub source: Option<&'a str>,
    /// Key shared by the parts of one draw (L-5).
    pub draw: Option<&'a str>,
    /// Number of the entry after which to go on.
    pub after: Option<i64>,
    /// At most so many.
    pub limit: Option<usize>,
    /// Only those that name no engagement.
    pub without_engagement: bool,
}

/// An entry with the names of what it hangs from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct EntryLine {
    /// The entry.
    pub entry: Entry,
    /// Code of its entitlement.
    pub entitlement: String,
    /// Number of its contract.
    pub contract: String,
    /// Name of its workspace.
    pub workspace: String,
}

impl Entries<'_> {
    fn conditions(&self) -> Conditions {
        let mut on = Conditions::default();
        on.compare("l.entitlement_id =", self.entitlement);
        if let Some(keys) = self.workspaces {
            let keys = on.bind_keys(keys);
            on.require(format!(
                "l.entitlement_id IN (SELECT entitlement_id FROM ledger_total WHERE workspace_id IN {keys})"
            ));
            on.require(format!("l.workspace_id IN {keys}"));
        }
        on.compare("s.contract_id =", self.contract);
        on.compare("e.package_id =", self.package);
        if !self.services.is_empty() {
            let words: Vec<String> = self
                .services
                .iter()
                .map(|s| on.bind(s.word().to_owned()))
                .collect();
            on.require(format!("e.service IN ({})", words.join(", ")));
        }
        on.compare("l.delivered_on >=", self.from.map(|day| i64::from(day.number())));
        on.compare("l.delivered_on <=", self.up_to.map(|day| i64::from(day.number())));
        on.compare("l.reference =", self.reference.map(str::to_owned));
        on.compare("o.name =", self.source.map(str::to_owned));
        on.compare("l.draw =", self.draw.map(str::to_owned));
        on.compare("l.id >", self.after);
        if self.without_engagement {
            on.require("NOT EXISTS (SELECT 1 FROM engagement g WHERE g.code = l.reference)".to_owned());
        }
        on
    }
}

impl Read<'_> {
    /// Entries by their number, which is the order of recording.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn entries(&self, wanted: Entries<'_>) -> Result<Vec<EntryLine>> {
        let mut on = wanted.conditions();
        let clause = on.clause();
        let limit = wanted
            .limit
            .map_or(i64::MAX, |limit| i64::try_from(limit).unwrap_or(i64::MAX));
        let limit = on.bind(limit);
        let sql = format!(
            "SELECT l.*, o.name AS source, r.recorded_by, r.recorded_at, e.code AS entitlement, c.number AS contract,
               w.name AS workspace
             FROM ledger l JOIN source o ON o.id = l.source_id JOIN recording r ON r.id = l.recording_id
               JOIN entitlement e ON e.id = l.entitlement_id JOIN package p ON p.id = e.package_id
               JOIN schedule s ON s.id = p.schedule_id JOIN contract c ON c.id = s.contract_id
               JOIN workspace w ON w.id = l.workspace_id
             {clause} ORDER BY l.id LIMIT {limit}"
        );
        let mut statement = self.conn.prepare_cached(&sql)?;
        let rows = statement.query_map(on.values(), line)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

fn line(row: &Row<'_>) -> engine::Result<EntryLine> {
    Ok(EntryLine {
        entry: entry(row)?,
        entitlement: row.get("entitlement")?,
        contract: row.get("contract")?,
        workspace: row.get("workspace")?,
    })
}
