//! `servhub access`

mod explain;

use super::{App, Command, Outcome};
use clap::Subcommand;

/// Verbs of `access`.
#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Say whether a person sees a request, and by which rule
    Explain(explain::Args),
}

impl Command for Verb {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        match self {
            Self::Explain(args) => args.run(app),
        }
    }
}
