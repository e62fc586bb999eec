//! What came in from customers (P-2).

use super::super::scope::Conditions;
use super::super::{Read, Write};
use super::Page;
use crate::domain::Instant;
use crate::domain::partner::IntakeOutcome;
use crate::error::Result;
use crate::store::engine::{self, OptionalExtension, Row, params};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Something that came in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[expect(missing_docs, reason = "the names say it")]
pub struct IntakeLine {
    pub code: String,
    pub partner: String,
    pub customer: String,
    pub at: Instant,
    /// Who recorded it.
    pub account: String,
    /// Who came with it.
    pub reporter: Option<String>,
    pub title: String,
    pub diagnosis: String,
    pub outcome: IntakeOutcome,
    /// Number of the request that it was escalated with, for whoever sees that.
    pub request: Option<String>,
}

/// Which ones; what is none does not restrict.
#[derive(Debug, Clone, Copy, Default)]
pub struct IntakeFilter<'a> {
    /// Key of the customer.
    pub customer: Option<i64>,
    /// From this moment on.
    pub since: Option<Instant>,
    /// Before this moment.
    pub before: Option<Instant>,
    /// Of one outcome.
    pub outcome: Option<IntakeOutcome>,
    /// Where the list goes on and stops.
    pub page: Page<'a>,
}

/// How many came to which end.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Outcomes {
    pub solved: i64,
    pub escalated: i64,
    pub open: i64,
}

const LINE: &str =
    "SELECT i.code, p.code AS partner, u.code AS customer, i.at, i.account, i.reporter, i.title, i.diagnosis,
    i.outcome, k.number";

impl IntakeFilter<'_> {
    fn conditions(&self) -> Conditions {
        let mut on = Conditions::default();
        on.compare("i.customer_id =", self.customer);
        on.compare("i.at >=", self.since.map(Instant::seconds));
        on.compare("i.at <", self.before.map(Instant::seconds));
        on.compare(
            "i.outcome =",
            self.outcome.map(|outcome| outcome.word().to_owned()),
        );
        on
    }
}

