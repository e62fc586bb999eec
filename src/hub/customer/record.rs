//! What the changes of customers have in common, and how everything that is kept of one is shown.

use crate::domain::partner::{CustomerProfile, Flaw};
use crate::error::{Error, Result, codes};
use crate::hub::Writing;
use crate::output::{Cell, Column, Tabular, col};
use crate::policy::needs::KeepCustomers;
use crate::store::sqlite::CustomerRecord;

/// Passes when nothing is wrong; else names everything that is.
pub(super) fn no_flaws(what: &str, flaws: Vec<Flaw>) -> Result<()> {
    if flaws.is_empty() {
        return Ok(());
    }
    let first = flaws.first().map_or(String::new(), |flaw| flaw.what.clone());
    let more = match flaws.len() - 1 {
        0 => String::new(),
        more => format!(", and {more} more"),
    };
    let error = codes::CUSTOMER_DATA.error(format!("{what}: {first}{more} (G-1)"));
    let told = flaws
        .iter()
        .map(|flaw| format!("{}: {}: {}", flaw.part, flaw.what, flaw.fix));
    Err(told.fold(error, Error::hint))
}

/// Passes for a domain that is nobody's yet, and not the partner's own or one of its people's (G-1, B-6).
pub(super) fn new_domain(
    at: &Writing<'_, KeepCustomers>,
    profile: &CustomerProfile,
    partner: Option<i64>,
) -> Result<()> {
    let Some(domain) = profile.domain.as_deref() else {
        return Ok(());
    };
    if at.reading().customer_by_domain(domain)?.is_some() {
        let error =
            codes::CUSTOMER_TAKEN.error(format!("{domain} is the domain of a customer already (G-1)"));
        return Err(error.hint("write the domain of this one"));
    }
    let Some(partner) = partner else {
        return Ok(());
    };
    if at.reading().partner_domain(partner)?.eq_ignore_ascii_case(domain) {
        let error = codes::RULE.error(format!(
            "{domain} is the partner's own: a partner does not serve itself (B-6)"
        ));
        return Err(error.hint("write the domain of the customer"));
    }
    let end = format!("@{domain}");
    let of_domain = |account: &String| account.to_lowercase().ends_with(&end);
    if let Some(person) = at.reading().accounts_of(partner)?.into_iter().find(of_domain) {
        let error = codes::RULE.error(format!(
            "{person} works for the partner and is of that domain (B-6)"
        ));
        return Err(error.hint("a partner's people are never of a customer's domain"));
    }
    Ok(())
}

impl Tabular for CustomerRecord {
    const SCHEMA: &'static str = "customer.record/1";
    const COLUMNS: &'static [Column] = &[
        col("customer"),
        col("name"),
        col("domain"),
        col("street"),
        col("city"),
        col("region"),
        col("postal_code"),
        col("country"),
        col("contact_first"),
        col("contact_last"),
        col("mail"),
        col("phone"),
        col("registration_number"),
        col("language"),
        col("qualification"),
        col("vetting"),
        col("vetting_reason"),
        col("archived_on"),
    ];

    fn cells(&self) -> Vec<Cell> {
        let mut cells: Vec<Cell> = vec![
            (&self.code).into(),
            (&self.profile.name).into(),
            (&self.profile.domain).into(),
        ];
        cells.extend(kept(self));
        cells
    }
}

/// What is kept of a customer besides its id, name and domain.
pub(super) fn kept(record: &CustomerRecord) -> Vec<Cell> {
    let profile = &record.profile;
    vec![
        (&profile.street).into(),
        (&profile.city).into(),
        (&profile.region).into(),
        (&profile.postal_code).into(),
        (&profile.country).into(),
        (&profile.contact_first).into(),
        (&profile.contact_last).into(),
        (&profile.mail).into(),
        (&profile.phone).into(),
        (&profile.registration_number).into(),
        (&profile.language).into(),
        record.qualification.word().into(),
        record.vetting.word().into(),
        (&record.vetting_reason).into(),
        record.archived_on.into(),
    ]
}
