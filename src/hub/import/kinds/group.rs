//! Global administrators, groups of workspaces, and whom cases are shared with (R-3, R-4, V-2, V-6).

use super::person::unknown_role;
use crate::domain::people::{GroupKind, Role, WORKSPACE_ROLES};
use crate::error::codes;
use crate::hub::import::crowd::refusal;
use crate::hub::import::desk::{CustomerKey, Desk, Judged, Record};
use crate::hub::import::portal;
use crate::hub::import::report::{Fault, Stop, Verdict};
use crate::hub::import::row::{Row, cell_fault, rule_fault};
use crate::hub::people::not_granted;
use crate::store::sqlite::{CaseFacts, Table, Value, WorkspaceFacts};
use serde_json::json;
use std::collections::BTreeSet;

pub(super) fn administrator(desk: &mut Desk<'_, '_, '_>, row: &Row<'_>) -> Result<Judged, Stop> {
    let CustomerKey(customer) = desk.known(row, "customer")?;
    let account = row.text("account");
    let owner = Value::Key(Table::Customer, Some(customer));
    let key = [
        ("customer_id", owner),
        ("account", Value::Text(Some(account.to_owned()))),
    ];
    let id = desk.reading().key_where(Table::Administrator, &key)?;
    let mut cells = vec![
        row.keep_key("customer", "customer_id", Table::Customer, Some(customer)),
        row.keep_or("name", "name", account),
    ];
    if id.is_none() {
        cells.push(row.keep("account", "account"));
    }
    let subject = format!("customer:{}", row.text("customer"));
    Ok(desk
        .put(Table::Administrator, id, &cells, (&subject, Record::Each))?
        .1)
}

pub(super) fn group(desk: &mut Desk<'_, '_, '_>, row: &Row<'_>) -> Result<Judged, Stop> {
    let code = row.text("group");
    let workspace = desk.known::<WorkspaceFacts>(row, "workspace")?;
    check_directory(row)?;
    if code.contains([';', ',']) {
        let fix = "use letters, digits and dashes: lists of groups are separated by ;";
        return Err(cell_fault("group", "an id has no ; or , in it", fix).into());
    }
    let roles = roles(row)?;
    let id = desk.reading().key_of(Table::Group, code)?;
    let home = || Value::Key(Table::Workspace, Some(workspace.id));
    let name = row.keep("name", "name");
    desk.only_here(
        "name",
        Table::Group,
        id,
        &[("workspace_id", home()), ("name", name.value.clone())],
    )?;
    let (tenant, object) = (row.keep("tenant", "tenant"), row.keep("object_id", "object_id"));
    if row.opt("object_id").is_some() {
        let keys = [
            ("workspace_id", home()),
            ("tenant", tenant.value.clone()),
            ("object_id", object.value.clone()),
        ];
        desk.only_here("object_id", Table::Group, id, &keys)?;
    }
    let cells = [
        row.keep("group", "code"),
        row.keep_key("workspace", "workspace_id", Table::Workspace, Some(workspace.id))
            .fixed(),
        name,
        row.keep_or("kind", "kind", GroupKind::Local.word()),
        tenant,
        object,
    ];
    let subject = format!("group:{code}");
    let (id, judged) = desk.put(Table::Group, id, &cells, (&subject, Record::Each))?;
    match roles {
        Some(roles) => grant(desk, row, (id, &workspace), &roles, judged),
        None => Ok(judged),
    }
}

fn check_directory(row: &Row<'_>) -> Result<(), Stop> {
    let kind: GroupKind = row.value("kind")?.unwrap_or(GroupKind::Local);
    for column in ["tenant", "object_id"] {
        match (kind, row.opt(column)) {
            (GroupKind::Directory, None) => {
                let what = "a directory group is known by its tenant and object id (R-4)";
                return Err(rule_fault(column, what, "write it, or make the group local"));
            }
            (GroupKind::Local, Some(_)) => {
                let what = "a local group has no tenant and no object id (R-4)";
                return Err(rule_fault(
                    column,
                    what,
                    "leave it empty, or write directory as kind",
                ));
            }
            _ => {}
        }
    }
    Ok(())
}

fn roles(row: &Row<'_>) -> Result<Option<BTreeSet<Role>>, Stop> {
    if !row.speaks_of("roles") {
        return Ok(None);
    }
    let parts = row.text("roles").split([';', ',']).map(str::trim);
    let roles = parts.filter(|part| !part.is_empty()).map(|part| {
        let role = portal::role(part).ok_or_else(|| unknown_role(part))?;
        if WORKSPACE_ROLES.contains(&role) {
            Ok(role)
        } else {
            Err(Fault::of(Some("roles"), &not_granted(role)))
        }
    });
    Ok(Some(roles.collect::<Result<_, Fault>>()?))
}

