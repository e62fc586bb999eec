//! `servhub agreement status`

use crate::cli::args::Show;
use crate::cli::{App, Command, Outcome};
use crate::hub::agreement::Status;
use crate::output::Listing;

/// Show what a customer was invited to, and what it agreed to
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Name or id of the customer
    customer: String,
    #[command(flatten)]
    show: Show,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let stood = app.hub()?.ask(&Status {
            customer: self.customer,
        })?;
        let note = if stood.on_record {
            "an agreement is on record: the customer may buy"
        } else {
            "no agreement that counts is on record: nothing can be bought for the customer (G-8)"
        };
        Ok(Outcome::listing(Listing::of(&stood.lines), self.show.style(&app.ui)).note(note))
    }
}
