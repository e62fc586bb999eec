//! Rows around people: invitations, memberships, roles and administrators.

use super::super::place::{Place, code};
use super::{At, Files, Row, Seen, Told, change, everywhere, list, list_of, question, row};
use servhub::domain::people::{MemberStatus, Role};
use servhub::error::Result;
use servhub::hub::export::{Selection, users};
use servhub::hub::people::adopt::Adopt;
use servhub::hub::people::{
    Accept, Choice, Invite, Invitee, List, Mark, NameAdmin, Places, Remove, Resend, Restore, Show, Update,
    VALID_DAYS, Whom,
};
use servhub::hub::{Change, Export, Query, role};
use std::cell::RefCell;

pub fn rows() -> Vec<Row> {
    let mut all = questions();
    all.extend(invitations());
    all.extend(memberships());
    all.extend(marks());
    all.extend(roles());
    all.extend(administrators());
    all
}

pub fn here(place: &Place) -> Places {
    Places::Named(vec![place.workspace.clone()])
}

fn all_people(places: Places) -> List {
    List {
        places,
        status: MemberStatus::ALL.to_vec(),
        role: None,
        support_contact: None,
        limit: None,
        page_token: None,
    }
}

fn questions() -> Vec<Row> {
    let show = |aim, whom: fn(&Place) -> &String| {
        row(<Show as Query>::NAME, aim, move |at| {
            let account = whom(at.place).clone();
            at.hub.ask(&Show { account }).map(|_| Seen::Answered)
        })
    };
    vec![
        list("", |_| all_people(Places::All)),
        list("workspace", |place| all_people(here(place))),
        show("member", |place| &place.member),
        show("invited", |place| &place.invited),
        show("removed", |place| &place.removed),
        show("global administrator", |place| &place.chief),
        row(<Show as Query>::NAME, "provider's people", |at| {
            let account = format!("csam{}@p.example", at.place.tag.to_lowercase());
            at.hub.ask(&Show { account }).map(|_| Seen::Answered)
        }),
        row(<Adopt as Export>::NAME, "", |at| adopt(at, Vec::new())),
        row(<Adopt as Export>::NAME, "workspace", |at| {
            adopt(at, vec![at.place.workspace.clone()])
        }),
        held("marked", "members"),
        held("csam", "provider's people"),
        held("chief", "global administrators"),
        list("workspace", |place| role::List {
            workspace: Some(place.workspace.clone()),
            ..role::List::default()
        }),
        question("customer", |place| role::List {
            customer: Some(place.customer.to_owned()),
            ..role::List::default()
        }),
        list("person", |place| role::List {
            account: Some(place.marked.clone()),
            ..role::List::default()
        }),
        holders("marked", "members"),
        holders("csam", "provider's people"),
        holders("chief", "global administrators"),
    ]
}

/// Whether someone of the place, by the beginning of the account, is among those who hold something.
fn held(whom: &'static str, aim: &'static str) -> Row {
    list_of(whom, aim, |_| role::List::default())
}

/// The same in the export.
fn holders(whom: &'static str, aim: &'static str) -> Row {
    row(<users::Users<Told> as Query>::NAME, aim, move |at| {
        let query = users::Users::<Told> {
            selection: Selection::default(),
            sink: RefCell::default(),
        };
        at.hub.ask_here(&query)?;
        Ok(Seen::Listed(at.place.has(&query.sink.borrow().0, whom)))
    })
}

fn adopt(at: &mut At<'_>, workspaces: Vec<String>) -> Result<Seen> {
    let folder = tempfile::tempdir_in(at.folder).unwrap();
    let path = folder.path().join("report");
    at.hub
        .export(&Adopt { workspaces }, &mut Files(folder.path().to_owned()))?;
    Ok(Seen::Listed(
        at.place.is_in(&std::fs::read_to_string(path).unwrap()),
    ))
}

fn invite(person: Invitee, places: Places) -> Invite {
    Invite {
        people: vec![person],
        places,
        valid_days: VALID_DAYS,
    }
}

fn newcomer() -> Invitee {
    Invitee {
        account: "new@x.example".to_owned(),
        ..Invitee::default()
    }
}

