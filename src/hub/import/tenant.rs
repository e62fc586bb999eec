//! Files of customers' people and of licences (G-6, G-7).

use super::desk::{Clerk, Desk, Judge};
use super::kind::Kind;
use super::kinds::{self, Purpose};
use super::report::Tally;
use super::{Applied, Apply, conclude, run};
use crate::error::Result;
use crate::hub::{Change, Route, Writing};
use crate::policy::Permission;
use crate::policy::needs::{AssignLicences, KeepCustomerPeople};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// Makes the people that a file states, and changes what is kept of those who are there. It deletes nobody.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
pub struct ApplyCustomerPeople {
    /// What to read, and how.
    pub rows: Apply,
}

impl Change for ApplyCustomerPeople {
    const NAME: &'static str = "customer-user.apply";
    const ROUTE: Route = Route::post("/customer-user-plans");
    const HAS_FILES: bool = true;
    type Needs = KeepCustomerPeople;
    type Answer = Applied;

    fn files(&self) -> Vec<PathBuf> {
        self.rows.files()
    }

    fn hand_in(&mut self, files: Vec<PathBuf>) {
        self.rows.hand_in(files);
    }

    fn change(&self, at: &mut Writing<'_, KeepCustomerPeople>) -> Result<Applied> {
        let judge = kinds::tenant_person;
        apply(at, &self.rows, (Kind::CustomerPeople, Purpose::State), judge)
    }
}

/// Gives or takes the licences that a file states, a row for a person: each has an outcome of its own.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
pub struct ApplyLicences {
    /// What to read, and how.
    pub rows: Apply,
    /// Take them back.
    #[serde(default)]
    pub revoke: bool,
}

impl Change for ApplyLicences {
    const NAME: &'static str = "license.apply";
    const ROUTE: Route = Route::post("/license-plans");
    const HAS_FILES: bool = true;
    type Needs = AssignLicences;
    type Answer = Applied;

    fn files(&self) -> Vec<PathBuf> {
        self.rows.files()
    }

    fn hand_in(&mut self, files: Vec<PathBuf>) {
        self.rows.hand_in(files);
    }

    fn change(&self, at: &mut Writing<'_, AssignLicences>) -> Result<Applied> {
        let purpose = if self.revoke {
            Purpose::Revoke
        } else {
            Purpose::Assign
        };
        apply(at, &self.rows, (Kind::Licenses, purpose), kinds::licences)
    }
}

fn apply<P: Permission>(
    at: &mut Writing<'_, P>,
    rows: &Apply,
    (kind, purpose): (Kind, Purpose),
    judge: Judge<P>,
) -> Result<Applied> {
    let tally = Tally::new(at.watch(), rows.digest || rows.expected.is_some());
    let clerk = Clerk { judge, load: None };
    // Nothing of a row is written before all of it was judged: there is nothing to take back of one that is refused.
    let mut desk = Desk::new(at, clerk, tally, false);
    desk.tenants.purpose = purpose;
    run::kind(&mut desk, kind, &rows.sources)?;
    let report = desk.tally.finish();
    conclude(at, rows, report, Vec::new())
}
