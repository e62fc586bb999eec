//! Azure reservations: what is given back is calculated first, and confirmed then (G-5).

mod calculate;
mod confirm;
mod list;

pub use calculate::{Calculate, Calculation, Purchase};
pub use confirm::Confirm;
pub use list::{List, Listed, Show, Shown};
