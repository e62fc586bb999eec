//! `servhub customer user plan` and `servhub customer user apply`

use crate::cli::import::saved::Sort;
use crate::cli::tenant_plan;
use crate::cli::{App, Command, Outcome};

/// Compare a file of people with the hub, and save what would be done
#[derive(Debug, clap::Args)]
pub struct Plan {
    #[command(flatten)]
    plan: tenant_plan::ToPlan,
    /// Plan the good rows when others have faults
    #[arg(long)]
    keep_going: bool,
}

/// Do exactly what a saved plan of people says
#[derive(Debug, clap::Args)]
pub struct Apply {
    #[command(flatten)]
    planned: tenant_plan::Planned,
}

impl Command for Plan {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        self.plan.run(app, &Sort::CustomerPeople, self.keep_going)
    }
}

impl Command for Apply {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        self.planned.run(app, "customer user")
    }
}
