//! Rows around requests: who files and sees them, with whom they are shared, who works on them, and by when an
//! answer is due.

use super::super::place::Place;
use super::{Row, change, list_of, question};
use servhub::domain::filing::{self, Draft};
use servhub::domain::request::{CaseKind, Severity};
use servhub::hub::access::Explain;
use servhub::hub::activity::Places;
use servhub::hub::request::{
    About, Ask, Assign, Check, Choices, Close, Contexts, Create, HandOver, List, Note, Order, Reopen,
    Resolve, SetSeverity, Share, Show, Sla, With,
};
use servhub::hub::target;

pub fn rows() -> Vec<Row> {
    [seen_and_shared(), filed(), worked_on(), due()]
        .into_iter()
        .flatten()
        .collect()
}

fn filed() -> Vec<Row> {
    vec![
        question("workspace", |place| Check {
            place: filing::Place::Workspace(place.workspace.clone()),
            draft: draft(place),
        }),
        question("", |_| Choices::default()),
        // Of a workspace's request there is no context to tell, to whomever.
        question("request", |place| Contexts {
            about: vec![About::Request(place.case.clone())],
        }),
        Row {
            // The operator is nobody's support contact (F-1).
            by: Some(|place| place.marked.clone()),
            ..change("workspace", |place| Create {
                orders: vec![Order {
                    place: filing::Place::Workspace(place.workspace.clone()),
                    draft: draft(place),
                    key: "matrix".to_owned(),
                    origin: None,
                    files: Vec::new(),
                }],
            })
        },
    ]
}

fn draft(place: &Place) -> Draft {
    let text = |text: &str| Some(text.to_owned());
    Draft {
        title: text("New"),
        description: text("Since today"),
        product: text("Directory"),
        kind: Some(CaseKind::ProblemResolution),
        severity: Some(Severity::C),
        contact: Some(place.marked.clone()),
        ..Draft::default()
    }
}

fn worked_on() -> Vec<Row> {
    vec![
        change("request", |place| Note {
            number: place.case.clone(),
            text: "Seen".to_owned(),
        }),
        change("request", |place| SetSeverity {
            number: place.case.clone(),
            severity: Severity::A,
            because: "Production is down".to_owned(),
        }),
        change("request", |place| HandOver {
            number: place.case.clone(),
            contact: place.member.clone(),
        }),
        change("request", |place| Assign {
            number: place.case.clone(),
            to: None,
        }),
        change("request", |place| Ask {
            number: place.case.clone(),
            text: "Since when?".to_owned(),
        }),
        change("request", |place| Resolve {
            number: place.case.clone(),
            resolution: "Restarted".to_owned(),
        }),
        change("resolved request", |place| Close {
            number: place.solved.clone(),
        }),
        change("resolved request", |place| Reopen {
            number: place.solved.clone(),
            because: "It is back".to_owned(),
        }),
    ]
}

/// Targets and calendars are about nobody's place.
fn due() -> Vec<Row> {
    vec![
        question("request", |place| Sla {
            number: place.case.clone(),
        }),
        list_of("Case ", "late", |_| List {
            breaching: Some(0),
            ..List::default()
        }),
        question("", |_| target::List::default()),
        question("", |_| target::ShowPlan {
            plan: "unified".to_owned(),
        }),
        question("", |_| target::ListCalendars),
        question("", |_| target::ShowCalendar {
            calendar: "business".to_owned(),
            from: None,
            days: 7,
        }),
    ]
}

fn seen_and_shared() -> Vec<Row> {
    vec![
        list_of("Case ", "", |_| List::default()),
        list_of("Case ", "workspace", |place| List {
            places: Places::Workspaces(vec![place.workspace.clone()]),
            ..List::default()
        }),
        question("request", |place| show(place, false)),
        question("who sees it", |place| show(place, true)),
        question("member", |place| Explain {
            person: place.member.clone(),
            number: place.case.clone(),
        }),
        share(
            "with a member",
            |place| With::People(vec![place.member.clone()]),
            false,
        ),
        share(
            "with a group",
            |place| With::Group(place.directory.clone()),
            false,
        ),
        share(
            "no more with a member",
            |place| With::People(vec![place.grouped.clone()]),
            true,
        ),
        share(
            "no more with a group",
            |place| With::Group(place.group.clone()),
            true,
        ),
    ]
}

fn show(place: &Place, who: bool) -> Show {
    Show {
        number: place.case.clone(),
        who,
    }
}

fn share(aim: &'static str, with: fn(&Place) -> With, stop: bool) -> Row {
    super::row("request.share", aim, move |at| {
        let share = Share {
            number: at.place.case.clone(),
            with: with(at.place),
            stop,
        };
        let done = at.hub.carry_out(&share, at.mode)?;
        Ok(super::Seen::Changed(done.changed))
    })
}
