//! `servhub delegation plan` and `servhub delegation apply`

use super::request;
use crate::cli::import::saved::Sort;
use crate::cli::row_plan;
use crate::cli::{App, Command, Outcome};
use crate::hub::delegation::Request;

/// Compare a file of wishes for delegated access with the hub, and save what would be asked for
///
/// Its columns are those of `delegation request --from`.
#[derive(Debug, clap::Args)]
pub struct Plan {
    #[command(flatten)]
    plan: row_plan::RowsToPlan,
}

/// Ask for exactly what a saved plan of delegations says
#[derive(Debug, clap::Args)]
pub struct Apply {
    #[command(flatten)]
    planned: row_plan::SavedPlan,
}

impl Command for Plan {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let sort = (&Sort::Delegations, false);
        self.plan.run(app, sort, request::wishes, request::outcome)
    }
}

impl Command for Apply {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let (header, _) = self.planned.open("delegation")?;
        let read = |path: &_| {
            Ok(Request {
                expected: Some(header.digest.clone()),
                ..request::wishes(path)?
            })
        };
        self.planned.run(app, &header, read, request::outcome)
    }
}
