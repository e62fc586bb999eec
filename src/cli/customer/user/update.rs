//! `servhub customer user update`

use crate::cli::args::{Changing, Show, yes_no};
use crate::cli::{App, Command, Outcome};
use crate::domain::tenant::Wish;
use crate::hub::Done;
use crate::hub::tenant::Update;

/// Change what is kept of someone; an empty text takes it away
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The account
    #[arg(value_name = "ACCOUNT")]
    account: String,
    /// The customer, by name or id
    #[arg(long, value_name = "CUSTOMER")]
    customer: String,
    /// How the person is called
    #[arg(long, value_name = "NAME")]
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
    /// Whether the person is an administrator of the customer
    #[arg(long, value_name = "YES|NO", value_parser = yes_no)]
    administrator: Option<bool>,
    #[command(flatten)]
    changing: Changing,
    #[command(flatten)]
    show: Show,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let update = Update {
            customer: self.customer,
            account: self.account,
            person: Wish {
                name: self.name,
                first_name: self.first_name,
                last_name: self.last_name,
                usage_location: self.usage_location,
                administrator: self.administrator,
            },
        };
        let mut hub = app.hub_for(&self.changing)?;
        let done = hub.carry_out(&update, self.changing.mode())?;
        let done = Done {
            answer: vec![done.answer],
            changed: done.changed,
        };
        Ok(super::outcome(app, &self.show, &self.changing, done))
    }
}
