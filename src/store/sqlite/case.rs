//! Support cases, with what the O rules ask of them.

use super::Read;
use super::row::term;
use super::scope::Conditions;
use crate::domain::contract::Term;
use crate::domain::entitlement::Service;
use crate::domain::request::{Case, CasePlace};
use crate::domain::{Day, Quantity, Zone};
use crate::error::{Result, codes};
use crate::store::engine::{self, Row};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The contract that a case names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CaseContract {
    /// Its number.
    pub number: String,
    /// Its first and last day.
    pub term: Term,
    /// Name of its time zone.
    pub time_zone: String,
}

impl CaseContract {
    /// Its time zone.
    ///
    /// # Errors
    /// `E0100` when this machine's rules do not know it.
    pub fn zone(&self) -> Result<Zone> {
        let zone = self.time_zone.parse();
        zone.map_err(|error: crate::domain::DayError| codes::BAD_VALUE.error(error.to_string()))
    }
}

/// A case with the names of what it hangs from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CaseLine {
    /// The case.
    pub case: Case,
    /// Name of its workspace, unless it is a partner's.
    pub workspace: Option<String>,
    /// Name of the customer that a partner filed it for; none for the partner's own tenant, or a workspace's case.
    pub customer: Option<String>,
    /// Name of the partner that filed it.
    pub partner: Option<String>,
    /// Its contract, if known.
    pub contract: Option<CaseContract>,
    /// Code of its package, if known.
    pub package: Option<String>,
    /// Code of the service line it is charged to, if known.
    pub entitlement: Option<String>,
    /// Whether its contract is linked to its workspace (O-3).
    pub contract_in_workspace: bool,
}

impl CaseLine {
    /// In whose context a partner filed it (B-10).
    pub fn context(&self) -> Option<String> {
        let partner = self.partner.as_deref()?;
        Some(crate::domain::filing::context_of(
            self.customer.as_deref(),
            Some(partner),
        ))
    }

    /// Contract, package and service are all known (O-1).
    pub fn is_fully_linked(&self) -> bool {
        self.contract.is_some() && self.package.is_some() && self.entitlement.is_some()
    }
}

/// Cases with the names of what they hang from. Whoever sees a case sees that as well: O-1 and O-3 say the same to
/// everyone.
pub(super) const CASE_LINE: &str =
    "SELECT k.*, w.name AS workspace, u.name AS customer, q.name AS partner, c.number AS contract, c.starts_on, c.ends_on, c.time_zone, p.code AS package,
      e.code AS entitlement, x.contract_id IS NOT NULL AS in_workspace
    FROM support_case k LEFT JOIN workspace w ON w.id = k.workspace_id LEFT JOIN main.customer u ON u.id = k.customer_id
      LEFT JOIN main.partner q ON q.id = k.partner_id LEFT JOIN main.contract c ON c.id = k.contract_id
      LEFT JOIN main.package p ON p.id = k.package_id LEFT JOIN main.entitlement e ON e.id = k.entitlement_id
      LEFT JOIN workspace_contract x ON x.workspace_id = k.workspace_id AND x.contract_id = k.contract_id";

/// What one reference used of one entitlement.
pub type UsedBy = (i64, Option<String>, Quantity);

impl Read<'_> {
    /// Key, term and time zone of every contract, because the O rules judge a case the same for everyone who sees it.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn contract_terms(&self) -> Result<Vec<(i64, Term, String)>> {
        let sql = "SELECT id, starts_on, ends_on, time_zone FROM main.contract";
        let mut statement = self.conn.prepare_cached(sql)?;
        let rows = statement.query_map([], |row| {
            Ok((
                row.get("id")?,
                term(row, "starts_on", "ends_on")?,
                row.get("time_zone")?,
            ))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The cases of some workspaces or of every one, of one contract and package or all, oldest first.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn cases(
        &self,
        workspaces: Option<&[i64]>,
        contract: Option<i64>,
        package: Option<i64>,
    ) -> Result<Vec<CaseLine>> {
        let mut on = Conditions::default();
        // What partners file takes nothing from any contract.
        match workspaces {
            Some(keys) => {
                let keys = on.bind_keys(keys);
                on.require(format!("k.workspace_id IN {keys}"));
            }
            None => on.require("k.workspace_id IS NOT NULL".to_owned()),
        }
        on.compare("k.contract_id =", contract);
        on.compare("k.package_id =", package);
        let sql = format!("{CASE_LINE}{} ORDER BY k.opened_at, k.number", on.clause());
        let mut statement = self.conn.prepare_cached(&sql)?;
        let rows = statement.query_map(on.values(), line)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// What was used of each entitlement for each reference, by some workspaces or all, of some services
    /// or all, up to a day.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn used_by_reference(
        &self,
        workspaces: Option<&[i64]>,
        services: &[Service],
        up_to: Option<Day>,
    ) -> Result<Vec<UsedBy>> {
        let mut on = Conditions::default();
        if let Some(keys) = workspaces {
            let keys = on.bind_keys(keys);
            // The kept totals know which entitlements these workspaces used at all.
            on.require(format!(
                "l.entitlement_id IN (SELECT entitlement_id FROM ledger_total WHERE workspace_id IN {keys})"
            ));
            on.require(format!("l.workspace_id IN {keys}"));
        }
        if !services.is_empty() {
            let words: Vec<String> = services.iter().map(|s| on.bind(s.word().to_owned())).collect();
            on.require(format!(
                "l.entitlement_id IN (SELECT id FROM entitlement WHERE service IN ({}))",
                words.join(", ")
            ));
        }
        on.compare("l.delivered_on <=", up_to.map(|day| i64::from(day.number())));
        let sql = format!(
            "SELECT l.entitlement_id, l.reference, CAST(sum(l.quantity) AS bigint) FROM ledger l{} GROUP BY 1, 2",
            on.clause()
        );
        let mut statement = self.conn.prepare_cached(&sql)?;
        let rows = statement.query_map(on.values(), |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

pub(super) fn line(row: &Row<'_>) -> engine::Result<CaseLine> {
    let number: Option<String> = row.get("contract")?;
    let contract = match number {
        None => None,
        Some(number) => Some(CaseContract {
            number,
            term: term(row, "starts_on", "ends_on")?,
            time_zone: row.get("time_zone")?,
        }),
    };
    Ok(CaseLine {
        case: case(row)?,
        workspace: row.get("workspace")?,
        customer: row.get("customer")?,
        partner: row.get("partner")?,
        contract,
        package: row.get("package")?,
        entitlement: row.get("entitlement")?,
        contract_in_workspace: row.get("in_workspace")?,
    })
}

/// Whose it is.
pub(super) fn place(row: &Row<'_>) -> engine::Result<CasePlace> {
    Ok(match row.get("partner_id")? {
        Some(partner) => CasePlace::Partner {
            partner,
            customer: row.get("customer_id")?,
        },
        None => CasePlace::Workspace(row.get("workspace_id")?),
    })
}

fn case(row: &Row<'_>) -> engine::Result<Case> {
    Ok(Case {
        id: row.get("id")?,
        number: row.get("number")?,
        place: place(row)?,
        contract_id: row.get("contract_id")?,
        package_id: row.get("package_id")?,
        entitlement_id: row.get("entitlement_id")?,
        kind: row.get("kind")?,
        class: row.get("class")?,
        severity: row.get("severity")?,
        state: row.get("state")?,
        product: row.get("product")?,
        title: row.get("title")?,
        contact: row.get("contact")?,
        opened_at: row.get("opened_at")?,
        closed_at: row.get("closed_at")?,
    })
}
