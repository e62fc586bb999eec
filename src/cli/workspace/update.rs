//! `servhub workspace update`

use crate::cli::args::{Changing, Show, yes_no};
use crate::cli::{App, Command, Outcome};
use crate::hub::workspace::Update;

/// Change the name or the settings of a workspace
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Name or id of the workspace
    workspace: String,
    /// Its new name, unique within the customer
    #[arg(long, value_name = "NAME", required_unless_present = "allow_personal")]
    name: Option<String>,
    /// Take personal accounts on a unified contract: yes or no
    #[arg(long, value_name = "YES|NO", value_parser = yes_no)]
    allow_personal: Option<bool>,
    #[command(flatten)]
    changing: Changing,
    #[command(flatten)]
    show: Show,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let update = Update {
            workspace: self.workspace,
            name: self.name,
            allow_personal: self.allow_personal,
        };
        app.change(&update, &self.changing, &self.show)
    }
}
