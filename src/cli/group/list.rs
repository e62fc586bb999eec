//! `servhub group list`

use crate::cli::args::{Paging, Show};
use crate::cli::people::Where;
use crate::cli::{App, Command, Outcome};
use crate::hub::group::{List, Mine};
use crate::output::Listing;

/// List groups
#[derive(Debug, clap::Args)]
pub struct Args {
    /// One's own groups, for choosing the default one
    #[arg(long, conflicts_with_all = ["workspace", "all_workspaces", "limit", "page_token"])]
    mine: bool,
    #[command(flatten)]
    place: Where,
    #[command(flatten)]
    paging: Paging,
    #[command(flatten)]
    show: Show,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        if self.mine {
            let groups = app.hub()?.ask(&Mine)?;
            return Ok(Outcome::listing(Listing::of(&groups), self.show.style(&app.ui)));
        }
        let (places, note) = self.place.places_to_see(app)?;
        let (groups, cut) = app.hub()?.ask(&List {
            places,
            limit: self.paging.rows(),
            page_token: self.paging.page_token,
        })?;
        let listing = Listing::of(&groups).cut(cut);
        let outcome = Outcome::listing(listing, self.show.style(&app.ui));
        Ok(note.into_iter().fold(outcome, Outcome::note))
    }
}
