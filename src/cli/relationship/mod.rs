//! `servhub relationship`

mod accept;
mod list;
mod remove;
mod request;

use super::{App, Command, Outcome};

/// Verbs of `relationship`.
#[derive(Debug, clap::Subcommand)]
pub enum Verb {
    Request(request::Args),
    Accept(accept::Args),
    Remove(remove::Args),
    List(list::Args),
}

impl Command for Verb {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        match self {
            Self::Request(args) => args.run(app),
            Self::Accept(args) => args.run(app),
            Self::Remove(args) => args.run(app),
            Self::List(args) => args.run(app),
        }
    }
}
