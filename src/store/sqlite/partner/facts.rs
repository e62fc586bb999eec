//! What an import needs to know of partners and of what is theirs, in one look-up each.

use super::super::{Read, Write};
use crate::domain::partner::PartnerKind;
use crate::domain::people::Role;
use crate::error::Result;
use crate::store::engine::{self, OptionalExtension, params};
use std::collections::BTreeSet;

/// A partner, as far as rules look at it.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the names say it")]
pub struct PartnerFacts {
    pub id: i64,
    pub code: String,
    pub kind: PartnerKind,
    pub provider_id: Option<i64>,
}

/// A delegation, as far as rules look at it.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the names say it")]
pub struct DelegationFacts {
    pub id: i64,
    pub code: String,
    pub partner_id: i64,
    pub customer_id: i64,
}

/// A subscription, as far as rules look at it.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the names say it")]
pub struct SubscriptionFacts {
    pub id: i64,
    pub code: String,
    pub partner_id: i64,
    pub customer_id: i64,
}

impl Read<'_> {
    /// A partner by its id.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn partner_facts(&self, code: &str) -> Result<Option<PartnerFacts>> {
        let sql = "SELECT id, code, kind, provider_id FROM partner WHERE code = ?1";
        let facts = self.conn.prepare_cached(sql)?.query_row([code], |row| {
            Ok(PartnerFacts {
                id: row.get(0)?,
                code: row.get(1)?,
                kind: row.get(2)?,
                provider_id: row.get(3)?,
            })
        });
        Ok(facts.optional()?)
    }

    /// A delegation by its id.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn delegation_facts(&self, code: &str) -> Result<Option<DelegationFacts>> {
        let sql = "SELECT id, code, partner_id, customer_id FROM delegation WHERE code = ?1";
        let facts = self.conn.prepare_cached(sql)?.query_row([code], |row| {
            Ok(DelegationFacts {
                id: row.get(0)?,
                code: row.get(1)?,
                partner_id: row.get(2)?,
                customer_id: row.get(3)?,
            })
        });
        Ok(facts.optional()?)
    }

    /// A subscription by its id.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn subscription_facts(&self, code: &str) -> Result<Option<SubscriptionFacts>> {
        let sql = "SELECT id, code, partner_id, customer_id FROM subscription WHERE code = ?1";
        let facts = self.conn.prepare_cached(sql)?.query_row([code], |row| {
            Ok(SubscriptionFacts {
                id: row.get(0)?,
                code: row.get(1)?,
                partner_id: row.get(2)?,
                customer_id: row.get(3)?,
            })
        });
        Ok(facts.optional()?)
    }

    /// Id of a reseller that a partner is the provider of.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn reseller_of(&self, provider: i64) -> Result<Option<String>> {
        let sql = "SELECT code FROM partner WHERE provider_id = ?1 ORDER BY code LIMIT 1";
        Ok(self
            .conn
            .prepare_cached(sql)?
            .query_row([provider], |row| row.get(0))
            .optional()?)
    }

    /// Id of the active partner of record of a customer.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn partner_on_record(&self, customer: i64) -> Result<Option<(i64, String)>> {
        let sql = "SELECT p.id, p.code FROM relationship r JOIN partner p ON p.id = r.partner_id
                   WHERE r.customer_id = ?1 AND r.of_record = 1 AND r.status = 'active'";
        let mut statement = self.conn.prepare_cached(sql)?;
        let found = statement.query_row([customer], |row| Ok((row.get(0)?, row.get(1)?)));
        Ok(found.optional()?)
    }

    /// Whether a partner serves a customer, or once did.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn has_served(&self, partner: i64, customer: i64) -> Result<bool> {
        let sql = "SELECT 1 FROM relationship WHERE partner_id = ?1 AND customer_id = ?2";
        Ok(self
            .conn
            .prepare_cached(sql)?
            .exists(params![partner, customer])?)
    }

    /// Id of the customer whose domain this is.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn customer_of_domain(&self, domain: &str) -> Result<Option<String>> {
        let sql = "SELECT code FROM customer WHERE lower(domain) = ?1 LIMIT 1";
        Ok(self
            .conn
            .prepare_cached(sql)?
            .query_row([domain.to_ascii_lowercase()], |row| row.get(0))
            .optional()?)
    }

    /// Names of the security groups of a partner.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn security_groups_of(&self, partner: i64) -> Result<Vec<String>> {
        let sql = "SELECT name FROM security_group WHERE partner_id = ?1 ORDER BY name";
        let mut statement = self.conn.prepare_cached(sql)?;
        let rows = statement.query_map([partner], |row| row.get(0))?;
        Ok(rows.collect::<engine::Result<_>>()?)
    }

    /// Accounts of the people of a partner.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn accounts_of(&self, partner: i64) -> Result<Vec<String>> {
        let sql = "SELECT account FROM partner_person WHERE partner_id = ?1 ORDER BY account";
        let mut statement = self.conn.prepare_cached(sql)?;
        let rows = statement.query_map([partner], |row| row.get(0))?;
        Ok(rows.collect::<engine::Result<_>>()?)
    }

    /// Accounts of the people of every partner that serves a customer.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn agents_of(&self, customer: i64) -> Result<Vec<String>> {
        let sql = "SELECT DISTINCT q.account FROM partner_person q JOIN relationship r ON r.partner_id = q.partner_id
                   WHERE r.customer_id = ?1 ORDER BY 1";
        let mut statement = self.conn.prepare_cached(sql)?;
        let rows = statement.query_map([customer], |row| row.get(0))?;
        Ok(rows.collect::<engine::Result<_>>()?)
    }

    /// Roles of a partner's person.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn roles_of_agent(&self, person: i64) -> Result<BTreeSet<Role>> {
        let sql = "SELECT role FROM partner_role WHERE person_id = ?1";
        let mut statement = self.conn.prepare_cached(sql)?;
        let rows = statement.query_map([person], |row| row.get(0))?;
        Ok(rows.collect::<engine::Result<_>>()?)
    }

    /// Names of the security groups that a partner's person is in.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn groups_of_agent(&self, person: i64) -> Result<BTreeSet<String>> {
        let sql = "SELECT g.name FROM security_group_member m JOIN security_group g ON g.id = m.group_id
                   WHERE m.person_id = ?1";
        let mut statement = self.conn.prepare_cached(sql)?;
        let rows = statement.query_map([person], |row| row.get(0))?;
        Ok(rows.collect::<engine::Result<_>>()?)
    }
}

