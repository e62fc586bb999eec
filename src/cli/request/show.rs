//! `servhub request show`

use crate::cli::args;
use crate::cli::{App, Command, Outcome};
use crate::hub::request::Show;
use crate::output::Listing;

/// Show one request, and with whom it is shared
///
/// The last column says by which rules you see it (V-1 to V-5); the operator sees everything.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Its number
    request: String,
    /// List everyone who sees it instead, and by which rule
    #[arg(long)]
    who: bool,
    /// List what happened to it instead, in order
    #[arg(long, conflicts_with = "who")]
    history: bool,
    /// List its attachments instead
    #[arg(long, conflicts_with_all = ["who", "history"])]
    files: bool,
    #[command(flatten)]
    show: args::Show,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let shown = app.hub()?.ask(&Show {
            number: self.request,
            who: self.who,
        })?;
        let style = self.show.style(&app.ui);
        let listing = match self.who {
            true => Listing::of(&shown.who),
            false if self.history => Listing::of(&shown.events),
            false if self.files => Listing::of(&shown.files),
            false => Listing::one(&shown),
        };
        Ok(Outcome::listing(listing, style))
    }
}
