//! `reservation.calculate`: the amounts and what the vendor's policy says, kept for a while under an id.

use crate::domain::Instant;
use crate::domain::sold::money::{Currency, in_cents};
use crate::domain::sold::reservation::{
    Amounts, Policy, RATE_UNIT, RESERVATION, ReservationStep, ReturnKind, VALID_SECONDS, counts_since,
};
use crate::domain::sold::term::Term;
use crate::error::{Result, codes};
use crate::hub::steps::no_way;
use crate::hub::{Change, Route, Writing};
use crate::output::{Cell, Column, Tabular, col};
use crate::policy::needs::ReturnReservations;
use crate::store::sqlite::{Calculated, Reserved};
use crate::store::{Named, Read};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Something that is bought in an exchange.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Purchase {
    /// Its id; made when not given.
    pub code: Option<String>,
    /// What it is called.
    pub name: String,
    /// What is reserved.
    pub sku: String,
    /// Where.
    pub region: Option<String>,
    /// How many units.
    pub quantity: i64,
    /// For how long.
    pub term: Term,
    /// What all units cost together, such as 1200.00, in the currency of what is exchanged.
    pub price: String,
}

impl Purchase {
    /// The price in whole minor units.
    pub(super) fn minor(&self, currency: Currency) -> Result<i64> {
        let price = currency.amount(&self.price);
        price.map_err(|error| codes::BAD_VALUE.error(error.to_string()))
    }
}

/// Calculates what comes back of a reservation; changes nothing of it.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Calculate {
    /// Its id or name.
    pub reservation: String,
    /// In which way it is given back.
    pub kind: ReturnKind,
    /// How many units; all of them when not said.
    pub quantity: Option<i64>,
    /// For an exchange: what is bought instead.
    pub purchases: Vec<Purchase>,
    /// What one unit of the currency is worth, in millionths of a USD: the vendor's limit is kept in USD.
    pub usd_rate: Option<i64>,
}

/// What a calculation came to. Amounts are whole minor units.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Calculation {
    /// Its id, to be confirmed with.
    pub code: String,
    pub reservation: String,
    pub kind: ReturnKind,
    pub quantity: i64,
    pub currency: Currency,
    /// What was paid for these units.
    pub returned: i64,
    pub used: i64,
    /// What comes back, or goes into the exchange.
    pub refund: i64,
    /// What is bought instead costs.
    pub cost: i64,
    /// What is left to pay for it.
    pub to_pay: i64,
    /// Cents of USD that count towards the vendor's limit.
    pub counted: i64,
    /// Why the vendor's policy says no; none when it does not.
    pub refusal: Option<String>,
    pub valid_until: Instant,
    pub confirmed_at: Option<Instant>,
    /// Ids of what was bought instead.
    pub bought: Vec<String>,
}

impl Calculation {
    pub(super) fn of(one: &Calculated, reserved: &Reserved, bought: Vec<String>) -> Self {
        let Amounts {
            returned,
            used,
            refund,
        } = one.amounts;
        Self {
            code: one.code.clone(),
            reservation: reserved.line.code.clone(),
            kind: one.kind,
            quantity: one.quantity,
            currency: reserved.line.currency,
            returned,
            used,
            refund,
            cost: one.cost,
            to_pay: (one.cost - refund).max(0),
            counted: one.counted,
            refusal: one.refusal.clone(),
            valid_until: one.valid_until,
            confirmed_at: one.confirmed_at,
            bought,
        }
    }
}

impl Tabular for Calculation {
    const SCHEMA: &'static str = "reservation.calculation/1";
    const COLUMNS: &'static [Column] = &[
        col("calculation"),
        col("reservation"),
        col("kind"),
        col("quantity"),
        col("paid"),
        col("used"),
        col("refund"),
        col("cost"),
        col("to_pay"),
        col("currency"),
        col("counted_usd"),
        col("policy"),
        col("why"),
        col("valid_until"),
        col("confirmed_at"),
        col("bought"),
    ];

    fn cells(&self) -> Vec<Cell> {
        let exchanged = self.kind == ReturnKind::Exchange;
        let told = |amount: i64| self.currency.tell(amount);
        vec![
            (&self.code).into(),
            (&self.reservation).into(),
            self.kind.word().into(),
            self.quantity.into(),
            told(self.returned).into(),
            told(self.used).into(),
            told(self.refund).into(),
            exchanged.then(|| told(self.cost)).into(),
            exchanged.then(|| told(self.to_pay)).into(),
            self.currency.code().into(),
            Currency::USD.tell(self.counted).into(),
            if self.refusal.is_some() {
                "refused"
            } else {
                "allowed"
            }
            .into(),
            (&self.refusal).into(),
            self.valid_until.into(),
            self.confirmed_at.into(),
            self.bought.clone().into(),
        ]
    }
}

impl Change for Calculate {
    const NAME: &'static str = "reservation.calculate";
    const ROUTE: Route = Route::post("/reservations/{reservation}/calculate");
    type Needs = ReturnReservations;
    type Answer = Calculation;

