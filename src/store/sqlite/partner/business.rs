//! The business profiles that customers find partners by (G-11), and the resellers that support customers (G-9).

use super::super::scope::Conditions;
use super::super::{Read, Write};
use super::words;
use crate::domain::partner::PartnerKind;
use crate::error::Result;
use crate::store::engine::{self, OptionalExtension, Row, params};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What customers find a partner by (G-11).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct BusinessProfile {
    /// The name that it goes by; without one it is not found.
    pub business_name: Option<String>,
    /// What it offers.
    pub offers: Vec<String>,
    /// Whom it serves.
    pub industries: Vec<String>,
    /// Where it does.
    pub locations: Vec<String>,
}

/// A partner as customers find it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Found {
    /// Id of the partner.
    pub partner: String,
    /// How it sells.
    pub kind: PartnerKind,
    /// Its profile.
    pub business: BusinessProfile,
    /// Its web site.
    pub site: Option<String>,
    /// Its mail address.
    pub mail: Option<String>,
}

/// Whom a customer looks for.
#[derive(Debug, Clone, Copy, Default)]
pub struct Sought<'a> {
    /// Serves this industry.
    pub industry: Option<&'a str>,
    /// Is there.
    pub location: Option<&'a str>,
    /// Offers something in whose name this occurs.
    pub offer: Option<&'a str>,
    /// Id after which the page begins.
    pub after: Option<&'a str>,
    /// At most so many.
    pub limit: Option<usize>,
}

/// The reseller that supports a customer in a partner's name (G-9).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Supporter {
    pub customer: String,
    /// Id of the partner that says so.
    pub partner: String,
    pub reseller: String,
    pub name: String,
    pub mail: Option<String>,
    pub phone: Option<String>,
    pub site: Option<String>,
}

const LISTS: &str = "p.business_name,
    (SELECT string_agg(l.text, '\n' ORDER BY l.text) FROM main.partner_listing l WHERE l.partner_id = p.id AND l.what = 'offer') AS offers,
    (SELECT string_agg(l.text, '\n' ORDER BY l.text) FROM main.partner_listing l WHERE l.partner_id = p.id AND l.what = 'industry')
      AS industries,
    (SELECT string_agg(l.text, '\n' ORDER BY l.text) FROM main.partner_listing l WHERE l.partner_id = p.id AND l.what = 'location')
      AS locations";

const SUPPORTER: &str = "SELECT u.code AS customer, p.code AS partner, s.code AS reseller, s.name, s.mail, s.phone, s.site
  FROM support_contact c JOIN main.customer u ON u.id = c.customer_id JOIN main.partner p ON p.id = c.partner_id
  JOIN main.partner s ON s.id = c.reseller_id WHERE c.customer_id = ?1";

