//! `servhub entitlements show`

use crate::cli::args::{self, AsOf};
use crate::cli::{App, Command, Outcome};
use crate::hub::entitlement::Show;
use crate::output::Listing;

/// Show an entitlement
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Its id
    entitlement: String,
    #[command(flatten)]
    as_of: AsOf,
    #[command(flatten)]
    show: args::Show,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let line = app.hub_as_of(&self.as_of)?.ask(&Show {
            entitlement: self.entitlement,
        })?;
        Ok(Outcome::listing(Listing::one(&line), self.show.style(&app.ui)))
    }
}
