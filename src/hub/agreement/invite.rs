//! `agreement.invite`

use super::choose::{Said, template};
use crate::domain::partner::{AgreementStatus, Audience};
use crate::error::{Result, codes};
use crate::hub::acting::{not_archived, serving_partner, today};
use crate::hub::people::Code;
use crate::hub::{Change, Route, Writing};
use crate::policy::Permission;
use crate::policy::needs::ConfirmAgreements;
use crate::store::Named;
use crate::store::sqlite::{AgreementLine, AgreementRow};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Invites a customer to its agreement: makes the link that it is sent (G-8).
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Invite {
    /// Name or id of the customer.
    pub customer: String,
    /// Id of the version; else the newest that fits the customer.
    pub template: Option<String>,
    /// Its language, when it is not the customer's own.
    pub language: Option<String>,
    /// Its audience.
    pub audience: Option<Audience>,
    /// For which partner, by name or id.
    pub partner: Option<String>,
}

impl Change for Invite {
    const NAME: &'static str = "agreement.invite";
    const ROUTE: Route = Route::post("/customers/{customer}/agreement-invitations");
    type Needs = ConfirmAgreements;
    type Answer = AgreementLine;

    fn change(&self, at: &mut Writing<'_, ConfirmAgreements>) -> Result<AgreementLine> {
        let customer = at.reading().find(Named::Customer, &self.customer)?;
        not_archived(at, customer)?;
        let partner = serving_partner(at, customer, self.partner.as_deref())?;
        let said = Said {
            template: self.template.as_deref(),
            language: self.language.as_deref(),
            audience: self.audience,
        };
        let version = template(at, customer, said)?;
        if let Some(there) = line(at, customer, &version.code)? {
            if there.status == AgreementStatus::Confirmed {
                let what = format!(
                    "customer {} has agreed to {} on record (G-8)",
                    there.customer, version.code
                );
                return Err(codes::WRONG_STATE
                    .error(what)
                    .hint("`servhub agreement status` shows who agreed, and when"));
            }
            return Ok(there);
        }
        let today = today(at);
        if version.valid_until.is_some_and(|until| until < today) || version.valid_from > today {
            let error = codes::RULE.error(format!("version {} does not count today (G-8)", version.code));
            return Err(error.hint("`servhub agreement template` shows the versions that do"));
        }
        let code = Code::make()?.tell();
        at.put_agreement(&AgreementRow {
            customer,
            template: version.id,
            status: AgreementStatus::Invited,
            partner,
            code: Some(&code),
            invited_on: Some(today),
            first_name: None,
            last_name: None,
            mail: None,
            phone: None,
            agreed_on: None,
        })?;
        recorded(at, customer, &version.code, None)
    }
}

/// How a customer stands to a version. Which partner asked is told to that partner alone (G-2).
pub(super) fn line<P: Permission>(
    at: &Writing<'_, P>,
    customer: i64,
    version: &str,
) -> Result<Option<AgreementLine>> {
    let mut lines = at.reading().agreements(customer)?;
    lines.retain(|one| one.template == version);
    let Some(mut line) = lines.into_iter().next() else {
        return Ok(None);
    };
    if let Some(partner) = line.partner.take() {
        let known = at.reading().partner_facts(&partner)?;
        let own = known.is_some_and(|one| at.grant().coverage().has_partner(one.id));
        line.partner = own.then_some(partner);
    }
    Ok(Some(line))
}

/// Records what became of an agreement, and answers it.
pub(super) fn recorded<P: Permission>(
    at: &mut Writing<'_, P>,
    customer: i64,
    version: &str,
    before: Option<&AgreementLine>,
) -> Result<AgreementLine> {
    let missing = || codes::NOT_FOUND.error(format!("there is no agreement to {version}"));
    let after = line(at, customer, version)?.ok_or_else(missing)?;
    // The code of the link is told to whoever asked for it, and nowhere else.
    let quiet = |line: &AgreementLine| AgreementLine {
        code: None,
        ..line.clone()
    };
    at.record(
        &format!("agreement:{}/{version}", after.customer),
        before.map(quiet).as_ref(),
        Some(&quiet(&after)),
    )?;
    Ok(after)
}
