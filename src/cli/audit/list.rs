//! `servhub audit list`

use super::Filter;
use crate::cli::args::{Paging, Show};
use crate::cli::{App, Command, Outcome};
use crate::hub::audit::List;
use crate::output::Listing;

/// List the records of the audit trail, newest first
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    filter: Filter,
    #[command(flatten)]
    paging: Paging,
    #[command(flatten)]
    show: Show,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let (lines, cut) = app.hub()?.ask(&List {
            wanted: self.filter.into(),
            limit: (!self.paging.all).then_some(self.paging.limit),
            page_token: self.paging.page_token,
        })?;
        Ok(Outcome::listing(
            Listing::of(&lines).cut(cut),
            self.show.style(&app.ui),
        ))
    }
}
