//! Delegated access as lists, and its changes (G-3). A status is never read without a moment: [`Life`] answers it.

use super::super::scope::Conditions;
use super::super::{Read, Write};
use super::Page;
use crate::domain::Instant;
use crate::domain::partner::{DelegationStatus, Kept, Life, kept_as};
use crate::error::Result;
use crate::store::engine::{self, OptionalExtension, Row, params};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A delegation as it is at a moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[expect(missing_docs, reason = "the names say it")]
pub struct DelegationLine {
    pub code: String,
    pub partner: String,
    pub customer: String,
    pub name: String,
    pub status: DelegationStatus,
    pub starts: Option<Instant>,
    pub ends: Option<Instant>,
    /// For how many days it was asked for.
    pub days: Option<i64>,
    /// It extends itself.
    pub auto_extend: bool,
    pub asked: Option<Instant>,
    /// When the request lapses that waits for the customer.
    pub lapses: Option<Instant>,
    pub approved: Option<Instant>,
    pub ended: Option<Instant>,
}

/// A role that was delegated, and the security group that it is assigned to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DelegationRole {
    /// Id of the delegation.
    pub delegation: String,
    /// Its template id.
    pub role: String,
    /// Whether a group holds it.
    pub assigned: bool,
    /// Name of that group, for those who may know of it.
    pub group: Option<String>,
}

/// A delegation with its keys, as changes look at it.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Delegation {
    pub id: i64,
    pub code: String,
    pub name: String,
    pub partner_id: i64,
    pub partner: String,
    pub customer_id: i64,
    pub customer: String,
    pub life: Life,
}

impl Delegation {
    /// What it is at a moment.
    pub fn at(&self, now: Instant) -> DelegationLine {
        let life = &self.life;
        DelegationLine {
            code: self.code.clone(),
            partner: self.partner.clone(),
            customer: self.customer.clone(),
            name: self.name.clone(),
            status: life.status(now),
            starts: life.starts(),
            ends: life.ends(now),
            days: life.days(),
            auto_extend: life.extends_itself(),
            asked: life.asked(),
            lapses: life.lapses().filter(|lapses| now < *lapses),
            approved: life.approved(),
            ended: life.ended(),
        }
    }
}

// Whoever sees a delegation sees whose it is.
const SELECT: &str = "SELECT d.id, d.code, d.name, d.partner_id, p.code AS partner, d.customer_id, u.code AS customer, d.status,
    d.starts_at, d.ends_at, d.days, d.auto_extend, d.asked_at, d.approved_at, d.ended_at";
const JOINS: &str = "JOIN main.partner p ON p.id = d.partner_id JOIN main.customer u ON u.id = d.customer_id";
/// So many rows are looked at in one go where a status narrows a page.
const BATCH: usize = 1_000;

