//! `servhub operator`

mod list;
mod name;

use super::{App, Command, Outcome};
use clap::Subcommand;

/// Verbs of `operator`.
#[derive(Debug, Subcommand)]
pub enum Verb {
    /// List who acts as operator of the shared hub
    List(list::Args),
    /// Make an account an operator: it may everything, at every customer
    Appoint(name::Appoint),
    /// Take the rights of an operator away; the last one stays
    Dismiss(name::Dismiss),
}

impl Command for Verb {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        match self {
            Self::List(args) => args.run(app),
            Self::Appoint(args) => args.run(app),
            Self::Dismiss(args) => args.run(app),
        }
    }
}
