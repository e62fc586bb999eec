//! `servhub health show`

use crate::cli::args;
use crate::cli::{App, Command, Outcome};
use crate::hub::health::Show;
use crate::output::Listing;

/// Show a known issue, or what was said of it
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Its id
    issue: String,
    /// List what was said of it instead, in order
    #[arg(long)]
    history: bool,
    #[command(flatten)]
    show: args::Show,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let (issue, updates) = app.hub()?.ask(&Show { issue: self.issue })?;
        let style = self.show.style(&app.ui);
        if self.history {
            return Ok(Outcome::listing(Listing::of(&updates), style));
        }
        let outcome = Outcome::listing(Listing::one(&issue).loud(), style);
        Ok(match updates.last() {
            None => outcome,
            Some(last) => outcome.note(format!(
                "{}: {} (--history shows all {})",
                last.at,
                last.text,
                updates.len()
            )),
        })
    }
}
