//! Filing requests and what happens to them afterwards.

use super::{Read, Write};
use crate::domain::clock::Pause;
use crate::domain::filing::Draft;
use crate::domain::number::Number;
use crate::domain::partner::Family;
use crate::domain::request::{Case, CasePlace, CaseState};
use crate::domain::{Day, Instant};
use crate::error::Result;
use crate::store::engine::{self, OptionalExtension, params};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A request to put in.
#[derive(Debug, Clone, Copy)]
#[expect(missing_docs, reason = "the names say it")]
pub struct NewCase<'a> {
    pub number: &'a Number,
    pub place: CasePlace,
    /// What it is charged to, for a workspace's: keys of contract, package and entitlement.
    pub charge: Option<(i64, i64, i64)>,
    /// What is kept of a partner's.
    pub behalf: &'a Behalf,
    pub draft: &'a Draft,
    pub filed_by: &'a str,
    pub at: Instant,
}

/// What a request that a partner filed keeps of that.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Behalf {
    /// Family of its product.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub family: Option<Family>,
    /// Id of the subscription concerned.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subscription: Option<String>,
    /// The plan whose targets hold (S-2).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plan: Option<String>,
    /// Ids of known issues that do not explain it, separated by `;` (B-2).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub not_covered_by: Option<String>,
    /// Why they do not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub because: Option<String>,
}

/// What happened to a request at a moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Event {
    /// When.
    pub at: Instant,
    /// Who.
    pub account: String,
    /// `note`, `state`, `severity`, `contact`, `assignee` or `file`.
    pub kind: String,
    /// What it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    /// What it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// Words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// What a request keeps beside what every case has.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Filing {
    pub filed_by: Option<String>,
    pub description: Option<String>,
    pub category: Option<String>,
    pub language: Option<String>,
    pub country: Option<String>,
    pub around_the_clock: bool,
    pub assignee: Option<String>,
    pub responded_at: Option<Instant>,
    pub resolved_at: Option<Instant>,
    pub resolution: Option<String>,
    pub behalf: Behalf,
}

impl Read<'_> {
    /// What was filed with a key: the digest of its content and the request's key.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn filed_with(&self, account: &str, key: &str) -> Result<Option<(Vec<u8>, i64)>> {
        let sql = "SELECT content, case_id FROM filing_key WHERE account = ?1 AND key = ?2";
        let mut statement = self.conn.prepare_cached(sql)?;
        let found = statement.query_row([account, key], |row| Ok((row.get(0)?, row.get(1)?)));
        Ok(found.optional()?)
    }

    /// What a request keeps of its filing.
    ///
    /// # Errors
    /// The store's own failure, or no such key.
    pub fn filing(&self, case_id: i64) -> Result<Filing> {
        let sql = "SELECT filed_by, description, category, language, country, around_the_clock, assignee, responded_at,
                     resolved_at, resolution, family, subscription, plan, not_covered_by, because FROM support_case WHERE id = ?1";
        let mut statement = self.conn.prepare_cached(sql)?;
        Ok(statement.query_row([case_id], |row| {
            Ok(Filing {
                filed_by: row.get(0)?,
                description: row.get(1)?,
                category: row.get(2)?,
                language: row.get(3)?,
                country: row.get(4)?,
                around_the_clock: row.get(5)?,
                assignee: row.get(6)?,
                responded_at: row.get(7)?,
                resolved_at: row.get(8)?,
                resolution: row.get(9)?,
                behalf: Behalf {
                    family: row.get(10)?,
                    subscription: row.get(11)?,
                    plan: row.get(12)?,
                    not_covered_by: row.get(13)?,
                    because: row.get(14)?,
                },
            })
        })?)
    }

    /// What happened to a request, in order. The caller has looked whether it may be seen.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn events(&self, case_id: i64) -> Result<Vec<Event>> {
        let sql = "SELECT at, account, kind, before, after, text FROM main.case_event WHERE case_id = ?1 ORDER BY at, id";
        let mut statement = self.conn.prepare_cached(sql)?;
        let rows = statement.query_map([case_id], |row| {
            Ok(Event {
                at: row.get(0)?,
                account: row.get(1)?,
                kind: row.get(2)?,
                before: row.get(3)?,
                after: row.get(4)?,
                text: row.get(5)?,
            })
        })?;
        Ok(rows.collect::<engine::Result<_>>()?)
    }

    /// When the customer had the word (S-3).
    ///
    /// # Errors
    /// The store's own failure.
    pub fn pauses(&self, case_id: i64) -> Result<Vec<Pause>> {
        let awaiting = CaseState::AwaitingCustomer.word();
        let mut pauses: Vec<Pause> = Vec::new();
        for event in self.events(case_id)?.iter().filter(|event| event.kind == "state") {
            if event.after.as_deref() == Some(awaiting) {
                pauses.push(Pause {
                    from: event.at,
                    to: None,
                });
            } else if let Some(open) = pauses.last_mut().filter(|pause| pause.to.is_none()) {
                open.to = Some(event.at);
            }
        }
        Ok(pauses)
    }
}

