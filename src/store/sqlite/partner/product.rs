//! The catalogue of products.

use super::super::Read;
use super::super::scope::Conditions;
use super::subscription::standing_at;
use super::words;
use crate::domain::Day;
use crate::domain::partner::Family;
use crate::error::Result;
use crate::store::engine::{self, params};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A product as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[expect(missing_docs, reason = "the names say it")]
pub struct ProductLine {
    pub name: String,
    pub family: Option<Family>,
    pub publisher: Option<String>,
    /// What known issues call it, besides its name (B-2).
    pub services: Vec<String>,
    pub link: Option<String>,
    pub mail: Option<String>,
    pub phone: Option<String>,
}

impl Read<'_> {
    /// Products by family and name.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn products(&self, family: Option<Family>) -> Result<Vec<ProductLine>> {
        let mut on = Conditions::default();
        on.compare("family =", family.map(|family| family.word().to_owned()));
        let sql = format!(
            "SELECT name, family, publisher, services, link, mail, phone FROM product{} ORDER BY family IS NULL, family, name",
            on.clause()
        );
        let mut statement = self.conn.prepare_cached(&sql)?;
        let rows = statement.query_map(on.values(), |row| {
            Ok(ProductLine {
                name: row.get("name")?,
                family: row.get("family")?,
                publisher: row.get("publisher")?,
                services: words(row, "services")?,
                link: row.get("link")?,
                mail: row.get("mail")?,
                phone: row.get("phone")?,
            })
        })?;
        Ok(rows.collect::<engine::Result<_>>()?)
    }

    /// What known issues call the products that a customer subscribes to on a day, in lower case: its own people are
    /// asked about all of them, a partner's about those that they see (P-3, G-2).
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn services_of(&self, customer: i64, day: Day) -> Result<Vec<String>> {
        let seen = if self.is_restricted() {
            " AND (s.customer_id IN (SELECT id FROM temp.seen_client)
               OR EXISTS (SELECT 1 FROM temp.seen_subscription x WHERE x.id = s.id))"
        } else {
            ""
        };
        let sql = format!(
            "SELECT DISTINCT lower(p.name || '\n' || ifnull(p.services, '')) FROM main.subscription s
             JOIN main.product p ON p.id = s.product_id
             WHERE s.customer_id = ?1 AND {standing} IN ('active', 'suspended'){seen}",
            standing = standing_at("?2")
        );
        let mut statement = self.conn.prepare_cached(&sql)?;
        let mut names = Vec::new();
        for row in statement.query_map(params![customer, day], |row| row.get::<_, String>(0))? {
            names.extend(row?.lines().map(str::to_owned));
        }
        Ok(names)
    }
}
