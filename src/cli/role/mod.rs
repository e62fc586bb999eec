//! `servhub role`

mod grant;
mod list;
mod table;

pub use table::RoleLine;

use super::{App, Command, Outcome};
use clap::Subcommand;

/// Verbs of `role`.
#[derive(Debug, Subcommand)]
pub enum Verb {
    /// List who holds which role, and where it comes from
    List(list::Args),
    /// Grant a role: of a workspace to its members, or global-admin of a customer
    Grant(grant::Grant),
    /// Take a role away
    Revoke(grant::Revoke),
}

impl Command for Verb {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        match self {
            Self::List(args) => args.run(app),
            Self::Grant(args) => args.run(app),
            Self::Revoke(args) => args.run(app),
        }
    }
}
