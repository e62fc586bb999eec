//! Rows around partners: whom they serve, what was delegated and sold to them, and what came in. Of two places that share
//! a customer each has a partner of its own, and neither is told anything of the other (G-2).

use super::super::place::Place;
use super::{Row, Seen, change, list_of, question, row};
use servhub::domain::partner::IntakeOutcome;
use servhub::hub::request::SupportGroup;
use servhub::hub::{Query, customer, delegation, due, health, intake, partner, product, subscription};
use std::fmt::Debug;

pub fn rows() -> Vec<Row> {
    [customers(), partners(), sold(), came_in()]
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
