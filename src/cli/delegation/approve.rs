//! `servhub delegation approve`

use crate::cli::args::{Changing, Show};
use crate::cli::{App, Command, Outcome};
use crate::hub::delegation::Approve;

/// Agree to delegated access, as the customer: its days begin now, or on the day that was wished for
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Id or name of the delegation
    delegation: String,
    #[command(flatten)]
    changing: Changing,
    #[command(flatten)]
    show: Show,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let approve = Approve {
            delegation: self.delegation,
        };
        app.change(&approve, &self.changing, &self.show)
    }
}
