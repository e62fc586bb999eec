//! Calendars with their holidays, and response targets (S-2, S-3).

use crate::domain::clock::Week;
use crate::hub::import::desk::{CalendarKey, Desk, Judged, Record};
use crate::hub::import::report::{Fault, Stop};
use crate::hub::import::row::{Row, cell_fault};
use crate::store::sqlite::{Cell, Table, Value};

pub(super) fn calendar(desk: &mut Desk<'_, '_, '_>, row: &Row<'_>) -> Result<Judged, Stop> {
    let name = row.text("calendar");
    let id = desk.reading().key_of(Table::Calendar, name)?;
    // Kept as the hub itself writes hours, so that the same hours are never a difference.
    let week = Cell {
        value: Value::Text(Some(week(row)?.to_string())),
        ..row.keep("week", "week")
    };
    let cells = [row.keep("calendar", "name"), row.keep("zone", "zone"), week];
    let subject = format!("calendar:{name}");
    Ok(desk.put(Table::Calendar, id, &cells, (&subject, Record::Each))?.1)
}

/// The hours; a calendar that never opens would let no clock come to its end.
fn week(row: &Row<'_>) -> Result<Week, Fault> {
    let fix = "write days and hours, such as mon-fri 09:00-17:00; sat 09:00-12:00, or 24x7";
    let week: Week = match row.text("week").parse() {
        Ok(week) => week,
        Err(error) => {
            let error: crate::domain::clock::WeekError = error;
            return Err(cell_fault("week", error.to_string(), fix));
        }
    };
    if week.is_empty() {
        return Err(cell_fault("week", "the calendar would never be open", fix));
    }
    Ok(week)
}

pub(super) fn holiday(desk: &mut Desk<'_, '_, '_>, row: &Row<'_>) -> Result<Judged, Stop> {
    let CalendarKey(calendar) = desk.known(row, "calendar")?;
    let home = row.keep_key("calendar", "calendar_id", Table::Calendar, Some(calendar));
    let day = row.keep_day("day", "day")?;
    let key = [("calendar_id", home.value.clone()), ("day", day.value.clone())];
    let id = desk.reading().key_where(Table::Holiday, &key)?;
    let subject = format!("calendar:{}", row.text("calendar"));
    let cells = [home, day, row.keep("name", "name")];
    Ok(desk.put(Table::Holiday, id, &cells, (&subject, Record::Each))?.1)
}

pub(super) fn target(desk: &mut Desk<'_, '_, '_>, row: &Row<'_>) -> Result<Judged, Stop> {
    let CalendarKey(calendar) = desk.known(row, "calendar")?;
    if row.need::<i64>("minutes")? == 0 {
        let what = "an answer would be due at once";
        return Err(cell_fault("minutes", what, "write at least one minute").into());
    }
    let parts = ["plan", "severity", "kind", "language"];
    let key = parts.map(|part| row.keep(part, part));
    let values: Vec<(&'static str, Value)> =
        key.iter().map(|cell| (cell.column, cell.value.clone())).collect();
    let id = desk.reading().key_where(Table::Target, &values)?;
    // A clock pauses unless the line says that it does not (S-3).
    let pauses = Cell {
        value: Value::Flag(row.text("pauses") != "no"),
        ..row.keep_flag("pauses", "pauses")
    };
    let mut cells = Vec::from(key);
    cells.extend([
        row.keep_count("minutes", "minutes")?,
        row.keep_key("calendar", "calendar_id", Table::Calendar, Some(calendar)),
        pauses,
    ]);
    let said = parts.map(|part| row.opt(part).unwrap_or("any"));
    let subject = format!("target:{}", said.join("/"));
    Ok(desk.put(Table::Target, id, &cells, (&subject, Record::Each))?.1)
}
