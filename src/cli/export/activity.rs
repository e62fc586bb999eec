//! `servhub export activity`

use super::rows;
use super::target::Target;
use crate::cli::args::AsOf;
use crate::cli::{App, Command, Outcome};
use crate::hub::activity::{Places, Wanted};
use crate::hub::export::Selection;
use crate::hub::export::activity::{ActivityFile, SCHEMA};

/// The activity report as a file: the same rows as `servhub activity`, all of them
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Only these workspaces, by name or id; all of them when none is named
    #[arg(
        long,
        visible_alias = "space",
        value_name = "WORKSPACE",
        help_heading = "What"
    )]
    workspace: Vec<String>,
    /// Only this contract, by number
    #[arg(long, value_name = "NUMBER", help_heading = "What")]
    contract: Option<String>,
    #[command(flatten)]
    as_of: AsOf,
    #[command(flatten)]
    target: Target,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let hub = app.hub_as_of(&self.as_of)?;
        let export = ActivityFile {
            wanted: self.wanted(),
            form: self.target.form(),
        };
        let selection = Selection {
            contracts: self.contract.clone().into_iter().collect(),
            workspaces: self.workspace.clone(),
            ..Selection::default()
        };
        rows::write(app, &hub, &self.target, (SCHEMA, &export, &selection))
    }
}

impl Args {
    fn wanted(&self) -> Wanted {
        let places = match self.workspace.as_slice() {
            [] => Places::AllWorkspaces,
            names => Places::Workspaces(names.to_vec()),
        };
        Wanted {
            places,
            contract: self.contract.clone(),
            ..Wanted::default()
        }
    }
}
