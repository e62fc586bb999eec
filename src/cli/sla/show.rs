//! `servhub sla show`

use crate::cli::args::Show;
use crate::cli::{App, Command, Outcome};
use crate::hub::target::ShowPlan;
use crate::output::Listing;

/// Show the response targets of one support plan, the line that says most first
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The support plan
    plan: String,
    #[command(flatten)]
    show: Show,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let targets = app.hub()?.ask(&ShowPlan { plan: self.plan })?;
        Ok(Outcome::listing(Listing::of(&targets), self.show.style(&app.ui)))
    }
}
