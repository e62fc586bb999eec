//! `agreement.confirm`

use super::choose::{Said, template};
use super::invite::{line, recorded};
use crate::domain::Day;
use crate::domain::partner::{AGREEMENT, AgreementStatus, AgreementStep, Audience, is_mail};
use crate::error::{Result, codes};
use crate::hub::acting::{not_archived, serving_partner, today};
use crate::hub::steps::no_way;
use crate::hub::{Change, Route, Writing};
use crate::policy::needs::ConfirmAgreements;
use crate::store::Named;
use crate::store::sqlite::{AgreementLine, AgreementRow, TemplateLine};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Puts on record that a person at the customer agreed, and when. Once a version is on record, nothing more changes (G-8).
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Confirm {
    /// Name or id of the customer.
    pub customer: String,
    /// First name of the person who agreed.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// Mail address.
    pub mail: String,
    /// Telephone number.
    pub phone: Option<String>,
    /// The day on which the person agreed.
    pub agreed_on: Day,
    /// Id of the version; else the newest that the customer was invited to, else the newest that fits it.
    pub template: Option<String>,
    /// Language of the version, when it is not the customer's own.
    pub language: Option<String>,
    /// Audience of the version.
    pub audience: Option<Audience>,
    /// For which partner, by name or id.
    pub partner: Option<String>,
}

impl Change for Confirm {
    const NAME: &'static str = "agreement.confirm";
    const ROUTE: Route = Route::post("/customers/{customer}/agreements");
    type Needs = ConfirmAgreements;
    type Answer = AgreementLine;

    fn change(&self, at: &mut Writing<'_, ConfirmAgreements>) -> Result<AgreementLine> {
        let customer = at.reading().find(Named::Customer, &self.customer)?;
        not_archived(at, customer)?;
        let partner = serving_partner(at, customer, self.partner.as_deref())?;
        self.check_person()?;
        let version = self.version(at, customer)?;
        let before = line(at, customer, &version.code)?;
        let status = match before.as_ref().map(|one| one.status) {
            Some(AgreementStatus::Confirmed) => return self.again(at, customer, &version),
            Some(status) => {
                let subject = format!("the agreement to {}", version.code);
                let next = AGREEMENT.next(status, AgreementStep::Confirm);
                next.map_err(|why| no_way(&subject, &why))?
            }
            None => AgreementStatus::Confirmed,
        };
        self.check_day(&version, today(at))?;
        at.put_agreement(&AgreementRow {
            customer,
            template: version.id,
            status,
            partner,
            code: before.as_ref().and_then(|one| one.code.as_deref()),
            invited_on: before.as_ref().and_then(|one| one.invited_on),
            first_name: Some(self.first_name.trim()),
            last_name: Some(self.last_name.trim()),
            mail: Some(self.mail.trim()),
            phone: self.phone.as_deref(),
            agreed_on: Some(self.agreed_on),
        })?;
        recorded(at, customer, &version.code, before.as_ref())
    }
}

impl Confirm {
    /// The version named, else the one that the customer was invited to last, else the newest that fits.
    fn version(&self, at: &Writing<'_, ConfirmAgreements>, customer: i64) -> Result<TemplateLine> {
        let named = self.template.is_some() || self.language.is_some() || self.audience.is_some();
        let lines = if named {
            Vec::new()
        } else {
            at.reading().agreements(customer)?
        };
        let invited = lines.iter().find(|one| one.status == AgreementStatus::Invited);
        let said = Said {
            template: self
                .template
                .as_deref()
                .or(invited.map(|one| one.template.as_str())),
            language: self.language.as_deref(),
            audience: self.audience,
        };
        template(at, customer, said)
    }

    /// A version that is on record already: nothing more is changed.
    fn again(
        &self,
        at: &Writing<'_, ConfirmAgreements>,
        customer: i64,
        version: &TemplateLine,
    ) -> Result<AgreementLine> {
        let missing = || codes::NOT_FOUND.error("there is no such agreement");
        line(at, customer, &version.code)?.ok_or_else(missing)
    }

    fn check_person(&self) -> Result<()> {
        for (option, name) in [
            ("--first-name", &self.first_name),
            ("--last-name", &self.last_name),
        ] {
            let length = name.trim().chars().count();
            if !(1..=50).contains(&length) {
                let error = codes::BAD_VALUE.error(format!(
                    "{option} has {length} characters, and needs 1 to 50 (G-8)"
                ));
                return Err(error.hint("write the name of the person at the customer who agreed"));
            }
        }
        if !is_mail(self.mail.trim()) {
            let error = codes::BAD_VALUE.error(format!("\"{}\" is no mail address (G-8)", self.mail));
            return Err(error.hint("write it as eva@contoso.example"));
        }
        Ok(())
    }

    fn check_day(&self, version: &TemplateLine, today: Day) -> Result<()> {
        let day = self.agreed_on;
        if day > today {
            let error = codes::BAD_VALUE.error(format!("{day} is still to come (G-8)"));
            return Err(error.hint("write the day on which the person agreed"));
        }
        let outside = day < version.valid_from || version.valid_until.is_some_and(|until| day > until);
        if outside {
            let until = version
                .valid_until
                .map_or(String::new(), |until| format!(" to {until}"));
            let error = codes::RULE.error(format!(
                "version {} counts from {}{until}, and {day} is not within (G-8)",
                version.code, version.valid_from
            ));
            return Err(error.hint("name the version that counted then with --template; `servhub agreement template --all` shows them"));
        }
        Ok(())
    }
}
