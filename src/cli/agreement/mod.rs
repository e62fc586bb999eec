//! `servhub agreement`

mod confirm;
mod invite;
mod status;
mod template;

use super::{App, Command, Outcome};
use crate::domain::partner::Audience;

/// Verbs of `agreement`.
#[derive(Debug, clap::Subcommand)]
pub enum Verb {
    Template(template::Args),
    Invite(invite::Args),
    Confirm(Box<confirm::Args>),
    Status(status::Args),
}

/// Which version of the agreement, and who brings it.
#[derive(Debug, clap::Args)]
struct Version {
    /// Id of the version; else the newest that suits the customer, or the one that it was invited to
    #[arg(long, value_name = "ID", conflicts_with_all = ["language", "audience"])]
    template: Option<String>,
    /// Language of the version, when it is not the customer's own
    #[arg(long, value_name = "LL")]
    language: Option<String>,
    /// Audience of the version
    #[arg(long, value_enum)]
    audience: Option<Audience>,
    /// Your partner, when you act for several
    #[arg(long, value_name = "PARTNER")]
    partner: Option<String>,
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
