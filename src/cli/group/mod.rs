//! `servhub group`

mod create;
mod default;
mod list;
mod members;
mod roles;
mod show;

use super::{App, Command, Outcome};
use clap::Subcommand;

/// Verbs of `group`.
#[derive(Debug, Subcommand)]
pub enum Verb {
    /// List groups
    List(list::Args),
    /// Show a group and its members
    Show(show::Args),
    /// Make a group in a workspace: a local one, or one that stands for a directory's group
    Create(create::Args),
    /// Add people: members to a local group; through a directory group people come in without an invitation
    Add(members::Add),
    /// Take people out of a group
    Remove(members::Remove),
    /// Give roles to a group, which all its members then hold
    Grant(roles::Grant),
    /// Take roles from a group
    Revoke(roles::Revoke),
    /// Choose the group that a person's new requests are shared with
    Default(default::Args),
}

impl Command for Verb {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        match self {
            Self::List(args) => args.run(app),
            Self::Show(args) => args.run(app),
            Self::Create(args) => args.run(app),
            Self::Add(args) => args.run(app),
            Self::Remove(args) => args.run(app),
            Self::Grant(args) => args.run(app),
            Self::Revoke(args) => args.run(app),
            Self::Default(args) => args.run(app),
        }
    }
}
