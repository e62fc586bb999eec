//! `servhub request create`

use super::draft::{DraftArgs, complete, summary};
use super::place::{PlaceArgs, nowhere};
use super::{file, post};
use crate::cli::args::{Changing, Show};
use crate::cli::{App, Command, Outcome};
use crate::domain::filing::Place;
use crate::hub::Mode;
use crate::hub::health::{Line, List};
use crate::hub::people::Code;
use crate::hub::request::{Create, Order};
use crate::output::Listing;
use std::collections::BTreeSet;
use std::path::PathBuf;

/// File a support request: what is missing is asked for at a terminal, the rules are checked first
///
/// Filing is done exactly once: the same key and content answer with the first result. The request is kept in the
/// outbox until the hub has answered.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    place: PlaceArgs,
    /// File the requests of this file: CSV with a header, or JSON (- for standard input)
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    from: Option<PathBuf>,
    /// The same key and content are filed once; made when left out
    #[arg(long, value_name = "KEY", conflicts_with = "from")]
    idempotency_key: Option<String>,
    #[command(flatten)]
    draft: DraftArgs,
    #[command(flatten)]
    changing: Changing,
    #[command(flatten)]
    show: Show,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let settings = app.settings()?;
        let place = self.place.named(settings.workspace.value.as_deref());
        let acting = settings.acting.value.clone();
        let orders = match &self.from {
            Some(path) => file::orders(path, place.as_ref(), acting.as_deref(), &app.ui)?,
            None => vec![self.order(app, place, acting.as_deref())?],
        };
        let style = self.show.style(&app.ui);
        if self.changing.mode() == Mode::DryRun {
            let done = app
                .hub_for(&self.changing)?
                .carry_out(&Create { orders }, Mode::DryRun)?;
            return Ok(
                Outcome::listing(Listing::of(&done.answer), style).changed(&self.changing, done.changed)
            );
        }
        known_issues(app, &orders);
        if orders.len() > 1 {
            let question = format!("File {} requests?", orders.len());
            app.ui.confirm(&question, self.changing.yes)?;
        }
        let filed = post::file(app, &self.changing, orders)?;
        let is_new = filed.iter().any(|one| one.new);
        let outcome = Outcome::listing(Listing::of(&filed), style);
        Ok(match filed.as_slice() {
            [one] if one.new => outcome.note(format!(
                "filed; {}`servhub request sla {}` says when an answer is due",
                charged(one.entitlement.as_deref()),
                one.request
            )),
            _ => outcome.changed(&self.changing, is_new),
        })
    }
}

fn charged(entitlement: Option<&str>) -> String {
    entitlement.map_or(String::new(), |to| format!("its hours will be charged to {to}; "))
}

/// Tells of open issues of the products concerned. Filing for oneself goes on whatever comes of it.
fn known_issues(app: &App, orders: &[Order]) {
    let products: BTreeSet<&str> = orders
        .iter()
        .filter_map(|order| order.draft.product.as_deref())
        .collect();
    let Ok(hub) = app.hub() else { return };
    for product in products {
        let list = List {
            open: true,
            service: Some(product.to_owned()),
            customer: None,
        };
        for Line(issue) in hub.ask(&list).unwrap_or_default() {
            app.ui.note(&format!(
                "{} has a known issue: {}, {} ({}); `servhub health show {}` says more",
                issue.service, issue.code, issue.title, issue.status, issue.code
            ));
        }
    }
}

impl Args {
    fn order(&self, app: &App, place: Option<Place>, acting: Option<&str>) -> anyhow::Result<Order> {
        let place = place.ok_or_else(nowhere)?;
        let mut draft = self.draft.draft(acting);
        let asked = !draft.missing().is_empty();
        complete(&mut draft, &app.ui)?;
        if asked {
            app.ui.note(&summary(&place, &draft));
            app.ui.confirm("File this request?", self.changing.yes)?;
        }
        Ok(Order {
            place,
            draft,
            key: match &self.idempotency_key {
                Some(key) => key.clone(),
                None => Code::make()?.tell(),
            },
            origin: None,
        })
    }
}
