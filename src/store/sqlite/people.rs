//! Contacts of contracts and members of workspaces, as activation needs them (C-2).

use super::{Read, Write};
use crate::domain::contract::{AccountKind, ContactRole};
use crate::domain::entitlement::Service;
use crate::domain::{Day, Instant};
use crate::error::Result;
use rusqlite::{OptionalExtension, params};

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
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Keys of the contracts that were never activated, the one that starts first in front.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn contracts_to_activate(&self) -> Result<Vec<i64>> {
        let sql = "SELECT id FROM contract WHERE activated_at IS NULL ORDER BY starts_on, number";
        let mut statement = self.conn.prepare_cached(sql)?;
        let rows = statement.query_map([], |row| row.get(0))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
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

impl Write<'_> {
    /// Makes a customer's default workspace: named "Default", unless that name is taken.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn make_default_workspace(&self, customer_id: i64) -> Result<i64> {
        let sql = "INSERT INTO workspace (customer_id, code, name, is_default)
                   SELECT id, code || '-default' || ?2, 'Default' || ?2, 1 FROM customer WHERE id = ?1
                     AND NOT EXISTS (SELECT 1 FROM workspace WHERE code = customer.code || '-default' || ?2)
                     AND NOT EXISTS (SELECT 1 FROM workspace WHERE customer_id = ?1 AND name = 'Default' || ?2)";
        let mut statement = self.conn().prepare_cached(sql)?;
        let mut suffix = String::new();
        for number in 2..=1000 {
            if statement.execute(params![customer_id, suffix])? > 0 {
                break;
            }
            suffix = format!(" {number}");
        }
        Ok(self.conn().last_insert_rowid())
    }

    /// Invites a person into a workspace, or notes a further role of someone who is there; says whether the
    /// person is new.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn invite(&self, person: &NewMember<'_>) -> Result<bool> {
        let insert = "INSERT INTO member (workspace_id, account, name, account_kind, status, support_contact, service_admin,
                        language, invited_at) VALUES (?1, ?2, ?3, ?4, 'invited', ?5, ?6, ?7, ?8) ON CONFLICT DO NOTHING";
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
        let more = "UPDATE member SET support_contact = max(support_contact, ?3), service_admin = max(service_admin, ?4)
                    WHERE workspace_id = ?1 AND account = ?2 AND (support_contact < ?3 OR service_admin < ?4)";
        self.conn().prepare_cached(more)?.execute(params![
            person.workspace_id,
            person.account,
            contact,
            !contact
        ])?;
        Ok(false)
    }
}
