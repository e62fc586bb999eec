//! `reservation.list` and `reservation.show`

use crate::domain::sold::reservation::ReservationStatus;
use crate::error::Result;
use crate::hub::{Paged, Query, Reading, Route};
use crate::output::{Cell, Column, Tabular, col};
use crate::policy::needs::ReadReservations;
use crate::store::Named;
use crate::store::sqlite::{ReservationFilter, ReservationLine, ReturnLine};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Lists reservations.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct List {
    /// Only those of this customer, by name or id.
    pub customer: Option<String>,
    /// Only those in any of these statuses; empty means all.
    pub statuses: Vec<ReservationStatus>,
    /// How much of it.
    pub paged: Paged,
}

/// Reservations by their ids.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Listed {
    /// The reservations.
    pub lines: Vec<ReservationLine>,
    /// Where the next page starts.
    pub next: Option<String>,
}

impl Query for List {
    const NAME: &'static str = "reservation.list";
    const ROUTE: Route = Route::get("/reservations");
    type Needs = ReadReservations;
    type Answer = Listed;

    fn answer(&self, at: &Reading<'_, ReadReservations>) -> Result<Listed> {
        let customer = self.customer.as_deref();
        let customer = customer.map(|text| at.find(Named::Customer, text)).transpose()?;
        let mut lines = at.reservations(ReservationFilter {
            customer,
            statuses: &self.statuses,
            now: at.context().now,
            page: self.paged.page(),
        })?;
        let next = self.paged.cut(&mut lines, |line| &line.code);
        Ok(Listed { lines, next })
    }
}

/// One reservation, and what was given back of it.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Show {
    /// Its id or name.
    pub reservation: String,
}

/// A reservation, and what was given back of it, in order.
pub type Shown = (ReservationLine, Vec<ReturnLine>);

impl Query for Show {
    const NAME: &'static str = "reservation.show";
    const ROUTE: Route = Route::get("/reservations/{reservation}");
    type Needs = ReadReservations;
    type Answer = Shown;

    fn answer(&self, at: &Reading<'_, ReadReservations>) -> Result<Shown> {
        let id = at.find(Named::Reservation, &self.reservation)?;
        let line = at.reserved(id, at.context().now)?.line;
        Ok((line, at.reservation_returns(id)?))
    }
}

impl Tabular for ReservationLine {
    const SCHEMA: &'static str = "reservation.list/1";
    const COLUMNS: &'static [Column] = &[
        col("reservation"),
        col("customer"),
        col("partner"),
        col("name"),
        col("sku"),
        col("region").quiet(),
        col("quantity"),
        col("term"),
        col("paid"),
        col("currency"),
        col("starts_at"),
        col("ends_at"),
        col("status"),
        col("cancel_until").quiet(),
        col("settled_at").quiet(),
        col("exchanged_from").quiet(),
    ];

    fn cells(&self) -> Vec<Cell> {
        vec![
            (&self.code).into(),
            (&self.customer).into(),
            (&self.partner).into(),
            (&self.name).into(),
            (&self.sku).into(),
            (&self.region).into(),
            self.quantity.into(),
            self.term.word().into(),
            self.currency.tell(self.paid).into(),
            self.currency.code().into(),
            self.starts_at.into(),
            self.ends_at.into(),
            self.status.word().into(),
            self.holding().cancel_until().into(),
            self.settled_at.into(),
            (&self.origin).into(),
        ]
    }
}

impl Tabular for ReturnLine {
    const SCHEMA: &'static str = "reservation.returns/1";
    const COLUMNS: &'static [Column] = &[
        col("return"),
        col("reservation"),
        col("kind"),
        col("at"),
        col("quantity"),
        col("returned"),
        col("used"),
        col("refund"),
        col("currency"),
        col("counted_usd"),
    ];

    fn cells(&self) -> Vec<Cell> {
        use crate::domain::sold::money::Currency;
        vec![
            (&self.code).into(),
            (&self.reservation).into(),
            self.kind.word().into(),
            self.at.into(),
            self.quantity.into(),
            self.currency.tell(self.returned).into(),
            self.currency.tell(self.used).into(),
            self.currency.tell(self.refund).into(),
            self.currency.code().into(),
            Currency::USD.tell(self.counted).into(),
        ]
    }
}
