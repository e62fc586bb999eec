//! `servhub customer show`

use crate::cli::args;
use crate::cli::{App, Command, Outcome};
use crate::hub::customer::{Show, Shown};
use crate::output::Listing;

/// Show a customer and the support contact of its partner of record, or its partners
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Name or id of the customer
    customer: String,
    /// List its partners instead, and how each stands
    #[arg(long)]
    partners: bool,
    #[command(flatten)]
    show: args::Show,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let shown = app.hub()?.ask(&Show {
            customer: self.customer,
        })?;
        let style = self.show.style(&app.ui);
        if self.partners {
            return Ok(Outcome::listing(Listing::of(&shown.partners), style));
        }
        let outcome = Outcome::listing(Listing::one(&shown), style);
        Ok(told(&shown).into_iter().fold(outcome, Outcome::note))
    }
}

/// Whom to turn to (B-1, P-3).
fn told(shown: &Shown) -> Option<String> {
    let support = shown.support.as_ref()?;
    Some(format!(
        "support, buying and cancelling: turn to {} ({})",
        support.name, support.partner
    ))
}
