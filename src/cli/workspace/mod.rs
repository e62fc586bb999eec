//! `servhub workspace`

mod archive;
mod attach;
mod create;
mod detach;
mod list;
mod show;
mod update;
mod use_;

use super::{App, Command, Outcome};
use clap::Subcommand;

/// Verbs of `workspace`.
#[derive(Debug, Subcommand)]
pub enum Verb {
    /// List workspaces
    List(list::Args),
    /// Show what is attached to a workspace
    Show(show::Args),
    /// Make a workspace the current one, which reports are about by default
    Use(use_::Args),
    /// Make a workspace for a customer
    Create(create::Args),
    /// Change the name or the settings of a workspace
    Update(update::Args),
    /// Attach packages, or link contracts
    Attach(attach::Args),
    /// Take a package off a workspace
    Detach(detach::Args),
    /// Archive a workspace: it stays readable
    Archive(archive::Args),
}

impl Command for Verb {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        match self {
            Self::List(args) => args.run(app),
            Self::Show(args) => args.run(app),
            Self::Use(args) => args.run(app),
            Self::Create(args) => args.run(app),
            Self::Update(args) => args.run(app),
            Self::Attach(args) => args.run(app),
            Self::Detach(args) => args.run(app),
            Self::Archive(args) => args.run(app),
        }
    }
}
