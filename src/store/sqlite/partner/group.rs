//! Security groups of a partner that may file for a subscription (B-4).

use super::super::{Read, Write};
use crate::domain::partner::SUPPORT_REQUEST_ROLE;
use crate::error::Result;
use crate::store::engine::{self, OptionalExtension, params};

impl Read<'_> {
    /// Key and name of a security group of a partner.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn security_group(&self, partner: i64, name: &str) -> Result<Option<i64>> {
        let sql = "SELECT id FROM main.security_group WHERE partner_id = ?1 AND name = ?2";
        let mut statement = self.conn.prepare_cached(sql)?;
        Ok(statement
            .query_row(params![partner, name], |row| row.get(0))
            .optional()?)
    }

    /// Name of the partner's first group that may file for a subscription, and no more.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn support_group_of(&self, partner: i64, subscription: i64) -> Result<Option<String>> {
        let sql = "SELECT g.name FROM main.subscription_role r JOIN main.security_group g ON g.id = r.group_id
                   WHERE r.subscription_id = ?2 AND g.partner_id = ?1 AND r.role = ?3 ORDER BY g.name LIMIT 1";
        let mut statement = self.conn.prepare_cached(sql)?;
        Ok(statement
            .query_row(params![partner, subscription, SUPPORT_REQUEST_ROLE], |row| {
                row.get(0)
            })
            .optional()?)
    }

    /// Whether a group may file for a subscription, and no more.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn is_support_group(&self, group: i64, subscription: i64) -> Result<bool> {
        let sql =
            "SELECT 1 FROM main.subscription_role WHERE subscription_id = ?2 AND group_id = ?1 AND role = ?3";
        Ok(self
            .conn
            .prepare_cached(sql)?
            .exists(params![group, subscription, SUPPORT_REQUEST_ROLE])?)
    }

    /// Accounts in a security group.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn security_group_people(&self, group: i64) -> Result<Vec<String>> {
        let sql = "SELECT q.account FROM main.security_group_member m JOIN main.partner_person q ON q.id = m.person_id
                   WHERE m.group_id = ?1 ORDER BY 1";
        let mut statement = self.conn.prepare_cached(sql)?;
        let rows = statement.query_map([group], |row| row.get(0))?;
        Ok(rows.collect::<engine::Result<_>>()?)
    }

    /// Keys and accounts of a partner's people.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn people_of_partner(&self, partner: i64) -> Result<Vec<(i64, String)>> {
        let sql = "SELECT id, account FROM main.partner_person WHERE partner_id = ?1 ORDER BY account";
        let mut statement = self.conn.prepare_cached(sql)?;
        let rows = statement.query_map([partner], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<engine::Result<_>>()?)
    }
}

impl Write<'_> {
    /// Makes a security group; answers its key.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn create_security_group(&self, partner: i64, name: &str) -> Result<i64> {
        let sql = "INSERT INTO security_group (partner_id, name) VALUES (?1, ?2) RETURNING id";
        Ok(self.conn().prepare_cached(sql)?.insert(params![partner, name])?)
    }

    /// Lets a group file for a subscription, and no more.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn let_group_file(&self, group: i64, subscription: i64) -> Result<()> {
        let sql = "INSERT INTO subscription_role (subscription_id, role, group_id) VALUES (?1, ?2, ?3)";
        self.conn()
            .prepare_cached(sql)?
            .execute(params![subscription, SUPPORT_REQUEST_ROLE, group])?;
        Ok(())
    }

    /// Puts one of the partner's people into a security group; again changes nothing.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn put_into_security_group(&self, group: i64, person: i64) -> Result<()> {
        let sql =
            "INSERT INTO security_group_member (group_id, person_id) VALUES (?1, ?2) ON CONFLICT DO NOTHING";
        self.conn().prepare_cached(sql)?.execute([group, person])?;
        Ok(())
    }
}
