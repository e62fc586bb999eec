//! Rows around requests: who sees them, and with whom they are shared.

use super::super::place::Place;
use super::{Row, list_of, question};
use servhub::hub::access::Explain;
use servhub::hub::activity::Places;
use servhub::hub::request::{List, Share, Show, With};

pub fn rows() -> Vec<Row> {
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
