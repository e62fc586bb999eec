//! Rows around what partners file for their customers (B-1 to B-10), and who sees it.

use super::super::partner::Partner;
use super::super::place::Place;
use super::{At, Row, Seen, Told, change, list_of, question, row};
use servhub::domain::filing::{self, Category, Draft};
use servhub::domain::request::{CaseKind, Severity};
use servhub::error::Result;
use servhub::hub::access::Explain;
use servhub::hub::export::{Selection, requests};
use servhub::hub::request::{
    About, Ask, Assign, Attach, Check, Close, Contexts, Create, File, HandOver, List, Note, Order, Reopen,
    Resolve, SetSeverity, Share, Show, Sla, Upload, With,
};
use servhub::hub::{Change, Query};
use std::cell::RefCell;
use std::path::Path;

pub fn rows() -> Vec<Row> {
    let mut all = lists();
    for (aim, which) in [
        ("partner request", (|partner| &partner.filed) as Which),
        ("azure request", |partner| &partner.cloud),
    ] {
        all.extend(read(aim, which));
        all.extend(worked_on(aim, which));
    }
    all.extend(ended());
    all.extend(filed());
    all
}

/// Which of a partner's requests.
type Which = for<'a> fn(&'a Partner) -> &'a String;

fn ask<Q: Query + 'static>(aim: &'static str, which: Which, make: fn(&Place, String) -> Q) -> Row {
    row(Q::NAME, aim, move |at| {
        let question = make(at.place, which(&at.place.partner).clone());
        at.hub.ask_here(&question).map(|_| Seen::Answered)
    })
}

fn make<C: Change + 'static>(aim: &'static str, which: Which, make: fn(&Place, String) -> C) -> Row {
    row(C::NAME, aim, move |at| {
        let change = make(at.place, which(&at.place.partner).clone());
        carry_out(at, &change)
    })
}

fn carry_out<C: Change>(at: &mut At<'_>, change: &C) -> Result<Seen> {
    let done = at.hub.carry_out(change, at.mode)?;
    Ok(Seen::Changed(done.changed))
}

fn lists() -> Vec<Row> {
    vec![
        list_of("Filed ", "partner requests", |_| List::default()),
        list_of("Cloud ", "azure requests", |_| List::default()),
        list_of("Filed ", "partner requests of the customer", |place| List {
            customer: Some(place.customer.to_owned()),
            ..List::default()
        }),
        list_of("Filed ", "late partner requests", |_| late()),
        list_of("Cloud ", "late azure requests", |_| late()),
        exported("Filed ", "partner requests"),
        exported("Cloud ", "azure requests"),
    ]
}

fn exported(thing: &'static str, aim: &'static str) -> Row {
    row(<requests::Requests<Told> as Query>::NAME, aim, move |at| {
        let query = requests::Requests::<Told> {
            selection: Selection::default(),
            sink: RefCell::default(),
        };
        at.hub.ask_here(&query)?;
        Ok(Seen::Listed(at.place.has(&query.sink.borrow().0, thing)))
    })
}

fn late() -> List {
    List {
        breaching: Some(0),
        ..List::default()
    }
}

fn read(aim: &'static str, which: Which) -> Vec<Row> {
    vec![
        ask(aim, which, |_, number| Show { number, who: false }),
        ask(
            match aim {
                "partner request" => "who sees partner request",
                _ => "who sees azure request",
            },
            which,
            |_, number| Show { number, who: true },
        ),
        ask(aim, which, |place, number| Explain {
            person: place.partner.agent.clone(),
            number,
        }),
        // Whose context it was filed in is told to those who see it (B-10).
        row(<Contexts as Query>::NAME, aim, move |at| {
            let about = vec![About::Request(which(&at.place.partner).clone())];
            let told = at.hub.ask(&Contexts { about })?;
            Ok(Seen::Listed(format!("{told:?}").contains("artner")))
        }),
        ask(aim, which, |_, number| Sla { number }),
        super::report_at(aim, move |place| File {
            number: which(&place.partner).clone(),
            name: "kept.txt".to_owned(),
        }),
    ]
}

