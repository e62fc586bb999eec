//! `servhub user resend`

use super::invite::Valid;
use crate::cli::args::{Changing, Show};
use crate::cli::people::{Where, Who, choice, outcome};
use crate::cli::{App, Command, Outcome};
use crate::hub::people::Resend;

/// Send invitations again, also those that ran out: a new code each, and the old one dies
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
        let resend = Resend {
            choice: choice(app, &self.who, &self.place, &self.changing, "Send again to")?,
            valid_days: self.valid.days(),
        };
        let done = app
            .hub_for(&self.changing)?
            .carry_out(&resend, self.changing.mode())?;
        Ok(outcome(app, &self.show, &self.changing, done))
    }
}
