//! Rows around partners: whom they serve, what was delegated and sold to them, and what came in. Of two places that share
//! a customer each has a partner of its own, and neither is told anything of the other (G-2).

use super::super::place::Place;
use super::{Row, Seen, change, list_of, question, row};
use servhub::domain::partner::{CustomerProfile, Family, IntakeOutcome};
use servhub::hub::request::SupportGroup;
use servhub::hub::{
    Query, agreement, customer, delegation, due, health, intake, partner, product, relationship, subscription,
};
use std::fmt::Debug;

pub fn rows() -> Vec<Row> {
    [
        customers(),
        kept(),
        related(),
        agreed(),
        partners(),
        sold(),
        came_in(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// A question about one thing: whether a part of it is in the answer, whose name begins so before the place's tag.
fn part<Q: Query<Answer: Debug> + 'static>(
    thing: &'static str,
    aim: &'static str,
    make: fn(&Place) -> Q,
) -> Row {
    list_of(thing, aim, make)
}

fn show(place: &Place) -> customer::Show {
    customer::Show {
        customer: place.customer.to_owned(),
    }
}

fn overview(place: &Place) -> customer::Overview {
    customer::Overview {
        customer: place.customer.to_owned(),
    }
}

fn due(_: &Place) -> due::List {
    due::List {
        within: 36_500,
        customer: None,
        limit: None,
    }
}

fn customers() -> Vec<Row> {
    vec![
        // Two places share a customer, which has no tag.
        row(<customer::List as Query>::NAME, "", |at| {
            let answer = at.hub.ask(&customer::List::default())?;
            let shown = format!("{answer:?}").contains(&format!("\"{}\"", at.place.customer));
            Ok(Seen::Listed(shown))
        }),
        list_of("Q", "their partners", |_| customer::List::default()),
        question("of a partner", |place| customer::List {
            partner: Some(place.partner.code.clone()),
            ..customer::List::default()
        }),
        question("customer", show),
        part("", "its partner", show),
        question("customer", |place| customer::Overview {
            customer: place.customer.to_owned(),
        }),
        part("GDAP", "its delegated access", overview),
        part("AZ", "its subscriptions", overview),
        part("Filed ", "its requests", overview),
        list_of("GDAP", "delegated access", due),
        list_of("AZ", "subscriptions", due),
        question("customer", |place| due::List {
            customer: Some(place.customer.to_owned()),
            ..due(place)
        }),
        question("customer", |place| health::List {
            customer: Some(place.customer.to_owned()),
            ..health::List::default()
        }),
    ]
}

/// A customer as the matrix adds it.
fn new_customer(place: &Place) -> customer::NewCustomer {
    let text = |text: &str| Some(text.to_owned());
    customer::NewCustomer {
        profile: CustomerProfile {
            name: format!("Fresh {}", place.tag),
            domain: Some(format!("fresh{}.example", place.tag.to_lowercase())),
            street: text("Main 1"),
            city: text("Town"),
            postal_code: text("1000"),
            country: text("SK"),
            contact_first: text("Eva"),
            contact_last: text("New"),
            mail: text("eva@fresh.example"),
            ..CustomerProfile::default()
        },
        ..customer::NewCustomer::default()
    }
}

fn customer_of(place: &Place) -> String {
    place.customer.to_owned()
}

fn partner_of(place: &Place) -> Option<String> {
    Some(place.partner.code.clone())
}

/// What partners keep of customers (G-1, G-9, G-12).
fn kept() -> Vec<Row> {
    vec![
        change("partner", |place| customer::Add {
            customers: vec![new_customer(place)],
            partner: partner_of(place),
        }),
        change("customer", |place| customer::Update {
            customer: customer_of(place),
            phone: Some("+421 2 555 0100".to_owned()),
            ..customer::Update::default()
        }),
        Row {
            by: Some(|place| place.partner.head.clone()),
            ..change("customer of the partner alone", |place| customer::Archive {
                customer: format!("CU{}", place.tag),
                undo: false,
            })
        },
        question("customer", |place| customer::ShowSelfPurchase {
            customer: customer_of(place),
        }),
        change("customer", |place| customer::Allow {
            customer: customer_of(place),
            families: vec![Family::Azure],
        }),
        change("customer", |place| customer::Deny {
            customer: customer_of(place),
            families: vec![Family::Ems],
        }),
        question("customer", |place| customer::ShowSupporter {
            customer: customer_of(place),
        }),
        change("customer", |place| customer::SetSupporter {
            customer: customer_of(place),
            partner: Some(format!("Handelshaus{}", place.tag)),
            of: partner_of(place),
        }),
    ]
}

fn related() -> Vec<Row> {
    vec![
        list_of("Q", "", |_| relationship::List::default()),
        change("newcomer", |place| relationship::Request {
            customer: format!("new{}.example", place.tag.to_lowercase()),
            partner: partner_of(place),
        }),
        change("code", |place| relationship::Accept {
            code: format!("ASK{}", place.tag),
            of_record: false,
        }),
        change("customer of the partner alone", |place| relationship::Remove {
            customer: format!("CU{}", place.tag),
            partner: partner_of(place),
        }),
    ]
}

fn agreed() -> Vec<Row> {
    vec![
        question("", |_| agreement::Templates::default()),
        question("customer", |place| agreement::Status {
            customer: customer_of(place),
        }),
        change("customer", |place| agreement::Invite {
            customer: customer_of(place),
            template: Some("europe.en.corporate.partner-led.2".to_owned()),
            partner: partner_of(place),
            ..agreement::Invite::default()
        }),
        change("customer", |place| agreement::Confirm {
            customer: customer_of(place),
            first_name: "Eva".to_owned(),
            last_name: "New".to_owned(),
            mail: "eva@fresh.example".to_owned(),
            phone: None,
            agreed_on: "2026-11-02".parse().unwrap(),
            template: Some("europe.en.corporate.partner-led.2".to_owned()),
            language: None,
            audience: None,
            partner: partner_of(place),
        }),
    ]
}

fn partner(place: &Place) -> partner::Show {
    partner::Show {
        partner: place.partner.code.clone(),
    }
}

fn partners() -> Vec<Row> {
    vec![
        list_of("Q", "", |_| partner::List::default()),
        question("partner", partner),
        part("agent@q", "its people", partner),
        part("Crew", "its groups", partner),
        part("OWN-PLAN", "its plans", partner),
        question("", |_| partner::Find::default()),
        question("partner", |place| partner::Profile {
            partner: place.partner.code.clone(),
        }),
        change("partner", |place| partner::SetProfile {
            partner: place.partner.code.clone(),
            phone: Some("1".to_owned()),
            ..partner::SetProfile::default()
        }),
    ]
}

fn sold() -> Vec<Row> {
    let mut all = delegated();
    all.extend([
        list_of("AZ", "", |_| subscription::List::default()),
        list_of("AZ", "customer", |place| subscription::List {
            customer: Some(place.customer.to_owned()),
            ..subscription::List::default()
        }),
        question("subscription", subscription),
        part("Crew", "its groups", subscription),
        question("", |_| product::List::default()),
        change("own group", |place| SupportGroup {
            subscription: place.partner.subscription.clone(),
            add: vec![place.partner.seller.clone()],
            ..SupportGroup::default()
        }),
        change("new group", |place| SupportGroup {
            subscription: place.partner.subscription.clone(),
            name: Some("New".to_owned()),
            ..SupportGroup::default()
        }),
    ]);
    all
}

fn subscription(place: &Place) -> subscription::Show {
    subscription::Show {
        subscription: place.partner.subscription.clone(),
    }
}

fn delegated() -> Vec<Row> {
    let show = |place: &Place| delegation::Show {
        delegation: place.partner.delegation.clone(),
    };
    vec![
        list_of("GDAP", "", |_| delegation::List::default()),
        list_of("GDAP", "customer", |place| delegation::List {
            customer: Some(place.customer.to_owned()),
            ..delegation::List::default()
        }),
        question("delegation", show),
        part("Crew", "its groups", show),
        question("task", |_| delegation::Check::default()),
        question("task at customer", |place| delegation::Check {
            task: Some("reset passwords of users".to_owned()),
            customer: Some(place.customer.to_owned()),
            partner: None,
        }),
        change("customer", |place| delegation::Request {
            delegations: vec![delegation::Wanted {
                customer: place.customer.to_owned(),
                name: "New access".to_owned(),
                roles: vec!["Reports Reader".to_owned()],
                days: 30,
                ..delegation::Wanted::default()
            }],
            expected: None,
        }),
        change("wish", |place| delegation::Approve {
            delegation: place.partner.wish.clone(),
        }),
        change("delegation", |place| delegation::Assign {
            delegation: place.partner.delegation.clone(),
            groups: vec![place.partner.group.clone()],
            roles: Vec::new(),
            remove: true,
        }),
        change("delegation", |place| delegation::Terminate {
            delegation: place.partner.delegation.clone(),
        }),
        change("wish", |place| delegation::Terminate {
            delegation: place.partner.wish.clone(),
        }),
        change("delegation", |place| delegation::Extend {
            delegation: place.partner.delegation.clone(),
            auto: Some(true),
        }),
    ]
}

fn update(place: &Place) -> intake::Update {
    intake::Update {
        intake: place.partner.intake.clone(),
        outcome: Some(IntakeOutcome::Solved),
        diagnosis: None,
        request: None,
    }
}

fn came_in() -> Vec<Row> {
    vec![
        list_of("Asked ", "", |_| intake::List::default()),
        list_of("Asked ", "customer", |place| intake::List {
            customer: Some(place.customer.to_owned()),
            ..intake::List::default()
        }),
        question("", |_| intake::Share::default()),
        question("customer", |place| intake::Share {
            customer: Some(place.customer.to_owned()),
            ..intake::Share::default()
        }),
        change("customer", |place| intake::Add {
            customer: place.customer.to_owned(),
            title: "New".to_owned(),
            diagnosis: "Unknown".to_owned(),
            reporter: None,
            outcome: IntakeOutcome::Open,
            request: None,
        }),
        change("intake", update),
        change("escalated", |place| intake::Update {
            outcome: Some(IntakeOutcome::Escalated),
            request: Some(place.partner.filed.clone()),
            ..update(place)
        }),
        change("escalated for Azure", |place| intake::Update {
            outcome: Some(IntakeOutcome::Escalated),
            request: Some(place.partner.cloud.clone()),
            ..update(place)
        }),
    ]
}