fn worked_on(aim: &'static str, which: Which) -> Vec<Row> {
    vec![
        make(aim, which, |_, number| Note {
            number,
            text: "Seen".to_owned(),
        }),
        make(aim, which, |_, number| SetSeverity {
            number,
            severity: Severity::A,
            because: "Production is down".to_owned(),
        }),
        make(aim, which, |place, number| HandOver {
            number,
            contact: place.partner.head.clone(),
        }),
        make(aim, which, |_, number| Assign { number, to: None }),
        make(aim, which, |_, number| Ask {
            number,
            text: "Since when?".to_owned(),
        }),
        make(aim, which, |_, number| Resolve {
            number,
            resolution: "Restarted".to_owned(),
        }),
        make(aim, which, |place, number| Share {
            number,
            with: With::People(vec![place.partner.agent.clone()]),
            stop: false,
        }),
        make(
            match aim {
                "partner request" => "partner request no more",
                _ => "azure request no more",
            },
            which,
            |place, number| Share {
                number,
                with: With::People(vec![place.partner.head.clone()]),
                stop: true,
            },
        ),
        make(aim, which, |_, number| Attach {
            number,
            files: vec![Upload {
                name: "new.txt".to_owned(),
                shown: "clippy.toml".to_owned(),
                path: Path::new(env!("CARGO_MANIFEST_DIR")).join("clippy.toml"),
            }],
        }),
    ]
}

fn ended() -> Vec<Row> {
    let aim = "resolved partner request";
    vec![
        change(aim, |place| Close {
            number: place.partner.settled.clone(),
        }),
        change(aim, |place| Reopen {
            number: place.partner.settled.clone(),
            because: "It is back".to_owned(),
        }),
    ]
}

fn filed() -> Vec<Row> {
    vec![
        question("customer", |place| Check {
            place: customer(place),
            draft: office(place),
        }),
        question("customer's Azure", |place| Check {
            place: customer(place),
            draft: azure(place),
        }),
        question("own tenant", |place| Check {
            place: filing::Place::OwnTenant,
            draft: own(place),
        }),
        by_agent("customer", |place| (customer(place), office(place))),
        by_agent("customer's Azure", |place| (customer(place), azure(place))),
        by_agent("own tenant", |place| (filing::Place::OwnTenant, own(place))),
    ]
}

fn customer(place: &Place) -> filing::Place {
    filing::Place::Customer(place.customer.to_owned())
}

/// The operator is nobody's agent.
fn by_agent(aim: &'static str, what: fn(&Place) -> (filing::Place, Draft)) -> Row {
    let run = move |at: &mut At<'_>| {
        let (place, draft) = what(at.place);
        let order = Order {
            place,
            draft,
            key: "matrix".to_owned(),
            origin: None,
            files: Vec::new(),
        };
        carry_out(at, &Create { orders: vec![order] })
    };
    Row {
        by: Some(|place| place.partner.agent.clone()),
        ..row(<Create as Change>::NAME, aim, run)
    }
}

fn office(place: &Place) -> Draft {
    let text = |text: &str| Some(text.to_owned());
    Draft {
        title: text("New"),
        description: text("Since today"),
        product: text("Exchange Online"),
        kind: Some(CaseKind::ProblemResolution),
        severity: Some(Severity::C),
        contact: Some(place.partner.agent.clone()),
        category: Some(Category::Defect),
        ..Draft::default()
    }
}

fn azure(place: &Place) -> Draft {
    Draft {
        product: Some("Microsoft Azure".to_owned()),
        subscription: Some(place.partner.subscription.clone()),
        ..office(place)
    }
}

fn own(place: &Place) -> Draft {
    Draft {
        plan: Some(place.partner.plan.clone()),
        ..office(place)
    }
}
