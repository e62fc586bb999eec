//! `servhub customer support-contact`

use crate::cli::args::{Changing, Show};
use crate::cli::{App, Command, Outcome};
use crate::hub::customer::{SetSupporter, ShowSupporter};
use crate::output::Listing;

/// Verbs of `customer support-contact`.
#[derive(Debug, clap::Subcommand)]
pub enum Verb {
    Show(ShowArgs),
    Set(SetArgs),
}

impl Command for Verb {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        match self {
            Self::Show(args) => args.run(app),
            Self::Set(args) => args.run(app),
        }
    }
}

/// Show which resellers support a customer in its partners' names
#[derive(Debug, clap::Args)]
pub struct ShowArgs {
    /// Name or id of the customer
    customer: String,
    #[command(flatten)]
    show: Show,
}

impl Command for ShowArgs {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let lines = app.hub()?.ask(&ShowSupporter {
            customer: self.customer,
        })?;
        Ok(Outcome::listing(Listing::of(&lines), self.show.style(&app.ui)))
    }
}

/// Name the reseller that supports a customer in its partner's name: one that sells through the partner
#[derive(Debug, clap::Args)]
pub struct SetArgs {
    /// Name or id of the customer
    customer: String,
    /// Name or id of the reseller
    #[arg(long, value_name = "RESELLER", required_unless_present = "none")]
    partner: Option<String>,
    /// Take it away: the partner supports the customer itself
    #[arg(long, conflicts_with = "partner")]
    none: bool,
    /// In the name of this partner, when you act for several
    #[arg(long, value_name = "PARTNER")]
    of: Option<String>,
    #[command(flatten)]
    changing: Changing,
    #[command(flatten)]
    show: Show,
}

impl Command for SetArgs {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let set = SetSupporter {
            customer: self.customer,
            partner: self.partner,
            of: self.of,
        };
        app.change_many(&set, &self.changing, &self.show)
    }
}
