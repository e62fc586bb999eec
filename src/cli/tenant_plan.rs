//! Saved plans of customers' people and of their licences.

use super::args::{Changing, Show};
use super::import::flow::Flow;
use super::import::saved::{self, Sort};
use super::{App, Outcome};
use crate::error::codes;
use crate::hub::import::{Applied, Apply, ApplyCustomerPeople, ApplyLicences, Kind, Watch, discover};
use crate::hub::{Done, Hub, Mode};
use std::path::PathBuf;

/// What is planned, and where the plan goes.
#[derive(Debug, clap::Args)]
pub struct ToPlan {
    /// The rows: CSV or JSON Lines
    #[arg(value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    file: PathBuf,
    /// Where to save the plan
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    out: PathBuf,
    /// Write what would come of every row to this file, as CSV
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    results: Option<PathBuf>,
    /// Exit with 6 when there is something to change
    #[arg(long, help_heading = "Change")]
    detailed_exitcode: bool,
    #[command(flatten)]
    show: Show,
}

/// The plan that is done.
#[derive(Debug, clap::Args)]
pub struct Planned {
    /// A plan that was saved
    #[arg(value_name = "PLANFILE", value_hint = clap::ValueHint::FilePath)]
    plan: PathBuf,
    /// Write what came of every row to this file, as CSV
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    results: Option<PathBuf>,
    #[command(flatten)]
    changing: Changing,
    #[command(flatten)]
    show: Show,
}

/// Makes the change of a sort.
fn carry_out(
    sort: &Sort,
) -> impl Fn(&mut Hub, Apply, Mode, &dyn Watch) -> crate::error::Result<Done<Applied>> {
    let licences = match sort {
        Sort::Licenses { revoke } => Some(*revoke),
        _ => None,
    };
    move |hub, rows, mode, watch| match licences {
        Some(revoke) => hub.carry_out_watched(&ApplyLicences { rows, revoke }, mode, watch),
        None => hub.carry_out_watched(&ApplyCustomerPeople { rows }, mode, watch),
    }
}

impl ToPlan {
    /// Tries the rows and saves what would be done.
    ///
    /// # Errors
    /// As an import's plan.
    pub fn run(self, app: &App, sort: &Sort, keep_going: bool) -> anyhow::Result<Outcome> {
        let kind = match sort {
            Sort::Licenses { .. } => Kind::Licenses,
            _ => Kind::CustomerPeople,
        };
        let inputs = discover(&[self.file], Some(kind), &mut std::io::empty())?;
        if inputs.sources.iter().any(|source| source.stream) {
            let error =
                codes::BAD_VALUE.error("standard input cannot be read again when the plan is applied");
            return Err(error.hint("save it to a file first").into());
        }
        let changing = Changing {
            dry_run: true,
            detailed_exitcode: self.detailed_exitcode,
            yes: false,
            reason: None,
            ticket: None,
        };
        let flow = Flow {
            app,
            keep_going,
            results: self.results,
            changing: &changing,
            style: self.show.style(&app.ui),
            carry_out: &carry_out(sort),
        };
        flow.plan(&inputs.sources, sort, &self.out)
    }
}

impl Planned {
    /// Does exactly what the plan says, or refuses where the hub has changed meanwhile.
    ///
    /// # Errors
    /// `E0301` and `E0302` as an import's plan.
    pub fn run(self, app: &App, noun: &str) -> anyhow::Result<Outcome> {
        let (header, sources) = saved::read(&self.plan, noun)?;
        let sort = header.sort().unwrap_or(Sort::Import);
        let flow = Flow {
            app,
            keep_going: header.keep_going,
            results: self.results,
            changing: &self.changing,
            style: self.show.style(&app.ui),
            carry_out: &carry_out(&sort),
        };
        Ok(flow.planned(&self.plan, &sources, &header.digest)?.0)
    }
}
