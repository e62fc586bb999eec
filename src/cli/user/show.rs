//! `servhub user show`

use crate::cli::args;
use crate::cli::{App, Command, Outcome};
use crate::hub::people::Show;
use crate::output::Listing;

/// Show all that you may know of a person: memberships, and each role with where it comes from
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The account
    account: String,
    #[command(flatten)]
    show: args::Show,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let shown = app.hub()?.ask(&Show {
            account: self.account,
        })?;
        let style = self.show.style(&app.ui);
        // Someone who is no member has no memberships to show, and the other way round.
        if shown.memberships.is_empty() {
            return Ok(Outcome::listing(Listing::of(&shown.roles), style));
        }
        let outcome = Outcome::listing(Listing::of(&shown.memberships), style.clone());
        if shown.roles.is_empty() {
            return Ok(outcome.note("holds no role now"));
        }
        Ok(outcome.also(Listing::of(&shown.roles), style))
    }
}
