//! `servhub customer update`

use super::profile::Profile;
use crate::cli::args::{Changing, Show};
use crate::cli::{App, Command, Outcome};
use crate::domain::partner::{Qualification, Vetting};
use crate::hub::customer::Update;

/// Change what is kept of a customer; what is not named stays as it is, and "" takes away
///
/// A qualification is asked for with --qualification, and is in review until the vendor's answer is kept with --vetting.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Name or id of the customer
    customer: String,
    /// Name of the company
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// Its domain
    #[arg(long, value_name = "DOMAIN")]
    domain: Option<String>,
    #[command(flatten)]
    profile: Profile,
    /// Ask for this qualification; none gives it up
    #[arg(long, value_enum)]
    qualification: Option<Qualification>,
    /// How far the vetting of it has come
    #[arg(long, value_enum, value_name = "STATUS")]
    vetting: Option<Vetting>,
    /// Why it was approved or denied
    #[arg(long, value_name = "TEXT")]
    vetting_reason: Option<String>,
    #[command(flatten)]
    changing: Changing,
    #[command(flatten)]
    show: Show,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let profile = self.profile;
        let update = Update {
            customer: self.customer,
            name: self.name,
            domain: self.domain,
            street: profile.street,
            city: profile.city,
            region: profile.region,
            postal_code: profile.postal_code,
            country: profile.country,
            contact_first: profile.contact_first,
            contact_last: profile.contact_last,
            mail: profile.mail,
            phone: profile.phone,
            registration_number: profile.registration_number,
            language: profile.language,
            qualification: self.qualification,
            vetting: self.vetting,
            vetting_reason: self.vetting_reason,
        };
        app.change(&update, &self.changing, &self.show)
    }
}
