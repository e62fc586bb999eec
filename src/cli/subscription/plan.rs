//! `servhub subscription plan` and `servhub subscription apply`

use super::{create, many, set_quantity};
use crate::cli::import::saved::Sort;
use crate::cli::row_plan;
use crate::cli::{App, Command, Outcome};
use crate::hub::subscription::{CreateMany, SetQuantities};

/// Compare a file of subscriptions with the hub, and save what would be sold
///
/// Its columns are those of `subscription create --from`, or with --quantities those of `subscription set-quantity --from`.
#[derive(Debug, clap::Args)]
pub struct Plan {
    #[command(flatten)]
    plan: row_plan::RowsToPlan,
    /// The file says how many seats those have that are sold already
    #[arg(long)]
    quantities: bool,
    /// Plan the good rows when others are refused
    #[arg(long)]
    keep_going: bool,
}

/// Do exactly what a saved plan of subscriptions says
#[derive(Debug, clap::Args)]
pub struct Apply {
    #[command(flatten)]
    planned: row_plan::SavedPlan,
}

impl Command for Plan {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let sort = Sort::Subscriptions {
            quantities: self.quantities,
        };
        let (plan, keep_going) = (&self.plan, self.keep_going);
        let tell = move |done, changing: &_, style| many::outcome(done, keep_going, changing, style);
        if self.quantities {
            let read = |path: &_| set_quantity::wish(path, keep_going);
            plan.run(app, (&sort, keep_going), read, tell)
        } else {
            let read = |path: &_| create::wish(path, keep_going);
            plan.run(app, (&sort, keep_going), read, tell)
        }
    }
}

impl Command for Apply {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let planned = &self.planned;
        let (header, sort) = planned.open("subscription")?;
        let (keep_going, expected) = (header.keep_going, Some(header.digest.clone()));
        let tell = move |done, changing: &_, style| many::outcome(done, keep_going, changing, style);
        if sort == (Sort::Subscriptions { quantities: true }) {
            let read = |path: &_| {
                let rows = set_quantity::wish(path, keep_going)?;
                Ok(SetQuantities { expected, ..rows })
            };
            planned.run(app, &header, read, tell)
        } else {
            let read = |path: &_| {
                let rows = create::wish(path, keep_going)?;
                Ok(CreateMany { expected, ..rows })
            };
            planned.run(app, &header, read, tell)
        }
    }
}
