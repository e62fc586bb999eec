//! What a partner's people may reach at a customer: delegated roles and roles on subscriptions (B-4).

use super::super::Read;
use super::delegation::life;
use crate::domain::partner::{FILING_ROLES, Family};
use crate::domain::{Day, Instant};
use crate::error::Result;
use crate::store::engine::{self, OptionalExtension, params};
use std::collections::BTreeSet;

impl Read<'_> {
    /// Template ids of the roles that a person of a partner holds now at a customer, through the security groups that
    /// active delegations were assigned to (G-3).
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn delegated(
        &self,
        account: &str,
        (partner, customer): (i64, i64),
        now: Instant,
    ) -> Result<Vec<String>> {
        let sql = "SELECT r.role, d.status, d.starts_at, d.ends_at, d.days, d.auto_extend, d.asked_at, d.approved_at, d.ended_at
                   FROM main.delegation d JOIN main.delegation_role r ON r.delegation_id = d.id
                   JOIN main.security_group_member m ON m.group_id = r.group_id
                   JOIN main.partner_person q ON q.id = m.person_id
                   WHERE d.customer_id = ?1 AND d.partner_id = ?2 AND q.account = ?3";
        let mut statement = self.conn.prepare_cached(sql)?;
        let rows = statement.query_map(params![customer, partner, account], |row| {
            let holds = life(row)?.holds(now);
            let role: String = row.get("role")?;
            Ok(holds.then_some(role))
        })?;
        let held: BTreeSet<String> = rows
            .filter_map(engine::Result::transpose)
            .collect::<engine::Result<_>>()?;
        Ok(held.into_iter().collect())
    }

    /// Key of the subscription of a customer, in force on a day, that a partner sells or was given access to, by its id or
    /// name, of a family of products.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn subscription_for(
        &self,
        (partner, customer): (i64, i64),
        text: &str,
        (family, day): (Option<Family>, Day),
    ) -> Result<Option<(i64, String)>> {
        let sql = format!(
            "SELECT s.id, s.code FROM main.subscription s JOIN main.product p ON p.id = s.product_id
                   WHERE s.customer_id = ?2 AND {} AND p.family IS NOT DISTINCT FROM ?4
                     AND (lower(s.code) = ?3 OR lower(s.name) = ?3)
                     AND (s.partner_id = ?1 OR EXISTS (SELECT 1 FROM main.subscription_role r
                       WHERE r.subscription_id = s.id AND r.partner_id = ?1))
                   ORDER BY lower(s.code) = ?3 DESC, s.code LIMIT 1",
            super::in_force("?5")
        );
        let mut statement = self.conn.prepare_cached(&sql)?;
        let found = statement.query_row(
            params![partner, customer, text.to_ascii_lowercase(), family, day],
            |row| Ok((row.get(0)?, row.get(1)?)),
        );
        Ok(found.optional()?)
    }

    /// The role on a subscription that lets a person of a partner file for it, their own or a security group's, and the name
    /// of that group.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn subscription_role(
        &self,
        subscription: i64,
        (account, partner): (&str, i64),
    ) -> Result<Option<(String, Option<String>)>> {
        let sql = "SELECT r.role, g.name FROM main.subscription_role r LEFT JOIN main.security_group g ON g.id = r.group_id
                   WHERE r.subscription_id = ?1 AND r.role IN (?4, ?5, ?6)
                     AND (r.account = ?2 OR (g.partner_id = ?3 AND EXISTS (SELECT 1 FROM main.security_group_member m
                       JOIN main.partner_person q ON q.id = m.person_id WHERE m.group_id = g.id AND q.account = ?2)))
                   ORDER BY g.name IS NOT NULL, g.name LIMIT 1";
        let [least, more, most] = FILING_ROLES;
        let mut statement = self.conn.prepare_cached(sql)?;
        let found = statement.query_row(
            params![subscription, account, partner, least, more, most],
            |row| Ok((row.get(0)?, row.get(1)?)),
        );
        Ok(found.optional()?)
    }

    /// Whether the provider of a reseller has given it access to a subscription of the customer, or to any of a family, that
    /// is in force on a day.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn was_given_access(
        &self,
        (reseller, customer): (i64, i64),
        subscription: Option<i64>,
        (family, day): (Option<Family>, Day),
    ) -> Result<bool> {
        let sql = format!(
            "SELECT 1 FROM main.subscription_role r JOIN main.subscription s ON s.id = r.subscription_id
                   JOIN main.product p ON p.id = s.product_id
                   WHERE r.partner_id = ?1 AND s.customer_id = ?2 AND {} AND (CAST(?3 AS bigint) IS NULL OR s.id = ?3)
                     AND p.family IS NOT DISTINCT FROM ?4",
            super::in_force("?5")
        );
        let mut statement = self.conn.prepare_cached(&sql)?;
        Ok(statement.exists(params![reseller, customer, subscription, family, day])?)
    }
}
