//! `servhub partner`

mod find;
mod list;
mod profile;
mod show;

use super::{App, Command, Outcome};

/// Verbs of `partner`.
#[derive(Debug, clap::Subcommand)]
pub enum Verb {
    List(list::Args),
    Show(show::Args),
    Find(find::Args),
    /// What a partner offers its customers: how its support is reached, when, and what it costs
    #[command(subcommand)]
    Profile(profile::Verb),
}

impl Command for Verb {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        match self {
            Self::List(args) => args.run(app),
            Self::Show(args) => args.run(app),
            Self::Find(args) => args.run(app),
            Self::Profile(verb) => verb.run(app),
        }
    }
}
