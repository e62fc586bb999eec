//! `customer.update`

use super::record::no_flaws;
use crate::domain::partner::{CustomerProfile, Flaw, Qualification, VETTING, Vetting, VettingStep};
use crate::error::{Result, codes};
use crate::hub::acting::not_archived;
use crate::hub::steps::no_way;
use crate::hub::{Change, Route, Writing};
use crate::policy::needs::KeepCustomers;
use crate::store::Named;
use crate::store::sqlite::CustomerRecord;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Changes what is kept of a customer; what is none stays as it is, and an empty text takes away (G-1).
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Update {
    /// Name or id of the customer.
    pub customer: String,
    pub name: Option<String>,
    pub domain: Option<String>,
    pub street: Option<String>,
    pub city: Option<String>,
    pub region: Option<String>,
    pub postal_code: Option<String>,
    pub country: Option<String>,
    pub contact_first: Option<String>,
    pub contact_last: Option<String>,
    pub mail: Option<String>,
    pub phone: Option<String>,
    pub registration_number: Option<String>,
    pub language: Option<String>,
    /// Asks for a qualification; none gives it up.
    pub qualification: Option<Qualification>,
    /// What the vendor said to that.
    pub vetting: Option<Vetting>,
    /// Why.
    pub vetting_reason: Option<String>,
}

impl Change for Update {
    const NAME: &'static str = "customer.update";
    const ROUTE: Route = Route::patch("/customers/{customer}");
    type Needs = KeepCustomers;
    type Answer = CustomerRecord;

    fn change(&self, at: &mut Writing<'_, KeepCustomers>) -> Result<CustomerRecord> {
        let id = at.reading().find(Named::Customer, &self.customer)?;
        not_archived(at, id)?;
        let before = at.reading().customer_record(id)?;
        let after = self.qualified(CustomerRecord {
            profile: self.on(&before.profile),
            ..before.clone()
        })?;
        if after == before {
            return Ok(before);
        }
        no_flaws(
            &format!("customer {} cannot be changed", before.code),
            new_flaws(&before.profile, &after.profile),
        )?;
        free(at, &before, &after)?;
        at.keep_customer(id, &after)?;
        at.record(&format!("customer:{}", before.code), Some(&before), Some(&after))?;
        Ok(after)
    }
}

impl Update {
    fn on(&self, old: &CustomerProfile) -> CustomerProfile {
        let text = |new: &Option<String>, old: &Option<String>| match new.as_deref().map(str::trim) {
            None => old.clone(),
            Some("") => None,
            Some(new) => Some(new.to_owned()),
        };
        CustomerProfile {
            name: self
                .name
                .as_deref()
                .map_or_else(|| old.name.clone(), |name| name.trim().to_owned()),
            domain: text(&self.domain, &old.domain).map(|domain| domain.to_lowercase()),
            street: text(&self.street, &old.street),
            city: text(&self.city, &old.city),
            region: text(&self.region, &old.region),
            postal_code: text(&self.postal_code, &old.postal_code),
            country: text(&self.country, &old.country),
            contact_first: text(&self.contact_first, &old.contact_first),
            contact_last: text(&self.contact_last, &old.contact_last),
            mail: text(&self.mail, &old.mail),
            phone: text(&self.phone, &old.phone),
            registration_number: text(&self.registration_number, &old.registration_number),
            language: text(&self.language, &old.language),
        }
    }

    /// Moves the vetting on: first what is asked for, then what the vendor said.
    fn qualified(&self, mut record: CustomerRecord) -> Result<CustomerRecord> {
        let subject = format!("the vetting of customer {}", record.code);
        let step = |record: &mut CustomerRecord, step: VettingStep| {
            record.vetting = VETTING
                .next(record.vetting, step)
                .map_err(|why| no_way(&subject, &why))?;
            record.vetting_reason = None;
            Ok::<_, crate::error::Error>(())
        };
        if let Some(wanted) = self.qualification {
            let again = record.vetting == Vetting::Denied;
            match wanted {
                Qualification::None if record.vetting == Vetting::None => {}
                Qualification::None => step(&mut record, VettingStep::Drop)?,
                other if other != record.qualification || again => step(&mut record, VettingStep::Ask)?,
                _ => {}
            }
            record.qualification = wanted;
        }
        if let Some(said) = self.vetting.filter(|said| *said != record.vetting) {
            match said {
                Vetting::Approved => step(&mut record, VettingStep::Approve)?,
                Vetting::Denied => step(&mut record, VettingStep::Deny)?,
                Vetting::InReview => step(&mut record, VettingStep::Ask)?,
                Vetting::None => {
                    step(&mut record, VettingStep::Drop)?;
                    record.qualification = Qualification::None;
                }
            }
        }
        if record.vetting != Vetting::None && record.qualification == Qualification::None {
            let error = codes::MISSING_OPTION.error("nothing says for which qualification to ask (G-1)");
            return Err(error.hint("add --qualification, such as education"));
        }
        self.reason(record)
    }

    fn reason(&self, mut record: CustomerRecord) -> Result<CustomerRecord> {
        let Some(reason) = self.vetting_reason.as_deref().map(str::trim) else {
            return Ok(record);
        };
        if !matches!(record.vetting, Vetting::Approved | Vetting::Denied) {
            let error = codes::BAD_VALUE.error(format!("a vetting that is {} has no reason", record.vetting));
            return Err(error.hint("say --vetting approved or --vetting denied"));
        }
        record.vetting_reason = (!reason.is_empty()).then(|| reason.to_owned());
        Ok(record)
    }
}

/// What was not wrong before. What was taken over incomplete may stay so, and gets no worse.
fn new_flaws(before: &CustomerProfile, after: &CustomerProfile) -> Vec<Flaw> {
    let all = |profile: &CustomerProfile| {
        let mut flaws = profile.flaws();
        flaws.extend(profile.gaps());
        flaws
    };
    let old = all(before);
    let mut new = all(after);
    new.retain(|flaw| {
        !old.iter()
            .any(|one| one.part == flaw.part && one.what == flaw.what)
    });
    new
}

/// Passes when name and domain are nobody else's.
fn free(at: &Writing<'_, KeepCustomers>, before: &CustomerRecord, after: &CustomerRecord) -> Result<()> {
    if after.profile.domain != before.profile.domain {
        super::record::new_domain(at, &after.profile, None)?;
    }
    let name = &after.profile.name;
    if *name != before.profile.name && at.reading().customer_taken("", name)?.is_some() {
        let error = codes::CUSTOMER_TAKEN.error(format!("the name {name} is another customer's"));
        return Err(error.hint("choose another one"));
    }
    Ok(())
}
