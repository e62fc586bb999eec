//! `servhub agreement`

mod confirm;
mod invite;
mod status;
mod template;

use super::{App, Command, Outcome};

/// Verbs of `agreement`.
#[derive(Debug, clap::Subcommand)]
pub enum Verb {
    Template(template::Args),
    Invite(invite::Args),
    Confirm(Box<confirm::Args>),
    Status(status::Args),
}

impl Command for Verb {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        match self {
            Self::Template(args) => args.run(app),
            Self::Invite(args) => args.run(app),
            Self::Confirm(args) => args.run(app),
            Self::Status(args) => args.run(app),
        }
    }
}
