//! `servhub user accept`

use crate::cli::args::{Changing, Show};
use crate::cli::{App, Command, Outcome};
use crate::hub::people::Accept;
use crate::output::Listing;

/// Accept an invitation with its code
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The code as it was told, or - to read it from standard input, where no other process sees it
    code: String,
    /// Whose invitation it is, when the operator accepts for somebody
    #[arg(long, value_name = "ACCOUNT")]
    account: Option<String>,
    /// How the person wants to be called
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    #[command(flatten)]
    changing: Changing,
    #[command(flatten)]
    show: Show,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let mut code = self.code;
        if code == "-" {
            code.clear();
            std::io::stdin().read_line(&mut code)?;
        }
        let accept = Accept {
            code,
            account: self.account,
            name: self.name,
        };
        let done = app
            .hub_for(&self.changing)?
            .carry_out(&accept, self.changing.mode())?;
        let listing = Listing::of(std::slice::from_ref(&done.answer));
        let outcome = Outcome::listing(listing, self.show.style(&app.ui));
        Ok(outcome.changed(&self.changing, done.changed))
    }
}
