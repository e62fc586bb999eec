//! `servhub agreement invite`

use super::Version;
use crate::cli::args::{Changing, Show};
use crate::cli::{App, Command, Outcome};
use crate::hub::agreement::{Invite, link};
use crate::output::Listing;

/// Invite a customer to its agreement: makes the link that it is sent
///
/// The version is the newest for the customer's region, language and type, unless --template names one.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Name or id of the customer
    customer: String,
    #[command(flatten)]
    version: Version,
    #[command(flatten)]
    changing: Changing,
    #[command(flatten)]
    show: Show,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let invite = Invite {
            customer: self.customer,
            template: self.version.template,
            language: self.version.language,
            audience: self.version.audience,
            partner: self.version.partner,
        };
        let done = app
            .hub_for(&self.changing)?
            .carry_out(&invite, self.changing.mode())?;
        let outcome = Outcome::listing(Listing::one(&done.answer), self.show.style(&app.ui));
        let code = done.answer.code.as_deref().filter(|_| !self.changing.dry_run);
        let note = code.map(|code| format!("send the customer {}", link(code)));
        Ok(note
            .into_iter()
            .fold(outcome, Outcome::note)
            .changed(&self.changing, done.changed))
    }
}
