//! `servhub request`

mod list;
mod share;
mod show;

use super::{App, Command, Outcome};
use clap::Subcommand;

/// Verbs of `request`.
#[derive(Debug, Subcommand)]
pub enum Verb {
    /// List the requests that you may see, newest first
    List(list::Args),
    /// Show one request, and with whom it is shared
    Show(show::Args),
    /// Share a request with people or with a group, or stop sharing it
    Share(share::Args),
}

impl Command for Verb {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        match self {
            Self::List(args) => args.run(app),
            Self::Show(args) => args.run(app),
            Self::Share(args) => args.run(app),
        }
    }
}
