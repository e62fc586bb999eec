//! Customers as their partners keep them (G-1).

use super::super::{Read, Write};
use crate::domain::partner::{CustomerProfile, Qualification, Vetting};
use crate::domain::{Day, Instant, Zone};
use crate::error::Result;
use crate::store::engine::{self, OptionalExtension, params};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A customer with everything that is kept of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CustomerRecord {
    /// Its id.
    pub code: String,
    /// Name, address and contact.
    pub profile: CustomerProfile,
    /// What it is qualified as.
    pub qualification: Qualification,
    /// How far the vetting of that has come.
    pub vetting: Vetting,
    /// Why it was approved or denied.
    pub vetting_reason: Option<String>,
    /// Since when it is archived.
    pub archived_on: Option<Day>,
}

/// What stands in the way of archiving a customer: whose it is, and what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Hindrance {
    /// Key of the partner, if it is a partner's.
    pub partner: Option<i64>,
    /// What it is: "subscription".
    pub what: String,
    /// Its id.
    pub id: String,
}

impl Read<'_> {
    /// Everything that is kept of a customer.
    ///
    /// # Errors
    /// The store's own failure, or no such key.
    pub(crate) fn customer_record(&self, id: i64) -> Result<CustomerRecord> {
        let sql = "SELECT code, name, lower(domain) AS domain, street, city, region, postal_code, country, contact_first, contact_last,
              mail, phone, registration_number, language, qualification, vetting, vetting_reason, archived_on
            FROM main.customer WHERE id = ?1";
        Ok(self.conn.prepare_cached(sql)?.query_row([id], |row| {
            Ok(CustomerRecord {
                code: row.get("code")?,
                profile: CustomerProfile {
                    name: row.get("name")?,
                    domain: row.get("domain")?,
                    street: row.get("street")?,
                    city: row.get("city")?,
                    region: row.get("region")?,
                    postal_code: row.get("postal_code")?,
                    country: row.get("country")?,
                    contact_first: row.get("contact_first")?,
                    contact_last: row.get("contact_last")?,
                    mail: row.get("mail")?,
                    phone: row.get("phone")?,
                    registration_number: row.get("registration_number")?,
                    language: row.get("language")?,
                },
                qualification: row.get("qualification")?,
                vetting: row.get("vetting")?,
                vetting_reason: row.get("vetting_reason")?,
                archived_on: row.get("archived_on")?,
            })
        })?)
    }

    /// Since when a customer is archived. Nothing is sold to one that is (G-1).
    ///
    /// # Errors
    /// The store's own failure, or no such key.
    pub(crate) fn customer_archived_on(&self, id: i64) -> Result<Option<Day>> {
        let sql = "SELECT archived_on FROM main.customer WHERE id = ?1";
        Ok(self.conn.prepare_cached(sql)?.query_row([id], |row| row.get(0))?)
    }

    /// Key of the customer with this domain, in upper or lower case.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn customer_by_domain(&self, domain: &str) -> Result<Option<i64>> {
        let sql = "SELECT id FROM main.customer WHERE lower(domain) = ?1";
        let mut statement = self.conn.prepare_cached(sql)?;
        let found = statement.query_row([domain.to_ascii_lowercase()], |row| row.get(0));
        Ok(found.optional()?)
    }

    /// Key of the customer with exactly this id, or with exactly this name.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn customer_taken(&self, code: &str, name: &str) -> Result<Option<i64>> {
        let sql = "SELECT id FROM main.customer WHERE code = ?1 UNION ALL SELECT id FROM main.customer WHERE name = ?2 LIMIT 1";
        let mut statement = self.conn.prepare_cached(sql)?;
        Ok(statement.query_row([code, name], |row| row.get(0)).optional()?)
    }

    /// A free id for a new customer: the number after the last one.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn free_customer(&self) -> Result<String> {
        let mut next: i64 = self
            .conn
            .prepare_cached("SELECT coalesce(max(id), 0) + 1 FROM main.customer")?
            .query_row([], |row| row.get(0))?;
        let mut there = self
            .conn
            .prepare_cached("SELECT 1 FROM main.customer WHERE code = ?1")?;
        loop {
            let code = format!("C{next:04}");
            if !there.exists([&code])? {
                return Ok(code);
            }
            next += 1;
        }
    }

    /// What stands in the way of archiving a customer (G-1): relationships, subscriptions, delegated access, open requests
    /// and contracts that have not ended.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn in_the_way_of_archiving(&self, customer: i64, now: Instant) -> Result<Vec<Hindrance>> {
        let today = now.day_in(&Zone::utc());
        let sql = format!(
            "SELECT r.partner_id, 'relationship', p.code FROM main.relationship r JOIN main.partner p ON p.id = r.partner_id
              WHERE r.customer_id = ?1 AND r.status = 'active'
            UNION ALL SELECT s.partner_id, 'subscription', s.code FROM main.subscription s
              WHERE s.customer_id = ?1 AND {}
            UNION ALL SELECT d.partner_id, 'delegation', d.code FROM main.delegation d
              WHERE d.customer_id = ?1 AND d.status IN ('approved', 'activating', 'active', 'expiring')
                AND (d.ends_at > ?3 OR d.ends_at IS NULL OR d.auto_extend = 1)
            UNION ALL SELECT k.partner_id, 'request', k.number FROM main.support_case k
              WHERE k.partner_id IN (SELECT r.partner_id FROM main.relationship r WHERE r.customer_id = ?1)
                AND k.customer_id = ?1 AND k.state IN ('open', 'in-progress', 'awaiting-customer')
            UNION ALL SELECT NULL, 'request', k.number FROM main.workspace w JOIN main.support_case k ON k.workspace_id = w.id
              WHERE w.customer_id = ?1 AND k.state IN ('open', 'in-progress', 'awaiting-customer')
            UNION ALL SELECT NULL, 'contract', c.number FROM main.contract c WHERE c.customer_id = ?1 AND c.ends_on >= ?2
            ORDER BY 2, 3",
            super::in_force("?2")
        );
        let mut statement = self.conn.prepare_cached(&sql)?;
        let rows = statement.query_map(params![customer, today, now], |row| {
            Ok(Hindrance {
                partner: row.get(0)?,
                what: row.get(1)?,
                id: row.get(2)?,
            })
        })?;
        Ok(rows.collect::<engine::Result<_>>()?)
    }
}

