//! `servhub partner list`

use crate::cli::args::Show;
use crate::cli::{App, Command, Outcome};
use crate::domain::partner::PartnerKind;
use crate::hub::partner::List;
use crate::output::Listing;

/// List partners: your own with those that it buys from or sells through, or those that serve you
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Only those of this kind
    #[arg(long, value_enum)]
    kind: Option<PartnerKind>,
    #[command(flatten)]
    show: Show,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let lines = app.hub()?.ask(&List { kind: self.kind })?;
        Ok(Outcome::listing(Listing::of(&lines), self.show.style(&app.ui)))
    }
}
