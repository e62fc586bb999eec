//! `servhub subscription transfer request|accept|reject|cancel|list`

use crate::cli::args::{Changing, Paging, Show};
use crate::cli::short_verbs::verbs;
use crate::cli::{App, Command, Outcome};
use crate::domain::sold::transfer::TransferStatus;
use crate::hub::subscription::transfer;
use crate::output::{Cut, Listing};

/// Verbs of `subscription transfer`.
#[derive(Debug, clap::Subcommand)]
pub enum Verb {
    Request(Request),
    Accept(Accept),
    Reject(Reject),
    Cancel(Cancel),
    List(List),
}

impl Command for Verb {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        match self {
            Self::Request(args) => args.run(app),
            Self::Accept(args) => args.run(app),
            Self::Reject(args) => args.run(app),
            Self::Cancel(args) => args.run(app),
            Self::List(args) => args.run(app),
        }
    }
}

/// Ask for subscriptions of a customer that another partner sold; that partner answers within 30 days
#[derive(Debug, clap::Args)]
pub struct Request {
    /// Ids of the subscriptions, as the customer has them
    #[arg(required = true, value_name = "ID")]
    subscriptions: Vec<String>,
    /// The customer
    #[arg(long, value_name = "CUSTOMER")]
    customer: String,
    /// The partner that takes them over, where several could
    #[arg(long, value_name = "PARTNER")]
    partner: Option<String>,
    #[command(flatten)]
    changing: Changing,
    #[command(flatten)]
    show: Show,
}

impl Command for Request {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let wish = transfer::Request {
            customer: self.customer,
            subscriptions: self.subscriptions,
            partner: self.partner,
        };
        app.change(&wish, &self.changing, &self.show)
    }
}

verbs! {
    of crate::hub::subscription::transfer, transfer, "Id of the transfer";
    /// Hand the subscriptions over to the partner that asks for them; your roles on them end
    Accept asks true,
    /// Keep the subscriptions
    Reject asks false,
    /// Take your own request back
    Cancel asks false,
}

/// List the transfers that your partner has asked for, or was asked for
#[derive(Debug, clap::Args)]
pub struct List {
    /// Only those of this customer
    #[arg(long, value_name = "CUSTOMER")]
    customer: Option<String>,
    /// Only those in this status (several: in any of them)
    #[arg(long, value_enum, value_delimiter = ',')]
    status: Vec<TransferStatus>,
    #[command(flatten)]
    paging: Paging,
    #[command(flatten)]
    show: Show,
}

impl Command for List {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let listed = app.hub()?.ask(&transfer::List {
            customer: self.customer,
            statuses: self.status,
            paged: self.paging.into(),
        })?;
        let cut = listed.next.map(|next| Cut { total: None, next });
        Ok(Outcome::listing(
            Listing::of(&listed.lines).cut(cut),
            self.show.style(&app.ui),
        ))
    }
}
