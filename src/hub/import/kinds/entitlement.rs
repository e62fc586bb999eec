//! Entitlements (E-1 to E-3).

use crate::domain::Quantity;
use crate::domain::entitlement::{AllowanceKind, Category, Unit};
use crate::hub::import::desk::{Desk, Judged, Record};
use crate::hub::import::report::Stop;
use crate::hub::import::row::{Row, rule_fault};
use crate::store::sqlite::{PackageFacts, Table};

pub(super) fn entitlement(desk: &mut Desk<'_, '_, '_>, row: &Row<'_>) -> Result<Judged, Stop> {
    let code = row.text("entitlement");
    let package = desk.known::<PackageFacts>(row, "package")?;
    let allowance: AllowanceKind = row.need("allowance")?;
    let category: Category = row.need("category")?;
    check_allowance(row, allowance)?;
    if category == Category::AdditionalBenefit && allowance != AllowanceKind::Included {
        let what =
            format!("an additional benefit has no usage, so its allowance cannot be {allowance} (E-1)");
        return Err(rule_fault(
            "allowance",
            what,
            "write included, or make the category consumable",
        ));
    }
    let id = desk.reading().key_of(Table::Entitlement, code)?;
    let untracked = allowance == AllowanceKind::Included;
    if let Some(id) = id.filter(|_| untracked)
        && desk.reading().has_entries(id)?
    {
        let what = "deliveries are recorded on it, so it cannot become untracked (E-3)";
        return Err(rule_fault("allowance", what, "keep it limited or as-needed"));
    }
    let cells = [
        row.keep("entitlement", "code"),
        row.keep_key("package", "package_id", Table::Package, Some(package.id))
            .fixed(),
        row.keep("service", "service"),
        row.keep("category", "category"),
        row.keep("allowance", "allowance"),
        row.keep_quantity("quantity", "quantity")?,
        row.keep("unit", "unit"),
        row.keep("description", "description"),
        row.keep("action_link", "action_link"),
    ];
    Ok(desk
        .put(
            Table::Entitlement,
            id,
            &cells,
            (&format!("entitlement:{code}"), Record::Each),
        )?
        .1)
}

fn check_allowance(row: &Row<'_>, allowance: AllowanceKind) -> Result<(), Stop> {
    let quantity: Option<Quantity> = row.value("quantity")?;
    let unit: Option<Unit> = row.value("unit")?;
    let wrong = |column, what: &str, fix: &str| Err(rule_fault(column, what, fix));
    match (allowance, quantity, unit) {
        (AllowanceKind::Limited, None, _) => wrong(
            "quantity",
            "a limited allowance has a quantity (E-3)",
            "write how much, or another allowance",
        ),
        (AllowanceKind::Limited, Some(quantity), _) if quantity.is_negative() => wrong(
            "quantity",
            "an allowance cannot be negative",
            "write a quantity from 0 up",
        ),
        (AllowanceKind::AsNeeded | AllowanceKind::Included, Some(_), _) => wrong(
            "quantity",
            "only a limited allowance has a quantity (E-3)",
            "leave it empty, or write limited",
        ),
        (AllowanceKind::Included, _, Some(_)) => wrong(
            "unit",
            "what is included is not counted, so it has no unit (E-3)",
            "leave it empty",
        ),
        (AllowanceKind::Limited | AllowanceKind::AsNeeded, _, None) => wrong(
            "unit",
            "what is counted has a unit (E-3)",
            "write hours, credits, seats or count",
        ),
        _ => Ok(()),
    }
}
