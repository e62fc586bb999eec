//! `servhub workspace create`

use crate::cli::args::{Changing, Show};
use crate::cli::{App, Command, Outcome};
use crate::hub::workspace::Create;
use crate::output::Listing;

/// Make a workspace for a customer
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Name of the workspace, unique within the customer
    name: String,
    /// The customer, by name or id
    #[arg(long, value_name = "CUSTOMER")]
    customer: String,
    /// Account of its administrator, who then invites members
    #[arg(long, value_name = "ACCOUNT")]
    administrator: String,
    /// Short id; made from the customer's when left out
    #[arg(long, value_name = "ID")]
    id: Option<String>,
    /// Link this contract (repeatable); its packages are attached with `workspace attach`
    #[arg(long = "contract", value_name = "NUMBER")]
    contracts: Vec<String>,
    /// Take personal accounts on a unified contract
    #[arg(long)]
    allow_personal: bool,
    #[command(flatten)]
    changing: Changing,
    #[command(flatten)]
    show: Show,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let create = Create {
            customer: self.customer,
            name: self.name,
            code: self.id,
            administrator: self.administrator,
            allow_personal: self.allow_personal,
            contracts: self.contracts,
        };
        let done = app
            .hub_for(&self.changing)?
            .carry_out(&create, self.changing.mode())?;
        let mut created = done.answer;
        // The code of a change that is not kept opens nothing.
        created.code = created.code.filter(|_| !self.changing.dry_run);
        let outcome = Outcome::listing(Listing::one(&created), self.show.style(&app.ui));
        Ok(outcome.changed(&self.changing, done.changed))
    }
}
