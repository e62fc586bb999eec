//! `servhub token`

mod create;
mod list;
mod revoke;

use super::{App, Command, Outcome};
use clap::Subcommand;

/// Verbs of `token`.
#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Make a token for a program that acts as you; its text is printed this once
    Create(create::Args),
    /// List your tokens and sessions; as operator everybody's
    List(list::Args),
    /// Take tokens back
    Revoke(revoke::Args),
}

impl Command for Verb {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        match self {
            Self::Create(args) => args.run(app),
            Self::List(args) => args.run(app),
            Self::Revoke(args) => args.run(app),
        }
    }
}
