//! `servhub workspace update`

use crate::cli::args::{Changing, Show, yes_no};
use crate::cli::{App, Command, Outcome};
use crate::hub::workspace::Update;
use crate::output::Listing;

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
        let done = app
            .hub_for(&self.changing)?
            .carry_out(&update, self.changing.mode())?;
        let outcome = Outcome::listing(Listing::one(&done.answer), self.show.style(&app.ui));
        Ok(outcome.changed(&self.changing, done.changed))
    }
}
