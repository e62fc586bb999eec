//! What came in from a partner's customers, and what became of it (P-2).

mod list;
mod record;
mod share;

pub use list::List;
pub use record::{Add, Update};
pub use share::{Share, Shared};

use crate::domain::{Day, Instant};
use crate::output::{Cell, Column, Tabular, col};
use crate::store::sqlite::IntakeLine;

/// The days that are looked at, of UTC: from the first moment, and before the last.
fn span(since: Option<Day>, until: Option<Day>) -> (Option<Instant>, Option<Instant>) {
    let after = |day: Day| day.plus(1).start_utc();
    (since.map(Day::start_utc), until.map(after))
}

impl Tabular for IntakeLine {
    const SCHEMA: &'static str = "intake.list/1";
    const COLUMNS: &'static [Column] = &[
        col("intake"),
        col("partner"),
        col("customer"),
        col("at"),
        col("reporter"),
        col("title"),
        col("outcome"),
        col("request"),
        col("diagnosis").quiet(),
        col("account").quiet(),
    ];

    fn cells(&self) -> Vec<Cell> {
        vec![
            (&self.code).into(),
            (&self.partner).into(),
            (&self.customer).into(),
            self.at.into(),
            (&self.reporter).into(),
            (&self.title).into(),
            self.outcome.word().into(),
            (&self.request).into(),
            (&self.diagnosis).into(),
            (&self.account).into(),
        ]
    }
}
