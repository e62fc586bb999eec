//! `servhub reservation list`

use crate::cli::args::{Paging, Show};
use crate::cli::{App, Command, Outcome};
use crate::domain::sold::reservation::ReservationStatus;
use crate::hub::reservation::List;
use crate::output::{Cut, Listing};

/// List Azure reservations
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Only those of this customer
    #[arg(long, value_name = "CUSTOMER")]
    customer: Option<String>,
    /// Only those in this status (several: in any of them)
    #[arg(long, value_enum, value_delimiter = ',')]
    status: Vec<ReservationStatus>,
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
            paged: self.paging.into(),
        })?;
        let cut = listed.next.map(|next| Cut { total: None, next });
        Ok(Outcome::listing(
            Listing::of(&listed.lines).cut(cut),
            self.show.style(&app.ui),
        ))
    }
}
