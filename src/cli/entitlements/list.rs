//! `servhub entitlements list`

use crate::cli::args::{AsOf, Paging, Show};
use crate::cli::{App, Command, Outcome};
use crate::domain::contract::PackageStatus;
use crate::domain::entitlement::{Flag, Service};
use crate::hub::activity::{Places, Wanted};
use crate::hub::entitlement::List;
use crate::output::{Cut, Listing};

/// List entitlements with what is used and what is left
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Only those attached to this workspace, and what it used (several times: of several)
    #[arg(long, short, visible_alias = "space", value_name = "WORKSPACE")]
    workspace: Vec<String>,
    /// Only those of this contract
    #[arg(long, value_name = "NUMBER")]
    contract: Option<String>,
    /// Only those of this package
    #[arg(long, value_name = "PACKAGE")]
    package: Option<String>,
    /// Only those of this service
    #[arg(long, value_enum)]
    service: Option<Service>,
    /// Only those of packages of this status
    #[arg(long, value_enum)]
    status: Option<PackageStatus>,
    /// Only those that have reached this threshold
    #[arg(long, value_enum)]
    flag: Option<Flag>,
    #[command(flatten)]
    paging: Paging,
    #[command(flatten)]
    as_of: AsOf,
    #[command(flatten)]
    show: Show,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let places = match self.workspace {
            none if none.is_empty() => Places::Everything,
            some => Places::Workspaces(some),
        };
        let (lines, next) = app.hub_as_of(&self.as_of)?.ask(&List {
            wanted: Wanted {
                places,
                contract: self.contract,
                package: self.package,
                status: self.status,
                flag: self.flag,
            },
            service: self.service,
            limit: self.paging.rows(),
            after: self.paging.page_token,
        })?;
        let cut = next.map(|next| Cut { total: None, next });
        Ok(Outcome::listing(
            Listing::of(&lines).cut(cut),
            self.show.style(&app.ui),
        ))
    }
}
