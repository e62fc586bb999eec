//! `servhub reservation cancel|exchange|refund`: without --confirm it is calculated, with the id of that it is done.

use crate::cli::args::{Changing, Show};
use crate::cli::{App, Command, Outcome};
use crate::domain::sold::reservation::{RATE_UNIT, ReturnKind};
use crate::domain::sold::term::Term;
use crate::hub::reservation::{Calculate, Calculation, Confirm, Purchase};
use crate::output::Listing;

/// What all three take.
#[derive(Debug, clap::Args)]
pub struct Step {
    /// Id or name of the reservation
    reservation: String,
    /// Do what was calculated under this id
    #[arg(long = "confirm", value_name = "ID")]
    calculation: Option<String>,
    /// What one unit of the currency is worth in USD, where it was paid in another one: the vendor's limit is in USD
    #[arg(long, value_name = "RATE", value_parser = rate, conflicts_with = "calculation")]
    usd_rate: Option<i64>,
    #[command(flatten)]
    changing: Changing,
    #[command(flatten)]
    show: Show,
}

/// Cancel a reservation for its whole price, in its first seven days
///
/// Without --confirm it is calculated: the amounts, and what the vendor's policy says. Within 15 minutes the same command
/// with --confirm and the calculation's id does it.
#[derive(Debug, clap::Args)]
pub struct Cancel {
    #[command(flatten)]
    step: Step,
}

/// Give a reservation back for what is left of its price
///
/// Without --confirm it is calculated: the amounts, and what the vendor's policy says. Within 15 minutes the same command
/// with --confirm and the calculation's id does it.
#[derive(Debug, clap::Args)]
pub struct Refund {
    #[command(flatten)]
    step: Step,
    /// Give back so many units only
    #[arg(long, value_name = "N", conflicts_with = "calculation")]
    quantity: Option<i64>,
}

/// Exchange a reservation for others that are worth what is left of its price at least
///
/// Without --confirm it is calculated: the amounts, and what the vendor's policy says. Within 15 minutes the same command
/// with --confirm and the calculation's id does it.
#[derive(Debug, clap::Args)]
pub struct Exchange {
    #[command(flatten)]
    step: Step,
    /// Exchange so many units only
    #[arg(long, value_name = "N", conflicts_with = "calculation")]
    quantity: Option<i64>,
    /// What is bought instead (several times for several): name=…,sku=…,quantity=N,term=P1Y|P3Y,price=AMOUNT and as needed
    /// region=…,id=…; the price is that of all units
    #[arg(long = "for", value_name = "PURCHASE", value_parser = purchase, conflicts_with = "calculation", required_unless_present = "calculation")]
    purchases: Vec<Purchase>,
}

impl Command for Cancel {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        self.step.run(app, (ReturnKind::Cancel, None), Vec::new())
    }
}

impl Command for Refund {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        self.step
            .run(app, (ReturnKind::Refund, self.quantity), Vec::new())
    }
}

impl Command for Exchange {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        self.step
            .run(app, (ReturnKind::Exchange, self.quantity), self.purchases)
    }
}

impl Step {
    fn run(
        self,
        app: &App,
        (kind, quantity): (ReturnKind, Option<i64>),
        purchases: Vec<Purchase>,
    ) -> anyhow::Result<Outcome> {
        let style = self.show.style(&app.ui);
        let mode = self.changing.mode();
        if let Some(calculation) = self.calculation {
            if !self.changing.dry_run {
                let question = format!(
                    "Give reservation {} back as {calculation} says?",
                    self.reservation
                );
                app.ui.confirm(&question, self.changing.yes)?;
            }
            let wish = Confirm {
                reservation: self.reservation,
                kind,
                calculation,
            };
            let done = app.hub_for(&self.changing)?.carry_out(&wish, mode)?;
            let outcome = Outcome::listing(Listing::one(&done.answer), style);
            return Ok(outcome.changed(&self.changing, done.changed));
        }
        let wish = Calculate {
            reservation: self.reservation.clone(),
            kind,
            quantity,
            purchases,
            usd_rate: self.usd_rate,
        };
        let answer = app.hub_for(&self.changing)?.carry_out(&wish, mode)?.answer;
        let note = told(&answer, &self.reservation, self.changing.dry_run);
        Ok(Outcome::listing(Listing::one(&answer), style).note(note))
    }
}

/// What comes next.
fn told(answer: &Calculation, reservation: &str, dry_run: bool) -> String {
    let Calculation { code, kind, .. } = answer;
    match &answer.refusal {
        Some(why) => format!("the vendor's policy does not allow it: {why}"),
        None if dry_run => "dry run: the calculation was not kept".to_owned(),
        None => format!(
            "nothing was changed; until {}: `servhub reservation {kind} {reservation} --confirm {code}`",
            answer.valid_until
        ),
    }
}

/// Reads a rate for clap; answers millionths.
fn rate(text: &str) -> Result<i64, String> {
    let wrong = || format!("\"{text}\" is no rate: write it as 1.085, with up to six decimal places");
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(part) || part.len() > 6 {
        return Err(wrong());
    }
    let rate: i64 = format!("{whole}{part:0<6}").parse().map_err(|_| wrong())?;
    (1..=RATE_UNIT * 1_000_000)
        .contains(&rate)
        .then_some(rate)
        .ok_or_else(wrong)
}

/// Reads a purchase for clap.
fn purchase(text: &str) -> Result<Purchase, String> {
    let mut parts = std::collections::BTreeMap::new();
    for part in text.split(',') {
        let Some((key, value)) = part.split_once('=') else {
            return Err(format!("\"{part}\" is no part of a purchase: write it as sku=…"));
        };
        let known = ["name", "sku", "quantity", "term", "price", "region", "id"];
        if !known.contains(&key.trim()) {
            return Err(format!(
                "\"{key}\" is no part of a purchase: they are {}",
                known.join(", ")
            ));
        }
        if parts.insert(key.trim(), value.trim()).is_some() {
            return Err(format!("{key} stands twice"));
        }
    }
    let need = |key: &str| {
        let value = parts.get(key).filter(|value| !value.is_empty());
        value
            .map(|value| (*value).to_owned())
            .ok_or_else(|| format!("{key}=… is missing"))
    };
    let quantity = need("quantity")?;
    let term: Term = need("term")?
        .parse()
        .map_err(|error: crate::domain::words::UnknownWord| error.to_string())?;
    Ok(Purchase {
        code: parts.get("id").map(|text| (*text).to_owned()),
        name: need("name")?,
        sku: need("sku")?,
        region: parts.get("region").map(|text| (*text).to_owned()),
        quantity: quantity
            .parse()
            .map_err(|_| format!("\"{quantity}\" is no whole number"))?,
        term,
        price: need("price")?,
    })
}