impl Read<'_> {
    /// What came in, in the order in which it did.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn came_in(&self, wanted: IntakeFilter<'_>) -> Result<Vec<IntakeLine>> {
        let mut on = wanted.conditions();
        if let Some(after) = wanted.page.after {
            let after = on.bind(after.to_owned());
            on.require(format!(
                "i.id > ifnull((SELECT a.id FROM intake a WHERE a.code = {after}), 0)"
            ));
        }
        let limit = wanted.page.limit;
        let limit = on.bind(limit.map_or(i64::MAX, |limit| i64::try_from(limit).unwrap_or(i64::MAX)));
        let sql = format!(
            "{LINE} FROM intake i JOIN main.partner p ON p.id = i.partner_id JOIN main.customer u ON u.id = i.customer_id
             LEFT JOIN support_case k ON k.id = i.case_id{} ORDER BY i.id LIMIT {limit}",
            on.clause()
        );
        let mut statement = self.conn.prepare_cached(&sql)?;
        let rows = statement.query_map(on.values(), line)?;
        Ok(rows.collect::<engine::Result<_>>()?)
    }

    /// How many came to which end.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn outcomes(&self, wanted: IntakeFilter<'_>) -> Result<Outcomes> {
        let on = wanted.conditions();
        let sql = format!(
            "SELECT count(*) FILTER (WHERE i.outcome = 'solved'), count(*) FILTER (WHERE i.outcome = 'escalated'),
               count(*) FILTER (WHERE i.outcome = 'open') FROM intake i{}",
            on.clause()
        );
        let mut statement = self.conn.prepare_cached(&sql)?;
        Ok(statement.query_row(on.values(), |row| {
            Ok(Outcomes {
                solved: row.get(0)?,
                escalated: row.get(1)?,
                open: row.get(2)?,
            })
        })?)
    }

    /// Keys of what came in under an id, of its partner and of its customer.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn find_intake(&self, code: &str) -> Result<Option<(i64, i64, i64)>> {
        let sql = "SELECT id, partner_id, customer_id FROM main.intake WHERE code = ?1";
        let mut statement = self.conn.prepare_cached(sql)?;
        Ok(statement
            .query_row([code], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
            .optional()?)
    }

    /// One of them, as the rules see it.
    ///
    /// # Errors
    /// The store's own failure, or no such key.
    pub(crate) fn intake(&self, id: i64) -> Result<IntakeLine> {
        let sql = format!(
            "{LINE} FROM main.intake i JOIN main.partner p ON p.id = i.partner_id JOIN main.customer u ON u.id = i.customer_id
             LEFT JOIN main.support_case k ON k.id = i.case_id WHERE i.id = ?1"
        );
        Ok(self.conn.prepare_cached(&sql)?.query_row([id], line)?)
    }

    /// The request of a number that a partner filed for a customer, if the acting person may know of it.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn request_of(&self, number: &str, (partner, customer): (i64, i64)) -> Result<Option<i64>> {
        let known = if self.is_restricted() {
            " AND id IN (SELECT id FROM temp.known_case)"
        } else {
            ""
        };
        let sql = format!(
            "SELECT id FROM main.support_case WHERE number = ?1 AND partner_id = ?2 AND customer_id = ?3{known}"
        );
        let mut statement = self.conn.prepare_cached(&sql)?;
        Ok(statement
            .query_row(params![number, partner, customer], |row| row.get(0))
            .optional()?)
    }

    /// The id for what comes in next at a partner.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn next_intake(&self, partner: &str) -> Result<String> {
        let prefix = format!("{partner}-IN-");
        // What begins so and goes on with a digit; `:` comes after them.
        let sql = "SELECT code FROM main.intake WHERE code >= ?1 AND code < ?2";
        let mut statement = self.conn.prepare_cached(sql)?;
        let codes = statement.query_map([&prefix, &format!("{prefix}:")], |row| row.get::<_, String>(0))?;
        let mut last: i64 = 0;
        for code in codes {
            let code = code?;
            let number = code.strip_prefix(&prefix).unwrap_or_default();
            let end = number.find(|c: char| !c.is_ascii_digit()).unwrap_or(number.len());
            last = last.max(number[..end].parse().unwrap_or(0));
        }
        Ok(format!("{prefix}{}", last + 1))
    }
}

impl Write<'_> {
    /// Records something that came in; answers its key.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn record_intake(
        &self,
        (partner, customer): (i64, i64),
        line: &IntakeLine,
        case_id: Option<i64>,
    ) -> Result<i64> {
        let sql = "INSERT INTO intake (code, partner_id, customer_id, at, account, reporter, title, diagnosis, outcome, case_id)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) RETURNING id";
        let row = params![
            line.code,
            partner,
            customer,
            line.at,
            line.account,
            line.reporter,
            line.title,
            line.diagnosis,
            line.outcome,
            case_id
        ];
        Ok(self.conn().prepare_cached(sql)?.insert(row)?)
    }

    /// Keeps what became of it.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn update_intake(
        &self,
        id: i64,
        outcome: IntakeOutcome,
        diagnosis: &str,
        case_id: Option<i64>,
    ) -> Result<()> {
        let sql =
            "UPDATE intake SET outcome = ?2, diagnosis = ?3, case_id = ifnull(?4, case_id) WHERE id = ?1";
        self.conn()
            .prepare_cached(sql)?
            .execute(params![id, outcome, diagnosis, case_id])?;
        Ok(())
    }
}

fn line(row: &Row<'_>) -> engine::Result<IntakeLine> {
    Ok(IntakeLine {
        code: row.get("code")?,
        partner: row.get("partner")?,
        customer: row.get("customer")?,
        at: row.get("at")?,
        account: row.get("account")?,
        reporter: row.get("reporter")?,
        title: row.get("title")?,
        diagnosis: row.get("diagnosis")?,
        outcome: row.get("outcome")?,
        request: row.get("number")?,
    })
}
