//! The drawings of life cycles, from the definitions that the rules use.

use super::agree;
use servhub::domain::life::LIFE;
use servhub::domain::partner::{AGREEMENT, DELEGATION, RELATIONSHIP, VETTING};
use servhub::domain::sold::reservation::RESERVATION;
use servhub::domain::sold::term::SUBSCRIPTION;
use servhub::domain::sold::transfer::TRANSFER;
use servhub::domain::tenant;
use std::fmt::Write;

const HEAD: &str = "# Life cycles

Made from the definitions that the rules use (`domain::cycle::Cycle`); the tests check that it is current. A step that
is not drawn is refused, and the message names the steps that are.
";

#[test]
fn the_drawings_of_life_cycles_are_current() {
    let mut text = HEAD.to_owned();
    draw(&mut text, "Requests", "S-3", &LIFE.drawing());
    draw(&mut text, "Delegations", "G-3", &DELEGATION.drawing());
    draw(&mut text, "Subscriptions", "G-4", &SUBSCRIPTION.drawing());
    draw(&mut text, "Transfers", "G-4", &TRANSFER.drawing());
    draw(&mut text, "Reservations", "G-5", &RESERVATION.drawing());
    draw(&mut text, "People of customers", "G-6", &tenant::LIFE.drawing());
    draw(&mut text, "Relationships", "G-2", &RELATIONSHIP.drawing());
    draw(&mut text, "Agreements", "G-8", &AGREEMENT.drawing());
    draw(&mut text, "Vetting of qualifications", "G-1", &VETTING.drawing());
    agree("docs/life-cycles.md", &text);
}

fn draw(text: &mut String, title: &str, rules: &str, drawing: &str) {
    write!(text, "\n## {title} ({rules})\n\n```mermaid\n{drawing}```\n").unwrap();
}
