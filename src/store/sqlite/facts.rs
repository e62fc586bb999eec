//! What rules need to know of a thing, in one look-up each.

use super::row::{allowance, term};
use super::{Read, Write};
use crate::domain::contract::{ContractKind, Term};
use crate::domain::entitlement::{Allowance, Category, Service};
use crate::domain::ledger::Purse;
use crate::domain::{Day, Quantity};
use crate::error::Result;
use crate::store::engine::{self, OptionalExtension, Row, params};

/// A contract, as far as rules look at it.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the names say it")]
pub struct ContractFacts {
    pub id: i64,
    pub number: String,
    pub customer_id: i64,
    pub kind: ContractKind,
    pub term: Term,
    pub time_zone: String,
}

/// A schedule, as far as rules look at it.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the names say it")]
pub struct ScheduleFacts {
    pub id: i64,
    pub code: String,
    pub contract_id: i64,
    pub term: Term,
}

/// A package, as far as rules look at it.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the names say it")]
pub struct PackageFacts {
    pub id: i64,
    pub code: String,
    pub contract_id: i64,
    pub customer_id: i64,
    pub term: Term,
}

/// An entitlement with its package and contract, as far as rules look at them.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the names say it")]
pub struct EntitlementFacts {
    pub id: i64,
    pub code: String,
    pub service: Service,
    pub tracked: bool,
    pub ceiling: Option<Quantity>,
    pub package_id: i64,
    pub package: String,
    pub term: Term,
    pub deactivated_on: Option<Day>,
    pub contract_id: i64,
    pub customer_id: i64,
    pub time_zone: String,
}

/// A workspace, as far as rules look at it.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the names say it")]
pub struct WorkspaceFacts {
    pub id: i64,
    pub code: String,
    pub customer_id: i64,
    pub is_default: bool,
    pub allow_personal: bool,
    pub archived: bool,
}

const ENTITLEMENT: &str = "SELECT e.id, e.code, e.service, e.category, e.allowance, e.quantity, e.unit,
      p.id AS package_id, p.code AS package, p.starts_on, p.ends_on, p.deactivated_on, c.id AS contract_id, c.customer_id, c.time_zone
    FROM entitlement e JOIN package p ON p.id = e.package_id JOIN schedule s ON s.id = p.schedule_id
      JOIN contract c ON c.id = s.contract_id";

