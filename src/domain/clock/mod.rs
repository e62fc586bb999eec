//! Business hours: calendars, and the walk of a clock through them (S-3, S-5).

mod calendar;
mod walk;
mod week;

pub use calendar::Calendar;
pub use walk::{Pause, Step, StepKind, Walk};
pub use week::{Interval, Week, WeekError};
