//! `request.show`

use super::Line;
use crate::domain::request::{CasePlace, Sharing};
use crate::error::Result;
use crate::hub::access::{Explained, everyone};
use crate::hub::{Query, Reading, Route};
use crate::output::{Cell, Column, Tabular, col};
use crate::policy::needs::{ExplainAccess, ReadRequests};
use crate::store::sqlite::{Attachment, Event, Filing};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One request, with whom it is shared, and by which rule the acting person sees it.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Show {
    /// Its number.
    pub number: String,
    /// Everyone who sees it as well, and by which rule. Needs a permission of its own.
    pub who: bool,
}

/// A request with all that is told of it.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Shown {
    /// The request.
    pub line: Line,
    /// With whom it is shared.
    pub sharing: Sharing,
    /// The rules by which the acting person sees it; none for the operator.
    pub rules: Vec<String>,
    /// Who sees it, when that was asked.
    pub who: Vec<Explained>,
    /// How it was filed and how it went on.
    pub filing: Filing,
    /// What happened to it, in order.
    pub events: Vec<Event>,
    /// What came with it.
    pub files: Vec<Attachment>,
}

impl Query for Show {
    const NAME: &'static str = "request.show";
    const ROUTE: Route = Route::get("/requests/{number}");
    type Needs = ReadRequests;
    type Answer = Shown;

    fn answer(&self, at: &Reading<'_, ReadRequests>) -> Result<Shown> {
        let id = at.find_case(&self.number)?;
        let line = at.request(id)?;
        let rules = match at.grant().actor().account() {
            Some(_) => at.case_rules(id)?,
            None => Vec::new(),
        };
        let who = match self.who {
            true => {
                let may = at.also::<ExplainAccess>()?;
                match line.case.place {
                    CasePlace::Workspace(id) => {
                        let workspace = at.workspace(id)?;
                        may.on_workspace(workspace.id, workspace.customer_id, &workspace.code)?;
                    }
                    CasePlace::Partner { partner, .. } => {
                        may.on_partner(partner, &at.partner_name(partner)?)?
                    }
                }
                everyone(&at.eyes(&may)?, &line)?
            }
            false => Vec::new(),
        };
        Ok(Shown {
            sharing: at.sharing(id)?,
            filing: at.filing(id)?,
            events: at.events(id)?,
            files: at.files(id)?,
            line: Line(line),
            rules,
            who,
        })
    }
}

impl Tabular for Shown {
    const SCHEMA: &'static str = "request.show/1";
    const COLUMNS: &'static [Column] = &{
        let mut columns = [col("shared_with"); Line::COLUMNS.len() + 18];
        let mut at = 0;
        while at < Line::COLUMNS.len() {
            columns[at] = Line::COLUMNS[at];
            columns[at].quiet = false;
            at += 1;
        }
        columns[at + 1] = col("group");
        columns[at + 2] = col("seen_by");
        columns[at + 3] = col("filed_by");
        columns[at + 4] = col("description");
        columns[at + 5] = col("language");
        columns[at + 6] = col("country");
        columns[at + 7] = col("around_the_clock");
        columns[at + 8] = col("assignee");
        columns[at + 9] = col("responded_at");
        columns[at + 10] = col("resolved_at");
        columns[at + 11] = col("resolution");
        columns[at + 12] = col("category");
        columns[at + 13] = col("context");
        columns[at + 14] = col("subscription");
        columns[at + 15] = col("plan");
        columns[at + 16] = col("not_covered_by");
        columns[at + 17] = col("because");
        columns
    };

    fn cells(&self) -> Vec<Cell> {
        let mut cells = self.line.cells();
        cells.push(self.sharing.people.clone().into());
        cells.push((&self.sharing.group).into());
        cells.push(self.rules.clone().into());
        let filing = &self.filing;
        cells.extend([
            (&filing.filed_by).into(),
            (&filing.description).into(),
            (&filing.language).into(),
            (&filing.country).into(),
            filing.around_the_clock.then_some(true).into(),
            (&filing.assignee).into(),
            filing.responded_at.into(),
            filing.resolved_at.into(),
            (&filing.resolution).into(),
            (&filing.category).into(),
            self.line.0.context().into(),
            (&filing.behalf.subscription).into(),
            (&filing.behalf.plan).into(),
            (&filing.behalf.not_covered_by).into(),
            (&filing.behalf.because).into(),
        ]);
        cells
    }
}

impl Tabular for Event {
    const SCHEMA: &'static str = "request.events/1";
    const COLUMNS: &'static [Column] = &[
        col("at"),
        col("account"),
        col("what"),
        col("before"),
        col("after"),
        col("text"),
    ];

    fn cells(&self) -> Vec<Cell> {
        vec![
            self.at.into(),
            (&self.account).into(),
            (&self.kind).into(),
            (&self.before).into(),
            (&self.after).into(),
            (&self.text).into(),
        ]
    }
}
