//! `partner.profile` and `partner.set-profile`: what a partner offers its customers (P-1).

use crate::domain::partner::SupportStructure;
use crate::error::{Result, codes};
use crate::hub::{Change, Query, Reading, Route, Writing};
use crate::output::{Cell, Column, Tabular, col};
use crate::policy::needs::{ProfilePartners, ReadPartners};
use crate::store::Named;
use crate::store::sqlite::SupportContact;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

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
    type Answer = SupportContact;

    fn answer(&self, at: &Reading<'_, ReadPartners>) -> Result<SupportContact> {
        at.support_contact(at.find(Named::Partner, &self.partner)?)
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
}

impl Change for SetProfile {
    const NAME: &'static str = "partner.set-profile";
    const ROUTE: Route = Route::patch("/partners/{partner}/profile");
    type Needs = ProfilePartners;
    type Answer = SupportContact;

    fn change(&self, at: &mut Writing<'_, ProfilePartners>) -> Result<SupportContact> {
        let id = at.reading().find(Named::Partner, &self.partner)?;
        let before = at.reading().support_contact(id)?;
        // One knows the partners that one buys from; what they offer is theirs to say.
        at.grant().on_partner(id, &before.partner)?;
        let after = self.on(&before);
        if after == before {
            return Ok(before);
        }
        sound(&after)?;
        at.keep_support_contact(id, &after)?;
        at.record(
            &format!("partner:{}", before.partner),
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

fn is_mail(text: &str) -> bool {
    let parts = text.split_once('@');
    parts.is_some_and(|(who, host)| !who.is_empty() && !host.is_empty() && !host.contains('@'))
        && !text.contains(char::is_whitespace)
}

fn is_url(text: &str) -> bool {
    let host = text.strip_prefix("https://").or(text.strip_prefix("http://"));
    host.is_some_and(|host| !host.is_empty() && !host.starts_with('/')) && !text.contains(char::is_whitespace)
}

impl Tabular for SupportContact {
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
    ];

    fn cells(&self) -> Vec<Cell> {
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
