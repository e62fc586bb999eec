//! People as code: a file that states who is in which workspace with which roles (U-1 to U-5).

use super::desk::{Clerk, Desk};
use super::kind::Kind;
use super::report::Tally;
use super::{Applied, Apply, conclude, crowd, kinds, run};
use crate::error::{Result, codes};
use crate::hub::{Change, Route, Writing};
use crate::policy::needs::ManagePeople;
use crate::store::Named;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// How a file of people is applied; a saved plan keeps it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Wanted {
    /// Workspaces, by name or id, for a file that names none.
    pub workspaces: Vec<String>,
    /// All workspaces that the caller manages.
    pub all_workspaces: bool,
    /// With `all_workspaces`: only those of this customer.
    pub customer: Option<String>,
    /// Remove who is not in the file (U-3).
    pub prune: bool,
    /// Stamp everyone in the file with this, and remove only people who carry it.
    pub label: Option<String>,
    /// What results call the file when they are about no line of it.
    #[serde(skip)]
    pub file: String,
}

/// Makes the hub's people those of a file.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct ApplyPeople {
    /// What to read, and how.
    pub rows: Apply,
    /// What it means for workspaces and for people it does not name.
    #[serde(default)]
    pub wanted: Wanted,
}

impl Change for ApplyPeople {
    const NAME: &'static str = "user.apply";
    const ROUTE: Route = Route::post("/people-plans");
    const HAS_FILES: bool = true;
    type Needs = ManagePeople;
    type Answer = Applied;

    fn files(&self) -> Vec<PathBuf> {
        self.rows.files()
    }

    fn hand_in(&mut self, files: Vec<PathBuf>) {
        self.rows.hand_in(files);
    }

    fn change(&self, at: &mut Writing<'_, ManagePeople>) -> Result<Applied> {
        let given = self.given(at)?;
        let tally = Tally::new(at.watch(), self.rows.digest || self.rows.expected.is_some());
        let clerk = Clerk {
            judge: kinds::person,
            load: None,
        };
        let mut desk = Desk::new(at, clerk, tally, self.rows.keep_going);
        let file = self.rows.sources.first().map(|source| source.name.clone());
        desk.crowd.wanted = Some(Wanted {
            file: file.unwrap_or_default(),
            ..self.wanted.clone()
        });
        if let Some(ids) = given {
            crowd::give(&mut desk, &ids)?;
        }
        run::kind(&mut desk, Kind::People, &self.rows.sources)?;
        crowd::finish(&mut desk)?;
        let (report, invitations) = (desk.tally.finish(), desk.crowd.invited);
        conclude(at, &self.rows, report, invitations)
    }
}

impl ApplyPeople {
    /// Keys of the workspaces that the command names, if it does.
    fn given(&self, at: &Writing<'_, ManagePeople>) -> Result<Option<Vec<i64>>> {
        let wanted = &self.wanted;
        if wanted.all_workspaces {
            let customer = wanted.customer.as_ref();
            let customer = customer
                .map(|name| at.reading().find(Named::Customer, name))
                .transpose()?;
            let mut all = at.reading().all_workspace_facts()?;
            all.retain(|one| {
                let covered = at.grant().coverage().has_workspace(one.id, one.customer_id);
                covered && !one.archived && customer.is_none_or(|id| one.customer_id == id)
            });
            all.sort_by(|a, b| a.code.cmp(&b.code));
            if all.is_empty() {
                return Err(codes::NOT_FOUND.error("there is no workspace to apply the file to"));
            }
            return Ok(Some(all.into_iter().map(|one| one.id).collect()));
        }
        if wanted.workspaces.is_empty() {
            return Ok(None);
        }
        let names = wanted.workspaces.iter();
        names
            .map(|name| at.reading().find(Named::Workspace, name))
            .collect::<Result<_>>()
            .map(Some)
    }
}