impl Read<'_> {
    fn one<T>(
        &self,
        sql: &str,
        key: impl rusqlite::ToSql,
        read: fn(&Row<'_>) -> engine::Result<T>,
    ) -> Result<Option<T>> {
        Ok(self.conn.prepare_cached(sql)?.query_row([key], read).optional()?)
    }

    pub(crate) fn contract_facts(&self, number: &str) -> Result<Option<ContractFacts>> {
        self.one("SELECT * FROM contract WHERE number = ?1", number, contract)
    }

    pub(crate) fn schedule_facts(&self, code: &str) -> Result<Option<ScheduleFacts>> {
        self.one("SELECT * FROM schedule WHERE code = ?1", code, |row| {
            Ok(ScheduleFacts {
                id: row.get("id")?,
                code: row.get("code")?,
                contract_id: row.get("contract_id")?,
                term: term(row, "starts_on", "ends_on")?,
            })
        })
    }

    pub(crate) fn package_facts(&self, code: &str) -> Result<Option<PackageFacts>> {
        let sql =
            "SELECT p.*, s.contract_id, c.customer_id FROM package p JOIN schedule s ON s.id = p.schedule_id
                   JOIN contract c ON c.id = s.contract_id WHERE p.code = ?1";
        self.one(sql, code, |row| {
            Ok(PackageFacts {
                id: row.get("id")?,
                code: row.get("code")?,
                contract_id: row.get("contract_id")?,
                customer_id: row.get("customer_id")?,
                term: term(row, "starts_on", "ends_on")?,
            })
        })
    }

    pub(crate) fn entitlement_facts(&self, code: &str) -> Result<Option<EntitlementFacts>> {
        self.one(&format!("{ENTITLEMENT} WHERE e.code = ?1"), code, entitlement)
    }

    pub(crate) fn entitlement_facts_by_key(&self, id: i64) -> Result<Option<EntitlementFacts>> {
        self.one(&format!("{ENTITLEMENT} WHERE e.id = ?1"), id, entitlement)
    }

    /// Every entitlement, for loads that are large against their number.
    pub(crate) fn all_entitlement_facts(&self) -> Result<Vec<EntitlementFacts>> {
        let mut statement = self.conn.prepare(ENTITLEMENT)?;
        let rows = statement.query_map([], entitlement)?;
        Ok(rows.collect::<engine::Result<_>>()?)
    }

    pub(crate) fn workspace_facts(&self, code: &str) -> Result<Option<WorkspaceFacts>> {
        self.one("SELECT * FROM workspace WHERE code = ?1", code, workspace)
    }

    /// A workspace by its key.
    ///
    /// # Errors
    /// The store's own failure, or no such key.
    pub(crate) fn workspace_facts_of(&self, id: i64) -> Result<WorkspaceFacts> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT * FROM workspace WHERE id = ?1")?;
        Ok(statement.query_row([id], workspace)?)
    }

    /// Every workspace, for loads that are large against their number.
    pub(crate) fn all_workspace_facts(&self) -> Result<Vec<WorkspaceFacts>> {
        let mut statement = self.conn.prepare("SELECT * FROM workspace")?;
        let rows = statement.query_map([], workspace)?;
        Ok(rows.collect::<engine::Result<_>>()?)
    }

    /// The customer's default workspace, if it has one.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn default_workspace(&self, customer_id: i64) -> Result<Option<i64>> {
        let sql = "SELECT id FROM workspace WHERE customer_id = ?1 AND is_default = 1";
        self.one(sql, customer_id, |row| row.get(0))
    }

    /// The workspaces that a package is attached to.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn workspaces_of_package(&self, package_id: i64) -> Result<Vec<i64>> {
        let sql = "SELECT workspace_id FROM workspace_package WHERE package_id = ?1 ORDER BY 1";
        let mut statement = self.conn.prepare_cached(sql)?;
        let rows = statement.query_map([package_id], |row| row.get(0))?;
        Ok(rows.collect::<engine::Result<_>>()?)
    }

    /// The base schedules of a customer besides one: code and term.
    pub(crate) fn other_base_schedules(
        &self,
        customer_id: i64,
        besides: &str,
    ) -> Result<Vec<(String, Term)>> {
        let sql =
            "SELECT s.code, s.starts_on, s.ends_on FROM schedule s JOIN contract c ON c.id = s.contract_id
                   WHERE c.customer_id = ?1 AND s.kind = 'base' AND s.code <> ?2";
        let mut statement = self.conn.prepare_cached(sql)?;
        let rows = statement.query_map(params![customer_id, besides], |row| {
            Ok((row.get(0)?, term(row, "starts_on", "ends_on")?))
        })?;
        Ok(rows.collect::<engine::Result<_>>()?)
    }

    /// The cap on support contacts of a contract on a day: the sum of its limited contacts lines. None when
    /// there is no such line, or one without a ceiling.
    pub(crate) fn contacts_cap(&self, contract_id: i64, day: Day) -> Result<Option<Quantity>> {
        let sql = "SELECT e.quantity FROM entitlement e JOIN package p ON p.id = e.package_id
                     JOIN schedule s ON s.id = p.schedule_id
                   WHERE s.contract_id = ?1 AND e.service = 'contacts' AND p.starts_on <= ?2 AND p.ends_on >= ?2
                     AND (p.deactivated_on IS NULL OR p.deactivated_on > ?2)";
        let mut statement = self.conn.prepare_cached(sql)?;
        let rows = statement.query_map(params![contract_id, day], |row| row.get::<_, Option<Quantity>>(0))?;
        let lines = rows.collect::<engine::Result<Vec<_>>>()?;
        if lines.is_empty() {
            return Ok(None);
        }
        Ok(lines.into_iter().sum::<Option<Quantity>>())
    }

    /// How many other rows name support contacts of a contract that are not released on a day.
    pub(crate) fn other_support_contacts(
        &self,
        contract_id: i64,
        besides: Option<i64>,
        day: Day,
    ) -> Result<i64> {
        let sql = "SELECT count(*) FROM contact WHERE contract_id = ?1 AND role = 'support-contact'
                   AND id IS DISTINCT FROM ?2 AND since_on <= ?3 AND (until_on IS NULL OR until_on > ?3)";
        let mut statement = self.conn.prepare_cached(sql)?;
        Ok(statement.query_row(params![contract_id, besides, day], |row| row.get(0))?)
    }

    /// Whether the customer's default workspace takes personal accounts (W-4).
    pub(crate) fn default_allows_personal(&self, customer_id: i64) -> Result<bool> {
        let sql = "SELECT allow_personal FROM workspace WHERE customer_id = ?1 AND is_default = 1";
        Ok(self.one(sql, customer_id, |row| row.get(0))?.unwrap_or(false))
    }

    /// The tracked entitlements of a service that a workspace may draw from on a day, with what is left, the
    /// one that expires first in front (L-5).
    ///
    /// # Errors
    /// The store's own failure.
    pub fn purses(&self, workspace_id: i64, service: Service, day: Day) -> Result<Vec<Purse>> {
        let sql = "SELECT e.id, p.ends_on, e.quantity,
                     (SELECT CAST(ifnull(sum(t.consumed), 0) AS bigint) FROM ledger_total t WHERE t.entitlement_id = e.id)
                   FROM workspace_package w JOIN package p ON p.id = w.package_id JOIN entitlement e ON e.package_id = p.id
                   WHERE w.workspace_id = ?1 AND e.service = ?2 AND e.category = 'consumable' AND e.allowance <> 'included'
                     AND p.starts_on <= ?3 AND p.ends_on >= ?3 AND (p.deactivated_on IS NULL OR p.deactivated_on > ?3)
                   ORDER BY p.ends_on, e.id";
        let mut statement = self.conn.prepare_cached(sql)?;
        let rows = statement.query_map(params![workspace_id, service, day], |row| {
            let (ceiling, used): (Option<Quantity>, Quantity) = (row.get(2)?, row.get(3)?);
            Ok(Purse {
                entitlement_id: row.get(0)?,
                expires: row.get(1)?,
                remaining: ceiling.map(|ceiling| ceiling - used),
            })
        })?;
        Ok(rows.collect::<engine::Result<_>>()?)
    }

    /// Whether anything was recorded on an entitlement.
    pub(crate) fn has_entries(&self, entitlement_id: i64) -> Result<bool> {
        let sql = "SELECT EXISTS (SELECT 1 FROM ledger_total WHERE entitlement_id = ?1)";
        Ok(self
            .conn
            .prepare_cached(sql)?
            .query_row([entitlement_id], |row| row.get(0))?)
    }

    /// The status of an engagement, if `code` is one of those that the acting person may know of.
    pub(crate) fn engagement_status(
        &self,
        code: &str,
    ) -> Result<Option<crate::domain::work::EngagementStatus>> {
        let mut sql = "SELECT status FROM engagement WHERE code = ?1".to_owned();
        if self.is_restricted() {
            sql += " AND workspace_id IN (SELECT id FROM temp.known_workspace)";
        }
        self.one(&sql, code, |row| row.get(0))
    }

    /// The engagements against which nothing may be recorded (L-3).
    pub(crate) fn undelivered_engagements(&self) -> Result<Vec<String>> {
        let sql = "SELECT code FROM engagement WHERE status IN ('planned', 'cancelled')";
        let mut statement = self.conn.prepare(sql)?;
        let rows = statement.query_map([], |row| row.get(0))?;
        Ok(rows.collect::<engine::Result<_>>()?)
    }
}

