//! `servhub relationship request`

use crate::cli::args::{Changing, Show};
use crate::cli::{App, Command, Outcome};
use crate::hub::relationship::{Request, link};
use crate::output::Listing;
use crate::store::sqlite::Relation;

/// Ask a customer for a relationship: makes the link that its global administrator accepts it with
///
/// The link can be used for 90 days. Asking again while it can be tells the same link.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Domain of the customer, such as contoso.example; or its id or name, where you know it
    customer: String,
    /// The partner that asks, when you act for several
    #[arg(long, value_name = "PARTNER")]
    partner: Option<String>,
    #[command(flatten)]
    changing: Changing,
    #[command(flatten)]
    show: Show,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let request = Request {
            customer: self.customer,
            partner: self.partner,
        };
        let done = app
            .hub_for(&self.changing)?
            .carry_out(&request, self.changing.mode())?;
        let outcome = Outcome::listing(Listing::one(&done.answer), self.show.style(&app.ui));
        let note = told(&done.answer).filter(|_| !self.changing.dry_run);
        Ok(note
            .into_iter()
            .fold(outcome, Outcome::note)
            .changed(&self.changing, done.changed))
    }
}

/// What the customer does with it.
fn told(relation: &Relation) -> Option<String> {
    let code = relation.code.as_deref()?;
    Some(format!(
        "send the customer {}: its global administrator accepts with `servhub relationship accept {code}`",
        link(code)
    ))
}
