//! `customer.add`

use super::record::{new_domain, no_flaws};
use crate::domain::partner::{CustomerProfile, Flaw, Qualification, RelationshipStatus, Vetting};
use crate::error::{Error, Result, codes};
use crate::hub::acting::{acting_partner, today};
use crate::hub::{Change, Route, Writing};
use crate::output::{Cell, Column, Tabular, col};
use crate::policy::needs::KeepCustomers;
use crate::store::Named;
use crate::store::sqlite::{CustomerRecord, RelationRow};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// So many faults are told; the rest is counted.
const TOLD: usize = 20;

/// A customer to add.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
pub struct NewCustomer {
    /// Its id; made when there is none.
    pub code: Option<String>,
    /// Name, address and contact.
    pub profile: CustomerProfile,
    /// Where the wish stands, such as `customers.csv:3`, for messages.
    pub origin: Option<String>,
}

/// Adds customers. The partner that adds one serves it from then on, and is its partner of record (G-1, G-2).
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Add {
    /// Whom.
    pub customers: Vec<NewCustomer>,
    /// For which partner, by name or id.
    pub partner: Option<String>,
}

/// What came of one of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Added {
    /// Id of the customer.
    pub customer: String,
    /// Its name.
    pub name: String,
    /// Its domain.
    pub domain: Option<String>,
    /// Id of the partner that serves it now.
    pub partner: Option<String>,
    /// Whether it was not there before.
    pub is_new: bool,
}

impl Change for Add {
    const NAME: &'static str = "customer.add";
    const ROUTE: Route = Route::post("/customers");
    type Needs = KeepCustomers;
    type Answer = Vec<Added>;

    fn change(&self, at: &mut Writing<'_, KeepCustomers>) -> Result<Vec<Added>> {
        let partner = acting_partner(at, self.partner.as_deref())?;
        let (mut added, mut faults) = (Vec::new(), Vec::new());
        for new in &self.customers {
            match new.add(at, partner) {
                Ok(one) => added.push(one),
                Err(error) if is_of_row(&error) && new.origin.is_some() => faults.extend(new.located(&error)),
                Err(error) => return Err(error),
            }
        }
        if faults.is_empty() {
            return Ok(added);
        }
        let rows = self.customers.len() - added.len();
        let message = format!(
            "{rows} of {} customers cannot be added; nothing was changed",
            self.customers.len()
        );
        let more = faults.len().saturating_sub(TOLD);
        let more = (more > 0).then(|| format!("and {more} more"));
        let told = faults.into_iter().take(TOLD).chain(more);
        Err(told.fold(codes::CUSTOMER_DATA.error(message), Error::hint))
    }
}

/// Whether it is a matter of one row of a file.
fn is_of_row(error: &Error) -> bool {
    [
        &codes::CUSTOMER_DATA,
        &codes::CUSTOMER_TAKEN,
        &codes::CUSTOMER_ARCHIVED,
        &codes::RULE,
    ]
    .contains(&error.code)
}

impl NewCustomer {
    /// What is wrong with it, each with its place.
    fn located(&self, error: &Error) -> Vec<String> {
        let origin = self.origin.as_deref().unwrap_or_default();
        if error.code == &codes::CUSTOMER_DATA {
            return error
                .hints
                .iter()
                .map(|hint| format!("{origin}: {hint}"))
                .collect();
        }
        let fix = error
            .hints
            .first()
            .map_or(String::new(), |hint| format!(": {hint}"));
        vec![format!("{origin}: {}{fix}", error.message)]
    }