impl Write<'_> {
    /// The next number of a day: given once and never again.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn next_number(&self, day: Day) -> Result<Number> {
        let sql = "INSERT INTO case_number (day, last) VALUES (?1, 1)
                   ON CONFLICT (day) DO UPDATE SET last = case_number.last + 1 RETURNING last";
        let taken = "SELECT 1 FROM support_case WHERE number = ?1";
        loop {
            let nth = self
                .conn()
                .prepare_cached(sql)?
                .query_row([day], |row| row.get(0))?;
            let number = Number::new(day, nth);
            // A number that came in with an import is taken.
            if !self.conn().prepare_cached(taken)?.exists([number.digits()])? {
                return Ok(number);
            }
        }
    }

    /// Puts a request in; answers its key.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn file_case(&self, new: &NewCase<'_>) -> Result<i64> {
        let sql = "INSERT INTO support_case (number, workspace_id, contract_id, package_id, entitlement_id, kind, severity, state,
              product, title, contact, named_contact, opened_at, filed_by, description, category, language, country, around_the_clock,
              partner_id, customer_id, family, subscription, plan, not_covered_by, because)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 'open', ?8, ?9, ?10, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17,
              ?18, ?19, ?20, ?21, ?22, ?23, ?24) RETURNING id";
        let draft = new.draft;
        let (workspace, partner, customer) = match new.place {
            CasePlace::Workspace(id) => (Some(id), None, None),
            CasePlace::Partner { partner, customer } => (None, Some(partner), customer),
        };
        let behalf = new.behalf;
        Ok(self.conn().prepare_cached(sql)?.insert(params![
            new.number.digits(),
            workspace,
            new.charge.map(|(contract, ..)| contract),
            new.charge.map(|(_, package, _)| package),
            new.charge.map(|(.., entitlement)| entitlement),
            draft.kind,
            draft.severity,
            draft.product,
            draft.title,
            draft.contact,
            new.at,
            new.filed_by,
            draft.description,
            draft.category.map(|category| category.word()),
            draft.language,
            draft.country,
            draft.around_the_clock,
            partner,
            customer,
            behalf.family,
            behalf.subscription,
            behalf.plan,
            behalf.not_covered_by,
            behalf.because
        ])?)
    }

    /// Keeps with which key a request was filed.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn keep_key(
        &self,
        account: &str,
        key: &str,
        content: &[u8],
        case_id: i64,
        at: Instant,
    ) -> Result<()> {
        let sql = "INSERT INTO filing_key (account, key, content, case_id, at) VALUES (?1, ?2, ?3, ?4, ?5)";
        self.conn()
            .prepare_cached(sql)?
            .execute(params![account, key, content, case_id, at])?;
        Ok(())
    }

    /// Keeps where a request is now.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn keep_case(&self, case_id: i64, case: &Case, filing: &Filing) -> Result<()> {
        let sql = "UPDATE support_case SET state = ?2, severity = ?3, contact = ?4, closed_at = ?5, assignee = ?6, responded_at = ?7,
                     resolved_at = ?8, resolution = ?9 WHERE id = ?1";
        self.conn().prepare_cached(sql)?.execute(params![
            case_id,
            case.state,
            case.severity,
            case.contact,
            case.closed_at,
            filing.assignee,
            filing.responded_at,
            filing.resolved_at,
            filing.resolution
        ])?;
        Ok(())
    }

    /// Notes what happened to a request.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn note_event(&self, case_id: i64, event: &Event) -> Result<()> {
        let sql = "INSERT INTO case_event (case_id, at, account, kind, before, after, text) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
        self.conn().prepare_cached(sql)?.execute(params![
            case_id,
            event.at,
            event.account,
            event.kind,
            event.before,
            event.after,
            event.text
        ])?;
        Ok(())
    }
}
