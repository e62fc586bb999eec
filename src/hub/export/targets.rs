//! When first answers are due, for all requests at once: targets, calendars and contracts are read once.

use crate::domain::Instant;
use crate::domain::clock::Calendar;
use crate::domain::request::CasePlace;
use crate::domain::sla::{Request, Target, target};
use crate::error::Result;
use crate::hub::Reading;
use crate::policy::Permission;
use crate::store::export::CaseLine;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

/// The policy, and what it needs of each contract.
#[derive(Debug)]
pub(super) struct Targets {
    policy: Vec<Target>,
    /// Plan and time zone by the contract's key.
    contracts: HashMap<i64, (String, String)>,
    /// Time zone by the partner's key.
    partners: HashMap<i64, String>,
    /// By name and time zone of the contract or the partner.
    calendars: HashMap<(String, String), Calendar>,
}

impl Targets {
    pub(super) fn of<P: Permission>(at: &Reading<'_, P>) -> Result<Self> {
        let contracts = at.contract_plans()?;
        let partners: HashMap<i64, String> = at.partner_zones()?.into_iter().collect();
        let mut calendars = HashMap::new();
        for row in at.calendars()? {
            for zone in contracts.iter().map(|(_, _, zone)| zone).chain(partners.values()) {
                if let Entry::Vacant(place) = calendars.entry((row.name.clone(), zone.clone())) {
                    place.insert(row.in_zone(zone)?);
                }
            }
        }
        Ok(Self {
            policy: at.targets()?,
            contracts: contracts
                .into_iter()
                .map(|(id, plan, zone)| (id, (plan, zone)))
                .collect(),
            partners,
            calendars,
        })
    }

    /// The plan whose targets hold for a request, and the time zone of whoever has it.
    fn plan<'a>(&'a self, line: &'a CaseLine) -> Option<(&'a String, &'a String)> {
        match line.case.place {
            CasePlace::Partner { partner, .. } => line.plan.as_ref().zip(self.partners.get(&partner)),
            CasePlace::Workspace(_) => {
                let contract = self.contracts.get(&line.case.contract_id?)?;
                Some((&contract.0, &contract.1))
            }
        }
    }

    /// When the first answer to a request is (or was) due; none without a target, or while its clock stands still.
    pub(super) fn due<P: Permission>(&self, at: &Reading<'_, P>, line: &CaseLine) -> Result<Option<Instant>> {
        let case = &line.case;
        let Some((plan, zone)) = self.plan(line) else {
            return Ok(None);
        };
        let request = Request {
            plan,
            severity: case.severity,
            kind: case.kind,
            language: line.language.as_deref(),
        };
        let Some(target) = target(&self.policy, &request) else {
            return Ok(None);
        };
        let key = (target.calendar.clone(), zone.clone());
        let Some(calendar) = self.calendars.get(&key) else {
            return Ok(None);
        };
        let mut pauses = match target.pauses {
            true => at.pauses(case.id)?,
            false => Vec::new(),
        };
        // What came after the first answer changes nothing about when it was due.
        pauses.retain(|pause| line.responded_at.is_none_or(|answered| pause.from < answered));
        Ok(calendar.walk(case.opened_at, target.minutes * 60, &pauses).due)
    }
}
