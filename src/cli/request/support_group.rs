//! `servhub request support-group`

use crate::cli::args::{Changing, Show};
use crate::cli::{App, Command, Outcome};
use crate::hub::request::SupportGroup;
use crate::output::Listing;

/// Let people of your partner file for an Azure subscription
///
/// Makes a security group of your partner, or takes the one that is there, gives it the role Support Request Contributor
/// on the subscription, and puts people into it. Once more changes nothing.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Id or name of the Azure subscription
    #[arg(long, value_name = "SUBSCRIPTION")]
    subscription: String,
    /// Its customer
    #[arg(long, value_name = "CUSTOMER")]
    customer: Option<String>,
    /// Name of the group; the one that the subscription has, or one named after it, when left out
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// Put this person of your partner into it (repeatable)
    #[arg(long, value_name = "ACCOUNT")]
    add: Vec<String>,
    #[command(flatten)]
    changing: Changing,
    #[command(flatten)]
    show: Show,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let group = SupportGroup {
            subscription: self.subscription,
            customer: self.customer,
            name: self.name,
            add: self.add,
        };
        let done = app
            .hub_for(&self.changing)?
            .carry_out(&group, self.changing.mode())?;
        let outcome = Outcome::listing(Listing::one(&done.answer), self.show.style(&app.ui));
        let outcome = match done.answer.people.as_slice() {
            [] => outcome.note("nobody is in the group yet: add people with --add ACCOUNT"),
            _ => outcome,
        };
        Ok(outcome.changed(&self.changing, done.changed))
    }
}
