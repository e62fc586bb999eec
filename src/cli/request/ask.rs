//! `servhub request ask`

use super::{Changed, changed};
use crate::cli::args::{Changing, Show};
use crate::cli::{App, Command, Outcome};
use crate::hub::request::Ask;

/// Ask the customer something: the clock may stand still until the answer
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Its number
    request: String,
    /// The question
    #[arg(long, value_name = "TEXT")]
    text: String,
    #[command(flatten)]
    changing: Changing,
    #[command(flatten)]
    show: Show,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let change = Ask {
            number: self.request,
            text: self.text,
        };
        changed(
            app,
            &change,
            Changed {
                request: &change.number,
                changing: &self.changing,
                show: &self.show,
            },
        )
    }
}
