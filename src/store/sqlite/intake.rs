//! What the importer looks up and writes about groups and shares.

use super::member::roles;
use super::{Read, Write};
use crate::domain::people::Role;
use crate::error::Result;
use crate::store::engine::{self, OptionalExtension, params};
use std::collections::BTreeSet;

/// A case, as far as sharing looks at it.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the names say it")]
pub struct CaseFacts {
    pub id: i64,
    pub number: String,
    /// None of a partner's case.
    pub workspace_id: Option<i64>,
    /// The partner whose it is; none of a workspace's.
    pub partner_id: Option<i64>,
    /// The customer that the partner filed it for.
    pub customer_id: Option<i64>,
    /// Id of the group it is shared with.
    pub group: Option<String>,
}

impl Read<'_> {
    /// A case by its number.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn case_facts(&self, number: &str) -> Result<Option<CaseFacts>> {
        let sql =
            "SELECT k.id, k.number, k.workspace_id, t.code, k.partner_id, k.customer_id FROM support_case k
                   LEFT JOIN team t ON t.id = k.team_id WHERE k.number = ?1";
        let mut statement = self.conn.prepare_cached(sql)?;
        let facts = statement.query_row([number], |row| {
            Ok(CaseFacts {
                id: row.get(0)?,
                number: row.get(1)?,
                workspace_id: row.get(2)?,
                group: row.get(3)?,
                partner_id: row.get(4)?,
                customer_id: row.get(5)?,
            })
        });
        Ok(facts.optional()?)
    }

    /// Id and name of the groups of a workspace.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn group_names(&self, workspace_id: i64) -> Result<Vec<(String, String)>> {
        let sql = "SELECT code, name FROM team WHERE workspace_id = ?1 ORDER BY code";
        let mut statement = self.conn.prepare_cached(sql)?;
        let rows = statement.query_map([workspace_id], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<engine::Result<_>>()?)
    }

    /// The roles that members of a group hold through it.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn group_roles(&self, team_id: i64) -> Result<BTreeSet<Role>> {
        let sql = "SELECT string_agg(role, ';') FROM team_role WHERE team_id = ?1";
        let mut statement = self.conn.prepare_cached(sql)?;
        Ok(statement.query_row([team_id], |row| roles(row.get(0)?))?)
    }
}

impl Write<'_> {
    /// Gives a group exactly these roles.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn put_group_roles(
        &self,
        team_id: i64,
        before: &BTreeSet<Role>,
        after: &BTreeSet<Role>,
    ) -> Result<()> {
        let each = |sql: &str, roles: Vec<&Role>| -> Result<()> {
            let mut statement = self.conn().prepare_cached(sql)?;
            for role in roles {
                statement.execute(params![team_id, role])?;
            }
            Ok(())
        };
        each(
            "INSERT INTO team_role (team_id, role) VALUES (?1, ?2)",
            after.difference(before).collect(),
        )?;
        each(
            "DELETE FROM team_role WHERE team_id = ?1 AND role = ?2",
            before.difference(after).collect(),
        )
    }

    /// Shares a case with a person; says whether it was new (V-2).
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn put_share(&self, case_id: i64, account: &str) -> Result<bool> {
        let sql = "INSERT INTO case_share (case_id, account) VALUES (?1, ?2) ON CONFLICT DO NOTHING";
        let mut statement = self.conn().prepare_cached(sql)?;
        Ok(statement.execute(params![case_id, account])? > 0)
    }

    /// Shares a case with a group, instead of the one before (V-6).
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn share_with_group(&self, case_id: i64, code: &str) -> Result<()> {
        let sql = "UPDATE support_case SET team_id = (SELECT id FROM team WHERE code = ?2) WHERE id = ?1";
        self.conn().prepare_cached(sql)?.execute(params![case_id, code])?;
        Ok(())
    }

    /// Ends the shares of a case with people and a group that are not of its workspace; says whether there
    /// were any (W-2).
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn end_stray_shares(&self, case_id: i64) -> Result<bool> {
        let group = "UPDATE support_case SET team_id = NULL WHERE id = ?1 AND team_id IS NOT NULL
                     AND team_id NOT IN (SELECT t.id FROM team t WHERE t.workspace_id = support_case.workspace_id)";
        let people =
            "DELETE FROM case_share WHERE case_id = ?1 AND account NOT IN (SELECT m.account FROM member m
                      JOIN support_case k ON k.workspace_id = m.workspace_id WHERE k.id = ?1)";
        let groups = self.conn().prepare_cached(group)?.execute([case_id])?;
        Ok(groups + self.conn().prepare_cached(people)?.execute([case_id])? > 0)
    }
}
