//! `servhub export users`

use super::rows;
use super::select::Select;
use super::target::Target;
use crate::cli::{App, Command, Outcome};
use crate::hub::export::users::{COLUMNS, SCHEMA, Users};
use crate::output::About;
use std::cell::RefCell;

/// Who holds what: members, global administrators and the provider's people
///
/// One line for each membership and each role held without one, sorted by customer, workspace and account.
/// Roles that come through groups stand in a column of their own.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    select: Select,
    /// All that there is, which is also what is meant when nothing is named
    #[arg(long, conflicts_with_all = ["customer", "contract", "workspace"], help_heading = "What")]
    all: bool,
    #[command(flatten)]
    target: Target,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let hub = app.hub()?;
        let about = About {
            schema: SCHEMA,
            title: "Users",
            columns: COLUMNS,
        };
        rows::write(
            app,
            &hub,
            (&self.select, &self.target),
            &about,
            |selection, rows| {
                let sink = RefCell::new(rows);
                hub.ask(&Users { selection, sink })
            },
        )
    }
}
