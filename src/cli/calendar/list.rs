//! `servhub calendar list`

use crate::cli::args::Show;
use crate::cli::{App, Command, Outcome};
use crate::hub::target::ListCalendars;
use crate::output::Listing;

/// List the calendars that response targets are counted in
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    show: Show,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let calendars = app.hub()?.ask(&ListCalendars)?;
        Ok(Outcome::listing(
            Listing::of(&calendars),
            self.show.style(&app.ui),
        ))
    }
}
