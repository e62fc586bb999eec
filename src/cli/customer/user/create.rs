//! `servhub customer user create`

use crate::cli::args::{Changing, Show};
use crate::cli::import::flow::Flow;
use crate::cli::{App, Command, Outcome};
use crate::domain::tenant::Wish;
use crate::error::codes;
use crate::hub::import::{ApplyCustomerPeople, Kind, discover};
use crate::hub::tenant::Create;
use std::path::PathBuf;

/// Create people of a customer: one, or those of a file
///
/// A file is planned, shown and applied after a yes. Who is there already is changed to what it says; it deletes nobody.
/// Applying it again changes nothing. `servhub import --template customer_people` shows its columns.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The account, a user principal name in the customer's domain
    #[arg(value_name = "ACCOUNT", required_unless_present = "from")]
    account: Option<String>,
    /// The customer, by name or id
    #[arg(long, value_name = "CUSTOMER", required_unless_present = "from")]
    customer: Option<String>,
    /// How the person is called
    #[arg(long, value_name = "NAME", required_unless_present = "from")]
    name: Option<String>,
    /// First name
    #[arg(long, value_name = "NAME")]
    first_name: Option<String>,
    /// Last name
    #[arg(long, value_name = "NAME")]
    last_name: Option<String>,
    /// Country in which licences are used, such as SK
    #[arg(long, value_name = "COUNTRY")]
    usage_location: Option<String>,
    /// An administrator of the customer
    #[arg(long)]
    administrator: bool,
    /// Take people from a file: CSV or JSON Lines, or - for standard input
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath,
        conflicts_with_all = ["account", "customer", "name", "first_name", "last_name", "usage_location", "administrator"])]
    from: Option<PathBuf>,
    /// Apply the good rows when others have faults
    #[arg(long, requires = "from")]
    keep_going: bool,
    /// Write what came of every row to this file, as CSV
    #[arg(long, requires = "from", value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    results: Option<PathBuf>,
    #[command(flatten)]
    changing: Changing,
    #[command(flatten)]
    show: Show,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        if let Some(from) = self.from {
            let flow = Flow {
                app,
                keep_going: self.keep_going,
                results: self.results,
                changing: &self.changing,
                style: self.show.style(&app.ui),
                carry_out: &|hub, rows, mode, watch| {
                    hub.carry_out_watched(&ApplyCustomerPeople { rows }, mode, watch)
                },
            };
            flow.check_can_ask("A file of people changes many of them.")?;
            let inputs = discover(&[from], Some(Kind::CustomerPeople), &mut std::io::stdin().lock())?;
            return Ok(flow.direct(&inputs.sources)?.0);
        }
        let (Some(account), Some(customer)) = (self.account, self.customer) else {
            return Err(codes::MISSING_OPTION.error("nothing says whom to create").into());
        };
        let create = Create {
            customer,
            account,
            person: Wish {
                name: self.name,
                first_name: self.first_name,
                last_name: self.last_name,
                usage_location: self.usage_location,
                administrator: self.administrator.then_some(true),
            },
        };
        let mut hub = app.hub_for(&self.changing)?;
        let done = hub.carry_out(&create, self.changing.mode())?;
        let done = crate::hub::Done {
            answer: vec![done.answer],
            changed: done.changed,
        };
        Ok(super::outcome(app, &self.show, &self.changing, done))
    }
}
