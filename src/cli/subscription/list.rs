//! `servhub subscription list`

use crate::cli::args::{Paging, Show};
use crate::cli::{App, Command, Outcome};
use crate::domain::partner::{Family, SubscriptionStatus};
use crate::hub::subscription::List;
use crate::output::{Cut, Listing};

/// List subscriptions; a customer's own people are told by whom to buy or cancel
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Only those of this customer
    #[arg(long, value_name = "CUSTOMER")]
    customer: Option<String>,
    /// Only those in this status (several: in any of them)
    #[arg(long, value_enum, value_delimiter = ',')]
    status: Vec<SubscriptionStatus>,
    /// Only those of this family of products
    #[arg(long, value_enum)]
    family: Option<Family>,
    #[command(flatten)]
    paging: Paging,
    #[command(flatten)]
    show: Show,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let listed = app.hub()?.ask(&List {
            customer: self.customer,
            statuses: self.status,
            family: self.family,
            paged: self.paging.into(),
        })?;
        let cut = listed.next.map(|next| Cut { total: None, next });
        let outcome = Outcome::listing(Listing::of(&listed.lines).cut(cut), self.show.style(&app.ui));
        let told = |seller| format!("to buy or cancel, turn to {seller}");
        Ok(listed.sellers.into_iter().map(told).fold(outcome, Outcome::note))
    }
}
