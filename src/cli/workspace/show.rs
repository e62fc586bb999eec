//! `servhub workspace show`

use crate::cli::args::{self, AsOf};
use crate::cli::{App, Command, Outcome};
use crate::hub::workspace::Show;
use crate::output::Listing;

/// Show what is attached to a workspace
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Name or id
    workspace: String,
    #[command(flatten)]
    as_of: AsOf,
    #[command(flatten)]
    show: args::Show,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let (workspace, packages) = app.hub_as_of(&self.as_of)?.ask(&Show {
            workspace: self.workspace,
        })?;
        let administrator = workspace.administrator.as_deref().unwrap_or("nobody");
        let archived = workspace
            .archived_on
            .map_or(String::new(), |day| format!(", archived on {day}"));
        let note = format!(
            "workspace {} \"{}\" of {}, administered by {administrator}{archived}",
            workspace.code, workspace.name, workspace.customer
        );
        Ok(Outcome::listing(Listing::of(&packages), self.show.style(&app.ui)).note(note))
    }
}
