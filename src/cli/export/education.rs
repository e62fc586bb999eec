//! `servhub export education`

use super::select::Select;
use super::target::Target;
use super::{finish, settle};
use crate::cli::args::AsOf;
use crate::cli::{App, Command, Outcome};
use crate::domain::Zone;
use crate::hub::export::education::{COLUMNS, Education, SCHEMA};
use crate::hub::export::manifest::Parameters;
use crate::output::About;
use std::cell::RefCell;

/// Learning activities of the people of the workspaces
///
/// One line for each activity, sorted by customer, workspace, learner, day and title.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    select: Select,
    /// All that there is, which is also what is meant when nothing is named
    #[arg(long, conflicts_with_all = ["customer", "contract", "workspace"], help_heading = "What")]
    all: bool,
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
            title: "Education",
            columns: COLUMNS,
        };
        let as_of = hub.context().day_in(&Zone::utc());
        let query = Education {
            selection: self.select.selection(),
            sink: RefCell::new(self.target.rows(app, &about, as_of)?),
        };
        let (made, written) = settle(hub.ask(&query), query.sink.into_inner())?;
        let parameters = Parameters {
            selection: &query.selection,
            as_of: self.as_of.as_of,
            output: self.target.output.word(),
            csv_dialect: self.target.dialect_word(),
            summary: false,
        };
        finish(&self.target, SCHEMA, parameters, &made, &written)
    }
}
