//! `servhub relationship accept`

use crate::cli::args::{Changing, Show};
use crate::cli::{App, Command, Outcome};
use crate::hub::relationship::Accept;

/// Accept a relationship that a partner asked for, as global administrator of the customer
///
/// The first partner that serves a customer is the one of record; --of-record makes it another one.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The link that the partner sent, or its code
    code: String,
    /// Make it the partner of record, in place of another
    #[arg(long)]
    of_record: bool,
    #[command(flatten)]
    changing: Changing,
    #[command(flatten)]
    show: Show,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let accept = Accept {
            code: self.code,
            of_record: self.of_record,
        };
        app.change(&accept, &self.changing, &self.show)
    }
}
