//! The eight detail views.

use super::sheet::Detail;
use super::wanted::{Wanted, days};
use super::{cases, work};
use crate::domain::activity::View;
use crate::domain::entitlement::Service;
use crate::error::{Result, codes};
use crate::hub::{Query, Reading, Route};
use crate::policy::Permission;
use crate::policy::needs::{ReadActivity, ReadHealth, ReadLearning};
use crate::store::{Days, Order, Reach, Scope, UsageLine};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::HashSet;

/// What a detail view is asked for.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Details {
    /// The filters of the report; a threshold is not one of them.
    pub wanted: Wanted,
    /// At most so many rows (K-7).
    pub limit: Option<usize>,
}

/// Shows every row behind a part of the report: those of cases, proactive work, contacts and credits.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct ReportDetails {
    /// What it is asked for.
    pub details: Details,
    /// Which view. Education and assessments are read with [`Education`] and [`Assessments`].
    pub view: View,
}

/// Shows every learning activity: the learning area, which has a permission of its own.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Education(pub Details);

/// Shows every assessment: the health area, which has a permission of its own.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Assessments(pub Details);

/// What every view looks at.
pub(super) struct Sight<'a, P: Permission> {
    /// The store.
    pub(super) at: &'a Reading<'a, P>,
    /// The scope, with the view's services.
    pub(super) scope: Scope,
    /// The entitlements of these services.
    pub(super) lines: Vec<UsageLine>,
    /// The day asked about.
    pub(super) days: Days,
}

impl<P: Permission> Sight<'_, P> {
    /// The chosen workspaces; none means all.
    pub(super) fn workspaces(&self) -> Option<&[i64]> {
        match &self.scope.reach {
            Reach::Workspaces(keys) => Some(keys),
            _ => None,
        }
    }
}

impl<P: Permission> Sight<'_, P> {
    /// With a status of package asked for, only the rows of its entitlements are wanted.
    pub(super) fn only(&self) -> Option<HashSet<String>> {
        let codes = || {
            self.lines
                .iter()
                .map(|line| line.entitlement.code.clone())
                .collect()
        };
        self.scope.status.map(|_| codes())
    }
}

impl Query for ReportDetails {
    const NAME: &'static str = "activity.details";
    const ROUTE: Route = Route::get("/activity/details");
    type Needs = ReadActivity;
    type Answer = Detail;

    fn answer(&self, at: &Reading<'_, ReadActivity>) -> Result<Detail> {
        match self.view {
            // What has a permission of its own is not to be had with another.
            View::Education | View::Assessments => {
                let message = format!("{} has a permission of its own", self.view);
                Err(codes::WRONG_USAGE.error(message))
            }
            view => self.details.answer(at, view),
        }
    }
}

impl Query for Education {
    const NAME: &'static str = "activity.education";
    const ROUTE: Route = Route::get("/activity/education");
    type Needs = ReadLearning;
    type Answer = Detail;

    fn answer(&self, at: &Reading<'_, ReadLearning>) -> Result<Detail> {
        self.0.answer(at, View::Education)
    }
}

impl Query for Assessments {
    const NAME: &'static str = "activity.assessments";
    const ROUTE: Route = Route::get("/activity/assessments");
    type Needs = ReadHealth;
    type Answer = Detail;

    fn answer(&self, at: &Reading<'_, ReadHealth>) -> Result<Detail> {
        self.0.answer(at, View::Assessments)
    }
}

impl Details {
    fn answer<P: Permission>(&self, at: &Reading<'_, P>, view: View) -> Result<Detail> {
        let scope = Scope {
            services: services(view),
            ..self.wanted.scope(at)?
        };
        let days = days(at, &scope)?;
        let lines = match view {
            View::OtherCases => Vec::new(),
            _ => at.usage(&scope, &days, Order::default())?,
        };
        let sight = Sight {
            at,
            scope,
            lines,
            days,
        };
        let sheet = match view {
            View::Reactive | View::Advisory => cases::listed(&sight, view),
            View::OtherCases => cases::others(&sight),
            View::Proactive => work::proactive(&sight),
            View::Education => work::education(&sight),
            View::Contacts => work::contacts(&sight),
            View::Assessments => work::assessments(&sight),
            View::Credits => work::credits(&sight),
        }?;
        Ok(sheet.finish(self.limit))
    }
}

/// The services that a view explains; the proactive one those of its tile.
fn services(view: View) -> Vec<Service> {
    match view {
        View::Reactive => vec![Service::Reactive],
        View::Advisory => vec![Service::Advisory],
        View::Proactive => vec![Service::Proactive, Service::Dse, Service::ProactiveCredits],
        View::Education => vec![Service::Education],
        View::Contacts => vec![Service::Contacts],
        View::Assessments => vec![Service::Assessment],
        View::Credits => vec![Service::ProactiveCredits],
        View::OtherCases => Vec::new(),
    }
}
