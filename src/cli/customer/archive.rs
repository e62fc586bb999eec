//! `servhub customer archive`

use crate::cli::args::{Changing, Show};
use crate::cli::{App, Command, Outcome};
use crate::hub::customer::Archive;

/// Archive a customer: it stays readable, is left out of lists, and nothing is sold to it
///
/// Refused while relationships, subscriptions, delegated access, open requests or contracts stand. The relationship of your
/// own partner ends with it.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Name or id of the customer
    customer: String,
    /// Bring it back instead
    #[arg(long)]
    undo: bool,
    #[command(flatten)]
    changing: Changing,
    #[command(flatten)]
    show: Show,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        if !self.changing.dry_run && !self.undo {
            app.ui
                .confirm(&format!("Archive customer {}?", self.customer), self.changing.yes)?;
        }
        let archive = Archive {
            customer: self.customer,
            undo: self.undo,
        };
        app.change(&archive, &self.changing, &self.show)
    }
}
