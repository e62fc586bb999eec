//! `partner.profile` and `partner.set-profile`: what a partner offers its customers (P-1).

use crate::domain::partner::{SupportStructure, is_mail};
use crate::error::{Result, codes};
use crate::hub::{Change, Query, Reading, Route, Writing};
use crate::output::{Cell, Column, Tabular, col};
use crate::policy::needs::{ProfilePartners, ReadPartners};
use crate::store::Named;
use crate::store::sqlite::{BusinessProfile, SupportContact};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a partner offers its customers, and what customers find it by (P-1, G-11).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Profiled {
    /// How its support is reached.
    #[serde(flatten)]
    pub support: SupportContact,
    /// What customers find it by.
    #[serde(flatten)]
    pub business: BusinessProfile,
}

/// What a partner offers its customers.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Profile {
    /// Name or id of the partner.
    pub partner: String,
}

impl Query for Profile {
    const NAME: &'static str = "partner.profile";
    const ROUTE: Route = Route::get("/partners/{partner}/profile");
    type Needs = ReadPartners;
    type Answer = Profiled;

    fn answer(&self, at: &Reading<'_, ReadPartners>) -> Result<Profiled> {
        let id = at.find(Named::Partner, &self.partner)?;
        Ok(Profiled {
            support: at.support_contact(id)?,
            business: at.business_profile(id)?,
        })
    }
}

/// Changes what a partner offers; what is none stays as it is, and an empty text takes away.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
#[expect(missing_docs, reason = "the names say it")]
pub struct SetProfile {
    /// Name or id of the partner.
    pub partner: String,
    pub mail: Option<String>,
    pub phone: Option<String>,
    pub site: Option<String>,
    pub hours: Option<String>,
    pub languages: Option<String>,
    pub charges: Option<String>,
    pub structure: Option<SupportStructure>,
    pub structure_by: Option<String>,
    /// The name that it goes by.
    pub business_name: Option<String>,
    pub offers: Option<Vec<String>>,
    pub industries: Option<Vec<String>>,
    pub locations: Option<Vec<String>>,
}

impl Change for SetProfile {
    const NAME: &'static str = "partner.set-profile";
    const ROUTE: Route = Route::patch("/partners/{partner}/profile");
    type Needs = ProfilePartners;
    type Answer = Profiled;

    fn change(&self, at: &mut Writing<'_, ProfilePartners>) -> Result<Profiled> {
        let id = at.reading().find(Named::Partner, &self.partner)?;
        let before = Profiled {
            support: at.reading().support_contact(id)?,
            business: at.reading().business_profile(id)?,
        };
        // One knows the partners that one buys from; what they offer is theirs to say.
        at.grant().on_partner(id, &before.support.partner)?;
        let after = Profiled {
            support: self.on(&before.support),
            business: self.found_by(&before.business),
        };
        if after == before {
            return Ok(before);
        }
        sound(&after.support)?;
        findable(&after.business)?;
        at.keep_support_contact(id, &after.support)?;
        at.keep_business_profile(id, &after.business)?;
        at.record(
            &format!("partner:{}", before.support.partner),
            Some(&before),
            Some(&after),
        )?;
        Ok(after)
    }
}

impl SetProfile {
    fn on(&self, before: &SupportContact) -> SupportContact {
        let text = |new: &Option<String>, old: &Option<String>| match new.as_deref().map(str::trim) {
            None => old.clone(),
            Some("") => None,
            Some(new) => Some(new.to_owned()),
        };
        let structure = self.structure.or(before.structure);
        // One's own support is by nobody else: what stood there before goes with it.
        let by = match (self.structure, &self.structure_by) {
            (Some(SupportStructure::Own), None) => None,
            (_, by) => text(by, &before.structure_by),
        };
        SupportContact {
            partner: before.partner.clone(),
            name: before.name.clone(),
            mail: text(&self.mail, &before.mail),
            phone: text(&self.phone, &before.phone),
            site: text(&self.site, &before.site),
            hours: text(&self.hours, &before.hours),
            languages: text(&self.languages, &before.languages),
            charges: text(&self.charges, &before.charges),
            structure,
            structure_by: by,
        }
    }
}

