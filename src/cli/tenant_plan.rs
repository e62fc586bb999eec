//! Saved plans of customers' people and of their licences.

use super::import::flow::Flow;
use super::import::saved::{self, Sort};
use super::{App, Outcome, row_plan};
use crate::hub::import::{Applied, Apply, ApplyCustomerPeople, ApplyLicences, Kind, Watch, discover};
use crate::hub::{Done, Hub, Mode};
use std::path::PathBuf;

/// What is planned, and where the plan goes.
#[derive(Debug, clap::Args)]
pub struct ToPlan {
    #[command(flatten)]
    to: row_plan::RowsToPlan,
    /// Write what would come of every row to this file, as CSV
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    results: Option<PathBuf>,
}

/// The plan that is done.
#[derive(Debug, clap::Args)]
pub struct Planned {
    #[command(flatten)]
    planned: row_plan::SavedPlan,
    /// Write what came of every row to this file, as CSV
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    results: Option<PathBuf>,
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
        let inputs = discover(
            std::slice::from_ref(&self.to.file),
            Some(kind),
            &mut std::io::empty(),
        )?;
        if inputs.sources.iter().any(|source| source.stream) {
            return Err(row_plan::not_a_stream().into());
        }
        let changing = self.to.changing();
        let flow = Flow {
            app,
            keep_going,
            results: self.results,
            changing: &changing,
            style: self.to.show.style(&app.ui),
            carry_out: &carry_out(sort),
        };
        flow.plan(&inputs.sources, sort, &self.to.out)
    }
}

impl Planned {
    /// Does exactly what the plan says, or refuses where the hub has changed meanwhile.
    ///
    /// # Errors
    /// `E0301` and `E0302` as an import's plan.
    pub fn run(self, app: &App, noun: &str) -> anyhow::Result<Outcome> {
        let (header, sources) = saved::read(&self.planned.plan, noun)?;
        let sort = header.sort().unwrap_or(Sort::Import);
        let flow = Flow {
            app,
            keep_going: header.keep_going,
            results: self.results,
            changing: &self.planned.changing,
            style: self.planned.show.style(&app.ui),
            carry_out: &carry_out(&sort),
        };
        Ok(flow.planned(&self.planned.plan, &sources, &header.digest)?.0)
    }
}
