//! Partners with their people and plans, and what they offer (P-1).

use super::super::scope::Conditions;
use super::super::{Read, Write};
use super::customer::{CONTACT, SupportContact, contact};
use super::words;
use crate::domain::Day;
use crate::domain::partner::{PartnerKind, PlanKind, SupportLevel};
use crate::error::Result;
use crate::store::engine::{self, Row, params};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A partner as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[expect(missing_docs, reason = "the names say it")]
pub struct PartnerLine {
    pub code: String,
    pub name: String,
    pub kind: PartnerKind,
    pub domain: String,
    /// Id of its indirect provider.
    pub provider: Option<String>,
    /// Ids of those that sell through it.
    pub resellers: Vec<String>,
    pub support_level: Option<SupportLevel>,
    pub time_zone: String,
}

/// One of a partner's people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[expect(missing_docs, reason = "the names say it")]
pub struct PersonLine {
    pub partner: String,
    pub account: String,
    pub name: String,
    pub roles: Vec<String>,
    /// Names of the security groups.
    pub groups: Vec<String>,
}

/// A plan of the partner's own (B-5).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[expect(missing_docs, reason = "the names say it")]
pub struct PlanLine {
    pub partner: String,
    pub code: String,
    pub kind: PlanKind,
    pub starts: Day,
    pub ends: Day,
    /// Whether it covers the day asked about.
    pub valid: bool,
}

const LINE: &str = "SELECT p.code, p.name, p.kind, lower(p.domain) AS domain, o.code AS provider, p.support_level, p.time_zone,
    (SELECT string_agg(r.code, '\n' ORDER BY r.code) FROM partner r WHERE r.provider_id = p.id) AS resellers
  FROM partner p LEFT JOIN partner o ON o.id = p.provider_id";

impl Read<'_> {
    /// Partners by their ids.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn partners(&self, kind: Option<PartnerKind>) -> Result<Vec<PartnerLine>> {
        let mut on = Conditions::default();
        on.compare("p.kind =", kind.map(|kind| kind.word().to_owned()));
        let sql = format!("{LINE}{} ORDER BY p.code", on.clause());
        let mut statement = self.conn.prepare_cached(&sql)?;
        let rows = statement.query_map(on.values(), line)?;
        Ok(rows.collect::<engine::Result<_>>()?)
    }

    /// One partner.
    ///
    /// # Errors
    /// The store's own failure, or no such key.
    pub fn partner_line(&self, id: i64) -> Result<PartnerLine> {
        let mut statement = self.conn.prepare_cached(&format!("{LINE} WHERE p.id = ?1"))?;
        Ok(statement.query_row([id], line)?)
    }

    /// The people of a partner by their accounts.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn partner_people(&self, partner: i64) -> Result<Vec<PersonLine>> {
        let sql = "SELECT p.code AS partner, q.account, q.name,
            (SELECT string_agg(r.role, '\n' ORDER BY r.role) FROM partner_role r WHERE r.person_id = q.id) AS roles,
            (SELECT string_agg(g.name, '\n' ORDER BY g.name) FROM security_group_member m
               JOIN security_group g ON g.id = m.group_id WHERE m.person_id = q.id) AS groups
          FROM partner_person q JOIN partner p ON p.id = q.partner_id WHERE q.partner_id = ?1 ORDER BY q.account";
        let mut statement = self.conn.prepare_cached(sql)?;
        let rows = statement.query_map([partner], |row| {
            Ok(PersonLine {
                partner: row.get("partner")?,
                account: row.get("account")?,
                name: row.get("name")?,
                roles: words(row, "roles")?,
                groups: words(row, "groups")?,
            })
        })?;
        Ok(rows.collect::<engine::Result<_>>()?)
    }

    /// The plans of a partner, and whether each covers a day.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn partner_plans(&self, partner: i64, day: Day) -> Result<Vec<PlanLine>> {
        let sql = "SELECT p.code, l.code, l.kind, l.starts_on, l.ends_on, l.starts_on <= ?2 AND l.ends_on >= ?2
                   FROM partner_plan l JOIN partner p ON p.id = l.partner_id WHERE l.partner_id = ?1 ORDER BY l.code";
        let mut statement = self.conn.prepare_cached(sql)?;
        let rows = statement.query_map(params![partner, day], |row| {
            Ok(PlanLine {
                partner: row.get(0)?,
                code: row.get(1)?,
                kind: row.get(2)?,
                starts: row.get(3)?,
                ends: row.get(4)?,
                valid: row.get(5)?,
            })
        })?;
        Ok(rows.collect::<engine::Result<_>>()?)
    }

    /// What a partner offers its customers (P-1).
    ///
    /// # Errors
    /// The store's own failure, or no such key.
    pub fn support_contact(&self, partner: i64) -> Result<SupportContact> {
        let mut statement = self
            .conn
            .prepare_cached(&format!("{CONTACT} FROM main.partner p WHERE p.id = ?1"))?;
        Ok(statement.query_row([partner], contact)?)
    }
}

impl Write<'_> {
    /// Keeps what a partner offers its customers (P-1).
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn keep_support_contact(&self, partner: i64, to: &SupportContact) -> Result<()> {
        let sql =
            "UPDATE partner SET mail = ?2, phone = ?3, site = ?4, hours = ?5, languages = ?6, charges = ?7,
                     structure = ?8, structure_by = ?9 WHERE id = ?1";
        self.conn().prepare_cached(sql)?.execute(params![
            partner,
            to.mail,
            to.phone,
            to.site,
            to.hours,
            to.languages,
            to.charges,
            to.structure,
            to.structure_by
        ])?;
        Ok(())
    }
}

fn line(row: &Row<'_>) -> engine::Result<PartnerLine> {
    Ok(PartnerLine {
        code: row.get("code")?,
        name: row.get("name")?,
        kind: row.get("kind")?,
        domain: row.get("domain")?,
        provider: row.get("provider")?,
        resellers: words(row, "resellers")?,
        support_level: row.get("support_level")?,
        time_zone: row.get("time_zone")?,
    })
}
