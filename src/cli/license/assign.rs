//! `servhub license assign` and `servhub license revoke`

use crate::cli::args::{Changing, Show};
use crate::cli::import::flow::Flow;
use crate::cli::people::ask;
use crate::cli::{App, Command, Outcome};
use crate::error::{Error, codes};
use crate::hub::import::{ApplyLicences, Kind, Verdict, discover};
use crate::hub::licence::{self, Given};
use crate::hub::{Change, Done};
use crate::output::Listing;
use std::path::{Path, PathBuf};

/// Whose licences, and of what.
#[derive(Debug, clap::Args)]
struct Common {
    /// The customer, by name or id
    #[arg(long, value_name = "CUSTOMER", required_unless_present = "from")]
    customer: Option<String>,
    /// The person's account (repeatable)
    #[arg(long, value_name = "ACCOUNT", required_unless_present = "from")]
    user: Vec<String>,
    /// The product (repeatable): a person is given or loses all of them, or none
    #[arg(long, value_name = "PRODUCT", required_unless_present = "from")]
    product: Vec<String>,
    /// Take people and products from a file: CSV or JSON Lines, or - for standard input
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath, conflicts_with_all = ["customer", "user", "product"])]
    from: Option<PathBuf>,
    /// Write what came of every row to this file, as CSV
    #[arg(long, requires = "from", value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    results: Option<PathBuf>,
    #[command(flatten)]
    changing: Changing,
    #[command(flatten)]
    show: Show,
}

/// Assign licences to people: never more than were bought
///
/// Each person has an outcome of their own: all licences that a row names, or none. A file is planned, shown and applied
/// after a yes; applying it again changes nothing. `servhub import --template licenses` shows its columns.
#[derive(Debug, clap::Args)]
pub struct Assign {
    #[command(flatten)]
    common: Common,
}

/// Take licences back from people
///
/// Whoever has none of them is left as they are. A file is planned, shown and applied after a yes.
#[derive(Debug, clap::Args)]
pub struct Revoke {
    #[command(flatten)]
    common: Common,
}

impl Command for Assign {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let common = self.common;
        if let Some(from) = &common.from {
            return common.file(app, from, false);
        }
        if common.user.len() > 1 {
            let question = format!("Assign licences to {} people?", common.user.len());
            ask(app, &common.changing, &question)?;
        }
        common.carry_out(
            app,
            &licence::Assign {
                customer: common.customer.clone().unwrap_or_default(),
                accounts: common.user.clone(),
                products: common.product.clone(),
            },
        )
    }
}

impl Command for Revoke {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let common = self.common;
        if let Some(from) = &common.from {
            return common.file(app, from, true);
        }
        let whom = match common.user.as_slice() {
            [one] => one.clone(),
            many => format!("{} people", many.len()),
        };
        let question = format!("Take {} from {whom}?", common.product.join(", "));
        ask(app, &common.changing, &question)?;
        common.carry_out(
            app,
            &licence::Revoke {
                customer: common.customer.clone().unwrap_or_default(),
                accounts: common.user.clone(),
                products: common.product.clone(),
            },
        )
    }
}

impl Common {
    /// People of a file: each has an outcome of their own, so that one who is refused keeps nobody else from theirs.
    fn file(&self, app: &App, from: &Path, revoke: bool) -> anyhow::Result<Outcome> {
        let flow = Flow {
            app,
            keep_going: true,
            results: self.results.clone(),
            changing: &self.changing,
            style: self.show.style(&app.ui),
            carry_out: &move |hub, rows, mode, watch| {
                hub.carry_out_watched(&ApplyLicences { rows, revoke }, mode, watch)
            },
        };
        flow.check_can_ask("A file of licences changes many of them.")?;
        let inputs = discover(
            &[from.to_owned()],
            Some(Kind::Licenses),
            &mut std::io::stdin().lock(),
        )?;
        Ok(flow.direct(&inputs.sources)?.0)
    }

    fn carry_out<C: Change<Answer = Vec<Given>>>(&self, app: &App, change: &C) -> anyhow::Result<Outcome> {
        let mut hub = app.hub_for(&self.changing)?;
        let done: Done<Vec<Given>> = hub.carry_out(change, self.changing.mode())?;
        let outcome = Outcome::listing(Listing::of(&done.answer), self.show.style(&app.ui));
        let outcome = outcome.changed(&self.changing, done.changed);
        Ok(match failure(&done.answer) {
            Some(error) => outcome.failing(error),
            None => outcome,
        })
    }
}

/// What is told of those who were refused: one alone by their own code, several as rows that failed.
fn failure(given: &[Given]) -> Option<Error> {
    let refused: Vec<&Given> = given
        .iter()
        .filter(|one| one.outcome == Verdict::Refused)
        .collect();
    let first = refused.first()?;
    if given.len() == refused.len() {
        let id = first.code.as_deref().unwrap_or_default();
        let code = codes::ALL.iter().find(|code| code.id == id).copied();
        let error = code
            .unwrap_or(&codes::RULE)
            .error(first.reason.clone().unwrap_or_default());
        return Some(match &first.fix {
            Some(fix) => error.hint(fix),
            None => error,
        });
    }
    let message = format!(
        "{} of {} people were refused; the others are done",
        refused.len(),
        given.len()
    );
    Some(
        codes::IMPORT_PARTIAL
            .error(message)
            .hint("mend what stands above and run it again"),
    )
}
