//! `servhub customer user list`

use crate::cli::args::{Paging, Show};
use crate::cli::{App, Command, Outcome};
use crate::hub::tenant::List;
use crate::output::{Cut, Listing};

/// List the people of a customer with their licences
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The customer, by name or id
    #[arg(long, value_name = "CUSTOMER")]
    customer: String,
    /// Those who were deleted and can still be restored
    #[arg(long)]
    deleted: bool,
    #[command(flatten)]
    paging: Paging,
    #[command(flatten)]
    show: Show,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let (lines, next) = app.hub()?.ask(&List {
            customer: self.customer,
            deleted: self.deleted,
            paged: self.paging.into(),
        })?;
        let cut = next.map(|next| Cut { total: None, next });
        let listing = Listing::of(&lines).cut(cut);
        Ok(Outcome::listing(listing, self.show.style(&app.ui)))
    }
}
