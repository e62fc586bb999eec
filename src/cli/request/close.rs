//! `servhub request close`

use super::{Changed, changed};
use crate::cli::args::{Changing, Show};
use crate::cli::{App, Command, Outcome};
use crate::hub::request::Close;

/// Close a request that is resolved
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Its number
    request: String,
    #[command(flatten)]
    changing: Changing,
    #[command(flatten)]
    show: Show,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let change = Close { number: self.request };
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
