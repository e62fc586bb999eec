//! `servhub auth`

mod status;

pub use status::Line;

use super::{App, Command, Outcome};
use clap::Subcommand;

/// Verbs of `auth`.
#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Say who you are at the hub, until when, and where the secret lives
    Status(status::Args),
}

impl Command for Verb {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        match self {
            Self::Status(args) => args.run(app),
        }
    }
}
