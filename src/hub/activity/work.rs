//! Proactive work, education, contacts, assessments and credits.

use super::detail::Sight;
use super::sheet::Sheet;
use crate::domain::entitlement::Unit;
use crate::domain::work::LearningStatus;
use crate::domain::{Day, Quantity};
use crate::error::Result;
use crate::output::{Cell, Column, col};
use crate::policy::Permission;
use crate::store::{Assessment, Contact, Days, Engagement, Entries, Learning, Of};
use std::collections::{BTreeMap, HashMap};

impl<P: Permission> Sight<'_, P> {
    fn of(&self) -> Of<'_> {
        Of {
            workspaces: self.workspaces(),
            contract: self.scope.contract,
            package: self.scope.package,
        }
    }

    /// The latest of the days asked about; what a row says of an earlier day holds in every zone.
    fn day(&self) -> Day {
        match &self.days {
            Days::One(day) => *day,
            Days::ByZone(zones) => {
                let latest = zones.iter().map(|(_, day)| *day).max();
                latest.unwrap_or(Day::from_number(0))
            }
        }
    }

    /// The entries of the view's entitlements by the chosen workspaces, oldest first.
    fn entries(&self) -> Entries<'_> {
        Entries {
            workspaces: self.workspaces(),
            contract: self.scope.contract,
            package: self.scope.package,
            services: &self.scope.services,
            up_to: self.at.context().as_of,
            ..Entries::default()
        }
    }
}

/// Engagements with what was delivered of each, then what was delivered without one (L-3).
pub(super) fn proactive<P: Permission>(sight: &Sight<'_, P>) -> Result<Sheet> {
    const OWN: [Column; 13] = [
        col("engagement"),
        col("workspace"),
        col("kind"),
        col("title"),
        col("status"),
        col("planned_on"),
        col("delivered_on"),
        col("planned"),
        col("delivered"),
        col("contact"),
        col("entry"),
        col("reference"),
        col("note"),
    ];
    let mut delivered: HashMap<(String, String), Quantity> = HashMap::new();
    for (line, quantity) in used(sight)? {
        *delivered.entry(line).or_insert(Quantity::ZERO) += quantity;
    }
    let mut sheet = Sheet::new("activity.proactive/1", &OWN, sight.only());
    sheet.heads(&sight.lines);
    let total: BTreeMap<Unit, Quantity> =
        by_unit(sight, delivered.iter().map(|((code, _), used)| (code, *used)));
    for engagement in sight.at.engagements(sight.of())? {
        let key = (engagement.entitlement.clone(), engagement.code.clone());
        let quantity = delivered.remove(&key).unwrap_or(Quantity::ZERO);
        let (entitlement, contract) = ((&engagement.entitlement).into(), (&engagement.contract).into());
        sheet.row(
            "engagements",
            entitlement,
            contract,
            engagement_cells(&engagement, quantity),
        );
    }
    let rest = by_unit(sight, delivered.iter().map(|((code, _), used)| (code, *used)));
    for entry in sight.at.entries(Entries {
        without_engagement: true,
        ..sight.entries()
    })? {
        let mut own = vec![Cell::Empty; OWN.len()];
        own[1] = (&entry.workspace).into();
        own[6] = entry.entry.delivered_on.into();
        own[8] = entry.entry.quantity.into();
        own[10] = entry.entry.id.into();
        own[11] = (&entry.entry.reference).into();
        own[12] = (&entry.entry.note).into();
        sheet.row(
            "deliveries without an engagement",
            (&entry.entitlement).into(),
            (&entry.contract).into(),
            own,
        );
    }
    for (unit, total) in total {
        let rest = rest.get(&unit).copied().unwrap_or(Quantity::ZERO);
        let on_engagements = total - rest;
        sheet.note(format!(
            "{total} {unit} consumed = {on_engagements} on the engagements shown + {rest} without one"
        ));
    }
    Ok(sheet)
}

