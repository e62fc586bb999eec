//! `servhub operator list`

use crate::cli::args::Show;
use crate::cli::{App, Command, Outcome};
use crate::hub::operator::List;
use crate::output::Listing;

/// List who acts as operator of the shared hub
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    show: Show,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let operators = app.hub()?.ask(&List)?;
        Ok(Outcome::listing(
            Listing::of(&operators),
            self.show.style(&app.ui),
        ))
    }
}
