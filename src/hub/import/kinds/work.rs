//! Engagements, learning and assessments: proactive work, and what consumes by itself.

use crate::domain::Day;
use crate::domain::entitlement::Service;
use crate::domain::work::LearningStatus;
use crate::error::codes;
use crate::hub::import::desk::{Desk, Judged, Record};
use crate::hub::import::report::{Fault, Stop};
use crate::hub::import::row::{Row, cell_fault, rule_fault};
use crate::hub::posting::{Posting, Wanted};
use crate::store::sqlite::{EntitlementFacts, Table, WorkspaceFacts};

pub(super) fn engagement(desk: &mut Desk<'_, '_, '_>, row: &Row<'_>) -> Result<Judged, Stop> {
    let code = row.text("engagement");
    let workspace = place(desk, row)?;
    let line = line(desk, row, &workspace)?;
    let id = desk.reading().key_of(Table::Engagement, code)?;
    let cells = [
        row.keep("engagement", "code"),
        row.keep_key("workspace", "workspace_id", Table::Workspace, Some(workspace.id)),
        row.keep_key(
            "entitlement",
            "entitlement_id",
            Table::Entitlement,
            line.map(|line| line.id),
        ),
        row.keep("kind", "kind"),
        row.keep("title", "title"),
        row.keep("status", "status"),
        row.keep_day("planned_on", "planned_on")?,
        row.keep_day("delivered_on", "delivered_on")?,
        row.keep_quantity("planned_quantity", "planned_quantity")?,
        row.keep("contact", "contact"),
    ];
    Ok(desk
        .put(
            Table::Engagement,
            id,
            &cells,
            (&format!("engagement:{code}"), Record::Each),
        )?
        .1)
}

pub(super) fn learning(desk: &mut Desk<'_, '_, '_>, row: &Row<'_>) -> Result<Judged, Stop> {
    let code = row.text("learning");
    let workspace = place(desk, row)?;
    let line = line(desk, row, &workspace)?;
    let started = check_learning(row)?;
    let id = desk.reading().key_of(Table::Learning, code)?;
    let cells = [
        row.keep("learning", "code"),
        row.keep_key("workspace", "workspace_id", Table::Workspace, Some(workspace.id)),
        row.keep("learner_account", "learner_account"),
        row.keep("learner_name", "learner_name"),
        row.keep("title", "title"),
        row.keep("format", "format"),
        row.keep("product", "product"),
        row.keep("level", "level"),
        row.keep("language", "language"),
        row.keep("status", "status"),
        row.keep_day("started_on", "started_on")?,
        row.keep_day("completed_on", "completed_on")?,
        row.keep_key(
            "entitlement",
            "entitlement_id",
            Table::Entitlement,
            line.as_ref().map(|line| line.id),
        ),
    ];
    let (_, judged) = desk.put(
        Table::Learning,
        id,
        &cells,
        (&format!("learning:{code}"), Record::Changes),
    )?;
    let posting = Posting {
        source: "learning",
        key: code,
        reference: code,
    };
    let counted = count(
        desk,
        posting,
        &workspace,
        line.as_ref(),
        Service::Education,
        ("started_on", started),
    )?;
    Ok(judged.and(counted))
}

pub(super) fn assessment(desk: &mut Desk<'_, '_, '_>, row: &Row<'_>) -> Result<Judged, Stop> {
    let code = row.text("assessment");
    let workspace = place(desk, row)?;
    let line = line(desk, row, &workspace)?;
    let set_up: Day = row.need("set_up_on")?;
    if row.value::<Day>("last_run_on")?.is_some_and(|run| run < set_up) {
        let what = format!("it lies before {set_up}, the day it was set up");
        return Err(rule_fault(
            "last_run_on",
            what,
            "write a later day, or leave it empty",
        ));
    }
    let id = desk.reading().key_of(Table::Assessment, code)?;
    let cells = [
        row.keep("assessment", "code"),
        row.keep_key("workspace", "workspace_id", Table::Workspace, Some(workspace.id)),
        row.keep("name", "name"),
        row.keep("technology", "technology"),
        row.keep_day("set_up_on", "set_up_on")?,
        row.keep_day("last_run_on", "last_run_on")?,
        row.keep("status", "status"),
        row.keep_count("high_priority", "high_priority")?,
        row.keep_count("low_priority", "low_priority")?,
        row.keep_count("passed_checks", "passed_checks")?,
        row.keep_key(
            "entitlement",
            "entitlement_id",
            Table::Entitlement,
            line.as_ref().map(|line| line.id),
        ),
    ];
    let (_, judged) = desk.put(
        Table::Assessment,
        id,
        &cells,
        (&format!("assessment:{code}"), Record::Each),
    )?;
    let posting = Posting {
        source: "assessments",
        key: code,
        reference: code,
    };
    let counted = count(
        desk,
        posting,
        &workspace,
        line.as_ref(),
        Service::Assessment,
        ("set_up_on", Some(set_up)),
    )?;
    Ok(judged.and(counted))
}

