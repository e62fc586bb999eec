//! Partners and what is theirs, as the rules of filing ask about them. Rules ask the whole store, whoever looks: what
//! they need stands in `main`.

mod access;
mod agreement;
mod business;
mod company;
mod customer;
mod delegation;
mod facts;
mod group;
mod intake;
mod offer;
mod product;
mod relation;
mod reservation;
mod self_purchase;
mod subscription;
mod supplier;
mod transfer;

pub(crate) use agreement::AgreementRow;
pub use agreement::{AgreementLine, TemplateFilter, TemplateLine};
pub use business::{BusinessProfile, Found, Sought, Supporter};
pub use company::CustomerRecord;
pub(crate) use company::Hindrance;
pub use customer::{CustomerLine, SupportContact};
pub(in crate::store::sqlite) use delegation::life;
pub use delegation::{Delegation, DelegationLine, DelegationRole};
pub use facts::{DelegationFacts, PartnerFacts, SubscriptionFacts};
pub use intake::{IntakeFilter, IntakeLine, Outcomes};
pub use offer::{Offered, Party};
pub use product::ProductLine;
pub(crate) use relation::RelationRow;
pub use relation::{Relation, RelationFilter};
pub use reservation::{Calculated, Owner, ReservationFilter, ReservationLine, Reserved, ReturnLine};
pub(in crate::store::sqlite) use subscription::in_force;
pub use subscription::{Sale, Sold, SubscriptionFilter, SubscriptionLine, SubscriptionRole};
pub use supplier::{PartnerLine, PersonLine, PlanLine};
pub use transfer::{Moving, TransferFilter, TransferLine};

use super::Read;
use super::scope::Conditions;
use crate::domain::filing::{Partner, PlanOf, Product, Publisher, SupportProfile};
use crate::domain::{Day, people::Role};
use crate::error::Result;
use crate::store::engine::{self, OptionalExtension, Row};

/// Where a list goes on and where it stops (K-7).
#[derive(Debug, Clone, Copy, Default)]
pub struct Page<'a> {
    /// The id that ended the page before.
    pub after: Option<&'a str>,
    /// At most so many.
    pub limit: Option<usize>,
}

impl Page<'_> {
    /// Adds what it demands of a column of ids; answers the end of the statement, in their order.
    pub(in crate::store::sqlite) fn demand(self, on: &mut Conditions, column: &str) -> String {
        on.compare(&format!("{column} >"), self.after.map(str::to_owned));
        let limit = self
            .limit
            .map_or(i64::MAX, |limit| i64::try_from(limit).unwrap_or(i64::MAX));
        format!(" ORDER BY {column} LIMIT {}", on.bind(limit))
    }
}

/// Several words that a statement put into one column, one a line.
fn words(row: &Row<'_>, column: &str) -> engine::Result<Vec<String>> {
    let text: Option<String> = row.get(column)?;
    Ok(text.unwrap_or_default().lines().map(str::to_owned).collect())
}

/// A product of the catalogue.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CatalogueProduct {
    /// Its name and family, and its publisher when it is of the marketplace.
    pub product: Product,
    /// What known issues call it, besides its name.
    pub services: Vec<String>,
}

