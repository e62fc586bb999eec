//! Which version a customer is asked to agree to: that of its region, language and type (G-8).

use crate::domain::partner::{Audience, CustomerType, region_of};
use crate::error::{Error, Result, codes};
use crate::hub::Writing;
use crate::hub::acting::today;
use crate::policy::Permission;
use crate::store::sqlite::{TemplateFilter, TemplateLine};

/// What was said of the version.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Said<'a> {
    /// Its id.
    pub template: Option<&'a str>,
    /// Its language.
    pub language: Option<&'a str>,
    /// Its audience; one that buys from a partner when nothing is said.
    pub audience: Option<Audience>,
}

/// The version that is meant: the one named, else the newest that fits the customer.
pub(super) fn template<P: Permission>(
    at: &Writing<'_, P>,
    customer: i64,
    said: Said<'_>,
) -> Result<TemplateLine> {
    if let Some(code) = said.template {
        return at.reading().agreement_template(code)?.ok_or_else(|| {
            codes::NOT_FOUND
                .error(format!("there is no version {code} of the agreement"))
                .hint("`servhub agreement template` shows them")
        });
    }
    let record = at.reading().customer_record(customer)?;
    let Some(country) = record.profile.country.as_deref() else {
        let error = codes::MISSING_OPTION.error(format!(
            "customer {} has no country, so no version fits",
            record.code
        ));
        return Err(error
            .hint("set it with `servhub customer update --country`, or name the version with --template"));
    };
    let wanted = said
        .language
        .or(record.profile.language.as_deref())
        .unwrap_or("en");
    let mut filter = TemplateFilter {
        region: Some(region_of(country).to_owned()),
        language: Some(wanted.to_owned()),
        customer_type: Some(CustomerType::of(record.qualification, record.vetting)),
        audience: Some(said.audience.unwrap_or(Audience::PartnerLed)),
        on: Some(today(at)),
        newest: true,
        version: None,
    };
    let mut found = at.reading().agreement_templates(&filter)?;
    if found.is_empty() && said.language.is_none() {
        // Where there is none in the customer's own language, there is one in English.
        filter.language = Some("en".to_owned());
        found = at.reading().agreement_templates(&filter)?;
    }
    match found.into_iter().next() {
        Some(one) => Ok(one),
        None => Err(none_fits(at, wanted, filter)?),
    }
}

fn none_fits<P: Permission>(at: &Writing<'_, P>, wanted: &str, filter: TemplateFilter) -> Result<Error> {
    let others = at.reading().agreement_templates(&TemplateFilter {
        language: None,
        ..filter.clone()
    })?;
    let mut languages: Vec<String> = others.into_iter().map(|one| one.language).collect();
    languages.dedup();
    let region = filter.region.unwrap_or_default();
    let error = codes::NOT_FOUND.error(format!("there is no version in {wanted} for {region}"));
    Ok(match languages.as_slice() {
        [] => error.hint("`servhub agreement template` shows what there is"),
        some => error.hint(format!("there is one in {}", some.join(", "))),
    })
}