/// Gives the group exactly these roles; the workspace keeps an administrator.
fn grant(
    desk: &mut Desk<'_, '_, '_>,
    row: &Row<'_>,
    (id, workspace): (i64, &WorkspaceFacts),
    roles: &BTreeSet<Role>,
    judged: Judged,
) -> Result<Judged, Stop> {
    let before = desk.reading().group_roles(id)?;
    if before == *roles {
        return Ok(judged);
    }
    let were = desk.reading().administrators_of(workspace.id)?;
    desk.at.put_group_roles(id, &before, roles)?;
    let left = desk.reading().administrators_of(workspace.id)?;
    if (were.active > 0 && left.active == 0) || (were.all > 0 && left.all == 0) {
        let what = format!(
            "the last administrators of workspace {} hold that role through this group (R-3)",
            workspace.code
        );
        let error = codes::LAST_ADMINISTRATOR
            .error(what)
            .hint("make someone else one first");
        return Err(refusal(Some("roles"), error));
    }
    let words = |roles: &BTreeSet<Role>| roles.iter().map(|role| role.word()).collect::<Vec<_>>().join(";");
    let (was, is) = (words(&before), words(roles));
    desk.at.record(
        &format!("group:{}", row.text("group")),
        Some(&json!({ "roles": was })),
        Some(&json!({ "roles": is })),
    )?;
    if judged.verdict == Verdict::Created {
        return Ok(judged);
    }
    let shown = |text: String| if text.is_empty() { "none".to_owned() } else { text };
    Ok(judged.and(Some(format!("roles: {} → {}", shown(was), shown(is)))))
}

pub(super) fn share(desk: &mut Desk<'_, '_, '_>, row: &Row<'_>) -> Result<Judged, Stop> {
    let case = desk.known::<CaseFacts>(row, "case")?;
    let judged = match (row.opt("account"), row.opt("group")) {
        (Some(account), None) => with_person(desk, &case, account)?,
        (None, Some(group)) => with_group(desk, &case, group)?,
        _ => {
            let what = "a line shares a case with one account or with one group";
            let fix = "write one of account and group, and another line for another one";
            return Err(rule_fault("account", what, fix));
        }
    };
    if judged.verdict != Verdict::Unchanged {
        let after = json!({ "shared": row.opt("account").or(row.opt("group")), "done": judged.reason });
        desk.at
            .record(&format!("case:{}", case.number), None, Some(&after))?;
    }
    Ok(judged)
}

fn with_person(desk: &mut Desk<'_, '_, '_>, case: &CaseFacts, account: &str) -> Result<Judged, Stop> {
    if !is_there(desk, case, account)? {
        let (what, fix) = if case.partner_id.is_some() {
            let what = format!(
                "{account} works not for the partner of case {} (V-2)",
                case.number
            );
            (
                what,
                "correct the account, or import the line in partner_people first",
            )
        } else {
            let what = format!(
                "{account} is no member of the workspace of case {} (W-2)",
                case.number
            );
            (what, "correct the account, or invite the person first")
        };
        return Err(Fault {
            code: codes::NOT_FOUND.id,
            ..cell_fault("account", what, fix)
        }
        .into());
    }
    Ok(if desk.at.put_share(case.id, account)? {
        Judged::new(Verdict::Created, "shared with the person")
    } else {
        Judged::unchanged()
    })
}

/// Whether a person belongs where the case is: in its workspace, or to its partner.
fn is_there(desk: &Desk<'_, '_, '_>, case: &CaseFacts, account: &str) -> Result<bool, Stop> {
    if let Some(workspace) = case.workspace_id {
        return Ok(desk.reading().member(workspace, account)?.is_some());
    }
    let people = match case.partner_id {
        Some(partner) => desk.reading().accounts_of(partner)?,
        None => Vec::new(),
    };
    Ok(people.iter().any(|one| one.eq_ignore_ascii_case(account)))
}

fn with_group(desk: &mut Desk<'_, '_, '_>, case: &CaseFacts, code: &str) -> Result<Judged, Stop> {
    let groups = match case.workspace_id {
        Some(workspace) => desk.reading().group_names(workspace)?,
        None => Vec::new(),
    };
    if !groups.iter().any(|(known, _)| known == code) {
        let what = format!(
            "the workspace of case {} has no group \"{code}\" (W-2)",
            case.number
        );
        let fix = "write the id of a group of that workspace";
        return Err(Fault {
            code: codes::NOT_FOUND.id,
            ..cell_fault("group", what, fix)
        }
        .into());
    }
    if let Some(other) = desk.crowd.shared.get(&case.id).filter(|other| *other != code) {
        let what = format!(
            "another line shares case {} with group {other} (V-6)",
            case.number
        );
        let fix = "leave one line: a case is shared with one group at a time";
        return Err(rule_fault("group", what, fix));
    }
    desk.crowd.shared.insert(case.id, code.to_owned());
    if case.group.as_deref() == Some(code) {
        return Ok(Judged::unchanged());
    }
    desk.at.share_with_group(case.id, code)?;
    Ok(match &case.group {
        None => Judged::new(Verdict::Created, "shared with the group"),
        Some(before) => Judged::new(Verdict::Changed, format!("group: {before} → {code}")),
    })
}
