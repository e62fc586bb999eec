//! `servhub request assign`

use super::{Changed, changed};
use crate::cli::args::{Changing, Show};
use crate::cli::{App, Command, Outcome};
use crate::hub::request::Assign;

/// Take a request on, or give it to somebody of the provider
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Its number
    request: String,
    /// Account of whoever is in charge; you when left out
    #[arg(long, value_name = "ACCOUNT")]
    to: Option<String>,
    #[command(flatten)]
    changing: Changing,
    #[command(flatten)]
    show: Show,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let change = Assign {
            number: self.request,
            to: self.to,
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
