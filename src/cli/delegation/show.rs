//! `servhub delegation show`

use crate::cli::args;
use crate::cli::{App, Command, Outcome};
use crate::hub::delegation::Show;
use crate::output::Listing;

/// Show a delegation: its roles, and the security groups that they are assigned to
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Id or name of the delegation
    delegation: String,
    #[command(flatten)]
    show: args::Show,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let (line, roles) = app.hub()?.ask(&Show {
            delegation: self.delegation,
        })?;
        let one = &line.delegation;
        let left = line
            .days_left
            .map_or(String::new(), |days| format!(", {days} days left"));
        let note = format!(
            "delegation {} of {} to {} ({}): {}{left}",
            one.code, one.customer, one.partner, one.name, one.status
        );
        Ok(Outcome::listing(Listing::of(&roles), self.show.style(&app.ui)).note(note))
    }
}
