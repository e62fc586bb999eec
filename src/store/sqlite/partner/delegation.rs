//! Delegated access as lists (G-3).

use super::super::Read;
use super::super::scope::Conditions;
use super::Page;
use crate::domain::Instant;
use crate::domain::partner::DelegationStatus;
use crate::error::Result;
use crate::store::engine::{self, Row};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A delegation as a list shows it.
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
}

/// A role that was delegated, and the security group that it is assigned to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DelegationRole {
    /// Id of the delegation.
    pub delegation: String,
    /// Its template id.
    pub role: String,
    /// Name of the group; none when it was not assigned yet.
    pub group: Option<String>,
}

// Whoever sees a delegation sees whose it is.
const LINE: &str = "SELECT d.code, p.code AS partner, u.code AS customer, d.name, d.status, d.starts_at, d.ends_at FROM delegation d
    JOIN main.partner p ON p.id = d.partner_id JOIN main.customer u ON u.id = d.customer_id";

impl Read<'_> {
    /// Delegations by their ids; several statuses: in any of them.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn delegations(
        &self,
        customer: Option<i64>,
        statuses: &[DelegationStatus],
        page: Page<'_>,
    ) -> Result<Vec<DelegationLine>> {
        let mut on = Conditions::default();
        on.compare("d.customer_id =", customer);
        if !statuses.is_empty() {
            let words: Vec<String> = statuses.iter().map(|s| on.bind(s.word().to_owned())).collect();
            on.require(format!("d.status IN ({})", words.join(", ")));
        }
        let end = page.demand(&mut on, "d.code");
        let sql = format!("{LINE}{}{end}", on.clause());
        let mut statement = self.conn.prepare_cached(&sql)?;
        let rows = statement.query_map(on.values(), line)?;
        Ok(rows.collect::<engine::Result<_>>()?)
    }

    /// One delegation.
    ///
    /// # Errors
    /// The store's own failure, or no such key.
    pub fn delegation_line(&self, id: i64) -> Result<DelegationLine> {
        let mut statement = self.conn.prepare_cached(&format!("{LINE} WHERE d.id = ?1"))?;
        Ok(statement.query_row([id], line)?)
    }

    /// The roles of a delegation; the names of groups are for their partner only (G-2).
    ///
    /// # Errors
    /// The store's own failure.
    pub fn delegation_roles(&self, id: i64) -> Result<Vec<DelegationRole>> {
        let sql =
            "SELECT d.code, r.role, g.name FROM delegation_role r JOIN delegation d ON d.id = r.delegation_id
                   LEFT JOIN security_group g ON g.id = r.group_id WHERE d.id = ?1 ORDER BY r.role, g.name NULLS FIRST";
        let mut statement = self.conn.prepare_cached(sql)?;
        let rows = statement.query_map([id], |row| {
            Ok(DelegationRole {
                delegation: row.get(0)?,
                role: row.get(1)?,
                group: row.get(2)?,
            })
        })?;
        Ok(rows.collect::<engine::Result<_>>()?)
    }
}

fn line(row: &Row<'_>) -> engine::Result<DelegationLine> {
    Ok(DelegationLine {
        code: row.get("code")?,
        partner: row.get("partner")?,
        customer: row.get("customer")?,
        name: row.get("name")?,
        status: row.get("status")?,
        starts: row.get("starts_at")?,
        ends: row.get("ends_at")?,
    })
}
