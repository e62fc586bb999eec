//! The entries of the ledger as a list.

use crate::domain::Day;
use crate::error::{Result, codes};
use crate::hub::{Query, Reading, Route};
use crate::output::{Cell, Column, Tabular, col};
use crate::policy::needs::ReadActivity;
use crate::store::{Entries, EntryLine, Named};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Lists entries in the order in which they were recorded.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct List {
    /// Id of the only entitlement.
    pub entitlement: Option<String>,
    /// The only workspace, by name or id.
    pub workspace: Option<String>,
    /// The only contract, by number.
    pub contract: Option<String>,
    /// First day of delivery.
    pub from: Option<Day>,
    /// Last day of delivery.
    pub to: Option<Day>,
    /// The only reference.
    pub reference: Option<String>,
    /// The only source.
    pub source: Option<String>,
    /// At most so many (K-7).
    pub limit: Option<usize>,
    /// The number that ended the page before.
    pub after: Option<String>,
}

impl Query for List {
    const NAME: &'static str = "ledger.list";
    const ROUTE: Route = Route::get("/ledger");
    type Needs = ReadActivity;
    type Answer = (Vec<EntryLine>, Option<String>);

    fn answer(&self, at: &Reading<'_, ReadActivity>) -> Result<Self::Answer> {
        let find = |what, text: &Option<String>| text.as_deref().map(|text| at.find(what, text)).transpose();
        let workspace = find(Named::Workspace, &self.workspace)?;
        let after = self.after.as_deref().map(|token| {
            let wrong = |_| codes::BAD_TOKEN.error(format!("\"{token}\" is not a page token of this list"));
            token.parse::<i64>().map_err(wrong)
        });
        let mut lines = at.entries(Entries {
            entitlement: find(Named::Entitlement, &self.entitlement)?,
            contract: find(Named::Contract, &self.contract)?,
            workspaces: workspace.as_ref().map(std::slice::from_ref),
            from: self.from,
            up_to: self.to,
            reference: self.reference.as_deref(),
            source: self.source.as_deref(),
            after: after.transpose()?,
            limit: self.limit.map(|limit| limit.saturating_add(1)),
            ..Entries::default()
        })?;
        let more = self.limit.is_some_and(|limit| lines.len() > limit);
        lines.truncate(self.limit.unwrap_or(usize::MAX));
        let next = lines
            .last()
            .filter(|_| more)
            .map(|line| line.entry.id.to_string());
        Ok((lines, next))
    }
}

impl Tabular for EntryLine {
    const SCHEMA: &'static str = "ledger.list/1";
    const COLUMNS: &'static [Column] = &[
        col("entry"),
        col("kind"),
        col("entitlement"),
        col("contract"),
        col("workspace"),
        col("delivered_on"),
        col("quantity"),
        col("reference"),
        col("note"),
        col("recorded_by"),
        col("recorded_at"),
        col("source"),
        col("source_key"),
        col("corrects"),
        col("reason"),
        col("late"),
        col("draw"),
    ];

    fn cells(&self) -> Vec<Cell> {
        let entry = &self.entry;
        vec![
            entry.id.into(),
            entry.kind().word().into(),
            (&self.entitlement).into(),
            (&self.contract).into(),
            (&self.workspace).into(),
            entry.delivered_on.into(),
            entry.quantity.into(),
            (&entry.reference).into(),
            (&entry.note).into(),
            (&entry.recorded_by).into(),
            entry.recorded_at.into(),
            (&entry.source).into(),
            (&entry.source_key).into(),
            entry.corrects.into(),
            (&entry.reason).into(),
            entry.late.then_some(true).into(),
            (&entry.draw).into(),
        ]
    }
}
