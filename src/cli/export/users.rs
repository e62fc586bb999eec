//! `servhub export users`

use super::rows;
use super::select::Select;
use super::target::Target;
use crate::cli::{App, Command, Outcome};
use crate::hub::export::users::{SCHEMA, UsersFile};

/// Who holds what: members, global administrators and the provider's people
///
/// One line for each membership and each role held without one, sorted by customer, workspace and account.
/// Roles that come through groups stand in a column of their own.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    select: Select,
    /// All that there is, which is also what is meant when nothing is named
    #[arg(long, conflicts_with_all = ["customer", "contract", "workspace"], help_heading = "What")]
    all: bool,
    #[command(flatten)]
    target: Target,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let hub = app.hub()?;
        let export = UsersFile {
            selection: self.select.selection(),
            form: self.target.form(),
        };
        rows::write(app, &hub, &self.target, (SCHEMA, &export, &export.selection))
    }
}
