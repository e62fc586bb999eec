//! `servhub access explain`

use crate::cli::args::Show;
use crate::cli::{App, Command, Outcome};
use crate::hub::access::Explain;
use crate::output::Listing;

/// Say whether a person sees a request, and by which rule
///
/// One line for each rule that shows it (V-1 to V-5), or one that says why none does.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The person's account
    #[arg(value_name = "PERSON")]
    person: String,
    /// Number of the request
    #[arg(value_name = "REQUEST")]
    request: String,
    #[command(flatten)]
    show: Show,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let explained = app.hub()?.ask(&Explain {
            person: self.person,
            number: self.request.clone(),
        })?;
        let hidden = explained.iter().all(|one| one.rule.is_none());
        let way_out = hidden.then(|| {
            format!(
                "an active member comes to see it with `servhub request share {} --with ACCOUNT`",
                self.request
            )
        });
        let outcome = Outcome::listing(Listing::of(&explained), self.show.style(&app.ui));
        Ok(way_out.into_iter().fold(outcome, Outcome::note))
    }
}
