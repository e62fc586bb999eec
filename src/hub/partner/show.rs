//! `partner.list` and `partner.show`

use crate::domain::Zone;
use crate::domain::partner::PartnerKind;
use crate::error::Result;
use crate::hub::{Query, Reading, Route};
use crate::output::{Cell, Column, Tabular, col};
use crate::policy::needs::ReadPartners;
use crate::store::Named;
use crate::store::sqlite::{PartnerLine, PersonLine, PlanLine};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Lists partners: for a partner's people their own and those that it buys from or sells through, for a customer's the
/// ones that serve it (G-2).
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct List {
    /// Only those of this kind.
    pub kind: Option<PartnerKind>,
}

impl Query for List {
    const NAME: &'static str = "partner.list";
    const ROUTE: Route = Route::get("/partners");
    type Needs = ReadPartners;
    type Answer = Vec<PartnerLine>;

    fn answer(&self, at: &Reading<'_, ReadPartners>) -> Result<Vec<PartnerLine>> {
        at.partners(self.kind)
    }
}

/// One partner. Its people, plans and groups are shown to its own people alone.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Show {
    /// Name or id of the partner.
    pub partner: String,
}

/// A partner as it is shown.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Shown {
    /// The partner.
    pub line: PartnerLine,
    /// Its people.
    pub people: Vec<PersonLine>,
    /// Its own plans (B-5).
    pub plans: Vec<PlanLine>,
}

impl Query for Show {
    const NAME: &'static str = "partner.show";
    const ROUTE: Route = Route::get("/partners/{partner}");
    type Needs = ReadPartners;
    type Answer = Shown;

    fn answer(&self, at: &Reading<'_, ReadPartners>) -> Result<Shown> {
        let id = at.find(Named::Partner, &self.partner)?;
        let line = at.partner_line(id)?;
        // A plan counts by the day of UTC where it is asked for (B-5).
        let today = at.context().day_in(&Zone::utc());
        Ok(Shown {
            people: at.partner_people(id)?,
            plans: at.partner_plans(id, today)?,
            line,
        })
    }
}

impl Tabular for PartnerLine {
    const SCHEMA: &'static str = "partner.list/1";
    const COLUMNS: &'static [Column] = &[
        col("partner"),
        col("name"),
        col("kind"),
        col("domain"),
        col("provider"),
        col("resellers"),
        col("support_level"),
        col("time_zone").quiet(),
    ];

    fn cells(&self) -> Vec<Cell> {
        vec![
            (&self.code).into(),
            (&self.name).into(),
            self.kind.word().into(),
            (&self.domain).into(),
            (&self.provider).into(),
            self.resellers.clone().into(),
            self.support_level.map(|level| level.word().to_owned()).into(),
            (&self.time_zone).into(),
        ]
    }
}

impl Tabular for PersonLine {
    const SCHEMA: &'static str = "partner.people/1";
    const COLUMNS: &'static [Column] = &[
        col("partner"),
        col("account"),
        col("name"),
        col("roles"),
        col("groups"),
    ];

    fn cells(&self) -> Vec<Cell> {
        vec![
            (&self.partner).into(),
            (&self.account).into(),
            (&self.name).into(),
            self.roles.clone().into(),
            self.groups.clone().into(),
        ]
    }
}

impl Tabular for PlanLine {
    const SCHEMA: &'static str = "partner.plans/1";
    const COLUMNS: &'static [Column] = &[
        col("partner"),
        col("plan"),
        col("kind"),
        col("starts"),
        col("ends"),
        col("valid"),
    ];

    fn cells(&self) -> Vec<Cell> {
        vec![
            (&self.partner).into(),
            (&self.code).into(),
            self.kind.word().into(),
            self.starts.into(),
            self.ends.into(),
            self.valid.into(),
        ]
    }
}
