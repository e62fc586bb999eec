//! `servhub group show`

use crate::cli::args;
use crate::cli::{App, Command, Outcome};
use crate::hub::group::Show;
use crate::output::Listing;

/// Show a group and its members
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Name or id of the group
    group: String,
    #[command(flatten)]
    show: args::Show,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let (group, members) = app.hub()?.ask(&Show { group: self.group })?;
        let roles: Vec<&str> = group.roles.iter().map(|role| role.word()).collect();
        let roles = match roles.as_slice() {
            [] => "no role".to_owned(),
            some => some.join(", "),
        };
        let note = format!(
            "group {} \"{}\" of workspace {}, {}, holds {roles}",
            group.code, group.name, group.workspace, group.kind
        );
        Ok(Outcome::listing(Listing::of(&members), self.show.style(&app.ui)).note(note))
    }
}
