//! `servhub request check`

use super::draft::DraftArgs;
use super::place::{PlaceArgs, nowhere};
use crate::cli::args::Show;
use crate::cli::{App, Command, Outcome};
use crate::domain::filing::refusal;
use crate::error::codes;
use crate::hub::request::Check;
use crate::output::Listing;

/// Ask every rule of filing about a request, and file nothing
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    place: PlaceArgs,
    #[command(flatten)]
    draft: DraftArgs,
    #[command(flatten)]
    show: Show,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let settings = app.settings()?;
        let place = self.place.named(settings.workspace.value.as_deref());
        let place = place.ok_or_else(nowhere)?;
        super::context::tell_places(app, std::iter::once(&place));
        let findings = app.hub()?.ask(&Check {
            place,
            draft: self.draft.draft(settings.acting.value.as_deref()),
        })?;
        let outcome = Outcome::listing(Listing::of(&findings), self.show.style(&app.ui));
        Ok(match refusal(&findings) {
            None => outcome.note("it can be filed"),
            Some(finding) => {
                outcome.failing(codes::FILING_CHECK.error(format!("rule {} stands in the way", finding.rule)))
            }
        })
    }
}