impl Write<'_> {
    /// Links a contract to a workspace; says whether it was new.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn link_contract(&self, workspace_id: i64, contract_id: i64) -> Result<bool> {
        let sql = "INSERT INTO workspace_contract (workspace_id, contract_id) VALUES (?1, ?2) ON CONFLICT DO NOTHING";
        Ok(self
            .conn()
            .prepare_cached(sql)?
            .execute([workspace_id, contract_id])?
            > 0)
    }

    /// Attaches a package to a workspace; says whether it was new (C-3).
    ///
    /// # Errors
    /// The store's own failure.
    pub fn attach_package(&self, workspace_id: i64, package_id: i64, on: Day) -> Result<bool> {
        let sql = "INSERT INTO workspace_package (workspace_id, package_id, attached_on) VALUES (?1, ?2, ?3)
                   ON CONFLICT DO NOTHING";
        Ok(self
            .conn()
            .prepare_cached(sql)?
            .execute(params![workspace_id, package_id, on])?
            > 0)
    }

    /// Sets the day of an attachment.
    pub(crate) fn set_attached_on(&self, workspace_id: i64, package_id: i64, on: Day) -> Result<()> {
        let sql = "UPDATE workspace_package SET attached_on = ?3 WHERE workspace_id = ?1 AND package_id = ?2";
        self.conn()
            .prepare_cached(sql)?
            .execute(params![workspace_id, package_id, on])?;
        Ok(())
    }
}

impl Read<'_> {
    /// The day on which a package was attached to a workspace, if it is.
    pub(crate) fn attached_on(&self, workspace_id: i64, package_id: i64) -> Result<Option<Day>> {
        let sql = "SELECT attached_on FROM workspace_package WHERE workspace_id = ?1 AND package_id = ?2";
        let mut statement = self.conn.prepare_cached(sql)?;
        Ok(statement
            .query_row([workspace_id, package_id], |row| row.get(0))
            .optional()?)
    }
}

fn contract(row: &Row<'_>) -> engine::Result<ContractFacts> {
    Ok(ContractFacts {
        id: row.get("id")?,
        number: row.get("number")?,
        customer_id: row.get("customer_id")?,
        kind: row.get("kind")?,
        term: term(row, "starts_on", "ends_on")?,
        time_zone: row.get("time_zone")?,
    })
}

fn entitlement(row: &Row<'_>) -> engine::Result<EntitlementFacts> {
    let category: Category = row.get("category")?;
    Ok(EntitlementFacts {
        id: row.get("id")?,
        code: row.get("code")?,
        service: row.get("service")?,
        tracked: category == Category::Consumable && allowance(row)? != Allowance::Included,
        ceiling: row.get("quantity")?,
        deactivated_on: row.get("deactivated_on")?,
        package_id: row.get("package_id")?,
        package: row.get("package")?,
        term: term(row, "starts_on", "ends_on")?,
        contract_id: row.get("contract_id")?,
        customer_id: row.get("customer_id")?,
        time_zone: row.get("time_zone")?,
    })
}

fn workspace(row: &Row<'_>) -> engine::Result<WorkspaceFacts> {
    Ok(WorkspaceFacts {
        id: row.get("id")?,
        code: row.get("code")?,
        customer_id: row.get("customer_id")?,
        is_default: row.get("is_default")?,
        allow_personal: row.get("allow_personal")?,
        archived: row.get::<_, Option<Day>>("archived_on")?.is_some(),
    })
}
