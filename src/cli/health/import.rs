//! `servhub health import`

use crate::cli::args::{Changing, Show};
use crate::cli::import::flow::Flow;
use crate::cli::{App, Command, Outcome};
use crate::error::codes;
use crate::hub::import::{Inputs, Kind, discover};
use std::path::PathBuf;

/// Bring in known issues and what was said of them: `health.csv` and `updates.csv`, JSON Lines, or the vendor's JSON
///
/// A saved answer of Microsoft Graph to `/admin/serviceAnnouncement/issues` is read as it is from a file that ends in
/// `.json`, or from standard input; each page is a file of its own.
/// `servhub import --template health` and `--template updates` print the columns. An issue that is there is brought up
/// to date; what was said of it before stays.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// A folder with one file per kind, files, or - for standard input
    #[arg(required = true, value_name = "DIR|FILE", value_hint = clap::ValueHint::AnyPath)]
    paths: Vec<PathBuf>,
    /// Apply the good rows when others have faults
    #[arg(long)]
    keep_going: bool,
    /// Write what came of every row to this file, as CSV
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    results: Option<PathBuf>,
    #[command(flatten)]
    changing: Changing,
    #[command(flatten)]
    show: Show,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let flow = Flow {
            app,
            keep_going: self.keep_going,
            results: self.results,
            changing: &self.changing,
            style: self.show.style(&app.ui),
            carry_out: &|hub, rows, mode, watch| hub.carry_out_watched(&rows, mode, watch),
        };
        flow.check_can_ask("An import changes many rows.")?;
        let inputs = discover(&self.paths, None, &mut std::io::stdin().lock())?;
        inputs.warnings.iter().for_each(|warning| app.ui.note(warning));
        Ok(flow.direct(&about_health(inputs)?.sources)?.0)
    }
}

/// Files of other kinds stay out of it.
fn about_health(inputs: Inputs) -> crate::error::Result<Inputs> {
    let (mut kept, mut other) = (Inputs::default(), None);
    for source in inputs.sources {
        if source.may_hold(Kind::Health) || source.may_hold(Kind::Updates) {
            kept.sources.push(source);
        } else {
            other.get_or_insert(source.name);
        }
    }
    match other {
        None => Ok(kept),
        Some(name) => Err(codes::IMPORT_HEADER
            .error(format!("{name} holds no known issues"))
            .hint("`servhub import` takes rows of every kind")),
    }
}
