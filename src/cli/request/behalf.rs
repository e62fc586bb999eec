//! The questions for whoever files on behalf of a customer: for whom, what about, and why (F-3, B-2 to B-5).

use crate::cli::App;
use crate::domain::filing::{Category, Draft, Place};
use crate::domain::partner::Family;
use crate::error::codes;
use crate::hub::request::{Choices, Offer};
use crate::store::sqlite::Party;
use crate::ui::Ui;

/// What is chosen to type something that is in no list.
const OTHER: &str = "something else";

/// Where to file when nothing says it: a person of a partner who is a member of no workspace chooses among the
/// customers that the partner serves.
pub(super) fn place(app: &App) -> anyhow::Result<Place> {
    let offer = match app.hub() {
        Ok(hub) => hub.ask(&Choices::default()).unwrap_or_default(),
        Err(_) => Offer::default(),
    };
    if offer.is_member || offer.customers.is_empty() {
        return Err(super::place::nowhere().into());
    }
    if !app.ui.can_ask {
        let names: Vec<&str> = offer.customers.iter().map(|one| one.name.as_str()).collect();
        let error = codes::MISSING_OPTION
            .error("nothing says for whom to file; nothing was filed (F-3)")
            .hint(format!(
                "add --customer with one of {}, or --own-tenant",
                names.join(", ")
            ));
        return Err(error.into());
    }
    let own = "your own tenant";
    let mut lines: Vec<String> = offer.customers.iter().map(shown).collect();
    lines.push(own.to_owned());
    let words: Vec<&str> = lines.iter().map(String::as_str).collect();
    let chosen = app.ui.choose("For whom", &words, 0)?;
    let customer = offer.customers.iter().find(|one| shown(one) == chosen);
    Ok(customer.map_or(Place::OwnTenant, |one| Place::Customer(one.code.clone())))
}

fn shown(party: &Party) -> String {
    format!("{} ({})", party.name, party.code)
}

/// Asks for what filing on behalf needs beside what every request does: the product with its known issues, the
/// category, and a subscription or a plan. Says whether anything was asked.
pub(super) fn complete(app: &App, place: &Place, draft: &mut Draft) -> anyhow::Result<bool> {
    // A hub that is away, or that lets the person file nothing, offers nothing; filing itself says why.
    let hub = app.hub().ok();
    let offer = |product: Option<String>| {
        let place = Some(place.clone());
        let asked = hub.as_ref().map(|hub| hub.ask(&Choices { place, product }));
        asked.and_then(Result::ok).unwrap_or_default()
    };
    let before = draft.clone();
    if draft.product.is_none() {
        draft.product = Some(product(&offer(None), &app.ui)?);
    }
    let offer = offer(draft.product.clone());
    issues(&offer, draft, &app.ui)?;
    if draft.category.is_none() {
        let chosen = app.ui.choose("Why must it be escalated", Category::WORDS, 0)?;
        draft.category = chosen.parse().ok();
    }
    if draft.subscription.is_none() && family(&offer, draft) == Some(Family::Azure) {
        draft.subscription = subscription(&offer.subscriptions, place, &app.ui)?;
    }
    let is_billing = draft.category.is_some_and(Category::is_billing);
    if *place == Place::OwnTenant && draft.plan.is_none() && !is_billing && !offer.plans.is_empty() {
        let plans: Vec<&str> = offer.plans.iter().map(|plan| plan.id.as_str()).collect();
        draft.plan = Some(app.ui.choose("Plan", &plans, 0)?.to_owned());
    }
    Ok(*draft != before)
}

fn family(offer: &Offer, draft: &Draft) -> Option<Family> {
    let named = draft.product.as_deref().unwrap_or_default();
    let mut products = offer.products.iter();
    products
        .find(|product| product.name.eq_ignore_ascii_case(named))
        .and_then(|product| product.family)
}

/// The product, by its family; one that is in no list is typed.
fn product(offer: &Offer, ui: &Ui) -> anyhow::Result<String> {
    let groups = Family::ALL.iter().map(|family| (family.word(), Some(*family)));
    let groups: Vec<(&str, Option<Family>)> = groups.chain([("marketplace", None)]).collect();
    let of = |wanted: Option<Family>| -> Vec<&str> {
        let fits = |product: &&crate::store::sqlite::Offered| {
            product.family == wanted && product.of_marketplace == wanted.is_none()
        };
        let fitting = offer.products.iter().filter(fits);
        fitting.map(|product| product.name.as_str()).collect()
    };
    let mut words: Vec<&str> = Vec::new();
    words.extend(
        groups
            .iter()
            .filter(|(_, family)| !of(*family).is_empty())
            .map(|(word, _)| *word),
    );
    if words.is_empty() {
        return Ok(ui.ask("Product", None)?);
    }
    words.push(OTHER);
    let chosen = ui.choose("Product family", &words, 0)?;
    let group = groups.iter().find(|(word, _)| *word == chosen);
    let mut names = group.map(|(_, family)| of(*family)).unwrap_or_default();
    if let [only] = names.as_slice() {
        return Ok((*only).to_owned());
    }
    if !names.is_empty() {
        names.push(OTHER);
        let chosen = ui.choose("Product", &names, 0)?;
        if chosen != OTHER {
            return Ok(chosen.to_owned());
        }
    }
    Ok(ui.ask("Product", None)?)
}

/// Health first: each known issue is shown, and explains the problem or does not (B-2).
fn issues(offer: &Offer, draft: &mut Draft, ui: &Ui) -> anyhow::Result<()> {
    for issue in &offer.issues {
        let mut named = draft.not_covered_by.iter();
        if named.any(|code| code.eq_ignore_ascii_case(&issue.code)) {
            continue;
        }
        let update = issue.update.as_deref().unwrap_or("no update yet");
        ui.note(&format!("known issue {}: {}\n{update}", issue.code, issue.title));
        let words = ["it explains the problem: file nothing", "it is something else"];
        if ui.choose("This issue", &words, 0)? == words[0] {
            let message = format!(
                "{} is known: {} (B-2); nothing was filed",
                issue.code, issue.title
            );
            return Err(codes::FILING_KNOWN_ISSUE
                .error(message)
                .hint(format!(
                    "`servhub health show {}` tells how it goes on",
                    issue.code
                ))
                .into());
        }
        draft.not_covered_by.push(issue.code.clone());
    }
    if !draft.not_covered_by.is_empty() && draft.because.is_none() {
        draft.because = Some(ui.ask("Why it is something else", None)?);
    }
    Ok(())
}

/// The subscription of an Azure request; there may be none to choose from, which is then said by rule B-4.
fn subscription(offered: &[Party], place: &Place, ui: &Ui) -> anyhow::Result<Option<String>> {
    if *place == Place::OwnTenant || offered.is_empty() {
        return Ok(None);
    }
    let lines: Vec<String> = offered.iter().map(shown).collect();
    let words: Vec<&str> = lines.iter().map(String::as_str).collect();
    let chosen = ui.choose("Subscription", &words, 0)?;
    let found = offered.iter().find(|one| shown(one) == chosen);
    Ok(found.map(|one| one.code.clone()))
}
