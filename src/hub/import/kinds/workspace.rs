//! Workspaces and what is attached to them (W-1, C-3).

use crate::domain::Day;
use crate::domain::member::{Member, Wish};
use crate::domain::people::Role;
use crate::hub::import::desk::{CustomerKey, Desk, Judged, Record, key};
use crate::hub::import::report::{Stop, Verdict};
use crate::hub::import::row::{Row, rule_fault};
use crate::hub::people::{Powers, VALID_DAYS, renew, take_over};
use crate::store::sqlite::{ContractFacts, PackageFacts, Table, Value, WorkspaceFacts};
use serde_json::json;

pub(super) fn workspace(desk: &mut Desk<'_, '_, '_>, row: &Row<'_>) -> Result<Judged, Stop> {
    let code = row.text("workspace");
    let CustomerKey(customer) = desk.known(row, "customer")?;
    let id = desk.reading().key_of(Table::Workspace, code)?;
    let owner = Value::Key(Table::Customer, Some(customer));
    let name = row.keep("name", "name");
    desk.only_here(
        "name",
        Table::Workspace,
        id,
        &[("customer_id", owner), ("name", name.value.clone())],
    )?;
    if row.yes("default")
        && let Some(other) = desk
            .reading()
            .default_workspace(customer)?
            .filter(|other| Some(*other) != id)
    {
        let other = desk.reading().code_of(Table::Workspace, other)?;
        let what = format!("workspace {other} is the customer's default one already");
        return Err(rule_fault(
            "default",
            what,
            "write yes for one workspace of a customer only",
        ));
    }
    let cells = [
        row.keep("workspace", "code"),
        row.keep_key("customer", "customer_id", Table::Customer, Some(customer))
            .fixed(),
        name,
        row.keep_flag("default", "is_default"),
        row.keep("administrator", "administrator"),
        row.keep_flag("allow_personal", "allow_personal"),
        row.keep_day("archived_on", "archived_on")?,
    ];
    let subject = format!("workspace:{code}");
    let (id, judged) = desk.put(Table::Workspace, id, &cells, (&subject, Record::Each))?;
    Ok(judged.and(administrator(desk, row, id)?))
}

/// Invites the administrator that a workspace is made with (W-1); someone who is or was a member stays as
/// they are.
fn administrator(desk: &mut Desk<'_, '_, '_>, row: &Row<'_>, id: i64) -> Result<Option<String>, Stop> {
    let Some(account) = row.opt("administrator") else {
        return Ok(None);
    };
    let workspace = desk.reading().workspace_facts_of(id)?;
    if workspace.archived || desk.reading().member(id, account)?.is_some() {
        return Ok(None);
    }
    let now = desk.at.context().now;
    let wish = Wish {
        roles: Some([Role::WorkspaceAdmin].into()),
        ..Wish::default()
    };
    let mut after = wish.on(&Member::new(id, &workspace.code, account, now), now);
    renew(&mut after, now, VALID_DAYS);
    let powers = Powers::of(desk.at);
    take_over(desk.at, &powers, &workspace, (None, after))?;
    Ok(Some(format!("{account} invited as administrator")))
}

pub(super) fn attachment(desk: &mut Desk<'_, '_, '_>, row: &Row<'_>) -> Result<Judged, Stop> {
    let workspace = desk.known::<WorkspaceFacts>(row, "workspace")?;
    let contract = desk.known::<ContractFacts>(row, "contract")?;
    if workspace.customer_id != contract.customer_id {
        let what = format!(
            "contract {} belongs to another customer than workspace {} (W-1)",
            contract.number, workspace.code
        );
        return Err(rule_fault(
            "contract",
            what,
            "name a contract of the workspace's customer",
        ));
    }
    let package = desk.known_if_named::<PackageFacts>(row, "package")?;
    if let Some(package) = package
        .as_ref()
        .filter(|package| package.contract_id != contract.id)
    {
        let what = format!(
            "package {} is not part of contract {}",
            package.code, contract.number
        );
        return Err(rule_fault("package", what, "name a package of that contract"));
    }
    let linked = desk.at.link_contract(workspace.id, contract.id)?;
    let today = desk.today(&contract.time_zone)?;
    let judged = match package {
        Some(package) => attach(desk, row, workspace.id, &package, today)?,
        None => Judged::unchanged(),
    };
    let judged = match (judged.verdict, linked) {
        (Verdict::Unchanged, true) => Judged::new(Verdict::Created, "contract linked"),
        _ => judged,
    };
    if judged.verdict != Verdict::Unchanged {
        let after = json!({ "what": key(row), "done": judged.reason });
        desk.at
            .record(&format!("workspace:{}", workspace.code), None, Some(&after))?;
    }
    Ok(judged)
}

fn attach(
    desk: &mut Desk<'_, '_, '_>,
    row: &Row<'_>,
    workspace_id: i64,
    package: &PackageFacts,
    today: Day,
) -> Result<Judged, Stop> {
    let wanted: Option<Day> = row.value("attached_on")?;
    match (desk.reading().attached_on(workspace_id, package.id)?, wanted) {
        (None, wanted) => {
            desk.at
                .attach_package(workspace_id, package.id, wanted.unwrap_or(today))?;
            Ok(Judged::new(Verdict::Created, "package attached"))
        }
        (Some(day), Some(wanted)) if day != wanted => {
            desk.at.set_attached_on(workspace_id, package.id, wanted)?;
            Ok(Judged::new(
                Verdict::Changed,
                format!("attached_on: {day} → {wanted}"),
            ))
        }
        _ => Ok(Judged::unchanged()),
    }
}
