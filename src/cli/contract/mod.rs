//! `servhub contract`

mod activate;
mod expiring;
mod list;
mod show;

use super::{App, Command, Outcome};
use clap::Subcommand;

/// Verbs of `contract`.
#[derive(Debug, Subcommand)]
pub enum Verb {
    /// List contracts with their status
    List(list::Args),
    /// Show a contract and its packages
    Show(show::Args),
    /// List contracts and packages that run out, soonest first
    Expiring(expiring::Args),
    /// Activate a contract: default workspace, base packages, invitations
    Activate(activate::Args),
}

impl Command for Verb {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        match self {
            Self::List(args) => args.run(app),
            Self::Show(args) => args.run(app),
            Self::Expiring(args) => args.run(app),
            Self::Activate(args) => args.run(app),
        }
    }
}
