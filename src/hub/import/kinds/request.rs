//! Support requests.

use crate::domain::Instant;
use crate::hub::import::desk::{Desk, Judged, Record};
use crate::hub::import::report::{Stop, Verdict};
use crate::hub::import::row::{Row, rule_fault};
use crate::store::sqlite::{Cell, ContractFacts, EntitlementFacts, PackageFacts, Table, WorkspaceFacts};
use serde_json::json;

pub(super) fn case(desk: &mut Desk<'_, '_, '_>, row: &Row<'_>) -> Result<Judged, Stop> {
    let number = row.text("case");
    let workspace = desk.known::<WorkspaceFacts>(row, "workspace")?;
    let links = links(desk, row, workspace.customer_id)?;
    let opened: Instant = row.need("opened_at")?;
    if row
        .value::<Instant>("closed_at")?
        .is_some_and(|closed| closed < opened)
    {
        let what = format!("it lies before {opened}, when the case was opened");
        return Err(rule_fault(
            "closed_at",
            what,
            "write a later instant, or leave it empty",
        ));
    }
    let id = desk.reading().key_of(Table::Case, number)?;
    let [contract, package, entitlement] = links;
    // Whoever was named when the case was created goes on seeing it (V-3); a later file changes the contact alone.
    let named = match row.opt("named_contact") {
        Some(_) => row.keep("named_contact", "named_contact"),
        None => Cell {
            given: false,
            ..row.keep("contact", "named_contact")
        },
    };
    let cells = [
        row.keep("case", "number"),
        row.keep_key("workspace", "workspace_id", Table::Workspace, Some(workspace.id)),
        row.keep_key("contract", "contract_id", Table::Contract, contract),
        row.keep_key("package", "package_id", Table::Package, package),
        row.keep_key("entitlement", "entitlement_id", Table::Entitlement, entitlement),
        row.keep("kind", "kind"),
        row.keep("class", "class"),
        row.keep("severity", "severity"),
        row.keep("state", "state"),
        row.keep("product", "product"),
        row.keep("title", "title"),
        row.keep("contact", "contact"),
        named,
        row.keep_instant("opened_at", "opened_at")?,
        row.keep_instant("closed_at", "closed_at")?,
        row.keep("description", "description"),
        row.keep("category", "category"),
        row.keep("language", "language"),
        row.keep("country", "country"),
        row.keep_flag("around_the_clock", "around_the_clock"),
        row.keep("filed_by", "filed_by"),
        row.keep("assignee", "assignee"),
        row.keep_instant("responded_at", "responded_at")?,
        row.keep_instant("resolved_at", "resolved_at")?,
        row.keep("resolution", "resolution"),
    ];
    let subject = format!("case:{number}");
    let (id, judged) = desk.put(Table::Case, id, &cells, (&subject, Record::Changes))?;
    // In another workspace nobody is shared with who is not a member there (W-2).
    if judged.verdict == Verdict::Changed && desk.at.end_stray_shares(id)? {
        let after = json!({ "shared": "ended for those who are not in the workspace" });
        desk.at.record(&subject, None, Some(&after))?;
    }
    Ok(judged)
}

/// Contract, package and entitlement of a case: each may be missing (O-1), but what is there fits together.
fn links(desk: &mut Desk<'_, '_, '_>, row: &Row<'_>, customer_id: i64) -> Result<[Option<i64>; 3], Stop> {
    let mut keys = [None; 3];
    if let Some(number) = row.opt("contract") {
        let contract = desk.known::<ContractFacts>(row, "contract")?;
        if contract.customer_id != customer_id {
            let what = format!("contract {number} belongs to another customer than the workspace (W-2)");
            return Err(rule_fault(
                "contract",
                what,
                "name a contract of that customer, or leave it empty",
            ));
        }
        keys[0] = Some(contract.id);
    }
    if let Some(code) = row.opt("package") {
        let package = desk.known::<PackageFacts>(row, "package")?;
        let fits = keys[0].map_or(package.customer_id == customer_id, |contract| {
            contract == package.contract_id
        });
        if !fits {
            let what = format!("package {code} is not part of the case's contract");
            return Err(rule_fault(
                "package",
                what,
                "name a package of that contract, or leave it empty",
            ));
        }
        keys[1] = Some(package.id);
    }
    if let Some(code) = row.opt("entitlement") {
        let line = desk.known::<EntitlementFacts>(row, "entitlement")?;
        let fits = line.customer_id == customer_id
            && keys[1].is_none_or(|package| package == line.package_id)
            && keys[0].is_none_or(|contract| contract == line.contract_id);
        if !fits {
            let what = format!("entitlement {code} is not part of the case's package and contract");
            return Err(rule_fault(
                "entitlement",
                what,
                "name one of that package, or leave it empty",
            ));
        }
        keys[2] = Some(line.id);
    }
    Ok(keys)
}
