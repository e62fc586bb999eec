//! `servhub relationship list`

use crate::cli::args::{Paging, Show};
use crate::cli::{App, Command, Outcome};
use crate::hub::relationship::List;
use crate::output::{Cut, Listing};

/// List relationships: your partner's with its customers, or your company's with its partners
///
/// Each partner sees its own alone. A request has its link until it is accepted, taken back, or 90 days old.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Only those of this partner
    #[arg(long, value_name = "PARTNER")]
    partner: Option<String>,
    /// Only those with this customer
    #[arg(long, value_name = "CUSTOMER")]
    customer: Option<String>,
    #[command(flatten)]
    paging: Paging,
    #[command(flatten)]
    show: Show,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let (lines, next) = app.hub()?.ask(&List {
            partner: self.partner,
            customer: self.customer,
            paged: self.paging.into(),
        })?;
        let cut = next.map(|next| Cut { total: None, next });
        Ok(Outcome::listing(
            Listing::of(&lines).cut(cut),
            self.show.style(&app.ui),
        ))
    }
}
