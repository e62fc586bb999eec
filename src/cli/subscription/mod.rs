//! `servhub subscription`

mod list;
mod show;

use super::{App, Command, Outcome};

/// Verbs of `subscription`.
#[derive(Debug, clap::Subcommand)]
pub enum Verb {
    List(list::Args),
    Show(show::Args),
}

impl Command for Verb {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        match self {
            Self::List(args) => args.run(app),
            Self::Show(args) => args.run(app),
        }
    }
}
