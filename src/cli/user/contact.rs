//! `servhub user contact`

use crate::cli::args::{Changing, OnOff, Show};
use crate::cli::people::{Where, Who, choice, outcome};
use crate::cli::{App, Command, Outcome};
use crate::hub::people::Mark;

/// Mark support contacts, who may file requests, or take the mark away
///
/// The contract's contacts line says how many there may be.
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
        let mark = Mark {
            choice: choice(app, &self.who, &self.place, &self.changing, "Change the mark of")?,
            on: self.mark.on,
        };
        let done = app
            .hub_for(&self.changing)?
            .carry_out(&mark, self.changing.mode())?;
        Ok(outcome(app, &self.show, &self.changing, done))
    }
}
