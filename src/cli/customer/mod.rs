//! `servhub customer`

mod list;
mod show;
mod user;

use super::{App, Command, Outcome};

/// Verbs of `customer`.
#[derive(Debug, clap::Subcommand)]
pub enum Verb {
    List(list::Args),
    Show(show::Args),
    /// People of a customer
    #[command(subcommand)]
    User(user::Verb),
}

impl Command for Verb {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        match self {
            Self::List(args) => args.run(app),
            Self::Show(args) => args.run(app),
            Self::User(verb) => verb.run(app),
        }
    }
}
