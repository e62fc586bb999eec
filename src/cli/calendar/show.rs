//! `servhub calendar show`

use crate::cli::args::{Show, day, days};
use crate::cli::{App, Command, Outcome};
use crate::domain::Day;
use crate::hub::target::ShowCalendar;
use crate::output::Listing;

/// Show a calendar day by day, with its holidays
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Name of the calendar
    calendar: String,
    /// The first day; today when left out
    #[arg(long, value_name = "DAY", value_parser = day)]
    from: Option<Day>,
    /// How many days
    #[arg(long, value_name = "DAYS", value_parser = days, default_value = "14d")]
    days: i32,
    #[command(flatten)]
    show: Show,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let (calendar, days) = app.hub()?.ask(&ShowCalendar {
            calendar: self.calendar,
            from: self.from,
            days: self.days,
        })?;
        let zone = calendar
            .zone
            .as_deref()
            .unwrap_or("the time zone of the request's contract");
        Ok(Outcome::listing(Listing::of(&days), self.show.style(&app.ui))
            .note(format!("calendar {} in {zone}: {}", calendar.name, calendar.week)))
    }
}
