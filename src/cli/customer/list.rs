//! `servhub customer list`

use crate::cli::args::{Paging, Show};
use crate::cli::{App, Command, Outcome};
use crate::hub::customer::List;
use crate::output::{Cut, Listing};

/// List customers with the partners that serve them
///
/// A partner's people see the customers that they serve, and a customer's people their own.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Only those of this partner
    #[arg(long, value_name = "PARTNER")]
    partner: Option<String>,
    /// Archived ones as well
    #[arg(long)]
    archived: bool,
    #[command(flatten)]
    paging: Paging,
    #[command(flatten)]
    show: Show,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let (lines, next) = app.hub()?.ask(&List {
            partner: self.partner,
            archived: self.archived,
            paged: self.paging.into(),
        })?;
        let cut = next.map(|next| Cut { total: None, next });
        Ok(Outcome::listing(
            Listing::of(&lines).cut(cut),
            self.show.style(&app.ui),
        ))
    }
}
