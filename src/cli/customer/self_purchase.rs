//! `servhub customer self-purchase`

use crate::cli::args::{Changing, Show};
use crate::cli::{App, Command, Outcome};
use crate::domain::partner::Family;
use crate::hub::Done;
use crate::hub::customer::{Allow, Deny, SelfPurchase, ShowSelfPurchase};
use crate::output::Listing;

/// Verbs of `customer self-purchase`.
#[derive(Debug, clap::Subcommand)]
pub enum Verb {
    Show(ShowArgs),
    /// Let a customer buy products of a family for itself
    Allow(SetArgs),
    /// No longer let a customer buy products of a family for itself
    Deny(SetArgs),
}

impl Command for Verb {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        match self {
            Self::Show(args) => args.run(app),
            Self::Allow(args) => {
                let (customer, families) = (args.customer.clone(), args.family.clone());
                let done = app
                    .hub_for(&args.changing)?
                    .carry_out(&Allow { customer, families }, args.changing.mode())?;
                Ok(args.told(app, &done))
            }
            Self::Deny(args) => {
                let (customer, families) = (args.customer.clone(), args.family.clone());
                let done = app
                    .hub_for(&args.changing)?
                    .carry_out(&Deny { customer, families }, args.changing.mode())?;
                Ok(args.told(app, &done))
            }
        }
    }
}

/// Show which product families a customer may buy for itself
#[derive(Debug, clap::Args)]
pub struct ShowArgs {
    /// Name or id of the customer
    customer: String,
    #[command(flatten)]
    show: Show,
}

impl Command for ShowArgs {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let lines = app.hub()?.ask(&ShowSelfPurchase {
            customer: self.customer,
        })?;
        Ok(Outcome::listing(Listing::of(&lines), self.show.style(&app.ui)))
    }
}

/// Arguments of allowing and denying.
#[derive(Debug, clap::Args)]
pub struct SetArgs {
    /// Name or id of the customer
    customer: String,
    /// Product families; every one when not given
    #[arg(long, value_enum, value_delimiter = ',', value_name = "FAMILY")]
    family: Vec<Family>,
    #[command(flatten)]
    changing: Changing,
    #[command(flatten)]
    show: Show,
}

impl SetArgs {
    fn told(&self, app: &App, done: &Done<Vec<SelfPurchase>>) -> Outcome {
        let outcome = Outcome::listing(Listing::of(&done.answer), self.show.style(&app.ui));
        outcome.changed(&self.changing, done.changed)
    }
}
