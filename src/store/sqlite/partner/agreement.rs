//! Agreements of customers, and the versions that there are (G-8).

use super::super::scope::Conditions;
use super::super::{Read, Write};
use crate::domain::Day;
use crate::domain::partner::{AgreementStatus, Audience, CustomerType};
use crate::error::Result;
use crate::store::engine::{self, OptionalExtension, Row, params};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A version of the agreement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[expect(missing_docs, reason = "the names say it")]
pub struct TemplateLine {
    #[serde(skip)]
    pub id: i64,
    pub code: String,
    pub version: i64,
    pub region: String,
    pub language: String,
    pub customer_type: CustomerType,
    pub audience: Audience,
    pub link: String,
    pub valid_from: Day,
    /// The last day on which it counts; none: until a newer one does.
    pub valid_until: Option<Day>,
}

/// Which versions are looked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct TemplateFilter {
    pub region: Option<String>,
    pub language: Option<String>,
    pub customer_type: Option<CustomerType>,
    pub audience: Option<Audience>,
    pub version: Option<i64>,
    /// Those that count on this day.
    pub on: Option<Day>,
    /// Of each kind the newest only.
    pub newest: bool,
}

/// What a customer was invited to, or agreed to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[expect(missing_docs, reason = "the names say it")]
pub struct AgreementLine {
    pub customer: String,
    /// Id of the version.
    pub template: String,
    pub version: i64,
    pub status: AgreementStatus,
    /// Id of the partner that invited the customer or put it on record, where that is to be told.
    pub partner: Option<String>,
    /// Code of the link.
    pub code: Option<String>,
    pub invited_on: Option<Day>,
    /// Who agreed.
    pub first_name: Option<String>,
    pub last_name: Option<String>,
    pub mail: Option<String>,
    pub phone: Option<String>,
    pub agreed_on: Option<Day>,
    /// The last day on which the version counts.
    pub valid_until: Option<Day>,
}

/// An agreement as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct AgreementRow<'a> {
    pub customer: i64,
    pub template: i64,
    pub status: AgreementStatus,
    pub partner: Option<i64>,
    pub code: Option<&'a str>,
    pub invited_on: Option<Day>,
    pub first_name: Option<&'a str>,
    pub last_name: Option<&'a str>,
    pub mail: Option<&'a str>,
    pub phone: Option<&'a str>,
    pub agreed_on: Option<Day>,
}

const TEMPLATE: &str =
    "SELECT t.id, t.code, t.version, t.region, t.language, t.customer_type, t.audience, t.link, t.valid_from,
    t.valid_until FROM agreement_template t";

const AGREEMENT: &str = "SELECT u.code AS customer, t.code AS template, t.version, a.status, p.code AS partner, a.code, a.invited_on,
    a.first_name, a.last_name, a.mail, a.phone, a.agreed_on, t.valid_until
  FROM agreement a JOIN main.customer u ON u.id = a.customer_id JOIN main.agreement_template t ON t.id = a.template_id
  LEFT JOIN main.partner p ON p.id = a.partner_id";

