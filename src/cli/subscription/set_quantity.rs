//! `servhub subscription set-quantity`

use super::many;
use crate::cli::args::{Changing, Show};
use crate::cli::csv_file::{self, Shape};
use crate::cli::{App, Command, Outcome};
use crate::error::Result;
use crate::hub::subscription::{SeatRow, SetQuantities, SetQuantity};
use crate::output::Listing;
use std::path::{Path, PathBuf};

/// Columns of a file of seats.
const SHAPE: Shape = Shape {
    of: "seats",
    must: &["subscription", "quantity"],
    may: &[],
    quiet: &[],
};

/// Change how many seats a subscription has, or many with --from
///
/// More can be bought at any time; fewer only in the first seven days of a term, and not fewer than are assigned.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Id or name of the subscription
    #[arg(required_unless_present = "from")]
    subscription: Option<String>,
    /// So many seats from now on
    #[arg(required_unless_present = "from", value_name = "N")]
    quantity: Option<i64>,
    /// Set what a CSV file says (- for standard input): columns subscription, quantity
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath, conflicts_with_all = ["subscription", "quantity"])]
    from: Option<PathBuf>,
    /// With --from: keep the good rows when others are refused
    #[arg(long, requires = "from")]
    keep_going: bool,
    #[command(flatten)]
    changing: Changing,
    #[command(flatten)]
    show: Show,
}

/// How many seats a file wants subscriptions to have.
pub fn wish(path: &Path, keep_going: bool) -> Result<SetQuantities> {
    let rows = csv_file::read(path, SHAPE, |row| {
        Ok(SeatRow {
            subscription: row.need("subscription")?,
            seats: row.count("quantity")?,
            origin: Some(row.place()),
        })
    })?;
    Ok(SetQuantities {
        rows,
        keep_going,
        expected: None,
    })
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let style = self.show.style(&app.ui);
        if let Some(path) = &self.from {
            let wish = wish(path, self.keep_going)?;
            let what = ("Change the seats of", "subscriptions");
            many::ask(app, &self.changing, what, wish.rows.len())?;
            let done = app
                .hub_for(&self.changing)?
                .carry_out(&wish, self.changing.mode())?;
            return Ok(many::outcome(done, self.keep_going, &self.changing, style));
        }
        let wish = SetQuantity {
            subscription: self.subscription.unwrap_or_default(),
            seats: self.quantity.unwrap_or_default(),
        };
        let done = app
            .hub_for(&self.changing)?
            .carry_out(&wish, self.changing.mode())?;
        let outcome = Outcome::listing(Listing::one(&done.answer), style);
        Ok(outcome.changed(&self.changing, done.changed))
    }
}
