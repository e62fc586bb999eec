//! `servhub customer`

mod add;
mod archive;
mod list;
mod profile;
mod self_purchase;
mod show;
mod user;
mod support_contact;
mod update;

use super::{App, Command, Outcome};

/// Verbs of `customer`.
#[derive(Debug, clap::Subcommand)]
pub enum Verb {
    Add(Box<add::Args>),
    List(list::Args),
    Show(show::Args),
    /// People of a customer
    #[command(subcommand)]
    User(user::Verb),
    Update(Box<update::Args>),
    Archive(archive::Args),
    /// Whether a customer may buy for itself, by product family
    #[command(subcommand)]
    SelfPurchase(self_purchase::Verb),
    /// The reseller that supports a customer in its partner's name
    #[command(subcommand)]
    SupportContact(support_contact::Verb),
}

impl Command for Verb {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        match self {
            Self::Add(args) => args.run(app),
            Self::Update(args) => args.run(app),
            Self::Archive(args) => args.run(app),
            Self::SelfPurchase(verb) => verb.run(app),
            Self::SupportContact(verb) => verb.run(app),
            Self::List(args) => args.run(app),
            Self::Show(args) => args.run(app),
            Self::User(verb) => verb.run(app),
        }
    }
}
