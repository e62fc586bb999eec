//! `servhub customer user restore`

use super::Whom;
use crate::cli::args::{Changing, Show};
use crate::cli::people::ask;
use crate::cli::{App, Command, Outcome};
use crate::hub::tenant::Restore;

/// Bring people back who were deleted in the last 30 days, with their licences as far as seats are left
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
        if accounts.len() > 1 {
            ask(
                app,
                &self.changing,
                &format!("Restore {}?", Whom::told(&accounts)),
            )?;
        }
        let restore = Restore {
            customer: self.whom.customer,
            accounts,
        };
        let done = app
            .hub_for(&self.changing)?
            .carry_out(&restore, self.changing.mode())?;
        let without = done.answer.iter().filter(|one| !one.without.is_empty());
        let notes: Vec<String> = without
            .map(|one| {
                format!(
                    "{} has no {} any more: no seat is left",
                    one.account,
                    one.without.join(", ")
                )
            })
            .collect();
        let outcome = super::outcome(app, &self.show, &self.changing, done);
        Ok(notes.into_iter().fold(outcome, Outcome::note))
    }
}
