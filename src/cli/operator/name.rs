//! `servhub operator appoint` and `servhub operator dismiss`

use crate::cli::args::{Changing, Show};
use crate::cli::{App, Command, Outcome};
use crate::hub::{Change, operator};
use crate::output::Listing;
use crate::store::sqlite::Operator;

/// What both have in common.
#[derive(Debug, clap::Args)]
struct Common {
    /// The account
    account: String,
    #[command(flatten)]
    changing: Changing,
    #[command(flatten)]
    show: Show,
}

/// Make an account an operator: it may everything, at every customer
#[derive(Debug, clap::Args)]
pub struct Appoint {
    #[command(flatten)]
    common: Common,
}

/// Take the rights of an operator away; the last one stays
#[derive(Debug, clap::Args)]
pub struct Dismiss {
    #[command(flatten)]
    common: Common,
}

impl Command for Appoint {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let account = self.common.account.clone();
        self.common
            .carry_out(app, "Appoint", &operator::Appoint { account })
    }
}

impl Command for Dismiss {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let account = self.common.account.clone();
        self.common
            .carry_out(app, "Dismiss", &operator::Dismiss { account })
    }
}

impl Common {
    fn carry_out<C>(&self, app: &App, verb: &str, change: &C) -> anyhow::Result<Outcome>
    where
        C: Change<Answer = Operator>,
    {
        let mut hub = app.hub_for(&self.changing)?;
        if !self.changing.dry_run {
            let question = format!("{verb} the operator {}?", self.account);
            app.ui.confirm(&question, self.changing.yes)?;
        }
        let done = hub.carry_out(change, self.changing.mode())?;
        let listing = Listing::of(&[done.answer]);
        Ok(Outcome::listing(listing, self.show.style(&app.ui)).changed(&self.changing, done.changed))
    }
}
