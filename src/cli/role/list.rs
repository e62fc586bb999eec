//! `servhub role list`

use super::RoleLine;
use crate::cli::args::Show;
use crate::cli::{App, Command, Outcome};
use crate::hub::role::List;
use crate::output::Listing;
use crate::policy::roles::ROLES;

/// List who holds which role, and where it comes from
///
/// People who are invited and have not accepted hold nothing yet; `servhub user list` shows what waits for them.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Only those of this account
    #[arg(value_name = "ACCOUNT")]
    account: Option<String>,
    /// Only what counts in this workspace
    #[arg(long, short, visible_alias = "space", value_name = "WORKSPACE")]
    workspace: Option<String>,
    /// Only at this customer and in its workspaces
    #[arg(long, value_name = "CUSTOMER", conflicts_with = "workspace")]
    customer: Option<String>,
    /// The roles there are, and what each may, instead of who holds them
    #[arg(long, conflicts_with_all = ["account", "workspace", "customer"])]
    all: bool,
    #[command(flatten)]
    show: Show,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let style = self.show.style(&app.ui);
        if self.all {
            let lines: Vec<RoleLine> = ROLES.iter().map(RoleLine).collect();
            return Ok(Outcome::listing(Listing::of(&lines), style));
        }
        let lines = app.hub()?.ask(&List {
            account: self.account,
            workspace: self.workspace,
            customer: self.customer,
        })?;
        Ok(Outcome::listing(Listing::of(&lines), style))
    }
}
