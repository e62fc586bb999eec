//! `servhub request intake`

mod add;
mod list;
mod share;
mod update;

use crate::cli::{App, Command, Outcome};

/// Verbs of `request intake`.
#[derive(Debug, clap::Subcommand)]
pub enum Verb {
    Add(Box<add::Args>),
    Update(Box<update::Args>),
    List(list::Args),
    Share(share::Args),
}

impl Command for Verb {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        match self {
            Self::Add(args) => args.run(app),
            Self::Update(args) => args.run(app),
            Self::List(args) => args.run(app),
            Self::Share(args) => args.run(app),
        }
    }
}
