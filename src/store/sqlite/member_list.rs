//! Members as a list, page by page.

use super::Read;
use super::member::{member, members};
use super::scope::Conditions;
use crate::domain::Instant;
use crate::domain::member::Member;
use crate::domain::people::{MemberStatus, Role};
use crate::error::Result;
use crate::store::engine;

/// Which memberships are wanted; what is none does not restrict.
#[derive(Debug, Clone, Default)]
pub struct MemberFilter<'a> {
    /// Keys of the workspaces.
    pub workspaces: Option<&'a [i64]>,
    /// Of one account.
    pub account: Option<&'a str>,
    /// In one of these states at the moment asked about; empty means all but removed.
    pub status: &'a [MemberStatus],
    /// With this role, granted or through a group.
    pub role: Option<Role>,
    /// With or without the support-contact mark.
    pub support_contact: Option<bool>,
}

impl MemberFilter<'_> {
    fn conditions(&self, now: Instant) -> Conditions {
        let mut on = Conditions::default();
        if let Some(keys) = self.workspaces {
            let keys = on.bind_keys(keys);
            on.require(format!("m.workspace_id IN {keys}"));
        }
        on.compare("m.account =", self.account.map(str::to_owned));
        on.compare("m.support_contact =", self.support_contact.map(i64::from));
        self.standing(&mut on, now);
        if let Some(role) = self.role {
            let role = on.bind(role.word().to_owned());
            on.require(format!(
                "(EXISTS (SELECT 1 FROM member_role r WHERE r.member_id = m.id AND r.role = {role})
                  OR EXISTS (SELECT 1 FROM team_member x JOIN team_role g ON g.team_id = x.team_id
                             WHERE x.member_id = m.id AND g.role = {role}))"
            ));
        }
        on
    }

    /// An invitation has run out when its time has come, whatever is stored.
    fn standing(&self, on: &mut Conditions, now: Instant) {
        if self.status.is_empty() {
            return on.require("m.status <> 'removed'".to_owned());
        }
        let now = on.bind(now.seconds());
        let words = self.status.iter().map(|status| on.bind(status.word().to_owned()));
        let words: Vec<String> = words.collect();
        on.require(format!(
            "CASE WHEN m.status = 'invited' AND m.expires_at <= {now} THEN 'expired' ELSE m.status END IN ({})",
            words.join(", ")
        ));
    }
}

impl Read<'_> {
    /// Up to `limit` memberships by workspace and account, after the one with the key `after`.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn member_page(
        &self,
        filter: &MemberFilter<'_>,
        now: Instant,
        after: Option<i64>,
        limit: i64,
    ) -> Result<Vec<Member>> {
        let mut on = filter.conditions(now);
        if let Some(after) = after {
            let after = on.bind(after);
            on.require(format!(
                "(w.code, m.account) > (SELECT v.code, n.account FROM member n JOIN workspace v ON v.id = n.workspace_id
                                        WHERE n.id = {after})"
            ));
        }
        let limit = on.bind(limit);
        let sql = members(&format!(
            "{} ORDER BY w.code, m.account LIMIT {limit}",
            on.clause()
        ));
        let mut statement = self.conn.prepare_cached(&sql)?;
        let rows = statement.query_map(on.values(), member)?;
        Ok(rows.collect::<engine::Result<_>>()?)
    }

    /// How many there are in all.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn member_count(&self, filter: &MemberFilter<'_>, now: Instant) -> Result<i64> {
        let on = filter.conditions(now);
        let sql = format!("SELECT count(*) FROM member m{}", on.clause());
        let mut statement = self.conn.prepare_cached(&sql)?;
        Ok(statement.query_row(on.values(), |row| row.get(0))?)
    }

    /// Who administers a workspace as one of its members and has accepted, directly or through a group.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn names_of_administrators(&self, workspace_id: i64) -> Result<Vec<String>> {
        let sql = "SELECT DISTINCT account FROM main.holding WHERE workspace_id = ?1
                   AND role IN ('workspace-admin', 'service-admin') ORDER BY account";
        let mut statement = self.conn.prepare_cached(sql)?;
        let rows = statement.query_map([workspace_id], |row| row.get(0))?;
        Ok(rows.collect::<engine::Result<_>>()?)
    }
}
