//! Customers with the partners that serve them (G-2).

use super::super::Read;
use super::super::scope::Conditions;
use super::{Page, words};
use crate::domain::Day;
use crate::domain::filing::SupportProfile;
use crate::domain::partner::{Qualification, SupportStructure, Vetting};
use crate::error::Result;
use crate::store::engine::{self, OptionalExtension, Row};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A customer as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[expect(missing_docs, reason = "the names say it")]
pub struct CustomerLine {
    pub code: String,
    pub name: String,
    pub domain: Option<String>,
    pub country: Option<String>,
    /// Ids of the partners that serve it; the status stands behind those that do not yet, or no more.
    pub partners: Vec<String>,
    /// Id of the partner of record.
    pub of_record: Option<String>,
    pub qualification: Qualification,
    pub vetting: Vetting,
    /// Since when it is archived.
    pub archived_on: Option<Day>,
}

/// What a partner offers its customers (P-1).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[expect(missing_docs, reason = "the names say it")]
pub struct SupportContact {
    pub partner: String,
    pub name: String,
    pub mail: Option<String>,
    pub phone: Option<String>,
    pub site: Option<String>,
    pub hours: Option<String>,
    pub languages: Option<String>,
    pub charges: Option<String>,
    pub structure: Option<SupportStructure>,
    pub structure_by: Option<String>,
}

const LINE: &str = "SELECT u.code, u.name, lower(u.domain) AS domain, u.country, u.qualification, u.vetting, u.archived_on,
    (SELECT string_agg(p.code || CASE r.status WHEN 'active' THEN '' ELSE ' (' || r.status || ')' END, '\n' ORDER BY p.code)
       FROM relationship r JOIN main.partner p ON p.id = r.partner_id WHERE r.customer_id = u.id) AS partners,
    (SELECT p.code FROM relationship r JOIN main.partner p ON p.id = r.partner_id
       WHERE r.customer_id = u.id AND r.of_record = 1 AND r.status = 'active') AS of_record
  FROM customer u";

pub(super) const CONTACT: &str = "SELECT p.code, p.name, p.mail, p.phone, p.site, p.hours, p.languages, p.charges, p.structure, p.structure_by";

impl Read<'_> {
    /// Customers by their ids, of one partner or of all; archived ones only where they are wanted (G-1).
    ///
    /// # Errors
    /// The store's own failure.
    pub fn customers(
        &self,
        partner: Option<i64>,
        archived: bool,
        page: Page<'_>,
    ) -> Result<Vec<CustomerLine>> {
        let mut on = Conditions::default();
        if !archived {
            on.require("u.archived_on IS NULL".to_owned());
        }
        if let Some(partner) = partner {
            let partner = on.bind(partner);
            on.require(format!(
                "EXISTS (SELECT 1 FROM relationship r WHERE r.customer_id = u.id AND r.partner_id = {partner})"
            ));
        }
        let end = page.demand(&mut on, "u.code");
        let sql = format!("{LINE}{}{end}", on.clause());
        let mut statement = self.conn.prepare_cached(&sql)?;
        let rows = statement.query_map(on.values(), line)?;
        Ok(rows.collect::<engine::Result<_>>()?)
    }

    /// One customer.
    ///
    /// # Errors
    /// The store's own failure, or no such key.
    pub fn customer_line(&self, id: i64) -> Result<CustomerLine> {
        let mut statement = self.conn.prepare_cached(&format!("{LINE} WHERE u.id = ?1"))?;
        Ok(statement.query_row([id], line)?)
    }

    /// What the partner of record of a customer offers, to whoever may see that it is (B-1, G-2).
    ///
    /// # Errors
    /// The store's own failure.
    pub fn support_of_record(&self, customer: i64) -> Result<Option<SupportContact>> {
        let sql = format!(
            "{CONTACT} FROM relationship r JOIN main.partner p ON p.id = r.partner_id
             WHERE r.customer_id = ?1 AND r.of_record = 1 AND r.status = 'active'"
        );
        let mut statement = self.conn.prepare_cached(&sql)?;
        Ok(statement.query_row([customer], contact).optional()?)
    }

    /// What the partners of record offer to a customer's own people, of those customers that are theirs (P-3).
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn own_sellers(&self, customer: Option<i64>) -> Result<Vec<SupportProfile>> {
        if !self.is_restricted() {
            return Ok(Vec::new());
        }
        let sql = "SELECT DISTINCT id FROM temp.seen_client WHERE CAST(?1 AS bigint) IS NULL OR id = ?1 ORDER BY id";
        let mut statement = self.conn.prepare_cached(sql)?;
        let mut sellers = Vec::new();
        for id in statement.query_map([customer], |row| row.get(0))? {
            sellers.extend(self.partner_of_record(id?)?);
        }
        Ok(sellers)
    }

    /// The active partners of a customer: key and id, first the one of record.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn serving(&self, customer: i64) -> Result<Vec<(i64, String)>> {
        let sql = "SELECT p.id, p.code FROM main.relationship r JOIN main.partner p ON p.id = r.partner_id
                   WHERE r.customer_id = ?1 AND r.status = 'active' ORDER BY r.of_record DESC, p.code";
        let mut statement = self.conn.prepare_cached(sql)?;
        let rows = statement.query_map([customer], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<engine::Result<_>>()?)
    }

    /// Whether a customer has a contract of its own, or had one.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn has_contracts(&self, customer: i64) -> Result<bool> {
        let sql = "SELECT 1 FROM main.contract WHERE customer_id = ?1";
        Ok(self.conn.prepare_cached(sql)?.exists([customer])?)
    }
}

fn line(row: &Row<'_>) -> engine::Result<CustomerLine> {
    Ok(CustomerLine {
        code: row.get("code")?,
        name: row.get("name")?,
        domain: row.get("domain")?,
        country: row.get("country")?,
        partners: words(row, "partners")?,
        of_record: row.get("of_record")?,
        qualification: row.get("qualification")?,
        vetting: row.get("vetting")?,
        archived_on: row.get("archived_on")?,
    })
}

pub(super) fn contact(row: &Row<'_>) -> engine::Result<SupportContact> {
    Ok(SupportContact {
        partner: row.get(0)?,
        name: row.get(1)?,
        mail: row.get(2)?,
        phone: row.get(3)?,
        site: row.get(4)?,
        hours: row.get(5)?,
        languages: row.get(6)?,
        charges: row.get(7)?,
        structure: row.get(8)?,
        structure_by: row.get(9)?,
    })
}
