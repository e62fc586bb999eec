//! With whom a request is shared (V-1, V-2, V-6), and by which rules a person sees it.

use super::{Read, Write};
use crate::domain::number::Number;
use crate::domain::request::{CasePlace, Sharing};
use crate::error::{Error, Result, codes};
use crate::policy;
use crate::store::engine::{self, OptionalExtension, params};

impl Read<'_> {
    /// The key of the request with a number. What the acting person may not see is not there.
    ///
    /// # Errors
    /// `E0110` for a number that nothing has, `E0200` for a request that the person sees but holds no permission on.
    pub fn find_case(&self, number: &str) -> Result<i64> {
        let typed = Number::typed(number);
        // As it stands first: a number that came in with an import may have dashes of its own.
        let found = match self.known_case(number)? {
            None if typed != number => self.known_case(&typed)?,
            found => found,
        };
        match (found, self.sight) {
            (Some((id, true)), _) => Ok(id),
            (Some((_, false)), Some(sight)) => {
                let place = format!(" on request {number}");
                Err(policy::denied(&sight.actor, sight.permission, &place))
            }
            _ => Err(no_request(number, &typed)),
        }
    }

    /// The key of the request with a number that the acting person knows, and whether it is seen.
    fn known_case(&self, number: &str) -> Result<Option<(i64, bool)>> {
        let by_number = "SELECT id FROM main.support_case WHERE number = ?1";
        let mut statement = self.conn.prepare_cached(by_number)?;
        let found: Option<i64> = statement.query_row([number], |row| row.get(0)).optional()?;
        let (Some(id), Some(_)) = (found, self.sight) else {
            return Ok(found.map(|id| (id, true)));
        };
        // By its key, which reaches into the sets.
        let sql = "SELECT EXISTS (SELECT 1 FROM temp.seen_case WHERE id = ?1) FROM temp.known_case WHERE id = ?1 LIMIT 1";
        let mut statement = self.conn.prepare_cached(sql)?;
        let seen = statement.query_row([id], |row| row.get(0)).optional()?;
        Ok(seen.map(|seen| (id, seen)))
    }

    /// With whom a request is shared.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn sharing(&self, case_id: i64) -> Result<Sharing> {
        let sql = "SELECT account FROM main.case_share WHERE case_id = ?1 ORDER BY account";
        let mut statement = self.conn.prepare_cached(sql)?;
        let people = statement.query_map([case_id], |row| row.get(0))?;
        let group =
            "SELECT t.code FROM main.support_case k JOIN main.team t ON t.id = k.team_id WHERE k.id = ?1";
        Ok(Sharing {
            people: people.collect::<engine::Result<_>>()?,
            group: self
                .conn
                .prepare_cached(group)?
                .query_row([case_id], |row| row.get(0))
                .optional()?,
        })
    }

    /// Key of the workspace and id of a group.
    ///
    /// # Errors
    /// The store's own failure, or no such key.
    pub(crate) fn group_place(&self, id: i64) -> Result<(i64, String)> {
        let sql = "SELECT workspace_id, code FROM main.team WHERE id = ?1";
        let mut statement = self.conn.prepare_cached(sql)?;
        Ok(statement.query_row([id], |row| Ok((row.get(0)?, row.get(1)?)))?)
    }

    /// The rules by which the person whose view lies before the store sees a request: V-1 to V-5, from the same
    /// condition that every list is filtered with.
    ///
    /// # Errors
    /// The store's own failure, also when nobody's view lies before it.
    pub(crate) fn case_rules(&self, case_id: i64) -> Result<Vec<String>> {
        let sql = "SELECT DISTINCT rule FROM temp.case_rule WHERE id = ?1
                   AND (workspace_id IN (SELECT id FROM temp.seen_workspace) OR partner_id IN (SELECT id FROM temp.seen_partner))
                   ORDER BY rule";
        let mut statement = self.conn.prepare_cached(sql)?;
        let rows = statement.query_map([case_id], |row| row.get(0))?;
        Ok(rows.collect::<engine::Result<_>>()?)
    }

    /// Accounts that come into question for seeing a request: members of its workspace, administrators of the
    /// customer, and the provider's staff of its contracts; or the people of the partner that filed it.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn accounts_around(&self, place: CasePlace) -> Result<Vec<String>> {
        let (sql, key) = match place {
            CasePlace::Workspace(id) => (
                "SELECT account FROM main.member WHERE workspace_id = ?1
                 UNION SELECT h.account FROM main.holding h JOIN main.workspace w ON w.customer_id = h.customer_id
                   WHERE w.id = ?1 AND h.workspace_id IS NULL ORDER BY 1",
                id,
            ),
            CasePlace::Partner { partner, .. } => (
                "SELECT account FROM main.partner_person WHERE partner_id = ?1 ORDER BY 1",
                partner,
            ),
        };
        let mut statement = self.conn.prepare_cached(sql)?;
        let rows = statement.query_map([key], |row| row.get(0))?;
        Ok(rows.collect::<engine::Result<_>>()?)
    }
}

impl Write<'_> {
    /// Shares a request with an account; says whether it was new (V-2).
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn share_case(&self, case_id: i64, account: &str) -> Result<bool> {
        let sql = "INSERT INTO case_share (case_id, account) VALUES (?1, ?2) ON CONFLICT DO NOTHING";
        Ok(self
            .conn()
            .prepare_cached(sql)?
            .execute(params![case_id, account])?
            > 0)
    }

    /// Stops sharing a request with an account; says whether it was shared.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn unshare_case(&self, case_id: i64, account: &str) -> Result<bool> {
        let sql = "DELETE FROM case_share WHERE case_id = ?1 AND account = ?2";
        Ok(self
            .conn()
            .prepare_cached(sql)?
            .execute(params![case_id, account])?
            > 0)
    }

    /// Shares a request with one group, instead of the one before, or with none (V-6).
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn share_case_with_group(&self, case_id: i64, team_id: Option<i64>) -> Result<()> {
        let sql = "UPDATE support_case SET team_id = ?2 WHERE id = ?1";
        self.conn()
            .prepare_cached(sql)?
            .execute(params![case_id, team_id])?;
        Ok(())
    }
}

/// "There is no such request"; a slip of the tongue shows in the last digit, whoever may see what.
fn no_request(number: &str, typed: &str) -> Error {
    let error = codes::NOT_FOUND.error(format!("there is no request \"{number}\""));
    if Number::has_slip(typed) {
        return error.hint("a digit is wrong: the last one does not fit the others");
    }
    error.hint("`servhub request list --all-workspaces` shows what there is")
}
