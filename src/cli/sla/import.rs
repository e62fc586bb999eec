//! `servhub sla import`

use crate::cli::import::of_kind::OfKind;
use crate::cli::{App, Command, Outcome};
use crate::hub::import::Kind;

/// Bring in response targets: a line of the same plan, severity, kind and language takes the place of the one before
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    import: OfKind,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        self.import.run(app, Kind::Targets)
    }
}
