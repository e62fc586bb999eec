//! `servhub license plan` and `servhub license apply`

use crate::cli::import::saved::Sort;
use crate::cli::tenant_plan;
use crate::cli::{App, Command, Outcome};

/// Compare a file of licences with the hub, and save what would be done
#[derive(Debug, clap::Args)]
pub struct Plan {
    #[command(flatten)]
    plan: tenant_plan::ToPlan,
    /// Take the licences back
    #[arg(long)]
    revoke: bool,
}

/// Do exactly what a saved plan of licences says
#[derive(Debug, clap::Args)]
pub struct Apply {
    #[command(flatten)]
    planned: tenant_plan::Planned,
}

impl Command for Plan {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let sort = Sort::Licenses { revoke: self.revoke };
        // Each person has an outcome of their own (G-7).
        self.plan.run(app, &sort, true)
    }
}

impl Command for Apply {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        self.planned.run(app, "license")
    }
}
