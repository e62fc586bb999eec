//! Rows around what partners sell: subscriptions, transfers and reservations. Of a transfer, each partner takes the steps of its
//! own side only (G-4).

use super::super::place::Place;
use super::{Row, Seen, change, list_of, question, row};
use servhub::domain::sold::reservation::ReturnKind;
use servhub::domain::sold::term::Term;
use servhub::error::{Result, codes};
use servhub::hub::import::Verdict;
use servhub::hub::reservation::{self, Calculate, Confirm};
use servhub::hub::subscription::transfer::{self, Accept, Reject, Request};
use servhub::hub::subscription::{
    Buy, Cancel, Create, CreateMany, Resume, RowOutcome, SeatRow, SetQuantities, SetQuantity, SetRenewal,
    Suspend,
};
use servhub::hub::{Change, Done};

pub fn rows() -> Vec<Row> {
    [subscriptions(), transfers(), reservations()]
        .into_iter()
        .flatten()
        .collect()
}

/// Of a family that the customer may buy for itself.
fn purchase(place: &Place) -> Create {
    Create {
        code: Some(format!("NEW{}", place.tag)),
        customer: place.customer.to_owned(),
        partner: Some(place.partner.code.clone()),
        product: "Microsoft Intune".to_owned(),
        seats: 1,
        term: Some(Term::Month),
        ..Create::default()
    }
}

fn subscriptions() -> Vec<Row> {
    vec![
        change("customer", purchase),
        many("customer", |place| CreateMany {
            rows: vec![purchase(place)],
            keep_going: false,
            expected: None,
        }),
        change("customer", |place| Buy {
            purchase: purchase(place),
        }),
        change("subscription", |place| SetQuantity {
            subscription: place.partner.office.clone(),
            seats: 6,
        }),
        many("subscription", |place| SetQuantities {
            rows: vec![SeatRow {
                subscription: place.partner.office.clone(),
                seats: 6,
                origin: None,
            }],
            keep_going: false,
            expected: None,
        }),
        change("subscription", |place| SetRenewal {
            subscription: place.partner.office.clone(),
            auto_renew: true,
        }),
        change("subscription", |place| Suspend {
            subscription: place.partner.office.clone(),
        }),
        change("subscription", |place| Resume {
            subscription: format!("STILL{}", place.tag),
        }),
        // Of the other one people hold licences.
        change("subscription", |place| Cancel {
            subscription: format!("STILL{}", place.tag),
        }),
    ]
}

/// A change of many rows, of which the only one came to this.
fn many<C>(aim: &'static str, make: fn(&Place) -> C) -> Row
where
    C: Change<Answer = Vec<RowOutcome>> + 'static,
{
    row(C::NAME, aim, move |at| {
        let Done { answer, changed } = at.hub.carry_out(&make(at.place), at.mode)?;
        answer.iter().try_for_each(refusal)?;
        Ok(Seen::Changed(changed))
    })
}

fn refusal(outcome: &RowOutcome) -> Result<()> {
    if outcome.outcome != Verdict::Refused {
        return Ok(());
    }
    let code = match outcome.code.as_deref() {
        Some("E0110") => &codes::NOT_FOUND,
        Some("E0200") => &codes::DENIED,
        _ => &codes::RULE,
    };
    let error = code.error(outcome.reason.clone());
    Err(error.hint(outcome.fix.clone()))
}

fn transfers() -> Vec<Row> {
    vec![
        list_of("GIVE", "", |_| transfer::List::default()),
        list_of("TAKE", "customer", |place| transfer::List {
            customer: Some(place.customer.to_owned()),
            ..transfer::List::default()
        }),
        change("another partner's", |place| Request {
            customer: place.customer.to_owned(),
            subscriptions: vec![format!("THEIRS{}", place.tag)],
            partner: Some(place.partner.code.clone()),
        }),
        change("asked of it", |place| Accept {
            transfer: format!("GIVE{}", place.tag),
        }),
        change("asked of it", |place| Reject {
            transfer: format!("GIVE{}", place.tag),
        }),
        change("asked by it", |place| transfer::Cancel {
            transfer: format!("TAKE{}", place.tag),
        }),
    ]
}

fn reservations() -> Vec<Row> {
    vec![
        list_of("RV", "", |_| reservation::List::default()),
        list_of("RV", "customer", |place| reservation::List {
            customer: Some(place.customer.to_owned()),
            ..reservation::List::default()
        }),
        question("reservation", |place| reservation::Show {
            reservation: format!("RV{}", place.tag),
        }),
        change("reservation", |place| Calculate {
            reservation: format!("RV{}", place.tag),
            kind: ReturnKind::Refund,
            quantity: None,
            purchases: Vec::new(),
            usd_rate: None,
        }),
        change("reservation", |place| Confirm {
            reservation: format!("RV{}", place.tag),
            kind: ReturnKind::Refund,
            calculation: format!("CALC{}", place.tag),
        }),
    ]
}
