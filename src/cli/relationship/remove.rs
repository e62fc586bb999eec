//! `servhub relationship remove`

use crate::cli::args::{Changing, Show};
use crate::cli::{App, Command, Outcome};
use crate::hub::relationship::Remove;

/// End a relationship with a customer, or take a request back
///
/// Refused while active subscriptions or reservations stand; they are listed.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Id, name or domain of the customer
    customer: String,
    /// The partner whose relationship ends, when you act for several
    #[arg(long, value_name = "PARTNER")]
    partner: Option<String>,
    #[command(flatten)]
    changing: Changing,
    #[command(flatten)]
    show: Show,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        if !self.changing.dry_run {
            app.ui.confirm(
                &format!("End the relationship with {}?", self.customer),
                self.changing.yes,
            )?;
        }
        let remove = Remove {
            customer: self.customer,
            partner: self.partner,
        };
        app.change(&remove, &self.changing, &self.show)
    }
}
