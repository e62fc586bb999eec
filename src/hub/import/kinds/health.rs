//! Known issues of services and what was said of them (G-10).

use crate::domain::Instant;
use crate::domain::health::{Classification, status};
use crate::hub::import::desk::{Desk, IssueKey, Judged, Record};
use crate::hub::import::report::{Stop, Verdict};
use crate::hub::import::row::{Row, cell_fault, rule_fault};
use crate::store::sqlite::{Cell, Table, Value};

pub(super) fn issue(desk: &mut Desk<'_, '_, '_>, row: &Row<'_>) -> Result<Judged, Stop> {
    let code = row.text("issue");
    let classification = row.text("classification").to_lowercase();
    if classification.parse::<Classification>().is_err() {
        let what = format!("\"{classification}\" is no classification");
        let fix = format!("it is one of {}", Classification::WORDS.join(", "));
        return Err(cell_fault("classification", what, fix).into());
    }
    let started: Instant = row.need("started_at")?;
    if row
        .value::<Instant>("ended_at")?
        .is_some_and(|ended| ended < started)
    {
        let what = format!("it lies before {started}, when the issue began");
        return Err(rule_fault(
            "ended_at",
            what,
            "write a later instant, or leave it empty",
        ));
    }
    let id = desk.reading().key_of(Table::Health, code)?;
    let cells = [
        Cell {
            given: false,
            ..row.keep("issue", "code")
        },
        row.keep("service", "service"),
        row.keep("title", "title"),
        Cell {
            value: Value::Text(Some(classification)),
            ..row.keep("classification", "classification")
        },
        // The vendor writes its words now like this and now like that, and makes new ones.
        Cell {
            value: Value::Text(Some(status(row.text("status")))),
            ..row.keep("status", "status")
        },
        row.keep("region", "region"),
        row.keep("impact", "impact"),
        row.keep_instant("started_at", "started_at")?,
        row.keep_instant("ended_at", "ended_at")?,
    ];
    let subject = format!("health:{code}");
    Ok(desk.put(Table::Health, id, &cells, (&subject, Record::Each))?.1)
}

pub(super) fn update(desk: &mut Desk<'_, '_, '_>, row: &Row<'_>) -> Result<Judged, Stop> {
    let IssueKey(issue) = desk.known::<IssueKey>(row, "issue")?;
    let at: Instant = row.need("at")?;
    if !desk.at.put_health_update(issue, at, row.text("text"))? {
        return Ok(Judged::unchanged());
    }
    Ok(Judged::new(Verdict::Created, "new"))
}
