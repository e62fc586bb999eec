//! `servhub delegation assign`

use crate::cli::args::{Changing, Show};
use crate::cli::{App, Command, Outcome};
use crate::hub::delegation::Assign;
use crate::output::Listing;

/// Give delegated roles to security groups of the partner, or take them back
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Id or name of the delegation
    delegation: String,
    /// Name of a security group (repeatable)
    #[arg(long = "group", value_name = "NAME", required = true)]
    groups: Vec<String>,
    /// Name or template id of a role (repeatable); else all that were delegated
    #[arg(long = "role", value_name = "ROLE")]
    roles: Vec<String>,
    /// Take them back
    #[arg(long)]
    remove: bool,
    #[command(flatten)]
    changing: Changing,
    #[command(flatten)]
    show: Show,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        if self.remove && !self.changing.dry_run {
            let question = format!(
                "Take roles of {} back from {}?",
                self.delegation,
                self.groups.join(", ")
            );
            app.ui.confirm(&question, self.changing.yes)?;
        }
        let assign = Assign {
            delegation: self.delegation,
            groups: self.groups,
            roles: self.roles,
            remove: self.remove,
        };
        let done = app
            .hub_for(&self.changing)?
            .carry_out(&assign, self.changing.mode())?;
        let (line, roles) = &done.answer;
        let one = &line.delegation;
        let outcome = Outcome::listing(Listing::of(roles), self.show.style(&app.ui));
        let outcome = outcome.note(format!(
            "delegation {} of {} to {} is {}",
            one.code, one.customer, one.partner, one.status
        ));
        Ok(outcome.changed(&self.changing, done.changed))
    }
}
