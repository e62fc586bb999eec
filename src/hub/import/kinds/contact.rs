//! People named on contracts (W-4, C-2).

use crate::domain::contract::{AccountKind, ContactRole, ContractKind};
use crate::domain::{Day, Quantity};
use crate::error::codes;
use crate::hub::import::desk::{Desk, Judged, Record};
use crate::hub::import::report::{Fault, Stop};
use crate::hub::import::row::{Row, cell_fault, rule_fault};
use crate::store::sqlite::{ContractFacts, Table, Value, WorkspaceFacts};

pub(super) fn contact(desk: &mut Desk<'_, '_, '_>, row: &Row<'_>) -> Result<Judged, Stop> {
    let contract = desk.known::<ContractFacts>(row, "contract")?;
    let workspace = desk.known_if_named::<WorkspaceFacts>(row, "workspace")?;
    check_place(desk, row, &contract, workspace.as_ref())?;
    let (since, until): (Day, Option<Day>) = (row.need("since")?, row.value("until")?);
    if until.is_some_and(|until| until < since) {
        let what = format!("it lies before {since}, the day since when");
        return Err(rule_fault("until", what, "write a later day, or leave it empty"));
    }
    let workspace_id = workspace.map(|workspace| workspace.id);
    let key = [
        ("contract_id", Value::Key(Table::Contract, Some(contract.id))),
        ("account", Value::Text(Some(row.text("account").to_owned()))),
        ("role", Value::Text(Some(row.text("role").to_owned()))),
        ("workspace_id", Value::Key(Table::Workspace, workspace_id)),
    ];
    let id = desk.reading().key_where(Table::Contact, &key)?;
    check_cap(desk, row, &contract, id, since, until)?;
    let cells = [
        row.keep_key("contract", "contract_id", Table::Contract, Some(contract.id)),
        row.keep_key("workspace", "workspace_id", Table::Workspace, workspace_id),
        row.keep("account", "account"),
        row.keep("name", "name"),
        row.keep("role", "role"),
        row.keep_or("account_kind", "account_kind", AccountKind::Work.word()),
        row.keep("language", "language"),
        row.keep("phone", "phone"),
        row.keep_day("since", "since_on")?,
        row.keep_day("until", "until_on")?,
    ];
    let subject = format!("contract:{}", contract.number);
    let (_, judged) = desk.put(Table::Contact, id, &cells, (&subject, Record::Each))?;
    desk.welcomed.insert(contract.id);
    Ok(judged)
}

fn check_place(
    desk: &Desk<'_, '_, '_>,
    row: &Row<'_>,
    contract: &ContractFacts,
    workspace: Option<&WorkspaceFacts>,
) -> Result<(), Stop> {
    if let Some(other) = workspace.filter(|workspace| workspace.customer_id != contract.customer_id) {
        let what = format!(
            "workspace {} belongs to another customer than contract {}",
            other.code, contract.number
        );
        return Err(rule_fault(
            "workspace",
            what,
            "name a workspace of the contract's customer",
        ));
    }
    let kind: AccountKind = row.value("account_kind")?.unwrap_or(AccountKind::Work);
    if kind == AccountKind::Work || contract.kind == ContractKind::Premier {
        return Ok(());
    }
    let allowed = match workspace {
        Some(workspace) => workspace.allow_personal,
        None => desk.reading().default_allows_personal(contract.customer_id)?,
    };
    if allowed {
        return Ok(());
    }
    let what = format!(
        "contract {} is unified, and its workspace takes work accounts only (W-4)",
        contract.number
    );
    Err(rule_fault(
        "account_kind",
        what,
        "use a work account, or set allow_personal of the workspace to yes",
    ))
}

/// No more support contacts on a day than the contract's lines allow.
fn check_cap(
    desk: &mut Desk<'_, '_, '_>,
    row: &Row<'_>,
    contract: &ContractFacts,
    id: Option<i64>,
    since: Day,
    until: Option<Day>,
) -> Result<(), Stop> {
    if row.need::<ContactRole>("role")? != ContactRole::SupportContact {
        return Ok(());
    }
    let day = desk.today(&contract.time_zone)?.max(since);
    if until.is_some_and(|until| until <= day) {
        return Ok(());
    }
    let Some(cap) = desk.reading().contacts_cap(contract.id, day)? else {
        return Ok(());
    };
    let named = desk.reading().other_support_contacts(contract.id, id, day)? + 1;
    if Quantity::whole(named) <= cap {
        return Ok(());
    }
    let what = format!(
        "this would be support contact {named} of contract {}, which allows {cap}",
        contract.number
    );
    Err(Fault {
        code: codes::OVER_CAP.id,
        ..cell_fault(
            "role",
            what,
            "write until for one who is released, or have the contract line raised",
        )
    }
    .into())
}
