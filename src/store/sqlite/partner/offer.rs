//! What somebody who files on behalf of a customer can choose from.

use super::super::Read;
use crate::domain::Day;
use crate::domain::partner::Family;
use crate::error::Result;
use crate::store::engine::{self, Params, params};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Something with an id and a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Party {
    /// Its id.
    pub code: String,
    /// Its name.
    pub name: String,
}

/// A product of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Offered {
    /// Its name.
    pub name: String,
    /// Its family.
    pub family: Option<Family>,
    /// Whether a publisher sells it through the marketplace (B-7).
    pub of_marketplace: bool,
}

impl Read<'_> {
    /// Whether a person is an active member of any workspace.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn is_member(&self, account: &str) -> Result<bool> {
        let sql = "SELECT 1 FROM main.member WHERE account = ?1 AND status IN ('registered', 'directory')";
        Ok(self.conn.prepare_cached(sql)?.exists([account])?)
    }

    /// Customers that the partners of a person serve at which the person holds a role that files.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn customers_served(&self, account: &str) -> Result<Vec<Party>> {
        let sql = "SELECT DISTINCT c.code, c.name FROM main.partner_person q JOIN main.relationship r ON r.partner_id = q.partner_id
                   JOIN main.customer c ON c.id = r.customer_id
                   WHERE q.account = ?1 AND r.status = 'active'
                     AND EXISTS (SELECT 1 FROM main.partner_role o WHERE o.person_id = q.id AND o.role <> 'sales-agent')
                   ORDER BY c.name, c.code";
        self.parties(sql, [account])
    }

    /// Subscriptions of a customer, of a family, in force on a day, that a partner sells or was given access to.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn subscriptions_for(
        &self,
        (partner, customer): (i64, i64),
        (family, day): (Family, Day),
    ) -> Result<Vec<Party>> {
        let sql = format!(
            "SELECT s.code, s.name FROM main.subscription s JOIN main.product p ON p.id = s.product_id
                   WHERE s.customer_id = ?2 AND {} AND p.family = ?3
                     AND (s.partner_id = ?1 OR EXISTS (SELECT 1 FROM main.subscription_role r
                       WHERE r.subscription_id = s.id AND r.partner_id = ?1)) ORDER BY s.name, s.code",
            super::in_force("?4")
        );
        self.parties(&sql, params![partner, customer, family, day])
    }

    fn parties(&self, sql: &str, params: impl Params) -> Result<Vec<Party>> {
        let mut statement = self.conn.prepare_cached(sql)?;
        let rows = statement.query_map(params, |row| {
            Ok(Party {
                code: row.get(0)?,
                name: row.get(1)?,
            })
        })?;
        Ok(rows.collect::<engine::Result<_>>()?)
    }

    /// Products of the catalogue, by name.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn catalogue(&self) -> Result<Vec<Offered>> {
        let sql = "SELECT name, family, publisher IS NOT NULL FROM main.product ORDER BY name";
        let mut statement = self.conn.prepare_cached(sql)?;
        let rows = statement.query_map([], |row| {
            Ok(Offered {
                name: row.get(0)?,
                family: row.get(1)?,
                of_marketplace: row.get(2)?,
            })
        })?;
        Ok(rows.collect::<engine::Result<_>>()?)
    }
}
