//! Rows around partners. One partner serves the customers of every place, and each place has something of its own there.

use super::super::place::Place;
use super::{Row, change, list_of, question};
use servhub::domain::partner::IntakeOutcome;
use servhub::hub::request::SupportGroup;
use servhub::hub::{customer, delegation, intake, partner, product, subscription};

/// What each place has at the partner.
pub fn seed(place: &Place) -> String {
    let Place { tag, customer, .. } = place;
    format!(
        "INSERT OR IGNORE INTO partner (code, name, kind, domain, time_zone) VALUES ('PX', 'Partner X', 'direct-bill', 'px.example', 'UTC');
         INSERT OR IGNORE INTO relationship (partner_id, customer_id, status, of_record, since_on)
           SELECT p.id, c.id, 'active', 1, 20000 FROM partner p, customer c WHERE p.code = 'PX' AND c.code = '{customer}';
         INSERT INTO subscription (code, customer_id, partner_id, product_id, name, status, starts_on)
           SELECT 'SUB{tag}', c.id, p.id, o.id, 'Subscription {tag}', 'active', 20000 FROM partner p, customer c, product o
           WHERE p.code = 'PX' AND c.code = '{customer}' AND o.name = 'Microsoft Azure';
         INSERT INTO delegation (code, partner_id, customer_id, name, status)
           SELECT 'DEL{tag}', p.id, c.id, 'Delegation {tag}', 'active' FROM partner p, customer c
           WHERE p.code = 'PX' AND c.code = '{customer}';
         INSERT INTO intake (code, partner_id, customer_id, at, account, title, diagnosis, outcome)
           SELECT 'INT{tag}', p.id, c.id, 1790000000, 'x@px.example', 'Intake {tag}', 'Unknown', 'open' FROM partner p, customer c
           WHERE p.code = 'PX' AND c.code = '{customer}';"
    )
}

pub fn rows() -> Vec<Row> {
    [customers(), partners(), sold(), came_in()]
        .into_iter()
        .flatten()
        .collect()
}

fn customers() -> Vec<Row> {
    vec![
        question("", |_| customer::List::default()),
        question("customer", |place| customer::Show {
            customer: place.customer.to_owned(),
        }),
    ]
}

/// There is one partner, whichever the place.
fn partners() -> Vec<Row> {
    vec![
        question("", |_| partner::List::default()),
        question("", |_| partner::Show {
            partner: "PX".to_owned(),
        }),
        question("", |_| partner::Profile {
            partner: "PX".to_owned(),
        }),
        change("", |_| partner::SetProfile {
            partner: "PX".to_owned(),
            phone: Some("1".to_owned()),
            ..partner::SetProfile::default()
        }),
    ]
}

fn sold() -> Vec<Row> {
    vec![
        list_of("Delegation ", "", |_| delegation::List::default()),
        question("delegation", |place| delegation::Show {
            delegation: format!("DEL{}", place.tag),
        }),
        list_of("Subscription ", "", |_| subscription::List::default()),
        question("subscription", |place| subscription::Show {
            subscription: format!("SUB{}", place.tag),
        }),
        question("", |_| product::List::default()),
        change("subscription", |place| SupportGroup {
            subscription: format!("SUB{}", place.tag),
            ..SupportGroup::default()
        }),
    ]
}

fn came_in() -> Vec<Row> {
    vec![
        list_of("Intake ", "", |_| intake::List::default()),
        question("", |_| intake::Share::default()),
        change("customer", |place| intake::Add {
            customer: place.customer.to_owned(),
            title: "New".to_owned(),
            diagnosis: "Unknown".to_owned(),
            reporter: None,
            outcome: IntakeOutcome::Open,
            request: None,
        }),
        change("intake", |place| intake::Update {
            intake: format!("INT{}", place.tag),
            outcome: Some(IntakeOutcome::Solved),
            diagnosis: None,
            request: None,
        }),
    ]
}
