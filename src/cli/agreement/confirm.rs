//! `servhub agreement confirm`

use super::Version;
use crate::cli::args::{Changing, Show, day};
use crate::cli::{App, Command, Outcome};
use crate::domain::Day;
use crate::hub::agreement::Confirm;
use crate::output::Listing;

/// Put on record who at the customer agreed, and when
///
/// A version that is on record already stays as it is; a newer one can be confirmed besides. Buying needs one.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Name or id of the customer
    customer: String,
    /// First name of the person who agreed
    #[arg(long, value_name = "NAME")]
    first_name: String,
    /// Last name
    #[arg(long, value_name = "NAME")]
    last_name: String,
    /// Mail address
    #[arg(long, value_name = "ADDRESS")]
    mail: String,
    /// Telephone number
    #[arg(long, value_name = "NUMBER")]
    phone: Option<String>,
    /// The day on which the person agreed
    #[arg(long, value_name = "DAY", value_parser = day)]
    agreed_on: Day,
    #[command(flatten)]
    version: Version,
    #[command(flatten)]
    changing: Changing,
    #[command(flatten)]
    show: Show,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let confirm = Confirm {
            customer: self.customer,
            first_name: self.first_name,
            last_name: self.last_name,
            mail: self.mail,
            phone: self.phone,
            agreed_on: self.agreed_on,
            template: self.version.template,
            language: self.version.language,
            audience: self.version.audience,
            partner: self.version.partner,
        };
        let done = app
            .hub_for(&self.changing)?
            .carry_out(&confirm, self.changing.mode())?;
        let outcome = Outcome::listing(Listing::one(&done.answer), self.show.style(&app.ui));
        let on_record =
            (!done.changed).then(|| "this version is on record already, and stays as it is".to_owned());
        Ok(on_record
            .into_iter()
            .fold(outcome, Outcome::note)
            .changed(&self.changing, done.changed))
    }
}
