//! `servhub user restore`

use super::invite::Valid;
use crate::cli::args::{Changing, Show};
use crate::cli::people::{Where, Who, choice, outcome};
use crate::cli::{App, Command, Outcome};
use crate::hub::people::Restore;

/// Bring removed people back: registered if they had been, else with a new invitation
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    who: Who,
    #[command(flatten)]
    place: Where,
    #[command(flatten)]
    valid: Valid,
    #[command(flatten)]
    changing: Changing,
    #[command(flatten)]
    show: Show,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let restore = Restore {
            choice: choice(app, &self.who, &self.place, &self.changing, "Bring back")?,
            valid_days: self.valid.days(),
        };
        let done = app
            .hub_for(&self.changing)?
            .carry_out(&restore, self.changing.mode())?;
        Ok(outcome(app, &self.show, &self.changing, done))
    }
}
