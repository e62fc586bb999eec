//! `servhub product`

mod list;

use super::{App, Command, Outcome};

/// Verbs of `product`.
#[derive(Debug, clap::Subcommand)]
pub enum Verb {
    List(list::Args),
}

impl Command for Verb {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        match self {
            Self::List(args) => args.run(app),
        }
    }
}