impl Read<'_> {
    /// Whether a customer has an agreement on record that counts on a day: a person there agreed by then, to a version that
    /// has not run out (G-8).
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn has_agreement(&self, customer: i64, day: Day) -> Result<bool> {
        let sql = "SELECT 1 FROM main.agreement a JOIN main.agreement_template t ON t.id = a.template_id
                   WHERE a.customer_id = ?1 AND a.status = 'confirmed' AND a.agreed_on <= ?2
                     AND (t.valid_until IS NULL OR t.valid_until >= ?2)";
        Ok(self.conn.prepare_cached(sql)?.exists(params![customer, day])?)
    }

    /// The agreements of a customer, first the one to the newest version.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn agreements(&self, customer: i64) -> Result<Vec<AgreementLine>> {
        let sql = format!("{AGREEMENT} WHERE a.customer_id = ?1 ORDER BY t.version DESC, t.code");
        let mut statement = self.conn.prepare_cached(&sql)?;
        let rows = statement.query_map([customer], agreement)?;
        Ok(rows.collect::<engine::Result<_>>()?)
    }

    /// Versions of the agreement, of each kind the newest first.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn agreement_templates(&self, filter: &TemplateFilter) -> Result<Vec<TemplateLine>> {
        let mut on = Conditions::default();
        on.compare("t.region =", filter.region.clone());
        on.compare("t.language =", filter.language.clone());
        on.compare(
            "t.customer_type =",
            filter.customer_type.map(|one| one.word().to_owned()),
        );
        on.compare("t.audience =", filter.audience.map(|one| one.word().to_owned()));
        on.compare("t.version =", filter.version);
        let mut newer = String::new();
        if let Some(day) = filter.on {
            let day = on.bind_day(day);
            on.require(format!(
                "t.valid_from <= {day} AND (t.valid_until IS NULL OR t.valid_until >= {day})"
            ));
            newer =
                format!(" AND n.valid_from <= {day} AND (n.valid_until IS NULL OR n.valid_until >= {day})");
        }
        if filter.newest {
            on.require(format!(
                "NOT EXISTS (SELECT 1 FROM agreement_template n WHERE n.region = t.region AND n.language = t.language
                   AND n.customer_type = t.customer_type AND n.audience = t.audience AND n.version > t.version{newer})"
            ));
        }
        let sql = format!(
            "{TEMPLATE}{} ORDER BY t.region, t.language, t.customer_type, t.audience, t.version DESC",
            on.clause()
        );
        let mut statement = self.conn.prepare_cached(&sql)?;
        let rows = statement.query_map(on.values(), template)?;
        Ok(rows.collect::<engine::Result<_>>()?)
    }

    /// A version of the agreement by its id.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn agreement_template(&self, code: &str) -> Result<Option<TemplateLine>> {
        let mut statement = self
            .conn
            .prepare_cached(&format!("{TEMPLATE} WHERE t.code = ?1"))?;
        Ok(statement.query_row([code], template).optional()?)
    }
}

impl Write<'_> {
    /// Keeps what a customer was invited to, or agreed to.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn put_agreement(&self, row: &AgreementRow<'_>) -> Result<()> {
        let sql = "INSERT INTO agreement (customer_id, template_id, status, partner_id, code, invited_on, first_name, last_name, mail,
              phone, agreed_on)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
            ON CONFLICT (customer_id, template_id) DO UPDATE SET status = excluded.status, partner_id = excluded.partner_id,
              code = excluded.code, invited_on = excluded.invited_on, first_name = excluded.first_name,
              last_name = excluded.last_name, mail = excluded.mail, phone = excluded.phone, agreed_on = excluded.agreed_on";
        self.conn().prepare_cached(sql)?.execute(params![
            row.customer,
            row.template,
            row.status,
            row.partner,
            row.code,
            row.invited_on,
            row.first_name,
            row.last_name,
            row.mail,
            row.phone,
            row.agreed_on
        ])?;
        Ok(())
    }
}

fn template(row: &Row<'_>) -> engine::Result<TemplateLine> {
    Ok(TemplateLine {
        id: row.get("id")?,
        code: row.get("code")?,
        version: row.get("version")?,
        region: row.get("region")?,
        language: row.get("language")?,
        customer_type: row.get("customer_type")?,
        audience: row.get("audience")?,
        link: row.get("link")?,
        valid_from: row.get("valid_from")?,
        valid_until: row.get("valid_until")?,
    })
}

fn agreement(row: &Row<'_>) -> engine::Result<AgreementLine> {
    Ok(AgreementLine {
        customer: row.get("customer")?,
        template: row.get("template")?,
        version: row.get("version")?,
        status: row.get("status")?,
        partner: row.get("partner")?,
        code: row.get("code")?,
        invited_on: row.get("invited_on")?,
        first_name: row.get("first_name")?,
        last_name: row.get("last_name")?,
        mail: row.get("mail")?,
        phone: row.get("phone")?,
        agreed_on: row.get("agreed_on")?,
        valid_until: row.get("valid_until")?,
    })
}
