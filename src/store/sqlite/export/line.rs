//! Entitlements with all that hangs above them, in the order of the proof of delivery (K-13).

use super::super::Read;
use super::Scope;
use crate::domain::Day;
use crate::domain::contract::{ContractKind, PackageKind, Term};
use crate::domain::entitlement::{Allowance, AllowanceKind, Category, Service};
use crate::error::Result;
use crate::store::engine::{self, Row};

/// An entitlement with its package, contract and customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineRow {
    /// Name of the customer.
    pub customer: String,
    /// Number of the contract.
    pub contract: String,
    /// Which offer.
    pub contract_kind: ContractKind,
    /// First and last day of the contract.
    pub contract_term: Term,
    /// Free text, such as "Performance".
    pub contract_plan: Option<String>,
    /// IANA zone of the contract's days.
    pub time_zone: String,
    /// Key of the package.
    pub package_id: i64,
    /// The provider's id of the package.
    pub package: String,
    /// Its name.
    pub package_name: String,
    /// Enterprise-wide or add-on.
    pub package_kind: PackageKind,
    /// First and last day of the package.
    pub package_term: Term,
    /// First day on which it is inactive, when it was stopped early.
    pub deactivated_on: Option<Day>,
    /// Key of the entitlement.
    pub id: i64,
    /// The provider's id of the entitlement.
    pub entitlement: String,
    /// For people.
    pub description: String,
    /// What is delivered.
    pub service: Service,
    /// Whether usage is recorded.
    pub category: Category,
    /// How much there is.
    pub allowance: Allowance,
    /// The caller sees only a part of what was used of the package.
    pub partial: bool,
}

const FROM: &str =
    "FROM entitlement e JOIN package p ON p.id = e.package_id JOIN schedule s ON s.id = p.schedule_id
    JOIN contract c ON c.id = s.contract_id JOIN customer u ON u.id = c.customer_id";
const ORDER: &str = "ORDER BY u.name, c.number, p.code, e.code";

impl Scope {
    /// The entitlements covered: with a choice of workspaces, those of packages attached to one of them and
    /// those that one of them has used.
    fn lines(&self) -> String {
        let above = Self {
            workspaces: Vec::new(),
            ..self.clone()
        };
        let above = above.conditions("c.customer_id", "c.id", "");
        if self.workspaces.is_empty() {
            return format!("{FROM} WHERE {above}");
        }
        let ids = super::list(&self.workspaces);
        format!(
            "{FROM} WHERE {above} AND ({ATTACHED} OR EXISTS
               (SELECT 1 FROM ledger_total t WHERE t.entitlement_id = e.id AND t.workspace_id IN ({ids})))",
            ATTACHED = self.attached()
        )
    }

    fn attached(&self) -> String {
        if self.workspaces.is_empty() {
            return "true".to_owned();
        }
        let ids = super::list(&self.workspaces);
        format!(
            "EXISTS (SELECT 1 FROM workspace_package k WHERE k.package_id = p.id AND k.workspace_id IN ({ids}))"
        )
    }
}

impl Read<'_> {
    /// Hands the key of every entitlement covered to `each`, in the order of the report, with its contract's
    /// zone, and whether its package is attached to a workspace chosen (always, when none was).
    ///
    /// # Errors
    /// The store's own failure, or what `each` answers.
    pub fn each_line_key(
        &self,
        scope: &Scope,
        mut each: impl FnMut(i64, &str, bool) -> Result<()>,
    ) -> Result<()> {
        let sql = format!(
            "SELECT e.id, c.time_zone, {} {} {ORDER}",
            scope.attached(),
            scope.lines()
        );
        let mut statement = self.conn.prepare(&sql)?;
        let mut rows = statement.query([])?;
        while let Some(ref row) = rows.next()? {
            each(row.get(0)?, super::text(row, 1)?, row.get(2)?)?;
        }
        Ok(())
    }

    /// Hands every entitlement covered to `each`, in the order of the report.
    ///
    /// # Errors
    /// The store's own failure, or what `each` answers.
    pub fn each_line(&self, scope: &Scope, mut each: impl FnMut(LineRow) -> Result<()>) -> Result<()> {
        let sql = format!("SELECT {COLUMNS} {} {ORDER}", scope.lines());
        let mut statement = self.conn.prepare(&sql)?;
        let mut rows = statement.query([])?;
        while let Some(ref row) = rows.next()? {
            each(line(row)?)?;
        }
        Ok(())
    }

    /// Names of the workspaces that a package is attached to, by name; of those chosen only.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn attached_names(&self, package_id: i64, scope: &Scope) -> Result<Vec<String>> {
        let sql = "SELECT w.id, w.name FROM workspace_package k JOIN workspace w ON w.id = k.workspace_id
                   WHERE k.package_id = ?1 ORDER BY w.name, w.id";
        let mut statement = self.conn.prepare_cached(sql)?;
        let rows = statement.query_map([package_id], |row| Ok((row.get::<_, i64>(0)?, row.get(1)?)))?;
        let all: Vec<(i64, String)> = rows.collect::<Result<_, _>>()?;
        let chosen = all.into_iter().filter(|(id, _)| scope.covers_workspace(*id));
        Ok(chosen.map(|(_, name)| name).collect())
    }
}

/// What [`line`] reads, by place: names would be looked up for every row.
const COLUMNS: &str = "u.name, c.number, c.kind, c.starts_on, c.ends_on, c.plan, c.time_zone, p.id, p.code, p.name,
    p.kind, p.starts_on, p.ends_on, p.deactivated_on, e.id, e.code, e.description, e.service, e.category, e.allowance,
    e.quantity, e.unit, EXISTS (SELECT 1 FROM partial_package y WHERE y.id = p.id)";

fn line(row: &Row<'_>) -> engine::Result<LineRow> {
    Ok(LineRow {
        customer: row.get(0)?,
        contract: row.get(1)?,
        contract_kind: row.get(2)?,
        contract_term: term(row, 3, 4)?,
        contract_plan: row.get(5)?,
        time_zone: row.get(6)?,
        package_id: row.get(7)?,
        package: row.get(8)?,
        package_name: row.get(9)?,
        package_kind: row.get(10)?,
        package_term: term(row, 11, 12)?,
        deactivated_on: row.get(13)?,
        id: row.get(14)?,
        entitlement: row.get(15)?,
        description: row.get(16)?,
        service: row.get(17)?,
        category: row.get(18)?,
        allowance: match row.get(19)? {
            AllowanceKind::Limited => Allowance::Limited(row.get(20)?, row.get(21)?),
            AllowanceKind::AsNeeded => Allowance::AsNeeded(row.get(21)?),
            AllowanceKind::Included => Allowance::Included,
        },
        partial: row.get(22)?,
    })
}

fn term(row: &Row<'_>, start: usize, end: usize) -> engine::Result<Term> {
    Ok(Term {
        start: row.get(start)?,
        end: row.get(end)?,
    })
}
