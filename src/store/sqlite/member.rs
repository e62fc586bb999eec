//! Members of workspaces with their roles and groups.

use super::{Read, Write};
use crate::domain::Instant;
use crate::domain::member::Member;
use crate::domain::people::Role;
use crate::error::Result;
use crate::store::engine::{self, OptionalExtension, Row, params};
use std::collections::{BTreeSet, HashMap};

const COLUMNS: &str = "m.id, m.workspace_id, w.code, m.account, m.name, m.account_kind, m.status, m.support_contact,
    m.service_admin, m.language, m.label, d.code, m.invited_at, m.expires_at, m.registered_at, m.removed_at, m.sent";
const FROM: &str =
    "FROM member m JOIN workspace w ON w.id = m.workspace_id LEFT JOIN team d ON d.id = m.default_group_id";

/// Members with their roles and groups in one cell each.
pub(super) fn members(rest: &str) -> String {
    format!(
        "SELECT {COLUMNS}, (SELECT string_agg(r.role, ';') FROM member_role r WHERE r.member_id = m.id),
           (SELECT string_agg(t.code, ';') FROM team_member x JOIN team t ON t.id = x.team_id WHERE x.member_id = m.id)
         {FROM} {rest}"
    )
}

/// How many administrators a workspace has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Administrators {
    /// Those who have accepted.
    pub active: i64,
    /// Those who are invited as well.
    pub all: i64,
}

impl Administrators {
    /// Whether those who are left are enough: where somebody administered, somebody still does.
    pub const fn suffice_after(self, before: Self) -> bool {
        (before.active == 0 || self.active > 0) && (before.all == 0 || self.all > 0)
    }
}

