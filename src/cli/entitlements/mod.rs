//! `servhub entitlements`

mod explain;
mod list;
mod show;

use super::{App, Command, Outcome};
use clap::Subcommand;

/// `entitlements`, which without a verb lists.
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
#[group(skip)]
pub struct Args {
    #[command(subcommand)]
    verb: Option<Verb>,
    #[command(flatten)]
    list: list::Args,
}

/// Verbs of `entitlements`.
#[derive(Debug, Subcommand)]
enum Verb {
    /// List entitlements with what is used and what is left
    List(list::Args),
    /// Show an entitlement
    Show(show::Args),
    /// Show the arithmetic behind an entitlement's figures, entry by entry
    Explain(explain::Args),
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        match self.verb {
            None => self.list.run(app),
            Some(Verb::List(args)) => args.run(app),
            Some(Verb::Show(args)) => args.run(app),
            Some(Verb::Explain(args)) => args.run(app),
        }
    }
}