fn invitations() -> Vec<Row> {
    vec![
        change("someone new", |place| invite(newcomer(), here(place))),
        change("with a role", |place| {
            let roles = [Role::Learning].into();
            invite(Invitee { roles, ..newcomer() }, here(place))
        }),
        change("as support contact", |place| {
            let person = Invitee {
                support_contact: true,
                ..newcomer()
            };
            invite(person, here(place))
        }),
        change("removed", |place| {
            let account = place.removed.clone();
            let person = Invitee {
                account,
                ..Invitee::default()
            };
            invite(person, here(place))
        }),
        change("member with a role", |place| {
            let person = Invitee {
                account: place.member.clone(),
                roles: [Role::Learning].into(),
                ..Invitee::default()
            };
            invite(person, here(place))
        }),
        everywhere("all workspaces", |_| invite(newcomer(), Places::All)),
        row(<Accept as Change>::NAME, "own code", |at| {
            let account = at.hub.context().actor.account().map(str::to_owned);
            accept(at, &account.unwrap_or_else(|| at.place.invited.clone()))
        }),
        row(<Accept as Change>::NAME, "another's code", |at| {
            let invited = at.place.invited.clone();
            accept(at, &invited)
        }),
        change("invited", |place| Resend {
            choice: choice(&place.invited, here(place)),
            valid_days: VALID_DAYS,
        }),
        everywhere("invited in all workspaces", |place| Resend {
            choice: choice(&place.invited, Places::All),
            valid_days: VALID_DAYS,
        }),
    ]
}

fn accept(at: &mut At<'_>, invited: &str) -> Result<Seen> {
    let accept = Accept {
        code: code(invited, &at.place.workspace),
        account: None,
        name: None,
    };
    let done = at.hub.carry_out(&accept, at.mode)?;
    Ok(Seen::Changed(done.changed))
}

fn choice(account: &str, places: Places) -> Choice {
    let whom = Whom {
        account: account.to_owned(),
        ..Whom::default()
    };
    Choice {
        people: vec![whom],
        places,
    }
}

fn leave(aim: &'static str, whom: fn(&Place) -> &String) -> Row {
    row(<Remove as Change>::NAME, aim, move |at| {
        let choice = choice(whom(at.place), here(at.place));
        let done = at.hub.carry_out(&Remove { choice }, at.mode)?;
        Ok(Seen::Changed(done.changed))
    })
}

fn memberships() -> Vec<Row> {
    let update = |choice| Update {
        choice,
        name: Some("Named anew".to_owned()),
        account_kind: None,
        language: None,
        label: None,
    };
    vec![
        leave("member", |place| &place.member),
        leave("invited", |place| &place.invited),
        leave("support contact", |place| &place.marked),
        leave("service administrator", |place| &place.named),
        leave("from a directory", |place| &place.through),
        everywhere("member of all workspaces", |place| Remove {
            choice: choice(&place.member, Places::All),
        }),
        change("removed", |place| Restore {
            choice: choice(&place.removed, here(place)),
            valid_days: VALID_DAYS,
        }),
        row(<Update as Change>::NAME, "member", move |at| {
            let update = update(choice(&at.place.member, here(at.place)));
            let done = at.hub.carry_out(&update, at.mode)?;
            Ok(Seen::Changed(done.changed))
        }),
        row(<Update as Change>::NAME, "member of all workspaces", move |at| {
            let update = update(choice(&at.place.member, Places::All));
            let done = at.hub.carry_out(&update, at.mode)?;
            Ok(Seen::Changed(done.changed))
        }),
    ]
}

fn marks() -> Vec<Row> {
    vec![
        change("mark", |place| Mark {
            choice: choice(&place.member, here(place)),
            on: true,
        }),
        change("unmark", |place| Mark {
            choice: choice(&place.marked, here(place)),
            on: false,
        }),
        everywhere("mark in all workspaces", |place| Mark {
            choice: choice(&place.member, Places::All),
            on: true,
        }),
        Row {
            only_default: true,
            ..change("on", |place| NameAdmin {
                choice: choice(&place.member, here(place)),
                on: true,
            })
        },
        change("off", |place| NameAdmin {
            choice: choice(&place.named, here(place)),
            on: false,
        }),
    ]
}

fn roles() -> Vec<Row> {
    vec![
        change("a role", |place| role::Grant {
            choice: choice(&place.member, here(place)),
            role: Role::Learning,
        }),
        change("workspace-admin", |place| role::Grant {
            choice: choice(&place.member, here(place)),
            role: Role::WorkspaceAdmin,
        }),
        everywhere("a role in all workspaces", |place| role::Grant {
            choice: choice(&place.member, Places::All),
            role: Role::Learning,
        }),
        change("a role", |place| role::Revoke {
            choice: choice(&place.marked, here(place)),
            role: Role::Learning,
        }),
    ]
}

fn administrators() -> Vec<Row> {
    vec![
        change("customer", |place| role::Appoint {
            accounts: vec!["new@x.example".to_owned()],
            customer: place.customer.to_owned(),
            name: None,
        }),
        change("customer", |place| role::Dismiss {
            accounts: vec![place.chief.clone()],
            customer: place.customer.to_owned(),
        }),
    ]
}