    fn change(&self, at: &mut Writing<'_, ReturnReservations>) -> Result<Calculation> {
        let (id, reserved) = take(at, &self.reservation)?;
        let line = &reserved.line;
        let quantity = self.quantity.unwrap_or(line.quantity);
        may_go(&reserved, self.kind, quantity)?;
        self.check(&reserved, quantity)?;
        let now = at.context().now;
        let amounts = line.holding().amounts(self.kind, quantity, now);
        let one = Calculated {
            code: at.reading().free_code("calculation", "RC")?,
            reservation_id: id,
            kind: self.kind,
            made_at: now,
            valid_until: now.plus_seconds(VALID_SECONDS),
            confirmed_at: None,
            before: state_of(&reserved),
            quantity,
            amounts,
            counted: self.counted(&reserved, amounts)?,
            usd_rate: self.usd_rate,
            cost: self.cost(line.currency)?,
            refusal: None,
            purchases: serde_json::to_string(&self.purchases).map_err(unwritable)?,
        };
        let refusal = judge(&at.reading(), &reserved, &one, now)?.err();
        let one = Calculated {
            refusal: refusal.map(|why| why.to_string()),
            ..one
        };
        at.put_calculation(&one)?;
        let answer = Calculation::of(&one, &reserved, Vec::new());
        at.record(&format!("reservation:{}", line.code), None, Some(&answer))?;
        Ok(answer)
    }
}

impl Calculate {
    fn check(&self, reserved: &Reserved, quantity: i64) -> Result<()> {
        let all = reserved.line.quantity;
        if !(1..=all).contains(&quantity) {
            let what = format!("{quantity} is no number of units: there are {all}");
            return Err(codes::BAD_VALUE.error(what));
        }
        let exchanges = self.kind == ReturnKind::Exchange;
        if exchanges == self.purchases.is_empty() {
            let what = if exchanges {
                "an exchange buys something instead"
            } else {
                "only an exchange buys something instead"
            };
            let error = codes::BAD_VALUE.error(what);
            return Err(error.hint("`reservation exchange` takes each with --for"));
        }
        for one in &self.purchases {
            let fits = one.quantity >= 1 && one.term != Term::Month;
            if !fits {
                let what = format!("{}: at least one unit is reserved, for P1Y or P3Y", one.name);
                return Err(codes::BAD_VALUE.error(what));
            }
        }
        if self.usd_rate.is_some_and(|rate| rate < 1) {
            return Err(codes::BAD_VALUE.error("a unit of a currency is worth something"));
        }
        Ok(())
    }

    /// What is bought costs.
    fn cost(&self, currency: Currency) -> Result<i64> {
        let mut cost = 0_i64;
        for one in &self.purchases {
            cost = cost.saturating_add(one.minor(currency)?);
        }
        Ok(cost)
    }

    /// Cents of USD that would count towards the vendor's limit.
    fn counted(&self, reserved: &Reserved, amounts: Amounts) -> Result<i64> {
        let currency = reserved.line.currency;
        let rate = match (currency, self.usd_rate) {
            _ if self.kind == ReturnKind::Exchange => return Ok(0),
            (Currency::USD, _) => RATE_UNIT,
            (_, Some(rate)) => rate,
            (_, None) => {
                let what = format!("the vendor's limit is kept in USD, and this was paid in {currency}");
                let hint = format!("say what one {currency} is worth with --usd-rate, such as 1.085");
                return Err(codes::BAD_VALUE.error(what).hint(hint));
            }
        };
        Ok(in_cents(amounts.refund, currency, rate))
    }
}

fn unwritable(error: serde_json::Error) -> crate::error::Error {
    codes::STORE_FAILED
        .error("the purchases could not be written")
        .because(error)
}

/// The reservation of that id or name; it is for its seller to give back.
pub(super) fn take(at: &Writing<'_, ReturnReservations>, text: &str) -> Result<(i64, Reserved)> {
    let id = at.reading().find(Named::Reservation, text)?;
    let reserved = at.reading().reserved(id, at.context().now)?;
    at.grant()
        .on_partner(reserved.partner_id, &reserved.line.partner)?;
    Ok((id, reserved))
}

/// Passes for a step that leads on from where the reservation is.
pub(super) fn may_go(
    reserved: &Reserved,
    kind: ReturnKind,
    quantity: i64,
) -> Result<crate::domain::sold::reservation::ReservationStatus> {
    let line = &reserved.line;
    let step = if quantity < line.quantity {
        ReservationStep::ReturnPart
    } else {
        kind.step()
    };
    let next = RESERVATION.next(line.status, step);
    next.map_err(|why| no_way(&format!("reservation {}", line.code), &why))
}

/// What the vendor's policy says.
pub(super) fn judge(
    read: &Read<'_>,
    reserved: &Reserved,
    one: &Calculated,
    now: Instant,
) -> Result<Result<(), Policy>> {
    let place = (reserved.partner_id, reserved.customer_id);
    let before = read.given_back(place, counts_since(now))?;
    let holding = reserved.line.holding();
    let allowed = holding.allows((one.kind, one.quantity), (before, one.counted), now);
    Ok(allowed.and_then(|()| match one.kind {
        ReturnKind::Exchange => holding.pays(one.cost, one.amounts),
        _ => Ok(()),
    }))
}

/// What a reservation is, so that a change since a calculation is noticed.
pub(super) fn state_of(reserved: &Reserved) -> String {
    let line = &reserved.line;
    [
        line.partner.clone(),
        line.quantity.to_string(),
        line.paid.to_string(),
        line.currency.to_string(),
        line.starts_at.to_string(),
        line.ends_at.to_string(),
    ]
    .join(" ")
}