impl Read<'_> {
    /// Delegations by their ids, as they are at a moment; several statuses: in any of them then.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn delegations(
        &self,
        customer: Option<i64>,
        statuses: &[DelegationStatus],
        page: Page<'_>,
        now: Instant,
    ) -> Result<Vec<DelegationLine>> {
        let limit = page.limit.unwrap_or(usize::MAX);
        let mut after = page.after.map(str::to_owned);
        let mut lines = Vec::new();
        loop {
            // What is kept leads in time to more states than are wanted, so that a page is filled in several goes.
            let batch = if statuses.is_empty() { limit } else { BATCH };
            let page = Page {
                after: after.as_deref(),
                limit: Some(batch),
            };
            let read = self.kept_delegations(customer, statuses, page)?;
            let is_last = read.len() < batch;
            after = read.last().map(|one| one.code.clone());
            let wanted = read.iter().map(|one| one.at(now));
            lines.extend(wanted.filter(|line| statuses.is_empty() || statuses.contains(&line.status)));
            if is_last || lines.len() >= limit {
                lines.truncate(limit);
                return Ok(lines);
            }
        }
    }

    fn kept_delegations(
        &self,
        customer: Option<i64>,
        statuses: &[DelegationStatus],
        page: Page<'_>,
    ) -> Result<Vec<Delegation>> {
        let mut on = Conditions::default();
        on.compare("d.customer_id =", customer);
        if !statuses.is_empty() {
            let mut kept: Vec<_> = statuses.iter().flat_map(|status| kept_as(*status)).collect();
            kept.sort_unstable();
            kept.dedup();
            let words: Vec<String> = kept.iter().map(|s| on.bind(s.word().to_owned())).collect();
            on.require(format!("d.status IN ({})", words.join(", ")));
        }
        let end = page.demand(&mut on, "d.code");
        let sql = format!("{SELECT} FROM delegation d {JOINS}{}{end}", on.clause());
        let mut statement = self.conn.prepare_cached(&sql)?;
        let rows = statement.query_map(on.values(), delegation)?;
        Ok(rows.collect::<engine::Result<_>>()?)
    }

    /// Every delegation of a customer that is seen, for an overview.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn delegations_to(&self, customer: i64) -> Result<Vec<Delegation>> {
        self.kept_delegations(Some(customer), &[], Page::default())
    }

    /// One delegation, as far as it is seen.
    ///
    /// # Errors
    /// The store's own failure, or no such key.
    pub fn delegation(&self, id: i64) -> Result<Delegation> {
        let sql = format!("{SELECT} FROM delegation d {JOINS} WHERE d.id = ?1");
        Ok(self.conn.prepare_cached(&sql)?.query_row([id], delegation)?)
    }

    /// The delegation of a partner that has this name.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn delegation_named(&self, partner: i64, name: &str) -> Result<Option<Delegation>> {
        let sql = format!("{SELECT} FROM main.delegation d {JOINS} WHERE d.partner_id = ?1 AND d.name = ?2");
        let mut statement = self.conn.prepare_cached(&sql)?;
        Ok(statement
            .query_row(params![partner, name], delegation)
            .optional()?)
    }

    /// The roles of a delegation; the names of groups are for their partner only (G-2).
    ///
    /// # Errors
    /// The store's own failure.
    pub fn delegation_roles(&self, id: i64) -> Result<Vec<DelegationRole>> {
        let sql =
            "SELECT d.code, r.role, r.group_id IS NOT NULL, g.name FROM delegation_role r JOIN delegation d ON d.id = r.delegation_id
                   LEFT JOIN security_group g ON g.id = r.group_id WHERE d.id = ?1 ORDER BY r.role, g.name NULLS FIRST";
        let mut statement = self.conn.prepare_cached(sql)?;
        let rows = statement.query_map([id], |row| {
            Ok(DelegationRole {
                delegation: row.get(0)?,
                role: row.get(1)?,
                assigned: row.get(2)?,
                group: row.get(3)?,
            })
        })?;
        Ok(rows.collect::<engine::Result<_>>()?)
    }

    /// The highest number among the ids of a partner's delegations that begin so.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn last_delegation(&self, prefix: &str) -> Result<i64> {
        // What begins so and goes on with a digit; `:` comes after them.
        let sql = "SELECT code FROM main.delegation WHERE code >= ?1 AND code < ?2";
        let mut statement = self.conn.prepare_cached(sql)?;
        let codes = statement.query_map([prefix, &format!("{prefix}:")], |row| row.get::<_, String>(0))?;
        let mut last = 0;
        for code in codes {
            let code = code?;
            let number = code.strip_prefix(prefix).unwrap_or_default();
            let end = number.find(|c: char| !c.is_ascii_digit()).unwrap_or(number.len());
            last = last.max(number[..end].parse().unwrap_or(0));
        }
        Ok(last)
    }
}

