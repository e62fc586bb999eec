//! `servhub calendar import`

use crate::cli::import::of_kind::OfKind;
use crate::cli::{App, Command, Outcome};
use crate::hub::import::Kind;

/// Bring in calendars, or their holidays
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The rows are holidays: calendar, day, name
    #[arg(long)]
    holidays: bool,
    #[command(flatten)]
    import: OfKind,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let kind = if self.holidays {
            Kind::Holidays
        } else {
            Kind::Calendars
        };
        self.import.run(app, kind)
    }
}