impl SetProfile {
    fn found_by(&self, before: &BusinessProfile) -> BusinessProfile {
        let list = |new: &Option<Vec<String>>, old: &[String]| match new {
            None => old.to_vec(),
            Some(new) => {
                let texts = new
                    .iter()
                    .map(|text| text.trim().to_owned())
                    .filter(|text| !text.is_empty());
                let mut texts: Vec<String> = texts.collect();
                texts.sort();
                texts.dedup_by(|one, other| one.eq_ignore_ascii_case(other));
                texts
            }
        };
        BusinessProfile {
            business_name: match self.business_name.as_deref().map(str::trim) {
                None => before.business_name.clone(),
                Some("") => None,
                Some(name) => Some(name.to_owned()),
            },
            offers: list(&self.offers, &before.offers),
            industries: list(&self.industries, &before.industries),
            locations: list(&self.locations, &before.locations),
        }
    }
}

/// Whether customers could find the partner by it (G-11).
fn findable(business: &BusinessProfile) -> Result<()> {
    let texts = [&business.offers, &business.industries, &business.locations];
    let mut texts = texts.into_iter().flatten().chain(&business.business_name);
    if let Some(text) = texts.find(|text| text.contains(['\n', '\r', ';']) || text.chars().count() > 200) {
        let error = codes::BAD_VALUE.error(format!("\"{text}\" is no line of a business profile"));
        return Err(error.hint("write up to 200 characters without ; on one line, and each thing by itself"));
    }
    let lists =
        !business.offers.is_empty() || !business.industries.is_empty() || !business.locations.is_empty();
    if lists && business.business_name.is_none() {
        let error = codes::BAD_VALUE.error("a partner without a business name is not found (G-11)");
        return Err(error.hint("add --business-name NAME"));
    }
    Ok(())
}

/// Whether a customer could use it.
fn sound(contact: &SupportContact) -> Result<()> {
    let wrong = |message: String, hint: &str| Err(codes::BAD_VALUE.error(message).hint(hint));
    if let Some(mail) = contact.mail.as_ref().filter(|mail| !is_mail(mail)) {
        return wrong(
            format!("\"{mail}\" is no mail address"),
            "write it as support@partner.example",
        );
    }
    if let Some(site) = contact.site.as_ref().filter(|site| !is_url(site)) {
        return wrong(
            format!("\"{site}\" is no address of a web site"),
            "write it as https://partner.example/support",
        );
    }
    match (contact.structure, &contact.structure_by) {
        (Some(one @ (SupportStructure::Outsourced | SupportStructure::Resold)), None) => wrong(
            format!("the support is {one}, and nothing says by whom (P-1)"),
            "add --structure-by NAME",
        ),
        (None | Some(SupportStructure::Own), Some(by)) => wrong(
            format!("{by} is named, and the support is not outsourced or resold (P-1)"),
            "add --structure outsourced or --structure resold, or leave --structure-by out",
        ),
        _ => Ok(()),
    }
}

fn is_url(text: &str) -> bool {
    let host = text.strip_prefix("https://").or(text.strip_prefix("http://"));
    host.is_some_and(|host| !host.is_empty() && !host.starts_with('/')) && !text.contains(char::is_whitespace)
}

impl Tabular for Profiled {
    const SCHEMA: &'static str = "partner.profile/1";
    const COLUMNS: &'static [Column] = &[
        col("partner"),
        col("name"),
        col("mail"),
        col("phone"),
        col("site"),
        col("hours"),
        col("languages"),
        col("charges"),
        col("structure"),
        col("structure_by"),
        col("business_name"),
        col("offers"),
        col("industries"),
        col("locations"),
    ];

    fn cells(&self) -> Vec<Cell> {
        let mut cells = self.support.cells();
        cells.extend([
            (&self.business.business_name).into(),
            self.business.offers.clone().into(),
            self.business.industries.clone().into(),
            self.business.locations.clone().into(),
        ]);
        cells
    }
}

impl SupportContact {
    /// What it is, as cells: also a part of how a customer is shown.
    pub(in crate::hub) fn cells(&self) -> Vec<Cell> {
        vec![
            (&self.partner).into(),
            (&self.name).into(),
            (&self.mail).into(),
            (&self.phone).into(),
            (&self.site).into(),
            (&self.hours).into(),
            (&self.languages).into(),
            (&self.charges).into(),
            self.structure.map(|one| one.word().to_owned()).into(),
            (&self.structure_by).into(),
        ]
    }
}