/// Sums by the unit of the entitlements, because hours and credits do not add up.
fn by_unit<'a, P: Permission>(
    sight: &Sight<'_, P>,
    used: impl Iterator<Item = (&'a String, Quantity)>,
) -> BTreeMap<Unit, Quantity> {
    let mut sums = BTreeMap::new();
    for (code, quantity) in used {
        let line = sight.lines.iter().find(|line| line.entitlement.code == *code);
        if let Some(unit) = line.and_then(|line| line.entitlement.allowance.unit()) {
            *sums.entry(unit).or_insert(Quantity::ZERO) += quantity;
        }
    }
    sums
}

/// What was used of the view's entitlements, by entitlement and reference.
fn used<P: Permission>(sight: &Sight<'_, P>) -> Result<Vec<((String, String), Quantity)>> {
    let up_to = sight.at.context().as_of;
    let used = sight
        .at
        .used_by_reference(sight.workspaces(), &sight.scope.services, up_to)?;
    let codes: HashMap<i64, &String> = sight
        .lines
        .iter()
        .map(|line| (line.entitlement.id, &line.entitlement.code))
        .collect();
    let known = used.into_iter().filter_map(|(id, reference, quantity)| {
        let code = (*codes.get(&id)?).clone();
        Some(((code, reference.unwrap_or_default()), quantity))
    });
    Ok(known.collect())
}

fn engagement_cells(engagement: &Engagement, delivered: Quantity) -> Vec<Cell> {
    vec![
        (&engagement.code).into(),
        (&engagement.workspace).into(),
        engagement.kind.word().into(),
        (&engagement.title).into(),
        engagement.status.word().into(),
        engagement.planned_on.into(),
        engagement.delivered_on.into(),
        engagement.planned_quantity.into(),
        delivered.into(),
        (&engagement.contact).into(),
    ]
}

/// Learning activities; consumed are those that were started (L-4, D-1).
pub(super) fn education<P: Permission>(sight: &Sight<'_, P>) -> Result<Sheet> {
    let own = [
        col("learning"),
        col("workspace"),
        col("learner_name"),
        col("learner_account"),
        col("title"),
        col("format"),
        col("product"),
        col("level"),
        col("language"),
        col("status"),
        col("started_on"),
        col("completed_on"),
    ];
    let mut sheet = Sheet::new("activity.education/1", &own, sight.only());
    sheet.heads(&sight.lines);
    let day = sight.day();
    let mut started = 0;
    for learning in sight.at.learning(sight.of())? {
        if learning.started_on.is_some_and(|start| start > day) {
            continue;
        }
        started += i64::from(learning.started_on.is_some());
        let (entitlement, contract) = ((&learning.entitlement).into(), (&learning.contract).into());
        sheet.row("learning", entitlement, contract, learning_cells(&learning, day));
    }
    sheet.note(format!(
        "{started} learning activities were started by {day}; each counts as consumed (L-4)"
    ));
    Ok(sheet)
}

/// What was completed after the day asked about was only started on it (T-2).
fn learning_cells(learning: &Learning, day: Day) -> Vec<Cell> {
    let completed_on = learning.completed_on.filter(|completed| *completed <= day);
    let status = match (learning.status, completed_on) {
        (LearningStatus::Completed, None) => LearningStatus::Started,
        (status, _) => status,
    };
    vec![
        (&learning.code).into(),
        (&learning.workspace).into(),
        (&learning.learner_name).into(),
        (&learning.learner_account).into(),
        (&learning.title).into(),
        (&learning.format).into(),
        (&learning.product).into(),
        (&learning.level).into(),
        (&learning.language).into(),
        status.word().into(),
        learning.started_on.into(),
        completed_on.into(),
    ]
}

