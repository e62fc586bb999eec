//! What happened at a customer: cases, engagements, learning, and the deliveries for them.

use super::cases::Case;
use super::customer::{Customer, Topic};
use super::deliveries::{self, Delivery, For};
use super::sheet::Sheets;
use super::{cases, engagements, journal, learning};
use std::io;

/// Writes all of it and hands the cases on.
pub(super) fn write(customer: &Customer, to: &mut Sheets) -> io::Result<Vec<Case>> {
    let mut random = customer.random(Topic::Deliveries);
    let cases = cases::write(customer, to)?;
    let mut engagements = engagements::all(customer);
    let all = deliveries::all(customer, &cases, &mut engagements, &mut random);
    engagements::write(customer, &engagements, to)?;
    learning::write(customer, to)?;
    let reference = |delivery: &Delivery| match delivery.on_behalf {
        For::Case(n) => cases[n].number.clone(),
        For::Engagement(n) => engagements[n].id.clone(),
        For::Order(n) => format!("ORDER-{:04}-{:02}", customer.number, n + 1),
    };
    journal::write(customer, to, &all, reference, &mut random)?;
    Ok(cases)
}