impl Write<'_> {
    /// Puts a new delegation in; answers its key.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn create_delegation(
        &self,
        (partner, customer): (i64, i64),
        (code, name): (&str, &str),
        life: &Life,
    ) -> Result<i64> {
        let sql = "INSERT INTO delegation (code, partner_id, customer_id, name, status, starts_at, ends_at, days, auto_extend, asked_at)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) RETURNING id";
        let kept = life.kept();
        let row = params![
            code,
            partner,
            customer,
            name,
            kept.status,
            kept.starts,
            kept.ends,
            kept.days,
            kept.auto_extend,
            kept.asked
        ];
        Ok(self.conn().prepare_cached(sql)?.insert(row)?)
    }

    /// Keeps what became of a delegation.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn keep_life(&self, id: i64, life: &Life) -> Result<()> {
        let sql = "UPDATE delegation SET status = ?2, starts_at = ?3, ends_at = ?4, days = ?5, auto_extend = ?6, asked_at = ?7,
                     approved_at = ?8, ended_at = ?9 WHERE id = ?1";
        let kept = life.kept();
        self.conn().prepare_cached(sql)?.execute(params![
            id,
            kept.status,
            kept.starts,
            kept.ends,
            kept.days,
            kept.auto_extend,
            kept.asked,
            kept.approved,
            kept.ended
        ])?;
        Ok(())
    }

    /// Gives a delegation a role that no group holds yet.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn delegate_role(&self, id: i64, role: &str) -> Result<()> {
        let sql = "INSERT INTO delegation_role (delegation_id, role) VALUES (?1, ?2)";
        self.conn().prepare_cached(sql)?.execute(params![id, role])?;
        Ok(())
    }

    /// Takes every role of a delegation away, for a draft that becomes another one.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn forget_roles(&self, id: i64) -> Result<()> {
        let sql = "DELETE FROM delegation_role WHERE delegation_id = ?1";
        self.conn().prepare_cached(sql)?.execute([id])?;
        Ok(())
    }

    /// Assigns a role of a delegation to a group. The line that says that nobody holds it goes.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn assign_role(&self, id: i64, role: &str, group: i64) -> Result<()> {
        let sql = "DELETE FROM delegation_role WHERE delegation_id = ?1 AND role = ?2 AND group_id IS NULL";
        self.conn().prepare_cached(sql)?.execute(params![id, role])?;
        let sql = "INSERT INTO delegation_role (delegation_id, role, group_id) VALUES (?1, ?2, ?3)";
        self.conn()
            .prepare_cached(sql)?
            .execute(params![id, role, group])?;
        Ok(())
    }

    /// Takes a role of a delegation back from a group. The delegation keeps it.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn withdraw_role(&self, id: i64, role: &str, group: i64) -> Result<()> {
        let sql = "DELETE FROM delegation_role WHERE delegation_id = ?1 AND role = ?2 AND group_id = ?3";
        self.conn()
            .prepare_cached(sql)?
            .execute(params![id, role, group])?;
        let left = "SELECT 1 FROM delegation_role WHERE delegation_id = ?1 AND role = ?2";
        if !self.conn().prepare_cached(left)?.exists(params![id, role])? {
            self.delegate_role(id, role)?;
        }
        Ok(())
    }
}

fn delegation(row: &Row<'_>) -> engine::Result<Delegation> {
    Ok(Delegation {
        id: row.get("id")?,
        code: row.get("code")?,
        name: row.get("name")?,
        partner_id: row.get("partner_id")?,
        partner: row.get("partner")?,
        customer_id: row.get("customer_id")?,
        customer: row.get("customer")?,
        life: life(row)?,
    })
}

/// The life of a delegation from the columns of its table.
pub(in crate::store::sqlite) fn life(row: &Row<'_>) -> engine::Result<Life> {
    Ok(Life::of(Kept {
        status: row.get("status")?,
        starts: row.get("starts_at")?,
        ends: row.get("ends_at")?,
        days: row.get("days")?,
        auto_extend: row.get("auto_extend")?,
        asked: row.get("asked_at")?,
        approved: row.get("approved_at")?,
        ended: row.get("ended_at")?,
    }))
}
