//! Licences of customers' people (G-7).

mod assign;
mod list;
mod seats;

pub use assign::{Assign, Given, Revoke};
pub(crate) use assign::{Product, Rule, give, products, take};
pub use list::{List, Listed, PersonLicence};
pub(crate) use seats::Seats;