/// People named on the contracts, and whether they are in force.
pub(super) fn contacts<P: Permission>(sight: &Sight<'_, P>) -> Result<Sheet> {
    let own = [
        col("account"),
        col("name"),
        col("role"),
        col("workspace"),
        col("account_kind"),
        col("language").quiet(),
        col("phone").quiet(),
        col("since"),
        col("until"),
        col("in_force"),
    ];
    let mut sheet = Sheet::new("activity.contacts/1", &own, None);
    sheet.heads(&sight.lines);
    let day = sight.day();
    for contact in sight.at.contacts(sight.workspaces(), sight.scope.contract)? {
        if contact.since_on <= day {
            sheet.row(
                "contacts",
                Cell::Empty,
                (&contact.contract).into(),
                contact_cells(&contact, day),
            );
        }
    }
    Ok(sheet)
}

fn contact_cells(contact: &Contact, day: Day) -> Vec<Cell> {
    vec![
        (&contact.account).into(),
        (&contact.name).into(),
        contact.role.word().into(),
        (&contact.workspace).into(),
        contact.account_kind.word().into(),
        (&contact.language).into(),
        (&contact.phone).into(),
        contact.since_on.into(),
        contact.until_on.into(),
        contact.until_on.is_none_or(|until| day < until).into(),
    ]
}

/// Assessments set up by the day (D-2).
pub(super) fn assessments<P: Permission>(sight: &Sight<'_, P>) -> Result<Sheet> {
    let own = [
        col("assessment"),
        col("workspace"),
        col("name"),
        col("technology"),
        col("set_up_on"),
        col("last_run_on"),
        col("status"),
        col("high_priority"),
        col("low_priority"),
        col("passed_checks"),
    ];
    let mut sheet = Sheet::new("activity.assessments/1", &own, sight.only());
    sheet.heads(&sight.lines);
    for assessment in sight.at.assessments(sight.of())? {
        if assessment.set_up_on <= sight.day() {
            let (entitlement, contract) = ((&assessment.entitlement).into(), (&assessment.contract).into());
            sheet.row(
                "assessments",
                entitlement,
                contract,
                assessment_cells(&assessment),
            );
        }
    }
    Ok(sheet)
}

fn assessment_cells(assessment: &Assessment) -> Vec<Cell> {
    vec![
        (&assessment.code).into(),
        (&assessment.workspace).into(),
        (&assessment.name).into(),
        (&assessment.technology).into(),
        assessment.set_up_on.into(),
        assessment.last_run_on.into(),
        assessment.status.word().into(),
        assessment.high_priority.into(),
        assessment.low_priority.into(),
        assessment.passed_checks.into(),
    ]
}

/// Credits: purchased, used, remaining, expiry = end of the package, and every draw (L-5).
pub(super) fn credits<P: Permission>(sight: &Sight<'_, P>) -> Result<Sheet> {
    const OWN: [Column; 12] = [
        col("package"),
        col("purchased"),
        col("used"),
        col("left"),
        col("expires_on"),
        col("entry"),
        col("workspace"),
        col("delivered_on"),
        col("quantity"),
        col("reference"),
        col("note"),
        col("draw"),
    ];
    let mut sheet = Sheet::new("activity.credits/1", &OWN, sight.only());
    sheet.heads(&sight.lines);
    for line in &sight.lines {
        let own = vec![
            (&line.package).into(),
            line.entitlement.allowance.quantity().into(),
            line.here.into(),
            line.usage().remaining.into(),
            line.package_term.end.into(),
        ];
        sheet.row(
            "credits",
            (&line.entitlement.code).into(),
            (&line.contract).into(),
            own,
        );
    }
    for line in sight.at.entries(sight.entries())? {
        let mut own = vec![Cell::Empty; 5];
        own.extend([
            line.entry.id.into(),
            (&line.workspace).into(),
            line.entry.delivered_on.into(),
            line.entry.quantity.into(),
            (&line.entry.reference).into(),
            (&line.entry.note).into(),
            (&line.entry.draw).into(),
        ]);
        sheet.row("draws", (&line.entitlement).into(), (&line.contract).into(), own);
    }
    Ok(sheet)
}
