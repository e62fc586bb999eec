//! `servhub customer user`

mod create;
mod delete;
mod list;
mod plan;
mod restore;
mod update;

use crate::cli::args::{Changing, Show};
use crate::cli::csv_file::{self, Shape};
use crate::cli::{App, Command, Outcome};
use crate::error::Result;
use crate::hub::Done;
use crate::hub::tenant::Touched;
use crate::output::Listing;
use std::path::PathBuf;

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
    #[arg(value_name = "ACCOUNT", required_unless_present = "from")]
    accounts: Vec<String>,
    /// Take the accounts from a CSV file, such as `customer user list` writes; - for standard input
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath, conflicts_with = "accounts")]
    from: Option<PathBuf>,
    /// The customer, by name or id
    #[arg(long, value_name = "CUSTOMER")]
    customer: String,
}

/// Columns of a file of accounts: of the others of a list nothing is asked.
const SHAPE: Shape = Shape {
    of: "accounts",
    must: &["account"],
    may: &[],
    quiet: &[
        "customer",
        "name",
        "first_name",
        "last_name",
        "usage_location",
        "administrator",
        "licences",
        "state",
        "deleted_at",
        "restorable_until",
    ],
};

impl Whom {
    /// The accounts that are named, or those of the file.
    ///
    /// # Errors
    /// As the file.
    fn accounts(&self) -> Result<Vec<String>> {
        match &self.from {
            Some(path) => csv_file::read(path, SHAPE, |row| row.need("account")),
            None => Ok(self.accounts.clone()),
        }
    }

    /// "eva@x.example", or how many, for a question.
    fn told(accounts: &[String]) -> String {
        match accounts {
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
