//! `servhub product list`

use crate::cli::args::Show;
use crate::cli::{App, Command, Outcome};
use crate::domain::partner::Family;
use crate::hub::product::List;
use crate::output::Listing;

/// List the products that requests and subscriptions are about, and what known issues call them
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Only those of this family
    #[arg(long, value_enum)]
    family: Option<Family>,
    #[command(flatten)]
    show: Show,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let lines = app.hub()?.ask(&List { family: self.family })?;
        Ok(Outcome::listing(Listing::of(&lines), self.show.style(&app.ui)))
    }
}
