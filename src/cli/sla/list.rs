//! `servhub sla list`

use crate::cli::args::Show;
use crate::cli::{App, Command, Outcome};
use crate::hub::target::List;
use crate::output::Listing;

/// List the response targets: of the lines that fit a request, the one that says most holds
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Only those of this support plan
    #[arg(long, value_name = "PLAN")]
    plan: Option<String>,
    #[command(flatten)]
    show: Show,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let targets = app.hub()?.ask(&List { plan: self.plan })?;
        Ok(Outcome::listing(Listing::of(&targets), self.show.style(&app.ui)))
    }
}
