//! `reservation.confirm`: does what was calculated, if all is as it was then.

use super::calculate::{Calculation, Purchase, judge, may_go, state_of, take};
use crate::domain::Instant;
use crate::domain::sold::reservation::{ReservationStatus, ReturnKind, ends_at};
use crate::error::{Error, Result, codes};
use crate::hub::{Change, Route, Writing};
use crate::policy::needs::ReturnReservations;
use crate::store::sqlite::{Calculated, Owner, ReservationLine, Reserved, Table};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Gives a reservation back as it was calculated.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Confirm {
    /// Its id or name.
    pub reservation: String,
    /// In which way it is given back.
    pub kind: ReturnKind,
    /// Id of the calculation.
    pub calculation: String,
}

impl Change for Confirm {
    const NAME: &'static str = "reservation.confirm";
    const ROUTE: Route = Route::post("/reservations/{reservation}/confirm");
    type Needs = ReturnReservations;
    type Answer = Calculation;

    fn change(&self, at: &mut Writing<'_, ReturnReservations>) -> Result<Calculation> {
        let now = at.context().now;
        let (id, reserved) = take(at, &self.reservation)?;
        let (key, one) = self.calculation(at, id)?;
        self.is_good(&reserved, &one, now)?;
        let status = may_go(&reserved, one.kind, one.quantity)?;
        if let Err(why) = judge(&at.reading(), &reserved, &one, now)? {
            let what = format!("reservation {}: {why} (G-5)", reserved.line.code);
            return Err(codes::AGAINST_POLICY.error(what));
        }
        at.confirm_calculation(key, &one, now)?;
        let subject = format!("reservation:{}", reserved.line.code);
        let after = left(&reserved.line, &one, status, now);
        at.keep_reservation(id, &after)?;
        at.record(&subject, Some(&reserved.line), Some(&after))?;
        let bought = buy(at, (id, &reserved), &one)?;
        let one = Calculated {
            confirmed_at: Some(now),
            ..one
        };
        let answer = Calculation::of(&one, &reserved, bought);
        at.record(&subject, None, Some(&answer))?;
        Ok(answer)
    }
}

/// What is left of a reservation.
fn left(
    line: &ReservationLine,
    one: &Calculated,
    status: ReservationStatus,
    now: Instant,
) -> ReservationLine {
    ReservationLine {
        quantity: line.quantity - one.quantity,
        paid: line.paid - one.amounts.returned,
        status,
        settled_at: (status != ReservationStatus::Active).then_some(now),
        ..line.clone()
    }
}

impl Confirm {
    /// A calculation of another reservation is not there.
    fn calculation(&self, at: &Writing<'_, ReturnReservations>, id: i64) -> Result<(i64, Calculated)> {
        let found = at.reading().calculated(&self.calculation)?;
        found.filter(|(_, one)| one.reservation_id == id).ok_or_else(|| {
            let what = format!(
                "reservation {} has no calculation \"{}\"",
                self.reservation, self.calculation
            );
            self.anew(codes::NOT_FOUND.error(what))
        })
    }

    fn is_good(&self, reserved: &Reserved, one: &Calculated, now: Instant) -> Result<()> {
        let code = &one.code;
        let wrong = if let Some(at) = one.confirmed_at {
            let what = format!("calculation {code} was confirmed at {at}");
            return Err(codes::UNCONFIRMABLE.error(what));
        } else if one.kind != self.kind {
            format!(
                "calculation {code} is for {}, and not for {}",
                one.kind, self.kind
            )
        } else if one.valid_until < now {
            format!("calculation {code} was good until {}", one.valid_until)
        } else if one.before != state_of(reserved) {
            format!(
                "reservation {} has changed since calculation {code} was made",
                reserved.line.code
            )
        } else {
            return Ok(());
        };
        Err(self.anew(codes::UNCONFIRMABLE.error(wrong)))
    }

    fn anew(&self, error: Error) -> Error {
        error.hint(format!(
            "calculate it anew: `servhub reservation {} {}`",
            self.kind, self.reservation
        ))
    }
}

/// What an exchange buys begins at once; answers the ids.
fn buy(
    at: &mut Writing<'_, ReturnReservations>,
    (id, reserved): (i64, &Reserved),
    one: &Calculated,
) -> Result<Vec<String>> {
    let now = at.context().now;
    let purchases: Vec<Purchase> = serde_json::from_str(&one.purchases).map_err(|error| {
        codes::STORE_FAILED
            .error("the purchases could not be read")
            .because(error)
    })?;
    let owner = Owner {
        customer: reserved.customer_id,
        partner: reserved.partner_id,
        origin: Some(id),
    };
    let mut bought = Vec::new();
    for purchase in purchases {
        let paid = purchase.minor(reserved.line.currency)?;
        let read = at.reading();
        let code = match purchase.code {
            Some(code) if read.key_of(Table::Reservation, &code)?.is_some() => {
                return Err(codes::RULE.error(format!("the id {code} is taken by another reservation")));
            }
            Some(code) => code,
            None => read.free_code("reservation", "RES")?,
        };
        let line = ReservationLine {
            code,
            name: purchase.name,
            sku: purchase.sku,
            region: purchase.region,
            quantity: purchase.quantity,
            term: purchase.term,
            paid,
            starts_at: now,
            ends_at: ends_at(now, purchase.term),
            status: ReservationStatus::Active,
            settled_at: None,
            origin: Some(reserved.line.code.clone()),
            ..reserved.line.clone()
        };
        at.put_reservation(owner, &line)?;
        at.record(&format!("reservation:{}", line.code), None, Some(&line))?;
        bought.push(line.code);
    }
    Ok(bought)
}
