//! Requests as a list and one by one.

use super::Read;
use super::case::{CASE_LINE, CaseLine, line};
use super::scope::Conditions;
use crate::domain::request::{CaseKind, CaseState, Severity};
use crate::error::Result;

/// Which requests.
#[derive(Debug, Clone, Copy, Default)]
pub struct Requests<'a> {
    /// Keys of the workspaces; none means all.
    pub workspaces: Option<&'a [i64]>,
    /// Key of the only customer, whether a partner filed for it or a workspace of it did.
    pub customer: Option<i64>,
    /// Key of the only contract.
    pub contract: Option<i64>,
    /// The only states; empty means all.
    pub states: &'a [CaseState],
    /// The only kind.
    pub kind: Option<CaseKind>,
    /// The only severity.
    pub severity: Option<Severity>,
    /// Account of the contact, named at the beginning or now.
    pub contact: Option<&'a str>,
    /// Key of the request after which to go on.
    pub after: Option<i64>,
    /// At most so many.
    pub limit: Option<usize>,
}

impl Requests<'_> {
    fn conditions(&self) -> Conditions {
        let mut on = Conditions::default();
        if let Some(keys) = self.workspaces {
            let keys = on.bind_keys(keys);
            on.require(format!("k.workspace_id IN {keys}"));
        }
        if let Some(key) = self.customer {
            let place = on.bind(key);
            on.require(format!(
                "(k.customer_id = {place} OR k.workspace_id IN (SELECT id FROM main.workspace WHERE customer_id = {place}))"
            ));
        }
        on.compare("k.contract_id =", self.contract);
        on.compare("k.kind =", self.kind.map(|kind| kind.word().to_owned()));
        on.compare("k.severity =", self.severity.map(|one| one.word().to_owned()));
        if !self.states.is_empty() {
            let words: Vec<String> = self
                .states
                .iter()
                .map(|state| on.bind(state.word().to_owned()))
                .collect();
            on.require(format!("k.state IN ({})", words.join(", ")));
        }
        if let Some(account) = self.contact {
            let (named, now) = (on.bind(account.to_owned()), on.bind(account.to_ascii_lowercase()));
            on.require(format!("(k.named_contact = {named} OR lower(k.contact) = {now})"));
        }
        if let Some(key) = self.after {
            let place = on.bind(key);
            on.require(format!(
                "(k.opened_at, k.number) < (SELECT opened_at, number FROM support_case WHERE id = {place})"
            ));
        }
        on
    }
}

impl Read<'_> {
    /// Requests, the newest first.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn requests(&self, wanted: Requests<'_>) -> Result<Vec<CaseLine>> {
        let mut on = wanted.conditions();
        let clause = on.clause();
        let limit = wanted
            .limit
            .map_or(i64::MAX, |limit| i64::try_from(limit).unwrap_or(i64::MAX));
        let limit = on.bind(limit);
        let sql = format!("{CASE_LINE}{clause} ORDER BY k.opened_at DESC, k.number DESC LIMIT {limit}");
        let mut statement = self.conn.prepare_cached(&sql)?;
        let rows = statement.query_map(on.values(), line)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// One request by its key.
    ///
    /// # Errors
    /// The store's own failure, or no such key.
    pub fn request(&self, id: i64) -> Result<CaseLine> {
        let mut statement = self
            .conn
            .prepare_cached(&format!("{CASE_LINE} WHERE k.id = ?1"))?;
        Ok(statement.query_row([id], line)?)
    }
}
