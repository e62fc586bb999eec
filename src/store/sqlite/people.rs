//! Contacts of contracts and members of workspaces, as activation needs them (C-2).

use super::{Read, WorkspaceFacts, Write};
use crate::domain::contract::{AccountKind, ContactRole};
use crate::domain::entitlement::Service;
use crate::domain::member::Member;
use crate::domain::{Day, Instant};
use crate::error::Result;
use crate::store::engine::{self, OptionalExtension, params};

/// A person named on a contract.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the names say it")]
pub struct ContactRow {
    pub account: String,
    pub name: String,
    pub role: ContactRole,
    pub account_kind: AccountKind,
    pub language: Option<String>,
    /// Key of the workspace; none for the customer's default one.
    pub workspace_id: Option<i64>,
    /// Id of that workspace.
    pub workspace: Option<String>,
    pub since: Day,
    pub until: Option<Day>,
}

/// A person to invite into a workspace.
#[derive(Debug, Clone, Copy)]
#[expect(missing_docs, reason = "the names say it")]
pub struct NewMember<'a> {
    pub workspace_id: i64,
    pub account: &'a str,
    pub name: &'a str,
    pub account_kind: AccountKind,
    pub role: ContactRole,
    pub language: Option<&'a str>,
    pub invited_at: Instant,
}

impl Read<'_> {
    /// The people named on a contract, by account.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn contact_rows(&self, contract_id: i64) -> Result<Vec<ContactRow>> {
        let sql =
            "SELECT c.*, w.code AS workspace FROM contact c LEFT JOIN workspace w ON w.id = c.workspace_id
                   WHERE c.contract_id = ?1 ORDER BY c.account, c.id";
        let mut statement = self.conn.prepare_cached(sql)?;
        let rows = statement.query_map([contract_id], |row| {
            Ok(ContactRow {
                account: row.get("account")?,
                name: row.get("name")?,
                role: row.get("role")?,
                account_kind: row.get("account_kind")?,
                language: row.get("language")?,
                workspace_id: row.get("workspace_id")?,
                workspace: row.get("workspace")?,
                since: row.get("since_on")?,
                until: row.get("until_on")?,
            })
        })?;
        Ok(rows.collect::<engine::Result<_>>()?)
    }

    /// Keys of the contracts that were never activated, the one that starts first in front.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn contracts_to_activate(&self) -> Result<Vec<i64>> {
        let sql = "SELECT id FROM contract WHERE activated_at IS NULL ORDER BY starts_on, number";
        let mut statement = self.conn.prepare_cached(sql)?;
        let rows = statement.query_map([], |row| row.get(0))?;
        Ok(rows.collect::<engine::Result<_>>()?)
    }

    /// The tracked entitlement of a service among all packages of a contract that is in force on a day, the
    /// one that expires first.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn contract_line(&self, contract_id: i64, service: Service, day: Day) -> Result<Option<i64>> {
        let sql = "SELECT e.id FROM entitlement e JOIN package p ON p.id = e.package_id
                     JOIN schedule s ON s.id = p.schedule_id
                   WHERE s.contract_id = ?1 AND e.service = ?2 AND e.category = 'consumable' AND e.allowance <> 'included'
                     AND p.starts_on <= ?3 AND p.ends_on >= ?3 AND (p.deactivated_on IS NULL OR p.deactivated_on > ?3)
                   ORDER BY p.ends_on, e.id LIMIT 1";
        let mut statement = self.conn.prepare_cached(sql)?;
        Ok(statement
            .query_row(params![contract_id, service, day], |row| row.get(0))
            .optional()?)
    }
}

impl Read<'_> {
    /// Contracts on which an account is named as support contact of a workspace beyond a day: keys of
    /// contract and contact.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn open_contacts(
        &self,
        workspace: &WorkspaceFacts,
        account: &str,
        today: Day,
    ) -> Result<Vec<(i64, i64)>> {
        let sql = "SELECT n.contract_id, n.id FROM contact n JOIN contract c ON c.id = n.contract_id
                   WHERE n.account = ?1 AND n.role = 'support-contact' AND (n.until_on IS NULL OR n.until_on > ?5) AND c.customer_id = ?3
                     AND (n.workspace_id = ?2 OR (n.workspace_id IS NULL AND ?4)) ORDER BY n.id";
        let mut statement = self.conn.prepare_cached(sql)?;
        let values = params![
            account,
            workspace.id,
            workspace.customer_id,
            workspace.is_default,
            today
        ];
        let rows = statement.query_map(values, |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<engine::Result<_>>()?)
    }

    /// Keys of the contracts linked to a workspace, the one that ends last in front.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn contracts_of(&self, workspace_id: i64) -> Result<Vec<i64>> {
        let sql = "SELECT c.id FROM workspace_contract x JOIN contract c ON c.id = x.contract_id
                   WHERE x.workspace_id = ?1 ORDER BY c.ends_on DESC, c.number";
        let mut statement = self.conn.prepare_cached(sql)?;
        let rows = statement.query_map([workspace_id], |row| row.get(0))?;
        Ok(rows.collect::<engine::Result<_>>()?)
    }
}

