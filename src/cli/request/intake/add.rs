//! `servhub request intake add`

use crate::cli::args::{Changing, Show};
use crate::cli::{App, Command, Outcome};
use crate::domain::partner::IntakeOutcome;
use crate::hub::intake::Add;
use crate::output::Listing;

/// Record what came in from a customer, how it was diagnosed, and what came of it
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The customer
    #[arg(long, value_name = "CUSTOMER")]
    customer: String,
    /// A line that names it
    #[arg(long, value_name = "TEXT")]
    title: String,
    /// What was found
    #[arg(long, value_name = "TEXT")]
    diagnosis: String,
    /// Who came with it
    #[arg(long, value_name = "WHO")]
    reporter: Option<String>,
    /// What came of it: solved within the baseline, escalated with a request, or still open
    #[arg(long, value_enum)]
    outcome: IntakeOutcome,
    /// Number of the request that it was escalated with
    #[arg(long, value_name = "NUMBER")]
    request: Option<String>,
    #[command(flatten)]
    changing: Changing,
    #[command(flatten)]
    show: Show,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let add = Add {
            customer: self.customer,
            title: self.title,
            diagnosis: self.diagnosis,
            reporter: self.reporter,
            outcome: self.outcome,
            request: self.request,
        };
        let done = app
            .hub_for(&self.changing)?
            .carry_out(&add, self.changing.mode())?;
        let outcome = Outcome::listing(Listing::one(&done.answer).loud(), self.show.style(&app.ui));
        Ok(outcome.changed(&self.changing, done.changed))
    }
}
