//! `servhub customer user`

mod create;
mod delete;
mod list;
mod plan;
mod restore;
mod update;

use crate::cli::args::{Changing, Show};
use crate::cli::{App, Command, Outcome};
use crate::hub::Done;
use crate::hub::tenant::Touched;
use crate::output::Listing;

/// Verbs of `customer user`.
#[derive(Debug, clap::Subcommand)]
pub enum Verb {
    Create(Box<create::Args>),
    Update(update::Args),
    Delete(delete::Args),
    Restore(restore::Args),
    List(list::Args),
    Plan(plan::Plan),
    Apply(plan::Apply),
}

impl Command for Verb {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        match self {
            Self::Create(args) => args.run(app),
            Self::Update(args) => args.run(app),
            Self::Delete(args) => args.run(app),
            Self::Restore(args) => args.run(app),
            Self::List(args) => args.run(app),
            Self::Plan(args) => args.run(app),
            Self::Apply(args) => args.run(app),
        }
    }
}

/// The customer and its people that a change is about.
#[derive(Debug, clap::Args)]
struct Whom {
    /// The account, a user principal name (repeatable)
    #[arg(value_name = "ACCOUNT", required = true)]
    accounts: Vec<String>,
    /// The customer, by name or id
    #[arg(long, value_name = "CUSTOMER")]
    customer: String,
}

impl Whom {
    /// "eva@x.example", or how many, for a question.
    fn told(&self) -> String {
        match self.accounts.as_slice() {
            [one] => one.clone(),
            many => format!("{} people", many.len()),
        }
    }
}

/// What became of people.
fn outcome(app: &App, show: &Show, changing: &Changing, done: Done<Vec<Touched>>) -> Outcome {
    let outcome = Outcome::listing(Listing::of(&done.answer), show.style(&app.ui));
    outcome.changed(changing, done.changed)
}
