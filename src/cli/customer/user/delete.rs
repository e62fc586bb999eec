//! `servhub customer user delete`

use super::Whom;
use crate::cli::args::{Changing, Show};
use crate::cli::people::ask;
use crate::cli::{App, Command, Outcome};
use crate::hub::tenant::Delete;

/// Delete people of a customer; for 30 days they can be restored
///
/// Their licences are given back at once, and remembered for a restore.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    whom: Whom,
    #[command(flatten)]
    changing: Changing,
    #[command(flatten)]
    show: Show,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let accounts = self.whom.accounts()?;
        let question = format!("Delete {} of {}?", Whom::told(&accounts), self.whom.customer);
        ask(app, &self.changing, &question)?;
        let delete = Delete {
            customer: self.whom.customer,
            accounts,
        };
        let done = app
            .hub_for(&self.changing)?
            .carry_out(&delete, self.changing.mode())?;
        Ok(super::outcome(app, &self.show, &self.changing, done))
    }
}
