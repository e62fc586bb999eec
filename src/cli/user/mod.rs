//! `servhub user`

mod adopt;
mod apply;
mod codes;
mod file;
mod plan;

use super::{App, Command, Outcome};
use clap::Subcommand;

/// Verbs of `user`.
#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Compare a file of people with the hub, and save what would be done
    Plan(plan::Args),
    /// Make the people of workspaces those of a file, or do what a saved plan says
    Apply(apply::Args),
    /// Write the people of workspaces out as a file for `user plan` and `user apply`
    Adopt(adopt::Args),
}

impl Command for Verb {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        match self {
            Self::Plan(args) => args.run(app),
            Self::Apply(args) => args.run(app),
            Self::Adopt(args) => args.run(app),
        }
    }
}
