//! `servhub workspace list`

use crate::cli::args::Show;
use crate::cli::{App, Command, Outcome};
use crate::hub::workspace::List;
use crate::output::Listing;

/// List workspaces
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Only those of this customer
    #[arg(long, value_name = "CUSTOMER")]
    customer: Option<String>,
    /// Archived ones as well
    #[arg(long)]
    archived: bool,
    #[command(flatten)]
    show: Show,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let workspaces = app.hub()?.ask(&List {
            customer: self.customer,
            archived: self.archived,
        })?;
        Ok(Outcome::listing(
            Listing::of(&workspaces),
            self.show.style(&app.ui),
        ))
    }
}
