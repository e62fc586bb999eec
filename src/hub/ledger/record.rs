//! Recording a delivery (L-2 to L-6).

use super::draw::{Part, Rules, parts};
use crate::domain::entitlement::Service;
use crate::domain::{Day, Quantity};
use crate::error::{Error, Result, codes};
use crate::hub::{Change, Route, Writing};
use crate::policy::needs::RecordDeliveries;
use crate::store::{Entries, Entry, EntryLine, NewEntry};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a delivery uses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum Target {
    /// This entitlement, by id; for this workspace, or for the one its package is attached to, or else
    /// for the customer's default one.
    Entitlement(String, Option<String>),
    /// A service in a workspace: drawn from the packages that expire first (L-5).
    Draw(String, Service),
}

/// Records a delivery.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Record {
    /// What it uses.
    pub target: Target,
    /// How much; above zero.
    pub quantity: Quantity,
    /// Day of delivery; none means today.
    pub on: Option<Day>,
    /// Case number, engagement id, ...
    pub reference: Option<String>,
    /// Free text.
    pub note: Option<String>,
    /// Outside the package's days on purpose (L-6).
    pub late: bool,
    /// Name of the source.
    pub source: String,
    /// Unique within the source; none makes one.
    pub key: Option<String>,
}

/// What came of it.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Recorded {
    /// The entries: several when a draw was split.
    pub entries: Vec<EntryLine>,
    /// False when the same delivery had been recorded before.
    pub new: bool,
}

impl Change for Record {
    const NAME: &'static str = "ledger.record";
    const ROUTE: Route = Route::post("/ledger");
    type Needs = RecordDeliveries;
    type Answer = Recorded;

    fn change(&self, at: &mut Writing<'_, RecordDeliveries>) -> Result<Recorded> {
        if self.quantity <= Quantity::ZERO {
            let message = format!("a delivery of {} is none", self.quantity);
            return Err(codes::ZERO_QUANTITY
                .error(message)
                .hint("a mistake is reversed with `servhub ledger correct`"));
        }
        let rules = Rules {
            at: &at.reading(),
            context: at.context(),
        };
        let parts = match &self.key {
            Some(key) => match self.earlier(&rules, key)? {
                Some(entries) => return Ok(Recorded { entries, new: false }),
                None => parts(&rules, self)?,
            },
            None => parts(&rules, self)?,
        };
        let first = self.append(at, &parts)?;
        let mut entries = at.reading().entries(Entries {
            after: Some(first - 1),
            ..Entries::default()
        })?;
        entries.truncate(parts.len());
        Ok(Recorded { entries, new: true })
    }
}

impl Record {
    /// The same delivery, when the source gave its key before (L-2).
    fn earlier(&self, rules: &Rules<'_>, key: &str) -> Result<Option<Vec<EntryLine>>> {
        let Some(source) = rules.at.source_key(&self.source)? else {
            return Ok(None);
        };
        let Some(first) = rules.at.entry_by_key(source, key)? else {
            return Ok(None);
        };
        let mut entries = rules.at.entries(Entries {
            entitlement: first.draw.is_none().then_some(first.entitlement_id),
            source: Some(&self.source),
            draw: first.draw.as_deref(),
            after: Some(first.id - 1),
            limit: first.draw.is_none().then_some(1),
            ..Entries::default()
        })?;
        entries.retain(|line| line.entry.corrects.is_none());
        if self.says_the_same(rules, &entries)? {
            return Ok(Some(entries));
        }
        Err(self.taken(key, &first, rules.at.sees_entry(first.id)?))
    }

    /// The key names another delivery. What that is, only those hear who may see it.
    fn taken(&self, key: &str, first: &Entry, seen: bool) -> Error {
        if !seen {
            let message = format!("source \"{}\" has given the key \"{key}\" before", self.source);
            return codes::DUPLICATE_KEY
                .error(message)
                .hint("give this delivery its own --source-key");
        }
        let message = format!(
            "source \"{}\" gave the key \"{key}\" to entry {}: {} on {}",
            self.source, first.id, first.quantity, first.delivered_on
        );
        let hint =
            "give this delivery its own --source-key, or correct the first with `servhub ledger correct`";
        codes::DUPLICATE_KEY.error(message).hint(hint)
    }

    fn says_the_same(&self, rules: &Rules<'_>, entries: &[EntryLine]) -> Result<bool> {
        let total: Quantity = entries.iter().map(|line| line.entry.quantity).sum();
        for line in entries {
            let entry = &line.entry;
            let target = rules.is_target(&self.target, entry)?;
            let day = self.on.is_none_or(|day| day == entry.delivered_on);
            let words = entry.reference == self.reference && entry.note == self.note;
            if !(target && day && words) {
                return Ok(false);
            }
        }
        Ok(total == self.quantity)
    }

    /// Appends the parts and answers the number of the first.
    fn append(&self, at: &mut Writing<'_, RecordDeliveries>, parts: &[Part]) -> Result<i64> {
        let by = at.grant().actor().name().to_owned();
        let recording_id = at.recording(&by, at.context().now)?;
        let source_id = at.source(&self.source)?;
        let key = self.key.clone().unwrap_or_else(|| format!("R{recording_id}"));
        let draw = matches!(self.target, Target::Draw(..)).then_some(key.as_str());
        let mut first = None;
        for (place, part) in parts.iter().enumerate() {
            let source_key = if place == 0 {
                key.clone()
            } else {
                format!("{key}/{}", place + 1)
            };
            let entry = NewEntry {
                entitlement_id: part.entitlement_id,
                workspace_id: part.workspace_id,
                delivered_on: part.day,
                quantity: part.quantity,
                reference: self.reference.as_deref(),
                note: self.note.as_deref(),
                source_id,
                source_key: &source_key,
                recording_id,
                late: part.late,
                corrects: None,
                draw,
            };
            let id = at.append(&entry)?;
            at.record(&format!("ledger:{id}"), None, Some(&entry))?;
            first.get_or_insert(id);
        }
        first.ok_or_else(|| codes::ZERO_QUANTITY.error("there was nothing to record"))
    }
}
