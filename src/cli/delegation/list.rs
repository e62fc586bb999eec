//! `servhub delegation list`

use crate::cli::args::{Paging, Show};
use crate::cli::{App, Command, Outcome};
use crate::domain::partner::DelegationStatus;
use crate::hub::delegation::List;
use crate::output::{Cut, Listing};

/// List delegated access (GDAP) with what is left of it
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Only that of this customer
    #[arg(long, value_name = "CUSTOMER")]
    customer: Option<String>,
    /// Only that in this status (several: in any of them)
    #[arg(long, value_enum, value_delimiter = ',')]
    status: Vec<DelegationStatus>,
    #[command(flatten)]
    paging: Paging,
    #[command(flatten)]
    show: Show,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let (lines, next) = app.hub()?.ask(&List {
            customer: self.customer,
            statuses: self.status,
            paged: self.paging.into(),
        })?;
        let cut = next.map(|next| Cut { total: None, next });
        Ok(Outcome::listing(
            Listing::of(&lines).cut(cut),
            self.show.style(&app.ui),
        ))
    }
}