impl Read<'_> {
    /// Name of a partner.
    ///
    /// # Errors
    /// The store's own failure, or no such key.
    pub fn partner_name(&self, id: i64) -> Result<String> {
        let sql = "SELECT name FROM main.partner WHERE id = ?1";
        Ok(self.conn.prepare_cached(sql)?.query_row([id], |row| row.get(0))?)
    }

    /// Time zone of a partner.
    ///
    /// # Errors
    /// The store's own failure, or no such key.
    pub(crate) fn partner_zone(&self, id: i64) -> Result<String> {
        let sql = "SELECT time_zone FROM main.partner WHERE id = ?1";
        Ok(self.conn.prepare_cached(sql)?.query_row([id], |row| row.get(0))?)
    }

    /// Domain of a partner.
    ///
    /// # Errors
    /// The store's own failure, or no such key.
    pub(crate) fn partner_domain(&self, id: i64) -> Result<String> {
        let sql = "SELECT domain FROM main.partner WHERE id = ?1";
        Ok(self.conn.prepare_cached(sql)?.query_row([id], |row| row.get(0))?)
    }

    /// Id of a customer.
    ///
    /// # Errors
    /// The store's own failure, or no such key.
    pub(crate) fn customer_code(&self, id: i64) -> Result<String> {
        let sql = "SELECT code FROM main.customer WHERE id = ?1";
        Ok(self.conn.prepare_cached(sql)?.query_row([id], |row| row.get(0))?)
    }

    /// Name and domain of a customer.
    ///
    /// # Errors
    /// The store's own failure, or no such key.
    pub(crate) fn customer_name(&self, id: i64) -> Result<(String, Option<String>)> {
        let sql = "SELECT name, lower(domain) FROM main.customer WHERE id = ?1";
        Ok(self
            .conn
            .prepare_cached(sql)?
            .query_row([id], |row| Ok((row.get(0)?, row.get(1)?)))?)
    }

    /// The partner that a person works for and that serves a customer; without a customer, any one. Of several, the first
    /// by id at which the person holds a role that files.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn partner_of(&self, account: &str, customer: Option<i64>) -> Result<Option<i64>> {
        let sql = "SELECT p.id FROM main.partner_person q JOIN main.partner p ON p.id = q.partner_id
                   WHERE q.account = ?1 AND (CAST(?2 AS bigint) IS NULL OR EXISTS (SELECT 1 FROM main.relationship r
                     WHERE r.partner_id = p.id AND r.customer_id = ?2 AND r.status = 'active'))
                   ORDER BY EXISTS (SELECT 1 FROM main.partner_role o WHERE o.person_id = q.id AND o.role <> 'sales-agent') DESC,
                     p.code LIMIT 1";
        let mut statement = self.conn.prepare_cached(sql)?;
        Ok(statement
            .query_row(engine::params![account, customer], |row| row.get(0))
            .optional()?)
    }

    /// Roles of a person at a partner.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn partner_roles(&self, account: &str, partner: i64) -> Result<Vec<Role>> {
        let sql = "SELECT r.role FROM main.partner_role r JOIN main.partner_person q ON q.id = r.person_id
                   WHERE q.account = ?1 AND q.partner_id = ?2 ORDER BY 1";
        let mut statement = self.conn.prepare_cached(sql)?;
        let rows = statement.query_map(engine::params![account, partner], |row| row.get(0))?;
        Ok(rows.collect::<engine::Result<_>>()?)
    }

    /// A partner as the rules of filing look at it, with the plans that are valid on a day.
    ///
    /// # Errors
    /// The store's own failure, or no such key.
    pub(crate) fn filing_partner(&self, id: i64, today: Day) -> Result<Partner> {
        let sql = "SELECT p.name, p.kind, lower(p.domain), o.name, p.support_level FROM main.partner p
                   LEFT JOIN main.partner o ON o.id = p.provider_id WHERE p.id = ?1";
        let mut partner = self.conn.prepare_cached(sql)?.query_row([id], |row| {
            Ok(Partner {
                name: row.get(0)?,
                kind: row.get(1)?,
                domains: vec![row.get(2)?],
                provider: row.get(3)?,
                support_level: row.get(4)?,
                plans: Vec::new(),
            })
        })?;
        let plans = "SELECT code, kind FROM main.partner_plan
                     WHERE partner_id = ?1 AND starts_on <= ?2 AND ends_on >= ?2 ORDER BY code";
        let mut statement = self.conn.prepare_cached(plans)?;
        let rows = statement.query_map(engine::params![id, today], |row| {
            Ok(PlanOf {
                id: row.get(0)?,
                what: row.get(1)?,
            })
        })?;
        partner.plans = rows.collect::<engine::Result<_>>()?;
        Ok(partner)
    }

    /// What the customer's partner of record offers (B-1, P-1).
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn partner_of_record(&self, customer: i64) -> Result<Option<SupportProfile>> {
        let sql =
            "SELECT p.name, p.mail, p.phone, p.site, p.hours, p.languages, p.charges FROM main.relationship r
                   JOIN main.partner p ON p.id = r.partner_id
                   WHERE r.customer_id = ?1 AND r.of_record = 1 AND r.status = 'active'";
        let mut statement = self.conn.prepare_cached(sql)?;
        let profile = statement.query_row([customer], |row| {
            Ok(SupportProfile {
                partner: row.get(0)?,
                mail: row.get(1)?,
                phone: row.get(2)?,
                site: row.get(3)?,
                hours: row.get(4)?,
                languages: row.get(5)?,
                charges: row.get(6)?,
            })
        });
        Ok(profile.optional()?)
    }

    /// A product of the catalogue by its name, in whatever case; a family's own word names it as well.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn product(&self, name: &str) -> Result<Option<CatalogueProduct>> {
        let sql =
            "SELECT name, family, services, publisher, link, mail, phone FROM main.product WHERE name = ?1";
        let mut statement = self.conn.prepare_cached(sql)?;
        let found = statement.query_row([name], |row| {
            let publisher: Option<String> = row.get("publisher")?;
            let services: Option<String> = row.get("services")?;
            let publisher = match publisher {
                Some(name) => Some(Publisher {
                    name,
                    link: row.get("link")?,
                    mail: row.get("mail")?,
                    phone: row.get("phone")?,
                }),
                None => None,
            };
            Ok(CatalogueProduct {
                product: Product {
                    name: row.get("name")?,
                    family: row.get("family")?,
                    publisher,
                },
                services: services.unwrap_or_default().lines().map(str::to_owned).collect(),
            })
        });
        Ok(found.optional()?)
    }
}
