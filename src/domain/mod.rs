//! The rules of support contracts, as plain values and functions: no I/O, no clock, no SQL.

mod day;
mod quantity;
pub mod words;

pub mod activity;
pub mod clock;
pub mod contract;
pub mod country;
pub mod cycle;
pub mod entitlement;
pub mod filing;
pub mod health;
pub mod html;
pub mod ledger;
pub mod life;
pub mod member;
pub mod near;
pub mod number;
pub mod other_case;
pub mod partner;
pub mod people;
pub mod request;
pub mod sla;
pub mod sold;
pub mod tenant;
pub mod token;
pub mod work;

pub use day::{Day, DayError, Instant, Zone};
pub use quantity::{Quantity, QuantityError};
