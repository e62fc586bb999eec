//! `servhub activity`

use super::args::{AsOf, Length, Show};
use super::{App, Command, Outcome};
use crate::domain::activity::View;
use crate::domain::contract::PackageStatus;
use crate::domain::entitlement::Flag;
use crate::hub::activity::{Assessments, Details, Education, Report, ReportDetails, Wanted};
use crate::output::Listing;

/// Show what was bought, what was delivered and what is left
#[derive(Debug, clap::Args)]
pub struct Args {
    /// A detail view instead of the report
    #[arg(value_enum)]
    view: Option<View>,
    /// The same as an option
    #[arg(
        long = "view",
        value_enum,
        value_name = "VIEW",
        id = "view-option",
        conflicts_with = "view"
    )]
    view_option: Option<View>,
    #[command(flatten)]
    places: super::places::Chosen,
    /// Only this contract
    #[arg(long, value_name = "NUMBER")]
    contract: Option<String>,
    /// Only this package
    #[arg(long, value_name = "PACKAGE")]
    package: Option<String>,
    /// Only packages of this status
    #[arg(long, value_enum)]
    status: Option<PackageStatus>,
    /// Only what has reached this threshold
    #[arg(long, value_enum, conflicts_with_all = ["view", "view-option"])]
    flag: Option<Flag>,
    #[command(flatten)]
    length: Length,
    #[command(flatten)]
    as_of: AsOf,
    #[command(flatten)]
    show: Show,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let (places, note) = self.places.choose(app)?;
        let wanted = Wanted {
            places,
            contract: self.contract.clone(),
            package: self.package.clone(),
            status: self.status,
            flag: self.flag,
        };
        let outcome = match self.view.or(self.view_option) {
            None => self.report(app, wanted)?,
            Some(view) => self.details(app, wanted, view)?,
        };
        Ok(note.into_iter().fold(outcome, Outcome::note))
    }
}

impl Args {
    fn report(self, app: &App, wanted: Wanted) -> anyhow::Result<Outcome> {
        let limit = self.length.rows();
        let shown = app.hub_as_of(&self.as_of)?.ask(&Report { wanted, limit })?;
        let listing = Listing::of(&shown.rows).headed_by("part");
        let outcome = Outcome::listing(listing, self.show.style(&app.ui));
        let cut = |what: &str, how: &str| format!("not all {what} are shown; the rest: --all, or {how}");
        let contracts = shown
            .more_contracts
            .then(|| cut("active contracts", "choose with --workspace or --contract"));
        let add_ons = shown.more_add_ons.then(|| {
            cut(
                "add-on entitlements",
                "choose one contract at a time with --contract",
            )
        });
        Ok(contracts.into_iter().chain(add_ons).fold(outcome, Outcome::note))
    }

    fn details(self, app: &App, wanted: Wanted, view: View) -> anyhow::Result<Outcome> {
        let limit = self.length.rows();
        let hub = app.hub_as_of(&self.as_of)?;
        let details = Details { wanted, limit };
        let detail = match view {
            View::Education => hub.ask(&Education(details)),
            View::Assessments => hub.ask(&Assessments(details)),
            _ => hub.ask(&ReportDetails { details, view }),
        }?;
        let outcome = Outcome::listing(detail.listing, self.show.style(&app.ui));
        Ok(detail.notes.into_iter().fold(outcome, Outcome::note))
    }
}
