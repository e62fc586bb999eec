//! `servhub agreement confirm`

use crate::cli::args::{Changing, Show, day};
use crate::cli::{App, Command, Outcome};
use crate::domain::Day;
use crate::domain::partner::Audience;
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
    /// Id of the version; else the one that the customer was invited to
    #[arg(long, value_name = "ID", conflicts_with_all = ["language", "audience"])]
    template: Option<String>,
    /// Language of the version, when it is not the customer's own
    #[arg(long, value_name = "LL")]
    language: Option<String>,
    /// Audience of the version
    #[arg(long, value_enum)]
    audience: Option<Audience>,
    /// The partner that confirms, when you act for several
    #[arg(long, value_name = "PARTNER")]
    partner: Option<String>,
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
            template: self.template,
            language: self.language,
            audience: self.audience,
            partner: self.partner,
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