impl Write<'_> {
    /// Names a member on a contract as support contact of a workspace from a day on.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn name_contact(
        &self,
        contract_id: i64,
        workspace: &WorkspaceFacts,
        member: &Member,
        since: Day,
    ) -> Result<()> {
        let sql = "INSERT INTO contact (contract_id, workspace_id, account, name, role, account_kind, language, since_on)
                   VALUES (?1, ?2, ?3, ?4, 'support-contact', ?5, ?6, ?7)
                   ON CONFLICT (contract_id, account, role, ifnull(workspace_id, 0)) DO UPDATE
                   SET since_on = excluded.since_on, until_on = NULL, name = excluded.name";
        self.conn().prepare_cached(sql)?.execute(params![
            contract_id,
            workspace.id,
            member.account,
            member.name,
            member.account_kind,
            member.language,
            since
        ])?;
        Ok(())
    }

    /// Ends a contact: `until` is the first day without it.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn end_contact(&self, contact_id: i64, until: Day) -> Result<()> {
        let sql =
            "UPDATE contact SET until_on = CASE WHEN since_on > ?2 THEN since_on ELSE ?2 END WHERE id = ?1";
        self.conn()
            .prepare_cached(sql)?
            .execute(params![contact_id, until])?;
        Ok(())
    }

    /// Makes a customer's default workspace: named "Default", unless that name is taken.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn make_default_workspace(&self, customer_id: i64) -> Result<i64> {
        let sql = "INSERT INTO workspace (customer_id, code, name, is_default)
                   SELECT id, code || '-default' || CAST(?2 AS text), 'Default' || CAST(?2 AS text), 1 FROM customer WHERE id = ?1
                     AND NOT EXISTS (SELECT 1 FROM workspace WHERE code = customer.code || '-default' || ?2)
                     AND NOT EXISTS (SELECT 1 FROM workspace WHERE customer_id = ?1 AND name = 'Default' || ?2) RETURNING id";
        let mut statement = self.conn().prepare_cached(sql)?;
        let mut suffix = String::new();
        for number in 2..=1000 {
            let made = statement.insert(params![customer_id, suffix]).optional()?;
            if let Some(id) = made {
                return Ok(id);
            }
            suffix = format!(" {number}");
        }
        Err(crate::error::codes::STORE_FAILED.error("a thousand workspaces are called Default"))
    }

    /// Invites a person into a workspace, or notes a further role of someone who is there; says whether the
    /// person is new.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn invite(&self, person: &NewMember<'_>) -> Result<bool> {
        let insert = "INSERT INTO member (workspace_id, account, name, account_kind, status, support_contact, service_admin,
                        language, invited_at, expires_at) VALUES (?1, ?2, ?3, ?4, 'invited', ?5, ?6, ?7, CAST(?8 AS bigint),
                        CAST(?8 AS bigint) + 30 * 86400)
                      ON CONFLICT DO NOTHING";
        let contact = person.role == ContactRole::SupportContact;
        let values = params![
            person.workspace_id,
            person.account,
            person.name,
            person.account_kind,
            contact,
            !contact,
            person.language,
            person.invited_at
        ];
        if self.conn().prepare_cached(insert)?.execute(values)? > 0 {
            return Ok(true);
        }
        let more = "UPDATE member SET support_contact = CASE WHEN support_contact < ?3 THEN ?3 ELSE support_contact END,
                      service_admin = CASE WHEN service_admin < ?4 THEN ?4 ELSE service_admin END
                    WHERE workspace_id = ?1 AND account = ?2 AND status <> 'removed' AND (support_contact < ?3 OR service_admin < ?4)";
        self.conn().prepare_cached(more)?.execute(params![
            person.workspace_id,
            person.account,
            contact,
            !contact
        ])?;
        Ok(false)
    }
}
