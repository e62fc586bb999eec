//! `servhub subscription show`

use crate::cli::args;
use crate::cli::{App, Command, Outcome};
use crate::hub::subscription::Show;
use crate::output::Listing;

/// Show a subscription, or the roles on it
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Id or name of the subscription
    subscription: String,
    /// List the roles on it instead, and who holds them
    #[arg(long)]
    roles: bool,
    #[command(flatten)]
    show: args::Show,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let (line, roles) = app.hub()?.ask(&Show {
            subscription: self.subscription,
        })?;
        let listing = match self.roles {
            true => Listing::of(&roles),
            false => Listing::one(&line),
        };
        Ok(Outcome::listing(listing, self.show.style(&app.ui)))
    }
}
