//! `servhub audit`

mod export;
mod list;
mod verify;

use super::{App, Command, Outcome};
use crate::cli::args::day;
use crate::domain::Day;
use crate::hub::audit::Wanted;
use clap::Subcommand;

/// Verbs of `audit`.
#[derive(Debug, Subcommand)]
pub enum Verb {
    /// List the records of the audit trail, newest first
    List(list::Args),
    /// Recompute the chain of records, and name the first that was altered or is missing
    Verify(verify::Args),
    /// Write the records out, oldest first, as JSON Lines or CSV
    Export(export::Args),
}

impl Command for Verb {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        match self {
            Self::List(args) => args.run(app),
            Self::Verify(args) => args.run(app),
            Self::Export(args) => args.run(app),
        }
    }
}

/// Which records are wanted.
#[derive(Debug, clap::Args)]
struct Filter {
    /// Only those of this acting person, or done on behalf of that person
    #[arg(long, value_name = "ACCOUNT")]
    person: Option<String>,
    /// Only those of this day (UTC) and later
    #[arg(long, value_name = "DAY", value_parser = day)]
    since: Option<Day>,
    /// Only those of this day (UTC) and earlier
    #[arg(long, value_name = "DAY", value_parser = day)]
    until: Option<Day>,
    /// Only those whose subject begins so, such as contract: or contract:0123
    #[arg(long, value_name = "SUBJECT")]
    what: Option<String>,
    /// Only those whose operation begins so, such as ledger.
    #[arg(long, value_name = "OPERATION")]
    action: Option<String>,
}

impl From<Filter> for Wanted {
    fn from(filter: Filter) -> Self {
        Self {
            person: filter.person,
            since: filter.since,
            until: filter.until,
            what: filter.what,
            action: filter.action,
        }
    }
}
