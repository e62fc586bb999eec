//! `servhub workspace show`

use crate::cli::args::{self, AsOf};
use crate::cli::{App, Command, Outcome};
use crate::hub::workspace::{People, Show};
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
        let shown = app.hub_as_of(&self.as_of)?.ask(&Show {
            workspace: self.workspace,
        })?;
        let workspace = &shown.workspace;
        let archived = workspace
            .archived_on
            .map_or(String::new(), |day| format!(", archived on {day}"));
        let note = format!(
            "workspace {} \"{}\" of {}{archived}",
            workspace.code, workspace.name, workspace.customer
        );
        let outcome = Outcome::listing(Listing::of(&shown.packages), self.show.style(&app.ui)).note(note);
        Ok(shown.people.iter().map(people).fold(outcome, Outcome::note))
    }
}

fn people(people: &People) -> String {
    let administrators = match people.administrators.as_slice() {
        [] => "nobody who has accepted yet".to_owned(),
        some => some.join(", "),
    };
    format!(
        "{} members, {} invited; administered by {administrators}",
        people.members, people.invited
    )
}
