//! `servhub user service-admin`

use crate::cli::args::{Changing, OnOff, Show};
use crate::cli::people::{Where, Who, choice, outcome};
use crate::cli::{App, Command, Outcome};
use crate::hub::people::NameAdmin;

/// Say who administers the default workspace because the contract names them
///
/// Only the provider changes it.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    who: Who,
    #[command(flatten)]
    mark: OnOff,
    #[command(flatten)]
    place: Where,
    #[command(flatten)]
    changing: Changing,
    #[command(flatten)]
    show: Show,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let name = NameAdmin {
            choice: choice(
                app,
                &self.who,
                &self.place,
                &self.changing,
                "Change who administers:",
            )?,
            on: self.mark.on,
        };
        let done = app
            .hub_for(&self.changing)?
            .carry_out(&name, self.changing.mode())?;
        Ok(outcome(app, &self.show, &self.changing, done))
    }
}
