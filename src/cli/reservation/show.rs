//! `servhub reservation show`

use crate::cli::args;
use crate::cli::{App, Command, Outcome};
use crate::hub::reservation::Show;
use crate::output::Listing;

/// Show a reservation, or what was given back of it
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Id or name of the reservation
    reservation: String,
    /// List what was given back of it instead
    #[arg(long)]
    returns: bool,
    #[command(flatten)]
    show: args::Show,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let (line, returns) = app.hub()?.ask(&Show {
            reservation: self.reservation,
        })?;
        let listing = match self.returns {
            true => Listing::of(&returns),
            false => Listing::one(&line),
        };
        Ok(Outcome::listing(listing, self.show.style(&app.ui)))
    }
}
