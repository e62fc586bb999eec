//! `servhub user apply FILE|PLAN`

use super::codes::CodesFile;
use super::file::{About, carry_out};
use crate::cli::args::{Changing, Show};
use crate::cli::import::flow::Flow;
use crate::cli::import::saved;
use crate::cli::{App, Command, Outcome};
use crate::error::codes;
use crate::hub::import::{Applied, Kind, Wanted, discover};
use std::path::PathBuf;

/// Make the people of workspaces those of a file, or do what a saved plan says
///
/// A file is planned, shown and applied after a yes. Someone new is invited, someone removed is a member
/// again, and nobody is removed without --prune. Applying it again changes nothing.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The people as CSV or JSON Lines, - for standard input, or a plan that `servhub user plan` wrote
    #[arg(value_name = "FILE|PLAN", value_hint = clap::ValueHint::FilePath)]
    file: PathBuf,
    #[command(flatten)]
    about: About,
    /// Write the codes of new invitations to this file, for you to pass on; they are told nowhere else
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    codes: Option<PathBuf>,
    #[command(flatten)]
    changing: Changing,
    #[command(flatten)]
    show: Show,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let codes = self.codes.as_deref().map(CodesFile::begin).transpose()?;
        let (outcome, applied) = if saved::is_plan_of_people(&self.file)? {
            self.planned(app)?
        } else {
            self.direct(app)?
        };
        told(outcome, applied, codes)
    }
}

impl Args {
    fn flow<'a>(
        &'a self,
        app: &'a App,
        keep_going: bool,
        carry_out: crate::cli::import::flow::CarryOut<'a>,
    ) -> Flow<'a> {
        Flow {
            app,
            keep_going,
            results: self.about.results.clone(),
            changing: &self.changing,
            style: self.show.style(&app.ui),
            carry_out,
        }
    }

    fn direct(&self, app: &App) -> anyhow::Result<(Outcome, Option<Applied>)> {
        let wanted: Wanted = self.about.wanted();
        let carry_out = carry_out(&wanted);
        let flow = self.flow(app, self.about.keep_going, &carry_out);
        flow.check_can_ask("A file of people changes many of them.")?;
        let inputs = discover(
            std::slice::from_ref(&self.file),
            Some(Kind::People),
            &mut std::io::stdin().lock(),
        )?;
        flow.direct(&inputs.sources)
    }

    fn planned(&self, app: &App) -> anyhow::Result<(Outcome, Option<Applied>)> {
        if self.about.is_said() {
            let error = codes::WRONG_USAGE.error("a saved plan says already what it is about");
            return Err(error
                .hint("leave out --workspace, --all-workspaces, --prune, --label and --keep-going")
                .into());
        }
        let (header, sources) = saved::read(&self.file, "user")?;
        let wanted = header.people.unwrap_or_default();
        let carry_out = carry_out(&wanted);
        let flow = self.flow(app, header.keep_going, &carry_out);
        flow.planned(&self.file, &sources, &header.digest)
    }
}

/// Writes the codes, or says that there are some.
fn told(outcome: Outcome, applied: Option<Applied>, codes: Option<CodesFile>) -> anyhow::Result<Outcome> {
    let Some(applied) = applied else {
        return Ok(outcome);
    };
    let invited = applied.invitations.len();
    Ok(match (codes, invited) {
        // A file of codes from before is not replaced by an empty one.
        (_, 0) => outcome,
        (Some(file), _) => {
            let path = file.write(&applied.invitations)?;
            let codes = if invited == 1 { "code is" } else { "codes are" };
            outcome.note(format!("{invited} {codes} in {}", path.display()))
        }
        (None, _) => {
            let people = if invited == 1 { "person was" } else { "people were" };
            outcome.note(format!(
                "{invited} {people} invited: `servhub user resend` makes codes to pass on, as --codes FILE does"
            ))
        }
    })
}
