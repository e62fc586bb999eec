//! `servhub export education`

use super::rows;
use super::select::Select;
use super::target::Target;
use crate::cli::args::AsOf;
use crate::cli::{App, Command, Outcome};
use crate::hub::export::education::{EducationFile, SCHEMA};

/// Learning activities of the people of the workspaces
///
/// One line for each activity, sorted by customer, workspace, learner, day and title.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    select: Select,
    /// All that there is, which is also what is meant when nothing is named
    #[arg(long, conflicts_with_all = ["customer", "contract", "workspace"], help_heading = "What")]
    all: bool,
    #[command(flatten)]
    as_of: AsOf,
    #[command(flatten)]
    target: Target,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let hub = app.hub_as_of(&self.as_of)?;
        let export = EducationFile {
            selection: self.select.selection(),
            form: self.target.form(),
        };
        rows::write(app, &hub, &self.target, (SCHEMA, &export, &export.selection))
    }
}
