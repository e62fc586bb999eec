//! Groups of workspaces.

use super::{Read, Write};
use crate::domain::people::{Group, GroupKind, Role};
use crate::error::Result;
use crate::store::engine::{self, Row, params};

const GROUP: &str = "SELECT t.*, w.code AS workspace,
    (SELECT string_agg(r.role, ';') FROM team_role r WHERE r.team_id = t.id) AS roles,
    (SELECT string_agg(m.account, '\n' ORDER BY m.account) FROM team_member x JOIN member m ON m.id = x.member_id
       WHERE x.team_id = t.id AND m.status <> 'removed') AS members
  FROM team t JOIN workspace w ON w.id = t.workspace_id";

/// A group to make.
#[derive(Debug, Clone, Copy)]
pub struct NewGroup<'a> {
    /// Key of the workspace.
    pub workspace_id: i64,
    /// Short id, unique in the hub.
    pub code: &'a str,
    /// Name, unique within the workspace.
    pub name: &'a str,
    /// Tenant and object id of a directory's group.
    pub directory: Option<(&'a str, &'a str)>,
}

impl Read<'_> {
    /// The groups of a workspace, or all of them, by workspace and name.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn groups(&self, workspace_id: Option<i64>) -> Result<Vec<Group>> {
        let sql = format!(
            "{GROUP} WHERE CAST(?1 AS bigint) IS NULL OR t.workspace_id = ?1 ORDER BY w.code, t.name"
        );
        let mut statement = self.conn.prepare_cached(&sql)?;
        let rows = statement.query_map([workspace_id], group)?;
        Ok(rows.collect::<engine::Result<_>>()?)
    }

    /// One group by its key.
    ///
    /// # Errors
    /// The store's own failure, or no such key.
    pub fn group(&self, id: i64) -> Result<Group> {
        let mut statement = self.conn.prepare_cached(&format!("{GROUP} WHERE t.id = ?1"))?;
        Ok(statement.query_row([id], group)?)
    }

    /// Whether any group of the hub has this id, also one that the acting person may not know of.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn has_group(&self, code: &str) -> Result<bool> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT 1 FROM main.team WHERE code = ?1")?;
        Ok(statement.exists([code])?)
    }
}

impl Write<'_> {
    /// Makes a group; answers its key.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn create_group(&self, new: &NewGroup<'_>) -> Result<i64> {
        let sql = "INSERT INTO team (workspace_id, code, name, kind, tenant, object_id) VALUES (?1, ?2, ?3, ?4, ?5, ?6) RETURNING id";
        let kind = match new.directory {
            Some(_) => GroupKind::Directory,
            None => GroupKind::Local,
        };
        let (tenant, object) = (new.directory.map(|d| d.0), new.directory.map(|d| d.1));
        let row = params![new.workspace_id, new.code, new.name, kind, tenant, object];
        Ok(self.conn().prepare_cached(sql)?.insert(row)?)
    }

    /// Gives a group a role; says whether it is new.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn grant_to_group(&self, group_id: i64, role: Role) -> Result<bool> {
        let sql = "INSERT INTO team_role (team_id, role) VALUES (?1, ?2) ON CONFLICT DO NOTHING";
        Ok(self
            .conn()
            .prepare_cached(sql)?
            .execute(params![group_id, role])?
            > 0)
    }

    /// Takes a role from a group; says whether it had it.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn revoke_from_group(&self, group_id: i64, role: Role) -> Result<bool> {
        let sql = "DELETE FROM team_role WHERE team_id = ?1 AND role = ?2";
        Ok(self
            .conn()
            .prepare_cached(sql)?
            .execute(params![group_id, role])?
            > 0)
    }
}

fn group(row: &Row<'_>) -> engine::Result<Group> {
    let members: Option<String> = row.get("members")?;
    Ok(Group {
        id: row.get("id")?,
        code: row.get("code")?,
        name: row.get("name")?,
        workspace_id: row.get("workspace_id")?,
        workspace: row.get("workspace")?,
        kind: row.get("kind")?,
        tenant: row.get("tenant")?,
        object_id: row.get("object_id")?,
        roles: super::member::roles(row.get("roles")?)?.into_iter().collect(),
        members: members.unwrap_or_default().lines().map(str::to_owned).collect(),
    })
}
