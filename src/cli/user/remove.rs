//! `servhub user remove`

use crate::cli::args::{Changing, Show};
use crate::cli::people::{Where, Who, ask, count, outcome};
use crate::cli::{App, Command, Outcome};
use crate::hub::people::{Choice, Remove};

/// Remove people from workspaces
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    who: Who,
    #[command(flatten)]
    place: Where,
    #[command(flatten)]
    changing: Changing,
    #[command(flatten)]
    show: Show,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let people = self.who.people()?;
        ask(
            app,
            &self.changing,
            &format!("Remove {}?", count(&people, &self.place)),
        )?;
        let places = self.place.places(app)?;
        let remove = Remove {
            choice: Choice { people, places },
        };
        let done = app
            .hub_for(&self.changing)?
            .carry_out(&remove, self.changing.mode())?;
        Ok(outcome(app, &self.show, &self.changing, done))
    }
}