impl Read<'_> {
    /// The members of a workspace, removed ones as well, by account.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn members_of(&self, workspace_id: i64) -> Result<Vec<Member>> {
        let sql = format!("SELECT {COLUMNS}, NULL, NULL {FROM} WHERE m.workspace_id = ?1 ORDER BY m.account");
        let mut statement = self.conn.prepare_cached(&sql)?;
        let rows = statement.query_map([workspace_id], member)?;
        let mut members = rows.collect::<engine::Result<Vec<_>>>()?;
        // Roles and groups of all in one scan each: one look-up a member would cost more than the members.
        let places: HashMap<i64, usize> = members
            .iter()
            .enumerate()
            .map(|(place, member)| (member.id, place))
            .collect();
        let roles = "SELECT r.member_id, r.role FROM member m JOIN member_role r ON r.member_id = m.id WHERE m.workspace_id = ?1";
        self.each_pair(roles, workspace_id, |(id, role)| {
            if let Some(place) = places.get(&id) {
                members[*place].roles.insert(role);
            }
        })?;
        let groups = "SELECT x.member_id, t.code FROM team t JOIN team_member x ON x.team_id = t.id WHERE t.workspace_id = ?1";
        self.each_pair(groups, workspace_id, |(id, code)| {
            if let Some(place) = places.get(&id) {
                members[*place].groups.insert(code);
            }
        })?;
        Ok(members)
    }

    fn each_pair<T: rusqlite::types::FromSql>(
        &self,
        sql: &str,
        workspace_id: i64,
        mut each: impl FnMut((i64, T)),
    ) -> Result<()> {
        let mut statement = self.conn.prepare_cached(sql)?;
        let mut rows = statement.query([workspace_id])?;
        while let Some(ref row) = rows.next()? {
            each((row.get(0)?, row.get(1)?));
        }
        Ok(())
    }

    /// The memberships of an account, or all there are, by workspace and account.
    ///
    /// # Errors
    /// The store's own failure, or what `each` answers.
    pub fn each_member(
        &self,
        account: Option<&str>,
        mut each: impl FnMut(Member) -> Result<()>,
    ) -> Result<()> {
        let sql = members("WHERE CAST(?1 AS citext) IS NULL OR m.account = ?1 ORDER BY w.code, m.account");
        let mut statement = self.conn.prepare_cached(&sql)?;
        let mut rows = statement.query([account])?;
        while let Some(ref row) = rows.next()? {
            each(member(row)?)?;
        }
        Ok(())
    }

    /// One membership.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn member(&self, workspace_id: i64, account: &str) -> Result<Option<Member>> {
        let sql = members("WHERE m.workspace_id = ?1 AND m.account = ?2");
        let mut statement = self.conn.prepare_cached(&sql)?;
        Ok(statement
            .query_row(params![workspace_id, account], member)
            .optional()?)
    }

    /// The membership that an invitation's code, as its hash, belongs to.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn member_by_code(&self, hash: &[u8]) -> Result<Option<Member>> {
        let sql = members("WHERE m.code_hash = ?1");
        let mut statement = self.conn.prepare_cached(&sql)?;
        Ok(statement.query_row([hash], member).optional()?)
    }

    /// Who administers a workspace as one of its members, directly or through a group.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn administrators_of(&self, workspace_id: i64) -> Result<Administrators> {
        let sql = "SELECT count(*) FILTER (WHERE m.status <> 'invited'), count(*) FROM member m
                     JOIN workspace w ON w.id = m.workspace_id
                   WHERE m.workspace_id = ?1 AND m.status IN ('invited', 'registered', 'directory')
                     AND ((m.service_admin = 1 AND w.is_default = 1)
                       OR EXISTS (SELECT 1 FROM member_role r WHERE r.member_id = m.id AND r.role = 'workspace-admin')
                       OR EXISTS (SELECT 1 FROM team_member x JOIN team_role r ON r.team_id = x.team_id
                                  WHERE x.member_id = m.id AND r.role = 'workspace-admin'))";
        let mut statement = self.conn.prepare_cached(sql)?;
        Ok(statement.query_row([workspace_id], |row| {
            Ok(Administrators {
                active: row.get(0)?,
                all: row.get(1)?,
            })
        })?)
    }

    /// Whether a workspace is linked to a premier contract (W-4).
    ///
    /// # Errors
    /// The store's own failure.
    pub fn is_on_premier(&self, workspace_id: i64) -> Result<bool> {
        let sql = "SELECT EXISTS (SELECT 1 FROM workspace_contract x JOIN contract c ON c.id = x.contract_id
                   WHERE x.workspace_id = ?1 AND c.kind = 'premier')";
        let mut statement = self.conn.prepare_cached(sql)?;
        Ok(statement.query_row([workspace_id], |row| row.get(0))?)
    }
}

