//! `servhub delegation request`

use crate::cli::args::{Changing, Show, day, days};
use crate::cli::csv_file::{self, Shape};
use crate::cli::{App, Command, Outcome};
use crate::domain::Day;
use crate::error::{Result, codes};
use crate::hub::Done;
use crate::hub::delegation::{Request, Requested, Wanted};
use crate::output::{Listing, Style};
use std::path::{Path, PathBuf};

/// Columns of a file of wishes.
const SHAPE: Shape = Shape {
    of: "delegations",
    must: &["customer", "name", "roles", "days"],
    may: &["partner", "starts_on", "auto_extend", "draft"],
    quiet: &[],
};

/// Ask customers for delegated access (GDAP)
///
/// The customer's global administrator approves it; a request that is ignored lapses after 90 days. The same wish again
/// changes nothing. Many are asked for from a file: all of it, or nothing; --dry-run shows what would come of each line.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Name or id of the customer
    #[arg(value_name = "CUSTOMER", required_unless_present = "from")]
    customer: Option<String>,
    /// What to call it: at most 50 characters, unique among the partner's
    #[arg(long, value_name = "NAME", required_unless_present = "from")]
    name: Option<String>,
    /// Name or template id of a role (repeatable)
    #[arg(long = "role", value_name = "ROLE")]
    roles: Vec<String>,
    /// For how many days, 1 to 730
    #[arg(long, value_name = "DAYS", default_value = "365d", value_parser = days)]
    days: i32,
    /// Not before this day
    #[arg(long, value_name = "DAY", value_parser = day)]
    starts: Option<Day>,
    /// Add 180 days by itself whenever it would end
    #[arg(long)]
    auto_extend: bool,
    /// Keep it, and ask the customer later with the same command
    #[arg(long)]
    draft: bool,
    /// The partner that asks; else yours that serves the customer
    #[arg(long, value_name = "PARTNER")]
    partner: Option<String>,
    /// Take the wishes from a CSV file with the columns customer, name, roles (separated by ;), days; - for standard input
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath,
        conflicts_with_all = ["customer", "name", "roles", "days", "starts", "auto_extend", "draft", "partner"])]
    from: Option<PathBuf>,
    #[command(flatten)]
    changing: Changing,
    #[command(flatten)]
    show: Show,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let wishes = match &self.from {
            Some(path) => wishes(path)?,
            None => Request {
                delegations: vec![self.wanted()?],
                expected: None,
            },
        };
        let many = wishes.delegations.len();
        if many > 1 && !self.changing.dry_run {
            let question = format!("Ask for {many} delegations?");
            app.ui.confirm(&question, self.changing.yes)?;
        }
        let done = app
            .hub_for(&self.changing)?
            .carry_out(&wishes, self.changing.mode())?;
        let style = self.show.style(&app.ui);
        Ok(outcome(done, &self.changing, style))
    }
}

/// What came of the wishes, with warnings of those that ask for too much. They are met together or not at all.
pub fn outcome(done: Done<Vec<Requested>>, changing: &Changing, style: Style) -> Outcome {
    let outcome = Outcome::listing(Listing::of(&done.answer), style);
    let warnings = done.answer.iter().filter_map(|one| {
        let warning = one.warning.as_ref()?;
        let delegation = &one.line.delegation;
        Some(format!(
            "warning: {} \"{}\": {warning}",
            delegation.code, delegation.name
        ))
    });
    let outcome = warnings.fold(outcome, Outcome::note);
    outcome.changed(changing, done.changed)
}

impl Args {
    fn wanted(&self) -> anyhow::Result<Wanted> {
        let (Some(customer), Some(name)) = (&self.customer, &self.name) else {
            let error = codes::MISSING_OPTION.error("nothing says whom to ask for what");
            return Err(error
                .hint("name the customer and add --name, or --from FILE")
                .into());
        };
        Ok(Wanted {
            customer: customer.clone(),
            partner: self.partner.clone(),
            name: name.clone(),
            roles: self.roles.clone(),
            days: self.days.into(),
            starts: self.starts,
            auto_extend: self.auto_extend,
            draft: self.draft,
            origin: None,
        })
    }
}

/// What a file wishes for.
pub fn wishes(path: &Path) -> Result<Request> {
    let delegations = csv_file::read(path, SHAPE, |row| {
        Ok(Wanted {
            customer: row.need("customer")?,
            partner: row.text("partner"),
            name: row.need("name")?,
            roles: row.several("roles"),
            days: row
                .value("days")?
                .ok_or_else(|| row.fault("days", "it is empty; write a number of days, such as 365"))?,
            starts: row.value("starts_on")?,
            auto_extend: row.flag("auto_extend")?,
            draft: row.flag("draft")?,
            origin: Some(row.place()),
        })
    })?;
    Ok(Request {
        delegations,
        expected: None,
    })
}
