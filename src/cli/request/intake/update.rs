//! `servhub request intake update`

use crate::cli::args::{Changing, Show};
use crate::cli::{App, Command, Outcome};
use crate::domain::partner::IntakeOutcome;
use crate::hub::intake::Update;
use crate::output::Listing;

/// Say what became of something that is open, or add to its diagnosis
#[derive(Debug, clap::Args)]
#[command(group(clap::ArgGroup::new("what").required(true).multiple(true)))]
pub struct Args {
    /// Its id
    intake: String,
    /// What came of it
    #[arg(long, value_enum, group = "what")]
    outcome: Option<IntakeOutcome>,
    /// What else was found
    #[arg(long, value_name = "TEXT", group = "what")]
    diagnosis: Option<String>,
    /// Number of the request that it was escalated with
    #[arg(long, value_name = "NUMBER", group = "what")]
    request: Option<String>,
    #[command(flatten)]
    changing: Changing,
    #[command(flatten)]
    show: Show,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let update = Update {
            intake: self.intake,
            outcome: self.outcome,
            diagnosis: self.diagnosis,
            request: self.request,
        };
        let done = app
            .hub_for(&self.changing)?
            .carry_out(&update, self.changing.mode())?;
        let outcome = Outcome::listing(Listing::one(&done.answer).loud(), self.show.style(&app.ui));
        Ok(outcome.changed(&self.changing, done.changed))
    }
}
