//! `servhub audit verify`

use crate::cli::args::Show;
use crate::cli::{App, Command, Outcome};
use crate::hub::audit::Verify;
use crate::output::Listing;

/// Recompute the chain of records, and name the first that was altered or is missing
#[derive(Debug, clap::Args)]
pub struct Args {
    /// A hash that `audit verify` printed earlier and that was kept elsewhere: the chain must still hold it
    #[arg(long, value_name = "HASH")]
    contains: Option<String>,
    #[command(flatten)]
    show: Show,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let contains = self.contains.map(|hash| hash.to_lowercase());
        let verified = app.hub()?.ask(&Verify { contains })?;
        Ok(Outcome::listing(
            Listing::one(&verified),
            self.show.style(&app.ui),
        ))
    }
}
