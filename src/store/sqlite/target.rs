//! Response targets and calendars.

use super::Read;
use crate::domain::clock::Week;
use crate::domain::sla::Target;
use crate::domain::{Day, Zone};
use crate::error::{Result, codes};
use crate::store::engine::{self, OptionalExtension, Row};
use rusqlite::types::Type;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A calendar as the store keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CalendarRow {
    /// Key in the store.
    pub id: i64,
    /// What policies call it.
    pub name: String,
    /// Its time zone; none for that of the request's contract.
    pub zone: Option<String>,
    /// Its hours.
    pub week: Week,
    /// Its holidays.
    pub holidays: BTreeMap<Day, String>,
}

impl CalendarRow {
    /// The calendar for a request whose contract has a time zone.
    ///
    /// # Errors
    /// `E0100` when this machine's rules do not know the zone.
    pub fn in_zone(&self, contract: &str) -> Result<crate::domain::clock::Calendar> {
        let zone: Zone = self
            .zone
            .as_deref()
            .unwrap_or(contract)
            .parse()
            .map_err(|error: crate::domain::DayError| codes::BAD_VALUE.error(error.to_string()))?;
        Ok(crate::domain::clock::Calendar {
            name: self.name.clone(),
            zone,
            week: self.week.clone(),
            holidays: self.holidays.clone(),
        })
    }
}

impl Read<'_> {
    /// All calendars, by name.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn calendars(&self) -> Result<Vec<CalendarRow>> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT id, name, zone, week FROM calendar ORDER BY name")?;
        let rows = statement.query_map([], calendar)?;
        let mut all: Vec<CalendarRow> = rows.collect::<engine::Result<_>>()?;
        for one in &mut all {
            one.holidays = self.holidays(one.id)?;
        }
        Ok(all)
    }

    /// The calendar of a name.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn calendar(&self, name: &str) -> Result<Option<CalendarRow>> {
        let sql = "SELECT id, name, zone, week FROM calendar WHERE name = ?1";
        let mut statement = self.conn.prepare_cached(sql)?;
        let Some(mut found) = statement.query_row([name], calendar).optional()? else {
            return Ok(None);
        };
        found.holidays = self.holidays(found.id)?;
        Ok(Some(found))
    }

    fn holidays(&self, calendar_id: i64) -> Result<BTreeMap<Day, String>> {
        let sql = "SELECT day, name FROM holiday WHERE calendar_id = ?1";
        let mut statement = self.conn.prepare_cached(sql)?;
        let rows = statement.query_map([calendar_id], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<engine::Result<_>>()?)
    }

    /// Key, plan and time zone of every contract: a request's target is the same for everyone who sees it.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn contract_plans(&self) -> Result<Vec<(i64, String, String)>> {
        let sql = "SELECT id, kind, time_zone FROM main.contract";
        let mut statement = self.conn.prepare_cached(sql)?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        Ok(rows.collect::<engine::Result<_>>()?)
    }

    /// Key and time zone of every partner.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn partner_zones(&self) -> Result<Vec<(i64, String)>> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT id, time_zone FROM main.partner")?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<engine::Result<_>>()?)
    }

    /// Plan and time zone of a contract, also of one that is seen only because a request hangs from it.
    ///
    /// # Errors
    /// The store's own failure, or no such key.
    pub(crate) fn contract_plan(&self, id: i64) -> Result<(String, String)> {
        let sql = "SELECT kind, time_zone FROM main.contract WHERE id = ?1";
        let mut statement = self.conn.prepare_cached(sql)?;
        Ok(statement.query_row([id], |row| Ok((row.get(0)?, row.get(1)?)))?)
    }

    /// The policy table, by plan, and within one the more special lines first.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn targets(&self) -> Result<Vec<Target>> {
        let sql = "SELECT t.plan, t.severity, t.kind, t.language, t.minutes, c.name, t.pauses FROM target t
                   JOIN calendar c ON c.id = t.calendar_id
                   ORDER BY t.plan, t.severity IS NULL, t.severity, t.kind IS NULL, t.kind DESC, t.language IS NULL, t.language";
        let mut statement = self.conn.prepare_cached(sql)?;
        let rows = statement.query_map([], |row| {
            Ok(Target {
                plan: row.get(0)?,
                severity: row.get(1)?,
                kind: row.get(2)?,
                language: row.get(3)?,
                minutes: row.get(4)?,
                calendar: row.get(5)?,
                pauses: row.get(6)?,
            })
        })?;
        Ok(rows.collect::<engine::Result<_>>()?)
    }
}

fn calendar(row: &Row<'_>) -> engine::Result<CalendarRow> {
    let week: String = row.get(3)?;
    let week = week
        .parse()
        .map_err(|error| rusqlite::Error::FromSqlConversionFailure(3, Type::Text, Box::new(error)))?;
    Ok(CalendarRow {
        id: row.get(0)?,
        name: row.get(1)?,
        zone: row.get(2)?,
        week,
        holidays: BTreeMap::new(),
    })
}
