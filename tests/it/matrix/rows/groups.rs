//! Rows around groups, and the settings of workspaces.

use super::super::place::Place;
use super::people::here;
use super::{Row, change, list, question, row};
use servhub::domain::people::Role;
use servhub::hub::group::{
    Add, Choice, ChooseDefault, Create, Grant, List, Mine, Remove, Revoke, SetDefault, Show,
};
use servhub::hub::people::Places;
use servhub::hub::{Query, workspace};

pub fn rows() -> Vec<Row> {
    let mut all = questions();
    all.extend(groups());
    all.extend(defaults());
    all
}

fn all_groups(places: Places) -> List {
    List {
        places,
        limit: None,
        page_token: None,
    }
}

fn questions() -> Vec<Row> {
    vec![
        row(<workspace::Show as Query>::NAME, "its people", |at| {
            let workspace = at.place.workspace.clone();
            let shown = at.hub.ask(&workspace::Show { workspace })?;
            Ok(super::Seen::Listed(shown.people.is_some()))
        }),
        change("name", |place| workspace::Update {
            workspace: place.workspace.clone(),
            name: Some("Another name".to_owned()),
            allow_personal: None,
        }),
        change("personal accounts", |place| workspace::Update {
            workspace: place.workspace.clone(),
            name: None,
            allow_personal: Some(true),
        }),
        list("", |_| all_groups(Places::All)),
        list("workspace", |place| all_groups(here(place))),
        Row {
            by: Some(|place| place.grouped.clone()),
            ..list("", |_| Mine)
        },
        question("group", |place| Show {
            group: place.group.clone(),
        }),
    ]
}

fn create(place: &Place, directory: Option<(String, String)>) -> Create {
    Create {
        name: "New".to_owned(),
        workspace: place.workspace.clone(),
        code: None,
        directory,
    }
}

fn groups() -> Vec<Row> {
    vec![
        change("local", |place| create(place, None)),
        change("directory", |place| {
            create(place, Some(("tenant".to_owned(), "new".to_owned())))
        }),
        change("member", |place| Add {
            group: place.group.clone(),
            accounts: vec![place.member.clone()],
        }),
        change("someone new from a directory", |place| Add {
            group: place.directory.clone(),
            accounts: vec!["new@x.example".to_owned()],
        }),
        change("member", |place| Remove {
            group: place.group.clone(),
            accounts: vec![place.grouped.clone()],
        }),
        change("from a directory", |place| Remove {
            group: place.directory.clone(),
            accounts: vec![place.through.clone()],
        }),
        change("a role", |place| Grant {
            group: place.group.clone(),
            roles: vec![Role::Learning],
        }),
        change("workspace-admin", |place| Grant {
            group: place.group.clone(),
            roles: vec![Role::WorkspaceAdmin],
        }),
        change("a role", |place| Revoke {
            group: place.directory.clone(),
            roles: vec![Role::Learning],
        }),
    ]
}

fn defaults() -> Vec<Row> {
    vec![
        Row {
            by: Some(|place| place.grouped.clone()),
            ..change("group", |place| ChooseDefault {
                default: Choice::Group(place.group.clone()),
            })
        },
        Row {
            by: Some(|place| place.chooser.clone()),
            ..change("none", |place| ChooseDefault {
                default: Choice::None(place.workspace.clone()),
            })
        },
        change("group", |place| SetDefault {
            account: place.grouped.clone(),
            default: Choice::Group(place.group.clone()),
        }),
        change("none", |place| SetDefault {
            account: place.chooser.clone(),
            default: Choice::None(place.workspace.clone()),
        }),
    ]
}
