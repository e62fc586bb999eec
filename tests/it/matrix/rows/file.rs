//! Rows that apply a file of people: what a row of it may not do, the file may not.

use super::super::place::{Place, sources};
use super::{At, Row, Seen, apply, row};
use servhub::error::{Error, Result, codes};
use servhub::hub::Change;
use servhub::hub::import::{ApplyPeople, Wanted};

pub fn rows() -> Vec<Row> {
    vec![
        file("someone new", "", |place| line(place, "new@x.example", "")),
        file("with a role", "roles", |place| {
            line(place, &place.member, "learning")
        }),
        file("support contact", "support_contact", |place| {
            line(place, &place.member, "yes")
        }),
        Row {
            only_default: true,
            ..file("service administrator", "service_admin", |place| {
                line(place, &place.member, "yes")
            })
        },
        file("group", "groups", |place| {
            line(place, &place.member, &place.group)
        }),
        file("name", "name", |place| line(place, &place.member, "Named anew")),
        row(<ApplyPeople as Change>::NAME, "removed", |at| {
            let line = line(at.place, &at.place.labelled, "removed");
            let wanted = Wanted {
                prune: true,
                label: Some("crew".to_owned()),
                ..Wanted::default()
            };
            applied(at, &format!("workspace,account,status\n{line}\n"), &wanted)
        }),
        file("restored", "status", |place| {
            line(place, &place.removed, "registered")
        }),
        file("registered elsewhere", "status", |place| {
            line(place, "new@x.example", "registered")
        }),
        beside("given workspace", |place| Wanted {
            workspaces: vec![place.workspace.clone()],
            ..Wanted::default()
        }),
        beside("all workspaces", |_| Wanted {
            all_workspaces: true,
            ..Wanted::default()
        }),
        beside("pruned by label", |place| Wanted {
            workspaces: vec![place.workspace.clone()],
            prune: true,
            label: Some("crew".to_owned()),
            ..Wanted::default()
        }),
    ]
}

fn line(place: &Place, account: &str, cell: &str) -> String {
    format!("{},{account},{cell}", place.workspace)
}

/// A file with one line, which names its workspace.
fn file(aim: &'static str, column: &'static str, line: fn(&Place) -> String) -> Row {
    row(<ApplyPeople as Change>::NAME, aim, move |at| {
        let text = format!("workspace,account,{column}\n{}\n", line(at.place));
        let text = text.replace(",\n", "\n");
        applied(at, &text, &Wanted::default())
    })
}

/// A file that names no workspace.
fn beside(aim: &'static str, wanted: fn(&Place) -> Wanted) -> Row {
    row(<ApplyPeople as Change>::NAME, aim, move |at| {
        applied(at, "account\nnew@x.example\n", &wanted(at.place))
    })
}

/// A fault of a row is the answer of a whole file; here it counts like the error that it was made from.
fn applied(at: &mut At<'_>, text: &str, wanted: &Wanted) -> Result<Seen> {
    std::fs::create_dir_all(at.folder).unwrap();
    let folder = tempfile::tempdir_in(at.folder).unwrap();
    std::fs::write(folder.path().join("people.csv"), text).unwrap();
    let sources = sources(folder.path());
    let rows = apply(sources);
    let wanted = wanted.clone();
    let done = at.hub.carry_out(&ApplyPeople { rows, wanted }, at.mode)?;
    match done.answer.report.faults.first() {
        Some(fault) => Err(error_of(fault.code.as_ref().unwrap(), &fault.reason, &fault.fix)),
        None if at.place.is_in(&done.answer) => Ok(Seen::Changed(done.changed)),
        None => Ok(Seen::Listed(false)),
    }
}

fn error_of(id: &str, message: &str, hint: &str) -> Error {
    let code = codes::ALL.iter().find(|code| code.id == id).unwrap();
    code.error(message).hint(hint)
}
