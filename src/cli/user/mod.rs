//! `servhub user`

mod accept;
mod adopt;
mod apply;
pub(super) mod codes;
mod contact;
mod file;
mod invite;
mod list;
mod plan;
mod remove;
mod resend;
mod restore;
mod service_admin;
mod show;
mod update;

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
    /// List the members of workspaces
    List(list::Args),
    /// Show all that you may know of a person: memberships, and each role with where it comes from
    Show(show::Args),
    /// Invite people into workspaces; each workspace needs its own invitation
    Invite(Box<invite::Args>),
    /// Send invitations again: a new code each, and the old one dies
    Resend(resend::Args),
    /// Accept an invitation with its code
    Accept(accept::Args),
    /// Change what is kept of people: name, language, kind of account, label
    Update(Box<update::Args>),
    /// Mark support contacts, who may file requests, or take the mark away
    Contact(contact::Args),
    /// Say who administers the default workspace because the contract names them
    ServiceAdmin(service_admin::Args),
    /// Remove people from workspaces
    Remove(remove::Args),
    /// Bring removed people back
    Restore(restore::Args),
}

impl Command for Verb {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        match self {
            Self::Plan(args) => args.run(app),
            Self::Apply(args) => args.run(app),
            Self::Adopt(args) => args.run(app),
            Self::List(args) => args.run(app),
            Self::Show(args) => args.run(app),
            Self::Invite(args) => args.run(app),
            Self::Resend(args) => args.run(app),
            Self::Accept(args) => args.run(app),
            Self::Update(args) => args.run(app),
            Self::Contact(args) => args.run(app),
            Self::ServiceAdmin(args) => args.run(app),
            Self::Remove(args) => args.run(app),
            Self::Restore(args) => args.run(app),
        }
    }
}
