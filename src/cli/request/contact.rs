//! `servhub request contact`

use super::{Changed, changed};
use crate::cli::args::{Changing, Show};
use crate::cli::{App, Command, Outcome};
use crate::hub::request::HandOver;

/// Hand a request over to another primary contact
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Its number
    request: String,
    /// Account of the new contact, a member of the workspace
    #[arg(long, value_name = "ACCOUNT")]
    to: String,
    #[command(flatten)]
    changing: Changing,
    #[command(flatten)]
    show: Show,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let change = HandOver {
            number: self.request,
            contact: self.to,
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
