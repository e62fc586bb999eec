//! `servhub contract activate`

use crate::cli::args::{Changing, Show};
use crate::cli::user::codes::CodesFile;
use crate::cli::{App, Command, Outcome};
use crate::hub::activation::Activate;
use crate::output::Listing;
use std::path::PathBuf;

/// Activate a contract: make the default workspace, attach the base packages, invite its people
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Number of the contract
    #[arg(required_unless_present = "due")]
    contract: Option<String>,
    /// Every contract whose first day has come
    #[arg(long, conflicts_with = "contract")]
    due: bool,
    /// Write the codes of the invitations to this file (CSV, for its owner only)
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    codes: Option<PathBuf>,
    #[command(flatten)]
    changing: Changing,
    #[command(flatten)]
    show: Show,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let file = self.codes.filter(|_| !self.changing.dry_run);
        let file = file.map(|path| CodesFile::begin(&path)).transpose()?;
        let activate = Activate {
            contract: self.contract,
            due: self.due,
            codes: file.is_some(),
        };
        let done = app
            .hub_for(&self.changing)?
            .carry_out(&activate, self.changing.mode())?;
        let outcome = Outcome::listing(Listing::of(&done.answer), self.show.style(&app.ui));
        let invited: usize = done.answer.iter().map(|one| one.invited.len()).sum();
        let outcome = match file.filter(|_| invited > 0) {
            Some(file) => {
                let letters = done.answer.iter().flat_map(|one| one.invitations.clone());
                let path = file.write(&letters.collect::<Vec<_>>())?;
                outcome.note(format!("{invited} codes are in {}", path.display()))
            }
            None if invited > 0 && !self.changing.dry_run => outcome.note(format!(
                "{invited} people were invited; `servhub user resend` makes their codes"
            )),
            None => outcome,
        };
        Ok(outcome.changed(&self.changing, done.changed))
    }
}
