//! `servhub license`

mod assign;
mod list;
mod plan;

use super::{App, Command, Outcome};

/// Verbs of `license`.
#[derive(Debug, clap::Subcommand)]
pub enum Verb {
    List(list::Args),
    Assign(assign::Assign),
    Revoke(assign::Revoke),
    Plan(plan::Plan),
    Apply(plan::Apply),
}

impl Command for Verb {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        match self {
            Self::List(args) => args.run(app),
            Self::Assign(args) => args.run(app),
            Self::Revoke(args) => args.run(app),
            Self::Plan(args) => args.run(app),
            Self::Apply(args) => args.run(app),
        }
    }
}