impl Write<'_> {
    /// Keeps a member's new state; answers the key.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn keep_member(&self, before: Option<&Member>, after: &Member) -> Result<i64> {
        let id = match before {
            Some(before) => {
                self.change_member(before.id, after)?;
                before.id
            }
            None => self.add_member(after)?,
        };
        let none = BTreeSet::new();
        self.keep_roles(
            id,
            before.map_or(&BTreeSet::new(), |member| &member.roles),
            &after.roles,
        )?;
        self.keep_groups(id, after, before.map_or(&none, |member| &member.groups))?;
        let default =
            "UPDATE member SET default_group_id = (SELECT id FROM team WHERE code = ?2) WHERE id = ?1";
        if before.map(|member| &member.default_group) != Some(&after.default_group) {
            self.conn()
                .prepare_cached(default)?
                .execute(params![id, after.default_group])?;
        }
        Ok(id)
    }

    fn add_member(&self, member: &Member) -> Result<i64> {
        let sql = "INSERT INTO member (workspace_id, account, name, account_kind, status, support_contact, service_admin, language,
            label, invited_at, expires_at, registered_at, removed_at, sent) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14) RETURNING id";
        let mut insert = self.conn().prepare_cached(sql)?;
        Ok(insert.insert(params![
            member.workspace_id,
            member.account,
            member.name,
            member.account_kind,
            member.status,
            member.support_contact,
            member.service_admin,
            member.language,
            member.label,
            member.invited_at,
            member.expires_at,
            member.registered_at,
            member.removed_at,
            member.sent
        ])?)
    }

    fn change_member(&self, id: i64, member: &Member) -> Result<()> {
        let sql = "UPDATE member SET name = ?2, account_kind = ?3, status = ?4, support_contact = ?5, service_admin = ?6, language = ?7,
            label = ?8, invited_at = ?9, expires_at = ?10, registered_at = ?11, removed_at = ?12, sent = ?13 WHERE id = ?1";
        self.conn().prepare_cached(sql)?.execute(params![
            id,
            member.name,
            member.account_kind,
            member.status,
            member.support_contact,
            member.service_admin,
            member.language,
            member.label,
            member.invited_at,
            member.expires_at,
            member.registered_at,
            member.removed_at,
            member.sent
        ])?;
        Ok(())
    }

    fn keep_roles(&self, id: i64, before: &BTreeSet<Role>, after: &BTreeSet<Role>) -> Result<()> {
        let mut add = self
            .conn()
            .prepare_cached("INSERT INTO member_role (member_id, role) VALUES (?1, ?2)")?;
        for role in after.difference(before) {
            add.execute(params![id, role])?;
        }
        let mut take = self
            .conn()
            .prepare_cached("DELETE FROM member_role WHERE member_id = ?1 AND role = ?2")?;
        for role in before.difference(after) {
            take.execute(params![id, role])?;
        }
        Ok(())
    }

    fn keep_groups(&self, id: i64, after: &Member, before: &BTreeSet<String>) -> Result<()> {
        let add = "INSERT INTO team_member (team_id, member_id) SELECT id, CAST(?1 AS bigint) FROM team WHERE code = ?2 AND workspace_id = ?3";
        for group in after.groups.difference(before) {
            self.conn()
                .prepare_cached(add)?
                .execute(params![id, group, after.workspace_id])?;
        }
        let take = "DELETE FROM team_member WHERE member_id = ?1 AND team_id = (SELECT id FROM team WHERE code = ?2)";
        for group in before.difference(&after.groups) {
            self.conn().prepare_cached(take)?.execute(params![id, group])?;
        }
        Ok(())
    }

    /// Ties an invitation's code, as its hash, to a member; none takes it away.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn set_code(&self, member_id: i64, hash: Option<&[u8]>) -> Result<()> {
        let sql = "UPDATE member SET code_hash = ?2 WHERE id = ?1";
        self.conn()
            .prepare_cached(sql)?
            .execute(params![member_id, hash])?;
        Ok(())
    }
}

pub(super) fn member(row: &Row<'_>) -> engine::Result<Member> {
    Ok(Member {
        id: row.get(0)?,
        workspace_id: row.get(1)?,
        workspace: row.get(2)?,
        account: row.get(3)?,
        name: row.get(4)?,
        account_kind: row.get(5)?,
        status: row.get(6)?,
        support_contact: row.get(7)?,
        service_admin: row.get(8)?,
        language: row.get(9)?,
        label: row.get(10)?,
        default_group: row.get(11)?,
        invited_at: row.get::<_, Instant>(12)?,
        expires_at: row.get(13)?,
        registered_at: row.get(14)?,
        removed_at: row.get(15)?,
        sent: row.get(16)?,
        roles: roles(row.get(17)?)?,
        groups: row
            .get::<_, Option<String>>(18)?
            .iter()
            .flat_map(|all| all.split(';'))
            .map(str::to_owned)
            .collect(),
    })
}

/// Roles in one cell, as the store puts them together.
pub(super) fn roles(text: Option<String>) -> engine::Result<BTreeSet<Role>> {
    let words = text.iter().flat_map(|all| all.split(';'));
    words
        .map(|word| {
            let role: Result<Role, _> = word.parse();
            role.map_err(|error| rusqlite::types::FromSqlError::Other(Box::new(error)).into())
        })
        .collect()
}
