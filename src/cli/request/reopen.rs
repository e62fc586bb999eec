//! `servhub request reopen`

use super::{Changed, changed};
use crate::cli::args::{Changing, Show};
use crate::cli::{App, Command, Outcome};
use crate::hub::request::Reopen;

/// Reopen a request that was not solved after all: when resolved, and for 14 days when closed
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Its number
    request: String,
    /// What is still wrong
    #[arg(long, value_name = "TEXT")]
    because: String,
    #[command(flatten)]
    changing: Changing,
    #[command(flatten)]
    show: Show,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let change = Reopen {
            number: self.request,
            because: self.because,
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
