//! `servhub request list`

use crate::cli::args::{self, Paging, Show};
use crate::cli::{App, Command, Outcome, places};
use crate::domain::request::{CaseKind, CaseState, Severity};
use crate::hub::request::List;
use crate::output::{Cut, Listing};

/// List the requests that you may see, newest first
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    places: places::Chosen,
    /// Only those of this customer, in all workspaces unless some are named
    #[arg(long, value_name = "CUSTOMER")]
    customer: Option<String>,
    /// Only those of this contract
    #[arg(long, value_name = "NUMBER")]
    contract: Option<String>,
    /// Only those in this state (several: in any of them)
    #[arg(long, value_enum, value_delimiter = ',')]
    state: Vec<CaseState>,
    /// Only those of this kind
    #[arg(long, value_enum)]
    kind: Option<CaseKind>,
    /// Only those of this severity
    #[arg(long, value_enum)]
    severity: Option<Severity>,
    /// Only those of which you are the contact
    #[arg(long)]
    mine: bool,
    /// Only those whose first answer is due within this open time, or late: 1h, 30m, 0h
    #[arg(long, value_name = "SPAN", value_parser = args::span)]
    breaching: Option<i64>,
    #[command(flatten)]
    paging: Paging,
    #[command(flatten)]
    show: Show,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let (places, note) = match &self.customer {
            Some(_) => (self.places.named(), None),
            None => self.places.choose(app)?,
        };
        let (lines, next) = app.hub()?.ask(&List {
            places,
            customer: self.customer,
            contract: self.contract,
            states: self.state,
            kind: self.kind,
            severity: self.severity,
            mine: self.mine,
            breaching: self.breaching,
            limit: self.paging.rows(),
            after: self.paging.page_token,
        })?;
        let cut = next.map(|next| Cut { total: None, next });
        let outcome = Outcome::listing(Listing::of(&lines).cut(cut), self.show.style(&app.ui));
        Ok(note.into_iter().fold(outcome, Outcome::note))
    }
}
