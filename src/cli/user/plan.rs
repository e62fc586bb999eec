//! `servhub user plan FILE --out FILE`

use super::file::{About, carry_out};
use crate::cli::args::{Changing, Show};
use crate::cli::import::flow::Flow;
use crate::cli::import::saved::Sort;
use crate::cli::{App, Command, Outcome};
use crate::error::codes;
use crate::hub::import::{Kind, discover};
use std::path::PathBuf;

/// Compare a file of people with the hub, and save what would be done
///
/// Every row and workspace has an outcome, with its reason. Roles and groups become exactly what a column
/// says; a column that is not there changes nothing. Nobody is removed without --prune.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The people: CSV or JSON Lines, such as `servhub user adopt` writes
    #[arg(value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    file: PathBuf,
    /// Where to save the plan
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    out: PathBuf,
    #[command(flatten)]
    about: About,
    /// Exit with 6 when there is something to change
    #[arg(long, help_heading = "Change")]
    detailed_exitcode: bool,
    #[command(flatten)]
    show: Show,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let inputs = discover(
            std::slice::from_ref(&self.file),
            Some(Kind::People),
            &mut std::io::empty(),
        )?;
        if inputs.sources.iter().any(|source| source.stream) {
            let error =
                codes::BAD_VALUE.error("standard input cannot be read again when the plan is applied");
            return Err(error.hint("save it to a file first").into());
        }
        let wanted = self.about.wanted();
        let changing = Changing {
            dry_run: true,
            detailed_exitcode: self.detailed_exitcode,
            yes: false,
            reason: None,
            ticket: None,
        };
        let flow = Flow {
            app,
            keep_going: self.about.keep_going,
            results: self.about.results,
            changing: &changing,
            style: self.show.style(&app.ui),
            carry_out: &carry_out(&wanted),
        };
        flow.plan(&inputs.sources, &Sort::People(wanted.clone()), &self.out)
    }
}
