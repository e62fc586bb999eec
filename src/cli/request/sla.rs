//! `servhub request sla`

use crate::cli::args::Show;
use crate::cli::{App, Command, Outcome};
use crate::domain::clock::StepKind;
use crate::hub::request::{Sla, hours};
use crate::output::Listing;

/// Say when the first answer is due, what is left, and the walk of the clock that led there
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Its number
    request: String,
    /// Only the outcome, without the walk
    #[arg(long)]
    brief: bool,
    #[command(flatten)]
    show: Show,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let clock = app.hub()?.ask(&Sla { number: self.request })?;
        let style = self.show.style(&app.ui);
        let outcome = if self.brief {
            Outcome::listing(Listing::one(&clock), style)
        } else {
            Outcome::listing(Listing::of(&clock.walk.steps), style)
        };
        let target = &clock.target;
        let allowed = format!("{} minutes of calendar {}", target.minutes, target.calendar);
        let is_paused = clock
            .walk
            .steps
            .last()
            .is_some_and(|step| step.kind == StepKind::Paused);
        let due = match (clock.due_at, clock.responded_at, clock.left) {
            (Some(due), Some(at), _) if at > due => format!("answered at {at}, late: it was due at {due}"),
            (Some(due), Some(at), _) => format!("answered at {at}, in time: it was due at {due}"),
            (None, Some(at), _) => format!("answered at {at}"),
            (Some(due), None, Some(left)) if left < 0 => format!("due at {due}: late by {}", hours(-left)),
            (Some(due), None, Some(left)) => format!("due at {due}: {} left", hours(left)),
            (None, None, _) if is_paused => {
                "the clock stands still while the customer has the word".to_owned()
            }
            (None, None, _) => "the calendar never opens long enough".to_owned(),
            (Some(due), None, None) => format!("due at {due}; the request has gone on since"),
        };
        Ok(outcome.note(format!("request {}: {allowed}, {due}", clock.request)))
    }
}
