//! Subscriptions: what is sold to a customer, for which term, and by whom (G-4, G-12).

mod counter;
mod create;
mod life;
mod list;
mod many;
mod renewal;
mod seats;
pub mod transfer;

pub use create::{Buy, Create};
pub use life::{Cancel, Resume, Suspend};
pub use list::{List, Listed, Show};
pub use many::{CreateMany, RowOutcome, SeatRow, SetQuantities};
pub use renewal::SetRenewal;
pub use seats::SetQuantity;
