//! What is kept of a customer's company, within the vendor's limits (G-1).

use crate::domain::country::{self, is_country};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Name, address and contact of a customer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[expect(missing_docs, reason = "the names say it")]
pub struct CustomerProfile {
    pub name: String,
    pub domain: Option<String>,
    pub street: Option<String>,
    pub city: Option<String>,
    pub region: Option<String>,
    pub postal_code: Option<String>,
    /// Two letters of ISO 3166.
    pub country: Option<String>,
    /// First and last name of the contact.
    pub contact_first: Option<String>,
    pub contact_last: Option<String>,
    pub mail: Option<String>,
    pub phone: Option<String>,
    pub registration_number: Option<String>,
    /// Two letters of ISO 639.
    pub language: Option<String>,
}

/// What is wrong with one part of a profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flaw {
    /// The column or option, with underscores.
    pub part: &'static str,
    /// What is wrong.
    pub what: String,
    /// What to do.
    pub fix: String,
}

/// Countries in which a telephone number and a registration number are compulsory.
const NUMBERS_NEEDED: [&str; 11] = ["AM", "AZ", "BY", "HU", "KZ", "KG", "MD", "RU", "TJ", "UZ", "UA"];

/// The vendor's limits: at most so many characters.
const MOST: &[(&str, usize)] = &[
    ("name", 255),
    ("domain", 253),
    ("street", 200),
    ("city", 100),
    ("region", 100),
    ("postal_code", 20),
    ("contact_first", 50),
    ("contact_last", 50),
    ("mail", 254),
    ("phone", 30),
    ("registration_number", 50),
];

impl CustomerProfile {
    fn parts(&self) -> [(&'static str, Option<&String>); 13] {
        [
            ("name", Some(&self.name)),
            ("domain", self.domain.as_ref()),
            ("street", self.street.as_ref()),
            ("city", self.city.as_ref()),
            ("region", self.region.as_ref()),
            ("postal_code", self.postal_code.as_ref()),
            ("country", self.country.as_ref()),
            ("contact_first", self.contact_first.as_ref()),
            ("contact_last", self.contact_last.as_ref()),
            ("mail", self.mail.as_ref()),
            ("phone", self.phone.as_ref()),
            ("registration_number", self.registration_number.as_ref()),
            ("language", self.language.as_ref()),
        ]
    }

    /// Everything that is wrong with what is there, whatever is missing.
    pub fn flaws(&self) -> Vec<Flaw> {
        let mut flaws: Vec<Flaw> = self
            .parts()
            .into_iter()
            .filter_map(|(part, text)| too_long(part, text?))
            .collect();
        if self.name.trim().is_empty() {
            flaws.push(flaw(
                "name",
                "a customer has a name".to_owned(),
                "write the name of the company",
            ));
        }
        flaws.extend(
            self.parts()
                .into_iter()
                .filter_map(|(part, text)| ill_formed(part, text?)),
        );
        flaws
    }

    /// What the vendor demands besides: an address and a contact, and in some countries numbers (G-1).
    pub fn gaps(&self) -> Vec<Flaw> {
        let always = [
            "domain",
            "street",
            "city",
            "postal_code",
            "country",
            "contact_first",
            "contact_last",
            "mail",
        ];
        let country = self.country.as_deref().unwrap_or_default();
        let here = NUMBERS_NEEDED.contains(&country);
        let missing = self
            .parts()
            .into_iter()
            .filter(|(_, text)| text.is_none_or(|text| text.trim().is_empty()));
        missing
            .filter_map(|(part, _)| {
                if always.contains(&part) {
                    return Some(flaw(
                        part,
                        format!("{} is missing", said(part)),
                        "the vendor asks for it",
                    ));
                }
                let demanded = here && (part == "phone" || part == "registration_number");
                demanded.then(|| {
                    let what = format!("{} is missing, and it is compulsory in {country}", said(part));
                    flaw(part, what, "add it")
                })
            })
            .collect()
    }
}

fn flaw(part: &'static str, what: String, fix: &str) -> Flaw {
    Flaw {
        part,
        what,
        fix: fix.to_owned(),
    }
}

/// How a part is spoken of.
fn said(part: &str) -> String {
    match part {
        "contact_first" => "the first name of the contact".to_owned(),
        "contact_last" => "the last name of the contact".to_owned(),
        other => format!("the {}", other.replace('_', " ")),
    }
}

fn too_long(part: &'static str, text: &str) -> Option<Flaw> {
    let (_, most) = MOST.iter().find(|(name, _)| *name == part)?;
    let length = text.chars().count();
    (length > *most).then(|| {
        let what = format!("{} has {length} characters, and may have {most}", said(part));
        flaw(part, what, "shorten it")
    })
}

fn ill_formed(part: &'static str, text: &str) -> Option<Flaw> {
    let wrong = |what: &str, fix: &str| Some(flaw(part, format!("\"{text}\" is no {what}"), fix));
    match part {
        "domain" if !is_domain(text) => wrong("domain", "write it as contoso.example"),
        "country" if !is_country(text) => wrong("country", country::FORM),
        "language" if !letters(text) => wrong("language of two small letters (ISO 639-1)", "write it as sk"),
        "mail" if !is_mail(text) => wrong("mail address", "write it as eva@contoso.example"),
        "phone" if !is_phone(text) => wrong("telephone number", "write it as +421 2 555 0100"),
        _ => None,
    }
}

fn letters(text: &str) -> bool {
    text.len() == 2 && text.bytes().all(|b| b.is_ascii_lowercase())
}

fn is_phone(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let rest = text.strip_prefix('+').unwrap_or(text);
    (5..=15).contains(&digits)
        && rest
            .chars()
            .all(|one| one.is_ascii_digit() || " -()/.".contains(one))
}

/// Whether it can be a domain: labels of letters, digits and hyphens, two at least.
pub fn is_domain(text: &str) -> bool {
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label
                .bytes()
                .all(|one| one.is_ascii_alphanumeric() || one == b'-')
    };
    text.len() <= 253 && text.contains('.') && text.split('.').all(label)
}

/// Whether it can be a mail address.
pub fn is_mail(text: &str) -> bool {
    let parts = text.split_once('@');
    parts.is_some_and(|(who, host)| !who.is_empty() && !host.is_empty() && !host.contains('@'))
        && !text.contains(char::is_whitespace)
}
