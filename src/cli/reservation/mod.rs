//! `servhub reservation`

mod give_back;
mod list;
mod show;

use super::{App, Command, Outcome};

/// Verbs of `reservation`.
#[derive(Debug, clap::Subcommand)]
pub enum Verb {
    List(list::Args),
    Show(show::Args),
    Cancel(Box<give_back::Cancel>),
    Exchange(Box<give_back::Exchange>),
    Refund(Box<give_back::Refund>),
}

impl Command for Verb {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        match self {
            Self::List(args) => args.run(app),
            Self::Show(args) => args.run(app),
            Self::Cancel(args) => args.run(app),
            Self::Exchange(args) => args.run(app),
            Self::Refund(args) => args.run(app),
        }
    }
}
