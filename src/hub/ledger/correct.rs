//! Correcting a mistake: a reversing entry that names the original (L-1).

use crate::error::{Result, codes};
use crate::hub::{Change, Route, Writing};
use crate::policy::needs::RecordDeliveries;
use crate::store::{Entries, EntryLine, NewEntry};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Reverses an entry. The reason is the change's own (`--reason`), and stands in the ledger as well.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Correct {
    /// Number of the entry.
    pub entry: i64,
}

impl Change for Correct {
    const NAME: &'static str = "ledger.correct";
    const ROUTE: Route = Route::post("/ledger/{entry}/correction");
    type Needs = RecordDeliveries;
    type Answer = EntryLine;

    fn change(&self, at: &mut Writing<'_, RecordDeliveries>) -> Result<EntryLine> {
        let missing = || {
            let hint = "`servhub ledger list` shows the entries with their numbers";
            codes::NOT_FOUND
                .error(format!("there is no ledger entry {}", self.entry))
                .hint(hint)
        };
        // An entry that the acting person may not see is not there.
        let original = match at.reading().sees_entry(self.entry)? {
            true => at.reading().entry(self.entry)?.ok_or_else(missing)?,
            false => return Err(missing()),
        };
        if let Some(named) = original.corrects {
            let message = format!("entry {} is itself the correction of entry {named}", self.entry);
            return Err(codes::ALREADY_CORRECTED
                .error(message)
                .hint("record the right figure as a new entry"));
        }
        if let Some(earlier) = at.reading().correction_of(self.entry)? {
            let message = format!(
                "entry {} was corrected by entry {}: {}",
                self.entry,
                earlier.id,
                earlier.reason.unwrap_or_default()
            );
            return Err(codes::ALREADY_CORRECTED
                .error(message)
                .hint("record the right figure as a new entry"));
        }
        let reason = at
            .context()
            .reason
            .clone()
            .filter(|reason| !reason.trim().is_empty());
        let reason =
            reason.ok_or_else(|| codes::MISSING_OPTION.error("a correction needs --reason TEXT (L-1)"))?;
        let by = at.grant().actor().name().to_owned();
        let reversal = NewEntry {
            entitlement_id: original.entitlement_id,
            workspace_id: original.workspace_id,
            delivered_on: original.delivered_on,
            quantity: -original.quantity,
            reference: original.reference.as_deref(),
            note: None,
            source_id: at.source("correction")?,
            source_key: &format!("C{}", self.entry),
            recording_id: at.recording(&by, at.context().now)?,
            late: original.late,
            corrects: Some((self.entry, &reason)),
            draw: None,
        };
        let id = at.append(&reversal)?;
        at.record(&format!("ledger:{id}"), None, Some(&reversal))?;
        let found = at.reading().entries(Entries {
            entitlement: Some(original.entitlement_id),
            after: Some(id - 1),
            ..Entries::default()
        })?;
        found.into_iter().next().ok_or_else(missing)
    }
}
