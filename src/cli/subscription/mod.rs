//! `servhub subscription`

mod buy;
mod create;
mod life;
mod list;
mod many;
mod plan;
mod set_quantity;
mod set_renewal;
mod show;
mod transfer;

use super::{App, Command, Outcome};

/// Verbs of `subscription`.
#[derive(Debug, clap::Subcommand)]
pub enum Verb {
    Create(Box<create::Args>),
    Buy(Box<buy::Args>),
    List(list::Args),
    Show(show::Args),
    SetQuantity(Box<set_quantity::Args>),
    SetRenewal(set_renewal::Args),
    Plan(plan::Plan),
    Apply(plan::Apply),
    Suspend(life::Suspend),
    Resume(life::Resume),
    Cancel(life::Cancel),
    /// Transfers: ask for subscriptions that another partner sold, and answer such requests
    #[command(subcommand)]
    Transfer(transfer::Verb),
}

impl Command for Verb {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        match self {
            Self::Create(args) => args.run(app),
            Self::Buy(args) => args.run(app),
            Self::List(args) => args.run(app),
            Self::Show(args) => args.run(app),
            Self::SetQuantity(args) => args.run(app),
            Self::SetRenewal(args) => args.run(app),
            Self::Plan(args) => args.run(app),
            Self::Apply(args) => args.run(app),
            Self::Suspend(args) => args.run(app),
            Self::Resume(args) => args.run(app),
            Self::Cancel(args) => args.run(app),
            Self::Transfer(verb) => verb.run(app),
        }
    }
}
