//! `servhub token revoke`

use crate::cli::args::{Changing, Show};
use crate::cli::{App, Command, Outcome};
use crate::hub::token::Revoke;
use crate::output::Listing;

/// Take tokens back: whoever uses one is not signed in any more
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The ids, as `servhub token list` shows them
    #[arg(required = true, value_name = "ID")]
    tokens: Vec<String>,
    #[command(flatten)]
    changing: Changing,
    #[command(flatten)]
    show: Show,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let mut hub = app.hub_for(&self.changing)?;
        if !self.changing.dry_run {
            let question = format!("Revoke {}?", self.tokens.join(", "));
            app.ui.confirm(&question, self.changing.yes)?;
        }
        let revoke = Revoke { tokens: self.tokens };
        let done = hub.carry_out(&revoke, self.changing.mode())?;
        let listing = Listing::of(&done.answer);
        Ok(Outcome::listing(listing, self.show.style(&app.ui)).changed(&self.changing, done.changed))
    }
}
