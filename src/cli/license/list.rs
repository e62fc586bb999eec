//! `servhub license list`

use crate::cli::args::Show;
use crate::cli::{App, Command, Outcome};
use crate::hub::licence::List;
use crate::output::Listing;

/// List the licences of a customer: bought, assigned and left of each product, or what one person holds
///
/// Bought are the seats of active subscriptions whose term runs. A partner is told its own; what is left it is told where
/// nobody else sold seats of that product.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The customer, by name or id
    #[arg(long, value_name = "CUSTOMER")]
    customer: String,
    /// What this person holds
    #[arg(long, value_name = "ACCOUNT")]
    user: Option<String>,
    #[command(flatten)]
    show: Show,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let of_person = self.user.is_some();
        let listed = app.hub()?.ask(&List {
            customer: self.customer,
            user: self.user,
        })?;
        let listing = if of_person {
            Listing::of(&listed.held)
        } else {
            Listing::of(&listed.products)
        };
        Ok(Outcome::listing(listing, self.show.style(&app.ui)))
    }
}