impl Write<'_> {
    /// Adds a customer; answers its key.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn add_customer(&self, record: &CustomerRecord) -> Result<i64> {
        let sql = "INSERT INTO customer (code, name) VALUES (?1, ?2) RETURNING id";
        let id = self
            .conn()
            .prepare_cached(sql)?
            .query_row([&record.code, &record.profile.name], |row| row.get(0))?;
        self.keep_customer(id, record)?;
        Ok(id)
    }

    /// Keeps what is known of a customer; its id stays.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn keep_customer(&self, id: i64, record: &CustomerRecord) -> Result<()> {
        let sql = "UPDATE customer SET name = ?2, domain = ?3, street = ?4, city = ?5, region = ?6, postal_code = ?7, country = ?8,
              contact_first = ?9, contact_last = ?10, mail = ?11, phone = ?12, registration_number = ?13, language = ?14,
              qualification = ?15, vetting = ?16, vetting_reason = ?17, archived_on = ?18 WHERE id = ?1";
        let profile = &record.profile;
        self.conn().prepare_cached(sql)?.execute(params![
            id,
            profile.name,
            profile.domain,
            profile.street,
            profile.city,
            profile.region,
            profile.postal_code,
            profile.country,
            profile.contact_first,
            profile.contact_last,
            profile.mail,
            profile.phone,
            profile.registration_number,
            profile.language,
            record.qualification,
            record.vetting,
            record.vetting_reason,
            record.archived_on
        ])?;
        Ok(())
    }
}