impl Write<'_> {
    /// Gives a partner's person exactly these roles.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn put_agent_roles(&self, person: i64, roles: &BTreeSet<Role>) -> Result<()> {
        self.conn()
            .prepare_cached("DELETE FROM partner_role WHERE person_id = ?1")?
            .execute([person])?;
        let sql = "INSERT INTO partner_role (person_id, role) VALUES (?1, ?2)";
        let mut statement = self.conn().prepare_cached(sql)?;
        for role in roles {
            statement.execute(params![person, role])?;
        }
        Ok(())
    }

    /// Puts a partner's person into exactly these of its security groups, making those that are not there.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn put_agent_groups(
        &self,
        (person, partner): (i64, i64),
        groups: &BTreeSet<String>,
    ) -> Result<()> {
        self.conn()
            .prepare_cached("DELETE FROM security_group_member WHERE person_id = ?1")?
            .execute([person])?;
        let make = "INSERT INTO security_group (partner_id, name) VALUES (?1, ?2) ON CONFLICT DO NOTHING";
        let join = "INSERT INTO security_group_member (group_id, person_id)
                    SELECT id, ?3 FROM security_group WHERE partner_id = ?1 AND name = ?2";
        let (mut make, mut join) = (
            self.conn().prepare_cached(make)?,
            self.conn().prepare_cached(join)?,
        );
        for group in groups {
            make.execute(params![partner, group])?;
            join.execute(params![partner, group, person])?;
        }
        Ok(())
    }
}