    fn add(&self, at: &mut Writing<'_, KeepCustomers>, partner: Option<i64>) -> Result<Added> {
        let profile = CustomerProfile {
            domain: self.profile.domain.as_deref().map(str::to_lowercase),
            ..self.profile.clone()
        };
        let mut flaws = profile.flaws();
        flaws.extend(profile.gaps());
        flaws.extend(self.code.as_deref().and_then(wrong_code));
        no_flaws("the customer cannot be added", flaws)?;
        if let Some(there) = self.already(at, &profile, partner)? {
            return Ok(there);
        }
        new_domain(at, &profile, partner)?;
        let code = self
            .code
            .clone()
            .map_or_else(|| at.reading().free_customer(), Ok)?;
        if at.reading().customer_taken(&code, &profile.name)?.is_some() {
            let message = format!("the id {code} or the name {} is another customer's", profile.name);
            return Err(codes::CUSTOMER_TAKEN.error(message).hint("choose another one"));
        }
        let record = CustomerRecord {
            code,
            profile,
            qualification: Qualification::None,
            vetting: Vetting::None,
            vetting_reason: None,
            archived_on: None,
        };
        let id = at.add_customer(&record)?;
        at.record(&format!("customer:{}", record.code), None, Some(&record))?;
        serve(at, partner, id)?;
        told(at, record, partner, true)
    }

    /// The same customer, which is served by the same partner already: then nothing is left to do.
    fn already(
        &self,
        at: &Writing<'_, KeepCustomers>,
        profile: &CustomerProfile,
        partner: Option<i64>,
    ) -> Result<Option<Added>> {
        let read = at.reading();
        let Some(id) = read.customer_by_domain(profile.domain.as_deref().unwrap_or_default())? else {
            return Ok(None);
        };
        let record = read.customer_record(id)?;
        let served = match partner {
            Some(partner) => read.serves(partner, id)?,
            None => true,
        };
        let same_code = self.code.as_ref().is_none_or(|code| *code == record.code);
        if served && same_code && record.profile == *profile && record.archived_on.is_none() {
            return told(at, record, partner, false).map(Some);
        }
        let error = codes::CUSTOMER_TAKEN.error(format!(
            "{} is the domain of a customer already (G-1)",
            profile.domain.as_deref().unwrap_or_default()
        ));
        // Who it is, is told to those who know of it.
        let known = read.find(Named::Customer, &record.code).is_ok();
        Err(match (known, profile.domain.as_deref()) {
            (true, _) => error.hint(format!("`servhub customer update {}` changes it", record.code)),
            (false, Some(domain)) => error.hint(format!(
                "`servhub relationship request {domain}` asks it for a relationship"
            )),
            (false, None) => error,
        })
    }
}

fn wrong_code(code: &str) -> Option<Flaw> {
    let fits = (1..=40).contains(&code.len())
        && code
            .bytes()
            .all(|one| one.is_ascii_alphanumeric() || b"-_.".contains(&one));
    (!fits).then(|| Flaw {
        part: "customer",
        what: format!("\"{code}\" is no id"),
        fix: "write letters, digits, - and _, or leave it out".to_owned(),
    })
}

/// The partner that adds a customer serves it (G-2).
fn serve(at: &mut Writing<'_, KeepCustomers>, partner: Option<i64>, customer: i64) -> Result<()> {
    let Some(partner) = partner else {
        return Ok(());
    };
    let row = RelationRow {
        partner,
        customer,
        status: RelationshipStatus::Active,
        of_record: true,
        since: today(at),
        code: None,
        until: None,
    };
    crate::hub::relationship::keep(at, None, &row)
}

fn told(
    at: &Writing<'_, KeepCustomers>,
    record: CustomerRecord,
    partner: Option<i64>,
    is_new: bool,
) -> Result<Added> {
    let partner = partner.map(|id| Ok::<_, Error>(at.reading().partner_line(id)?.code));
    Ok(Added {
        customer: record.code,
        name: record.profile.name,
        domain: record.profile.domain,
        partner: partner.transpose()?,
        is_new,
    })
}

impl Tabular for Added {
    const SCHEMA: &'static str = "customer.add/1";
    const COLUMNS: &'static [Column] = &[
        col("customer"),
        col("name"),
        col("domain"),
        col("partner"),
        col("relationship"),
        col("outcome"),
    ];

    fn cells(&self) -> Vec<Cell> {
        let relationship = self
            .partner
            .as_ref()
            .map(|_| RelationshipStatus::Active.word().to_owned());
        vec![
            (&self.customer).into(),
            (&self.name).into(),
            (&self.domain).into(),
            (&self.partner).into(),
            relationship.into(),
            if self.is_new { "created" } else { "unchanged" }.into(),
        ]
    }
}
