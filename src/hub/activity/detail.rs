//! The eight detail views.

use super::sheet::Detail;
use super::wanted::{Wanted, days};
use super::{cases, work};
use crate::domain::activity::View;
use crate::domain::entitlement::Service;
use crate::error::Result;
use crate::hub::{Query, Reading};
use crate::policy::needs::ReadActivity;
use crate::store::{Days, Order, Reach, Scope, UsageLine};
use std::collections::HashSet;

/// Shows every row behind a part of the report.
#[derive(Debug)]
pub struct Details {
    /// The filters of the report; a threshold is not one of them.
    pub wanted: Wanted,
    /// Which view.
    pub view: View,
    /// At most so many rows (K-7).
    pub limit: Option<usize>,
}

/// What every view looks at.
pub(super) struct Sight<'a> {
    /// The store.
    pub(super) at: &'a Reading<'a, ReadActivity>,
    /// The scope, with the view's services.
    pub(super) scope: Scope,
    /// The entitlements of these services.
    pub(super) lines: Vec<UsageLine>,
    /// The day asked about.
    pub(super) days: Days,
}

impl Sight<'_> {
    /// The chosen workspaces; none means all.
    pub(super) fn workspaces(&self) -> Option<&[i64]> {
        match &self.scope.reach {
            Reach::Workspaces(keys) => Some(keys),
            _ => None,
        }
    }
}

impl Sight<'_> {
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

impl Query for Details {
    const NAME: &'static str = "activity.details";
    type Needs = ReadActivity;
    type Answer = Detail;

    fn answer(&self, at: &Reading<'_, ReadActivity>) -> Result<Detail> {
        let scope = Scope {
            services: services(self.view),
            ..self.wanted.scope(at)?
        };
        let days = days(at, &scope)?;
        let lines = match self.view {
            View::OtherCases => Vec::new(),
            _ => at.usage(&scope, &days, Order::default())?,
        };
        let sight = Sight {
            at,
            scope,
            lines,
            days,
        };
        let sheet = match self.view {
            View::Reactive | View::Advisory => cases::listed(&sight, self.view),
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
