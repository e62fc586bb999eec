//! Importing folders and files: all rows are checked, planned and applied by the same code in one
//! transaction, so that a plan is what would happen, and a kill at any instant leaves all or nothing (K-18).

mod beside;
mod book;
mod bulk;
mod crowd;
mod desk;
mod issues;
mod jsonl;
mod kind;
mod kinds;
mod layouts;
mod lines;
mod people;
mod portal;
mod report;
mod row;
mod run;
mod source;
mod tenant;

use beside::enclosed;
pub(crate) use beside::{enclose, hand_in};
pub use kind::{Field, Kind, Layout, Type};
pub(crate) use lines::hex;
pub use people::{ApplyPeople, Wanted};
pub use report::{Counts, FAULTS_KEPT, Fault, ROWS_KEPT, Report, RowResult, Unwatched, Verdict, Watch};
pub use source::{Format, Inputs, Source, discover};
pub use tenant::{ApplyCustomerPeople, ApplyLicences};

use super::{Change, Route, Writing, activation};
use crate::error::Result;
use crate::hub::entries::EntryRun;
use crate::hub::people::Invitation;
use crate::policy::Permission;
use crate::policy::needs::Import;
use desk::{Clerk, Desk};
use report::Tally;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// Applies inputs, all or nothing; with `keep_going` all rows that have no fault.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
pub struct Apply {
    /// What to read.
    pub sources: Vec<Source>,
    /// Leave out rows that have faults instead of stopping.
    #[serde(default)]
    pub keep_going: bool,
    /// Make the digest of a plan.
    #[serde(default)]
    pub digest: bool,
    /// Refuse when the digest is another one than this (`E0302`).
    #[serde(default)]
    pub expected: Option<String>,
}

/// The report of an import; with faults and without `keep_going` nothing was changed.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Applied {
    /// What came of the rows.
    pub report: Report,
    /// Invitations with their codes, to be told once and kept nowhere.
    pub invitations: Vec<Invitation>,
}

impl Change for Apply {
    const NAME: &'static str = "import.apply";
    const ROUTE: Route = Route::post("/imports");
    const HAS_FILES: bool = true;
    type Needs = Import;
    type Answer = Applied;

    fn files(&self) -> Vec<PathBuf> {
        self.sources.iter().map(|source| source.path.clone()).collect()
    }

    fn hand_in(&mut self, files: Vec<PathBuf>) {
        hand_in(&mut self.sources, files);
    }

    fn enclosed(&self) -> Result<Vec<(String, PathBuf)>> {
        enclosed(&self.sources)
    }

    fn hand_in_enclosed(&mut self, files: Vec<(String, PathBuf)>) {
        enclose(&mut self.sources, files);
    }

    fn proves_references(&self) -> bool {
        let is_large =
            |source: &Source| source.may_hold(Kind::Deliveries) && source.length() >= bulk::LEAST_BYTES;
        self.sources.iter().any(is_large)
    }

    fn change(&self, at: &mut Writing<'_, Import>) -> Result<Applied> {
        let tally = Tally::new(at.watch(), self.digest || self.expected.is_some());
        let clerk = Clerk {
            judge: kinds::judge,
            load: Some(bulk::load),
        };
        let mut desk = Desk::new(at, clerk, tally, self.keep_going);
        for kind in Kind::ALL {
            run::kind(&mut desk, *kind, &self.sources)?;
            if *kind == Kind::Contacts {
                start_contracts(&mut desk)?;
            }
            if *kind == Kind::People {
                crowd::finish(&mut desk)?;
            }
        }
        let report = desk.tally.finish();
        conclude(at, self, report, Vec::new())
    }
}

/// Gives everything up when rows have faults, or when a plan said something else.
fn conclude<P: Permission>(
    at: &mut Writing<'_, P>,
    apply: &Apply,
    report: Report,
    invitations: Vec<Invitation>,
) -> Result<Applied> {
    if report.total().refused > 0 && !apply.keep_going {
        at.undo();
    }
    if apply.expected.is_some() && apply.expected != report.digest {
        return Err(crate::hub::foreseen::stale());
    }
    Ok(Applied { report, invitations })
}

/// So many activations are told by name.
const ACTIVATIONS_TOLD: usize = 10;

/// Activates the contracts whose first day has come (C-2), and invites and counts the people that the input
/// names on active ones.
fn start_contracts(desk: &mut Desk<'_, '_, '_>) -> Result<()> {
    let activated = activation::activate_due(desk.at, false)?;
    for one in activated.iter().take(ACTIVATIONS_TOLD) {
        let note = format!(
            "contract {} was activated in workspace {}",
            one.contract, one.workspace
        );
        desk.tally.note(note);
    }
    if activated.len() > ACTIVATIONS_TOLD {
        let more = activated.len() - ACTIVATIONS_TOLD;
        desk.tally.note(format!(
            "{more} more contracts were activated: `servhub contract list` shows when"
        ));
    }
    let mut uncounted = 0;
    for id in std::mem::take(&mut desk.welcomed) {
        let contract = desk.reading().contract(id)?;
        if contract.activated_at.is_none() {
            continue;
        }
        let today = desk.today(&contract.time_zone)?;
        let mut run = EntryRun::default();
        let (invited, left) = activation::welcome(desk.at, &mut run, &contract, today)?;
        uncounted += left;
        let entries = run.take_range();
        if entries.is_some() || !invited.is_empty() {
            let invited: Vec<String> = invited.into_iter().map(|member| member.account).collect();
            let after = serde_json::json!({ "invited": invited, "entries": entries });
            desk.at
                .record(&format!("contract:{}", contract.number), None, Some(&after))?;
        }
    }
    if uncounted > 0 {
        desk.tally.note(format!(
            "{uncounted} support contacts are listed but not counted: their contract has no tracked contacts line in force on their first day"
        ));
    }
    Ok(())
}
