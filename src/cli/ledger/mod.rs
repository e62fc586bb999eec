//! `servhub ledger`

mod correct;
mod list;
mod record;

use super::{App, Command, Outcome};
use clap::Subcommand;

/// Verbs of `ledger`.
#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Record a delivery
    Record(Box<record::Args>),
    /// Reverse an entry that was a mistake, with a reason
    Correct(correct::Args),
    /// List entries in the order in which they were recorded
    List(Box<list::Args>),
}

impl Command for Verb {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        match self {
            Self::Record(args) => args.run(app),
            Self::Correct(args) => args.run(app),
            Self::List(args) => args.run(app),
        }
    }
}
