//! Support requests.

use super::served::check_served;
use crate::domain::Instant;
use crate::hub::import::desk::{CustomerKey, Desk, Judged, Record};
use crate::hub::import::report::{Stop, Verdict};
use crate::hub::import::row::{Row, rule_fault};
use crate::store::sqlite::{
    CaseFacts, Cell, ContractFacts, EntitlementFacts, PackageFacts, PartnerFacts, Table, WorkspaceFacts,
};
use serde_json::json;

pub(super) fn case(desk: &mut Desk<'_, '_, '_>, row: &Row<'_>) -> Result<Judged, Stop> {
    let number = row.text("case");
    let there = desk.reading().case_facts(number)?;
    let home = home(desk, row, there.as_ref())?;
    let id = there.map(|case| case.id);
    let links = match &home {
        Home::Workspace(workspace) => links(desk, row, workspace.customer_id)?,
        Home::Partner(..) => [None; 3],
    };
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
    let [contract, package, entitlement] = links;
    // Whoever was named when the case was created goes on seeing it (V-3); a later file changes the contact alone.
    let named = match row.opt("named_contact") {
        Some(_) => row.keep("named_contact", "named_contact"),
        None => Cell {
            given: false,
            ..row.keep("contact", "named_contact")
        },
    };
    let mut cells = vec![
        row.keep("case", "number"),
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
    cells.extend(home.cells(row));
    let subject = format!("case:{number}");
    let (id, judged) = desk.put(Table::Case, id, &cells, (&subject, Record::Changes))?;
    // In another workspace nobody is shared with who is not a member there (W-2).
    if matches!(home, Home::Workspace(_))
        && judged.verdict == Verdict::Changed
        && desk.at.end_stray_shares(id)?
    {
        let after = json!({ "shared": "ended for those who are not in the workspace" });
        desk.at.record(&subject, None, Some(&after))?;
    }
    Ok(judged)
}

/// Whose a case is: a workspace's, or a partner's, which filed it for a customer or for its own tenant.
enum Home {
    Workspace(WorkspaceFacts),
    Partner(PartnerFacts, Option<i64>),
}

/// What is said of a partner's requests alone.
const OF_PARTNERS: [&str; 6] = [
    "customer",
    "family",
    "subscription",
    "plan",
    "not_covered_by",
    "because",
];

impl Home {
    fn cells(&self, row: &Row<'_>) -> Vec<Cell> {
        let (workspace, partner, customer) = match self {
            Self::Workspace(workspace) => (Some(workspace.id), None, None),
            Self::Partner(partner, customer) => (None, Some(partner.id), *customer),
        };
        let mut cells = vec![
            row.keep_key("workspace", "workspace_id", Table::Workspace, workspace),
            row.keep_key("partner", "partner_id", Table::Partner, partner)
                .fixed(),
            row.keep_key("customer", "customer_id", Table::Customer, customer)
                .fixed(),
        ];
        let [_, rest @ ..] = OF_PARTNERS;
        cells.extend(rest.map(|name| row.keep(name, name)));
        cells
    }
}

/// A row has either a workspace or a partner, and what is there stays whose it is.
fn home(desk: &mut Desk<'_, '_, '_>, row: &Row<'_>, there: Option<&CaseFacts>) -> Result<Home, Stop> {
    match (row.opt("workspace"), row.opt("partner")) {
        (Some(_), None) => {
            let workspace = desk.known::<WorkspaceFacts>(row, "workspace")?;
            if there.is_some_and(|case| case.workspace_id.is_none()) {
                return Err(stays("workspace", "it is a partner's case", "partner"));
            }
            if let Some(column) = OF_PARTNERS.into_iter().find(|name| row.opt(name).is_some()) {
                let what = "it is said of a partner's case alone, and this one is a workspace's";
                let fix = "leave it empty, or write a partner instead of the workspace";
                return Err(rule_fault(column, what, fix));
            }
            Ok(Home::Workspace(workspace))
        }
        (None, Some(_)) => {
            if there.is_some_and(|case| case.partner_id.is_none()) {
                return Err(stays("partner", "it is a workspace's case", "workspace"));
            }
            of_partner(desk, row)
        }
        (None, None) => {
            let what = "a case is a workspace's or a partner's, and neither is named";
            Err(rule_fault(
                "workspace",
                what,
                "write one of workspace and partner",
            ))
        }
        (Some(_), Some(_)) => {
            let what = "a case is a workspace's or a partner's, and both are named";
            Err(rule_fault(
                "partner",
                what,
                "leave one of workspace and partner empty",
            ))
        }
    }
}

fn stays(column: &'static str, what: &str, other: &str) -> Stop {
    let fix = format!("write its {other}, or give the row a number of its own");
    rule_fault(column, format!("{what}, and stays one"), fix)
}

/// A partner's case hangs from no contract (O-1 asks nothing of it), and its contact is the partner's own (B-6).
fn of_partner(desk: &mut Desk<'_, '_, '_>, row: &Row<'_>) -> Result<Home, Stop> {
    let partner = desk.known::<PartnerFacts>(row, "partner")?;
    let customer = desk.known_if_named::<CustomerKey>(row, "customer")?;
    let links = ["contract", "package", "entitlement"];
    if let Some(column) = links.into_iter().find(|name| row.opt(name).is_some()) {
        let what = "a partner's case is charged to no contract";
        let fix = "leave it empty, or write a workspace instead of the partner";
        return Err(rule_fault(column, what, fix));
    }
    let Some(CustomerKey(customer)) = customer else {
        return Ok(Home::Partner(partner, None));
    };
    check_served(desk, &partner, customer)?;
    let (name, domain) = desk.reading().customer_name(customer)?;
    let contact = row.text("contact").rsplit_once('@');
    if let (Some(domain), Some((_, of))) = (domain, contact)
        && domain.eq_ignore_ascii_case(of)
    {
        let what = format!("{domain} is the domain of {name}: a partner's contact is its own (B-6)");
        return Err(rule_fault(
            "contact",
            what,
            "name one of the partner's own people",
        ));
    }
    Ok(Home::Partner(partner, Some(customer)))
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