fn place(desk: &mut Desk<'_, '_, '_>, row: &Row<'_>) -> Result<WorkspaceFacts, Stop> {
    desk.known::<WorkspaceFacts>(row, "workspace")
}

/// The entitlement that a row names; it belongs to the customer of the workspace.
fn line(
    desk: &mut Desk<'_, '_, '_>,
    row: &Row<'_>,
    workspace: &WorkspaceFacts,
) -> Result<Option<EntitlementFacts>, Stop> {
    let Some(code) = row.opt("entitlement") else {
        return Ok(None);
    };
    let line = desk.known::<EntitlementFacts>(row, "entitlement")?;
    if line.customer_id != workspace.customer_id {
        let what = format!(
            "entitlement {code} belongs to another customer than workspace {}",
            workspace.code
        );
        return Err(rule_fault(
            "entitlement",
            what,
            "name an entitlement of the workspace's customer",
        ));
    }
    Ok(Some(line))
}

/// The day a learning activity was started, which must agree with its status (D-1).
fn check_learning(row: &Row<'_>) -> Result<Option<Day>, Stop> {
    let status: LearningStatus = row.need("status")?;
    let (started, completed): (Option<Day>, Option<Day>) =
        (row.value("started_on")?, row.value("completed_on")?);
    let wrong = |column, what: String, fix: &str| Err(rule_fault(column, what, fix));
    match (status, started, completed) {
        (LearningStatus::Registered, Some(_), _) => wrong(
            "started_on",
            "the activity is only registered".to_owned(),
            "write started, or leave the day empty",
        ),
        (LearningStatus::Started | LearningStatus::Completed, None, _) => wrong(
            "started_on",
            format!("the activity is {status}, so it has a first day"),
            "write the day it was started",
        ),
        (LearningStatus::Completed, _, None) => wrong(
            "completed_on",
            "the activity is completed".to_owned(),
            "write the day it was completed, or started",
        ),
        (LearningStatus::Registered | LearningStatus::Started, _, Some(_)) => wrong(
            "completed_on",
            format!("the activity is {status}"),
            "write completed, or leave the day empty",
        ),
        (_, Some(started), Some(completed)) if completed < started => wrong(
            "completed_on",
            format!("it lies before {started}, the day it was started"),
            "write a later day",
        ),
        _ => Ok(started),
    }
}

/// Counts what consumes by itself on the entitlement it names, else on the one of its service that expires
/// first (L-4, L-5). Answers what was done.
fn count(
    desk: &mut Desk<'_, '_, '_>,
    posting: Posting<'_>,
    workspace: &WorkspaceFacts,
    named: Option<&EntitlementFacts>,
    service: Service,
    (column, day): (&'static str, Option<Day>),
) -> Result<Option<String>, Stop> {
    let Some(day) = day else {
        return Ok(posting.settle(desk.at, &mut desk.run, None)?.map(str::to_owned));
    };
    let standing = posting.standing(desk.at)?;
    let is_kept = standing.day() == Some(day) && standing.workspace() == Some(workspace.id);
    let line = match (named, standing.entitlement().filter(|_| is_kept)) {
        (Some(named), _) => Some(named.clone()),
        (None, Some(kept)) => desk.reading().entitlement_facts_by_key(kept)?,
        (None, None) => match desk.reading().purses(workspace.id, service, day)?.first() {
            Some(purse) => desk.reading().entitlement_facts_by_key(purse.entitlement_id)?,
            None => None,
        },
    };
    let Some(line) = line.filter(|line| line.tracked) else {
        let done = posting.settle(desk.at, &mut desk.run, None)?;
        let why = format!("not counted: the workspace holds no tracked {service} line on {day}");
        // Said only with something new: an old row that stays uncounted is unchanged.
        return Ok(done.map(|_| why));
    };
    if !is_kept && day > desk.today(&line.time_zone)? {
        let what = format!("{day} lies in the future");
        return Err(Fault {
            code: codes::FUTURE_DELIVERY.id,
            ..cell_fault(column, what, "write it once it has happened")
        }
        .into());
    }
    if !is_kept && !line.term.contains(day) {
        let error = crate::domain::ledger::check_day(&line.package, &line.term, day, false);
        if let Err(error) = error {
            let fault = Fault::of(Some(column), &error);
            return Err(Fault {
                fix: "correct the day, or name an entitlement in force on it".to_owned(),
                ..fault
            }
            .into());
        }
    }
    let wanted = Wanted {
        entitlement_id: line.id,
        workspace_id: workspace.id,
        day,
        until: None,
        late: false,
    };
    let done = posting.settle(desk.at, &mut desk.run, Some(wanted))?;
    Ok(done.map(|done| format!("{done} on {}", line.code)))
}
