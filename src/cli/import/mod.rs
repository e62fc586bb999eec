//! `servhub import`

mod apply;
mod direct;
pub(super) mod flow;
pub(super) mod of_kind;
mod plan;
mod report;
pub(super) mod saved;
mod watch;

pub use report::CountLine;

use super::{App, Command, Outcome};
use clap::Subcommand;

/// Bring in folders and files: CSV or JSON Lines
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Args {
    #[command(subcommand)]
    verb: Option<Verb>,
    #[command(flatten)]
    direct: direct::Direct,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Check everything and save what would be done
    Plan(plan::Args),
    /// Do exactly what a saved plan says
    Apply(apply::Args),
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        match self.verb {
            None => self.direct.run(app),
            Some(Verb::Plan(args)) => args.run(app),
            Some(Verb::Apply(args)) => args.run(app),
        }
    }
}
