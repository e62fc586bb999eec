//! `servhub entitlements explain`

use crate::cli::args::{AsOf, Show};
use crate::cli::{App, Command, Outcome};
use crate::hub::entitlement::Explain;
use crate::output::Listing;

/// Show the arithmetic behind an entitlement's figures, entry by entry
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Id of the entitlement
    entitlement: String,
    #[command(flatten)]
    as_of: AsOf,
    #[command(flatten)]
    show: Show,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let (line, steps) = app.hub_as_of(&self.as_of)?.ask(&Explain {
            entitlement: self.entitlement,
        })?;
        let e = &line.entitlement;
        let note = format!(
            "{} of package {}, contract {} of {}: {}",
            e.code, line.package, line.contract, line.customer, e.description
        );
        Ok(Outcome::listing(Listing::of(&steps), self.show.style(&app.ui)).note(note))
    }
}
