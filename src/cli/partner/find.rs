//! `servhub partner find`

use crate::cli::args::{Paging, Show};
use crate::cli::{App, Command, Outcome};
use crate::hub::partner::Find;
use crate::output::{Cut, Listing};

/// Find a partner by its business profile
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Serves this industry
    #[arg(long, value_name = "TEXT")]
    industry: Option<String>,
    /// Is there
    #[arg(long, value_name = "TEXT")]
    location: Option<String>,
    /// Offers something in whose name this occurs
    #[arg(long, value_name = "TEXT")]
    offer: Option<String>,
    #[command(flatten)]
    paging: Paging,
    #[command(flatten)]
    show: Show,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let (found, next) = app.hub()?.ask(&Find {
            industry: self.industry,
            location: self.location,
            offer: self.offer,
            paged: self.paging.into(),
        })?;
        let cut = next.map(|next| Cut { total: None, next });
        Ok(Outcome::listing(
            Listing::of(&found).cut(cut),
            self.show.style(&app.ui),
        ))
    }
}
