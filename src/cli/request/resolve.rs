//! `servhub request resolve`

use super::{Changed, changed};
use crate::cli::args::{Changing, Show};
use crate::cli::{App, Command, Outcome};
use crate::hub::request::Resolve;

/// Say what solved a request
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Its number
    request: String,
    /// What solved it
    #[arg(long, value_name = "TEXT")]
    resolution: String,
    #[command(flatten)]
    changing: Changing,
    #[command(flatten)]
    show: Show,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let change = Resolve {
            number: self.request,
            resolution: self.resolution,
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
