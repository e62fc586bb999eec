//! `servhub token list`

use crate::cli::args::Show;
use crate::cli::{App, Command, Outcome};
use crate::hub::token::List;
use crate::output::Listing;

/// List your tokens and sessions; as operator everybody's
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Also those that ran out or were taken back
    #[arg(long)]
    all: bool,
    #[command(flatten)]
    show: Show,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let lines = app.hub()?.ask(&List { all: self.all })?;
        Ok(Outcome::listing(Listing::of(&lines), self.show.style(&app.ui)))
    }
}
