//! `servhub doctor`

use super::args::Show;
use super::{App, Command, Outcome};
use crate::error::{Error, Kind, codes};
use crate::hub::upkeep::{Check, Doctor, RESTORE, State};
use crate::output::Listing;

/// Check that the store is sound
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    show: Show,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let checks = match app.hub().and_then(|hub| Ok(hub.ask(&Doctor)?)) {
            Ok(checks) => checks,
            Err(error) => vec![unusable(error)?],
        };
        let failed = checks.iter().filter(|check| check.state == State::Failed).count();
        let outcome = Outcome::listing(Listing::of(&checks), self.show.style(&app.ui));
        Ok(match failed {
            0 => outcome,
            n => outcome.failed(codes::SELF_CHECK.error(format!("{n} of {} checks failed", checks.len()))),
        })
    }
}

/// A store too damaged to be read is a finding of its own; everything else is the caller's to mend.
fn unusable(error: anyhow::Error) -> anyhow::Result<Check> {
    match error.downcast_ref::<Error>() {
        Some(cause) if cause.kind() == Kind::Failed && cause.code != &codes::STORE_NEWER => {
            Ok(Check::failed("file", cause.message.clone(), RESTORE))
        }
        _ => Err(error),
    }
}
