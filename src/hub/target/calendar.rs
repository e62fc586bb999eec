//! `calendar.list` and `calendar.show`

use crate::domain::Day;
use crate::domain::near::nearest;
use crate::error::{Result, codes};
use crate::hub::{Query, Reading, Route};
use crate::output::{Cell, Column, Tabular, col};
use crate::policy::needs::ReadTargets;
use crate::store::sqlite::CalendarRow;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Lists the calendars.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct ListCalendars;

impl Query for ListCalendars {
    const NAME: &'static str = "calendar.list";
    const ROUTE: Route = Route::get("/calendars");
    type Needs = ReadTargets;
    type Answer = Vec<CalendarRow>;

    fn answer(&self, at: &Reading<'_, ReadTargets>) -> Result<Vec<CalendarRow>> {
        at.calendars()
    }
}

impl Tabular for CalendarRow {
    const SCHEMA: &'static str = "calendar.list/1";
    const COLUMNS: &'static [Column] = &[col("calendar"), col("zone"), col("hours"), col("holidays")];

    fn cells(&self) -> Vec<Cell> {
        vec![
            (&self.name).into(),
            self.zone.as_deref().unwrap_or("contract").into(),
            self.week.to_string().into(),
            i64::try_from(self.holidays.len()).unwrap_or(i64::MAX).into(),
        ]
    }
}

/// One calendar, day by day, so that one sees what a clock will do.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct ShowCalendar {
    /// Its name.
    pub calendar: String,
    /// The first day; none means today.
    pub from: Option<Day>,
    /// How many days.
    pub days: i32,
}

/// The hours of a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Hours {
    /// The day.
    pub day: Day,
    /// Its hours; empty when closed.
    pub hours: Vec<String>,
    /// Name of the holiday that closes it.
    pub holiday: Option<String>,
}

const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

impl Query for ShowCalendar {
    const NAME: &'static str = "calendar.show";
    const ROUTE: Route = Route::get("/calendars/{calendar}");
    type Needs = ReadTargets;
    type Answer = (CalendarRow, Vec<Hours>);

    fn answer(&self, at: &Reading<'_, ReadTargets>) -> Result<Self::Answer> {
        let Some(calendar) = at.calendar(&self.calendar)? else {
            let all = at.calendars()?;
            let near = nearest(&self.calendar, all.iter().map(|one| one.name.as_str()));
            let error = codes::NOT_FOUND.error(format!("there is no calendar \"{}\"", self.calendar));
            return Err(match near.as_slice() {
                [] => error.hint("`servhub calendar list` shows what there is"),
                near => error.hint(format!("did you mean {}?", near.join(", "))),
            });
        };
        let zone = calendar.in_zone("UTC")?.zone;
        let first = self.from.unwrap_or_else(|| at.context().day_in(&zone));
        let days = (0..self.days).map(|more| {
            let day = first.plus(more);
            let holiday = calendar.holidays.get(&day).cloned();
            let open = calendar.week.hours(day.weekday()).iter();
            Hours {
                day,
                hours: match holiday {
                    Some(_) => Vec::new(),
                    None => open.map(ToString::to_string).collect(),
                },
                holiday,
            }
        });
        let days = days.collect();
        Ok((calendar, days))
    }
}

impl Tabular for Hours {
    const SCHEMA: &'static str = "calendar.show/1";
    const COLUMNS: &'static [Column] = &[col("day"), col("weekday"), col("hours"), col("holiday")];

    fn cells(&self) -> Vec<Cell> {
        vec![
            self.day.into(),
            WEEKDAYS[self.day.weekday() % 7].into(),
            self.hours.clone().into(),
            (&self.holiday).into(),
        ]
    }
}