impl Read<'_> {
    /// What customers find a partner by.
    ///
    /// # Errors
    /// The store's own failure, or no such key.
    pub(crate) fn business_profile(&self, partner: i64) -> Result<BusinessProfile> {
        let sql = format!("SELECT {LISTS} FROM main.partner p WHERE p.id = ?1");
        Ok(self.conn.prepare_cached(&sql)?.query_row([partner], business)?)
    }

    /// The partners that have a business profile and are what is sought: of all, whoever looks.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn find_partners(&self, sought: Sought<'_>) -> Result<Vec<Found>> {
        let mut on = Conditions::default();
        on.require("p.business_name IS NOT NULL".to_owned());
        on.compare("p.code >", sought.after.map(str::to_owned));
        for (what, text) in [("industry", sought.industry), ("location", sought.location)] {
            if let Some(text) = text {
                let text = on.bind(text.to_owned());
                on.require(format!(
                    "p.id IN (SELECT l.partner_id FROM main.partner_listing l WHERE l.what = '{what}' AND l.text = {text})"
                ));
            }
        }
        if let Some(offer) = sought.offer {
            let offer = on.bind(pattern(offer));
            on.require(format!(
                "p.id IN (SELECT l.partner_id FROM main.partner_listing l
                   WHERE l.what = 'offer' AND lower(CAST(l.text AS text)) LIKE {offer} ESCAPE '!')"
            ));
        }
        let limit = sought
            .limit
            .map_or(i64::MAX, |limit| i64::try_from(limit).unwrap_or(i64::MAX));
        let limit = on.bind(limit);
        let sql = format!(
            "SELECT p.code, p.kind, p.site, p.mail, {LISTS} FROM main.partner p{} ORDER BY p.code LIMIT {limit}",
            on.clause()
        );
        let mut statement = self.conn.prepare_cached(&sql)?;
        let rows = statement.query_map(on.values(), |row| {
            Ok(Found {
                partner: row.get("code")?,
                kind: row.get("kind")?,
                business: business(row)?,
                site: row.get("site")?,
                mail: row.get("mail")?,
            })
        })?;
        Ok(rows.collect::<engine::Result<_>>()?)
    }

    /// Who supports a customer in the name of its partners, as far as that is seen.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn supporters(&self, customer: i64) -> Result<Vec<Supporter>> {
        let mut statement = self
            .conn
            .prepare_cached(&format!("{SUPPORTER} ORDER BY p.code"))?;
        let rows = statement.query_map([customer], supporter)?;
        Ok(rows.collect::<engine::Result<_>>()?)
    }

    /// Who supports a customer in the name of one partner.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn supporter(&self, customer: i64, partner: i64) -> Result<Option<Supporter>> {
        let mut statement = self
            .conn
            .prepare_cached(&format!("{SUPPORTER} AND c.partner_id = ?2"))?;
        Ok(statement.query_row([customer, partner], supporter).optional()?)
    }

    /// Whether a partner sells through another one.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn is_reseller_of(&self, reseller: i64, provider: i64) -> Result<bool> {
        let sql = "SELECT 1 FROM main.partner WHERE id = ?1 AND provider_id = ?2";
        Ok(self.conn.prepare_cached(sql)?.exists([reseller, provider])?)
    }
}

impl Write<'_> {
    /// Keeps what customers find a partner by.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn keep_business_profile(&self, partner: i64, to: &BusinessProfile) -> Result<()> {
        let sql = "UPDATE partner SET business_name = ?2 WHERE id = ?1";
        self.conn()
            .prepare_cached(sql)?
            .execute(params![partner, to.business_name])?;
        self.conn()
            .prepare_cached("DELETE FROM partner_listing WHERE partner_id = ?1")?
            .execute([partner])?;
        let sql =
            "INSERT INTO partner_listing (partner_id, what, text) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING";
        let mut insert = self.conn().prepare_cached(sql)?;
        for (what, texts) in [
            ("offer", &to.offers),
            ("industry", &to.industries),
            ("location", &to.locations),
        ] {
            for text in texts {
                insert.execute(params![partner, what, text])?;
            }
        }
        Ok(())
    }

    /// Says who supports a customer in a partner's name; none: the partner itself.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn put_supporter(&self, customer: i64, partner: i64, reseller: Option<i64>) -> Result<()> {
        let Some(reseller) = reseller else {
            let sql = "DELETE FROM support_contact WHERE customer_id = ?1 AND partner_id = ?2";
            self.conn().prepare_cached(sql)?.execute([customer, partner])?;
            return Ok(());
        };
        let sql = "INSERT INTO support_contact (customer_id, partner_id, reseller_id) VALUES (?1, ?2, ?3)
                   ON CONFLICT (customer_id, partner_id) DO UPDATE SET reseller_id = excluded.reseller_id";
        self.conn()
            .prepare_cached(sql)?
            .execute([customer, partner, reseller])?;
        Ok(())
    }
}

/// What occurs in a text, in whatever case, as a pattern of LIKE.
fn pattern(text: &str) -> String {
    let mut plain = String::from("%");
    for letter in text.to_ascii_lowercase().chars() {
        if matches!(letter, '%' | '_' | '!') {
            plain.push('!');
        }
        plain.push(letter);
    }
    plain.push('%');
    plain
}

fn business(row: &Row<'_>) -> engine::Result<BusinessProfile> {
    Ok(BusinessProfile {
        business_name: row.get("business_name")?,
        offers: words(row, "offers")?,
        industries: words(row, "industries")?,
        locations: words(row, "locations")?,
    })
}

fn supporter(row: &Row<'_>) -> engine::Result<Supporter> {
    Ok(Supporter {
        customer: row.get("customer")?,
        partner: row.get("partner")?,
        reseller: row.get("reseller")?,
        name: row.get("name")?,
        mail: row.get("mail")?,
        phone: row.get("phone")?,
        site: row.get("site")?,
    })
}
