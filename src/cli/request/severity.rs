//! `servhub request severity`

use super::{Changed, changed};
use crate::cli::args::{Changing, Show};
use crate::cli::{App, Command, Outcome};
use crate::domain::request::Severity;
use crate::hub::request::SetSeverity;
/// Change how much is at stake, with the reason why
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Its number
    request: String,
    /// A critical, B moderate, C minimal
    #[arg(value_enum)]
    severity: Severity,
    /// Why it changed
    #[arg(long, value_name = "TEXT")]
    because: String,
    #[command(flatten)]
    changing: Changing,
    #[command(flatten)]
    show: Show,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let change = SetSeverity {
            number: self.request,
            severity: self.severity,
            because: self.because,
        };
        changed(
            app,
            &change,
            Changed {
                request: &change.number,
                changing: &self.changing,
                show: &self.show,
            },
        )
    }
}
