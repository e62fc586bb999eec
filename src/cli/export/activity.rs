//! `servhub export activity`

use super::target::Target;
use super::{finish, settle};
use crate::cli::args::AsOf;
use crate::cli::{App, Command, Outcome};
use crate::domain::Zone;
use crate::hub::activity::{Places, Row, Wanted};
use crate::hub::export::Selection;
use crate::hub::export::activity::{Activity, COLUMNS, SCHEMA};
use crate::hub::export::manifest::Parameters;
use crate::output::{About, Tabular};
use std::cell::RefCell;

/// The activity report as a file: the same rows as `servhub activity`, all of them
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Only these workspaces, by name or id; all of them when none is named
    #[arg(
        long,
        visible_alias = "space",
        value_name = "WORKSPACE",
        help_heading = "What"
    )]
    workspace: Vec<String>,
    /// Only this contract, by number
    #[arg(long, value_name = "NUMBER", help_heading = "What")]
    contract: Option<String>,
    #[command(flatten)]
    as_of: AsOf,
    #[command(flatten)]
    target: Target,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let hub = app.hub_as_of(&self.as_of)?;
        let about = About {
            schema: SCHEMA,
            title: "Activity",
            columns: COLUMNS,
        };
        let as_of = hub.context().day_in(&Zone::utc());
        let query = Activity {
            wanted: self.wanted(),
            sink: RefCell::new(self.target.rows(app, &about, as_of)?),
        };
        let (made, written) = settle(hub.ask(&query), query.sink.into_inner())?;
        let selection = Selection {
            contracts: self.contract.clone().into_iter().collect(),
            workspaces: self.workspace.clone(),
            ..Selection::default()
        };
        let parameters = Parameters {
            selection: &selection,
            as_of: self.as_of.as_of,
            output: self.target.output.word(),
            csv_dialect: self.target.dialect_word(),
            summary: false,
        };
        finish(&self.target, Row::SCHEMA, parameters, &made, &written)
    }
}

impl Args {
    fn wanted(&self) -> Wanted {
        let places = match self.workspace.as_slice() {
            [] => Places::AllWorkspaces,
            names => Places::Workspaces(names.to_vec()),
        };
        Wanted {
            places,
            contract: self.contract.clone(),
            ..Wanted::default()
        }
    }
}
