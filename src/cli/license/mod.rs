//! `servhub license`

mod assign;
mod list;

use super::{App, Command, Outcome};

/// Verbs of `license`.
#[derive(Debug, clap::Subcommand)]
pub enum Verb {
    List(list::Args),
    Assign(assign::Assign),
    Revoke(assign::Revoke),
}

impl Command for Verb {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        match self {
            Self::List(args) => args.run(app),
            Self::Assign(args) => args.run(app),
            Self::Revoke(args) => args.run(app),
        }
    }
}
