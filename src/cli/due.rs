//! `servhub due`

use super::args::{Length, Show, days};
use super::{App, Command, Outcome};
use crate::hub::due::{Dues, List};
use crate::output::Listing;

/// What ends soon: delegated access, agreements, subscriptions, reservations, and requests that lapse
///
/// The soonest first. The column warning says 30, 7 or 1 when at most so many days are left. What renews or extends itself
/// does not end, and is not listed.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Within so many days
    #[arg(long, default_value = "30d", value_name = "DAYS", value_parser = days)]
    within: i32,
    /// Only at this customer
    #[arg(long, value_name = "CUSTOMER")]
    customer: Option<String>,
    #[command(flatten)]
    length: Length,
    #[command(flatten)]
    show: Show,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let dues = app.hub()?.ask(&List {
            within: self.within.into(),
            customer: self.customer,
            limit: self.length.rows(),
        })?;
        let outcome = Outcome::listing(Listing::of(&dues.lines), self.show.style(&app.ui));
        Ok(notes(&dues).into_iter().fold(outcome, Outcome::note))
    }
}

fn notes(dues: &Dues) -> Vec<String> {
    let mut notes = Vec::new();
    let shown = dues.lines.len();
    if shown < dues.total {
        notes.push(format!("{shown} of {} rows shown; the rest: --all", dues.total));
    }
    let mut left_out: Vec<String> = Vec::new();
    for (kind, needs) in &dues.left_out {
        left_out.push(format!("{kind} ({needs})"));
    }
    if !left_out.is_empty() {
        notes.push(format!(
            "left out, for want of a permission: {}",
            left_out.join(", ")
        ));
    }
    notes
}
