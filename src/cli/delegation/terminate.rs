//! `servhub delegation terminate`

use crate::cli::args::{Changing, Show};
use crate::cli::{App, Command, Outcome};
use crate::hub::delegation::Terminate;

/// End delegated access at once, or take the request for it back: the partner and the customer may
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Id or name of the delegation
    delegation: String,
    #[command(flatten)]
    changing: Changing,
    #[command(flatten)]
    show: Show,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        if !self.changing.dry_run {
            let question = format!("End delegation {}? It cannot be taken up again.", self.delegation);
            app.ui.confirm(&question, self.changing.yes)?;
        }
        let terminate = Terminate {
            delegation: self.delegation,
        };
        app.change(&terminate, &self.changing, &self.show)
    }
}
