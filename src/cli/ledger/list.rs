//! `servhub ledger list`

use crate::cli::args::{Paging, Show, day};
use crate::cli::{App, Command, Outcome};
use crate::domain::Day;
use crate::hub::ledger::List;
use crate::output::{Cut, Listing};

/// List entries in the order in which they were recorded
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Only those of this entitlement
    #[arg(long, value_name = "ENTITLEMENT")]
    entitlement: Option<String>,
    /// Only those of this workspace
    #[arg(long, short, visible_alias = "space", value_name = "WORKSPACE")]
    workspace: Option<String>,
    /// Only those of this contract
    #[arg(long, value_name = "NUMBER")]
    contract: Option<String>,
    /// Only those delivered on this day or later
    #[arg(long, value_name = "DAY", value_parser = day)]
    from: Option<Day>,
    /// Only those delivered on this day or earlier
    #[arg(long, value_name = "DAY", value_parser = day)]
    to: Option<Day>,
    /// Only those of this case, engagement or other reference
    #[arg(long, value_name = "REFERENCE")]
    reference: Option<String>,
    /// Only those of this source
    #[arg(long, value_name = "SOURCE")]
    source: Option<String>,
    #[command(flatten)]
    paging: Paging,
    #[command(flatten)]
    show: Show,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let (lines, next) = app.hub()?.ask(&List {
            entitlement: self.entitlement,
            workspace: self.workspace,
            contract: self.contract,
            from: self.from,
            to: self.to,
            reference: self.reference,
            source: self.source,
            limit: self.paging.rows(),
            after: self.paging.page_token,
        })?;
        let cut = next.map(|next| Cut { total: None, next });
        let listing = Listing::of(&lines).cut(cut);
        Ok(Outcome::listing(listing, self.show.style(&app.ui)))
    }
}
