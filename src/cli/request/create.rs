//! `servhub request create`

use super::attach::own_name;
use super::draft::{DraftArgs, complete, summary};
use super::place::PlaceArgs;
use super::{behalf, context, file, post};
use crate::cli::args::{Changing, Show};
use crate::cli::{App, Command, Outcome};
use crate::domain::filing::Place;
use crate::hub::Mode;
use crate::hub::health::{Line, List};
use crate::hub::people::Code;
use crate::hub::request::{Create, Enclosure, Filed, Order};
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
    /// Attach this file to it (repeatable); all goes in together, or nothing does
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath, conflicts_with = "from")]
    attach: Vec<PathBuf>,
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
        if self.from.is_some() {
            context::tell_orders(app, &orders);
        }
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
        let attached: Vec<String> = orders
            .iter()
            .flat_map(|order| &order.files)
            .map(|file| file.name.clone())
            .collect();
        let filed = post::file(app, &self.changing, orders)?;
        let outcome = Outcome::listing(Listing::of(&filed), style);
        Ok(self.told(outcome, &filed, &attached))
    }
}

fn with(attached: &[String]) -> String {
    match attached {
        [] => String::new(),
        names => format!(" with {}", names.join(", ")),
    }
}

fn charged(entitlement: Option<&str>) -> String {
    entitlement.map_or(String::new(), |to| format!("its hours will be charged to {to}; "))
}

/// Tells of open issues of the products concerned. Filing for oneself goes on whatever comes of it; on behalf of a
/// customer rule B-2 speaks of them.
fn known_issues(app: &App, orders: &[Order]) {
    let products: BTreeSet<&str> = orders
        .iter()
        .filter(|order| matches!(order.place, Place::Workspace(_)))
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
    /// What is said of it beside the answer: where to go without rights (B-9), and what comes next.
    fn told(&self, outcome: Outcome, filed: &[Filed], attached: &[String]) -> Outcome {
        let portals: BTreeSet<&String> = filed.iter().filter_map(|one| one.portal.as_ref()).collect();
        let told = |portal| format!("without administrator rights at the customer, go to {portal}");
        let outcome = portals.into_iter().map(told).fold(outcome, Outcome::note);
        match filed {
            [one] if one.new => outcome.note(format!(
                "filed{}; {}`servhub request sla {}` says when an answer is due",
                with(attached),
                charged(one.entitlement.as_deref()),
                one.request
            )),
            _ => outcome.changed(&self.changing, filed.iter().any(|one| one.new)),
        }
    }

    fn files(&self) -> crate::error::Result<Vec<Enclosure>> {
        let file = |path: &PathBuf| Enclosure::of(own_name(path)?, path);
        self.attach.iter().map(file).collect()
    }

    fn order(&self, app: &App, place: Option<Place>, acting: Option<&str>) -> anyhow::Result<Order> {
        // Before anything is asked: a file that is not there must not cost what was typed.
        let files = self.files()?;
        let place = match place {
            Some(place) => place,
            None => behalf::place(app)?,
        };
        context::tell_places(app, std::iter::once(&place));
        let mut draft = self.draft.draft(acting);
        let on_behalf = !matches!(place, Place::Workspace(_));
        let mut asked = !draft.missing().is_empty();
        if on_behalf && app.ui.can_ask {
            asked |= behalf::complete(app, &place, &mut draft)?;
        }
        complete(&mut draft, on_behalf, &app.ui)?;
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
            files,
        })
    }
}
