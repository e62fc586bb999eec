//! The people of customers' tenants (G-6).

mod create;
mod keep;
mod leave;
mod list;

pub use create::{Create, Update};
pub(crate) use keep::{How, Kept, Powers, keep, subject};
pub use leave::{Delete, Restore};
pub use list::List;

use super::Writing;
use crate::domain::near::nearest;
use crate::domain::tenant::{PersonState, state_at};
use crate::error::{Error, Result, codes};
use crate::hub::import::Verdict;
use crate::output::{Cell, Column, Tabular, col};
use crate::policy::Permission;
use crate::store::sqlite::TenantPerson;
use crate::store::{Named, Read};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A customer, as far as rules about its people look at it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Tenant {
    pub id: i64,
    pub code: String,
    pub domain: Option<String>,
}

impl Tenant {
    /// The customer that a text names, where the acting person's permission covers it.
    ///
    /// # Errors
    /// As [`Read::find`].
    pub fn find(read: Read<'_>, text: &str) -> Result<Self> {
        let id = read.find(Named::Customer, text)?;
        Ok(Self {
            id,
            code: read.customer_code(id)?,
            domain: read.customer_name(id)?.1,
        })
    }

    /// Whoever of its people has an account, deleted or not; whoever is gone is not there (G-6).
    ///
    /// # Errors
    /// `E0110` with the accounts that come near.
    pub fn person<P: Permission>(&self, at: &Writing<'_, P>, account: &str) -> Result<TenantPerson> {
        match self.there(at, account)? {
            Some(person) => Ok(person),
            None => Err(self.nobody(at.reading(), account)?),
        }
    }

    /// The same; none when there is nobody.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn there<P: Permission>(&self, at: &Writing<'_, P>, account: &str) -> Result<Option<TenantPerson>> {
        let now = at.context().now;
        let found = self.ever(at.reading(), account)?;
        Ok(found.filter(|person| state_at(person.deleted_at, now) != PersonState::Gone))
    }

    /// The same with whoever is gone and left the account.
    pub fn ever(&self, read: Read<'_>, account: &str) -> Result<Option<TenantPerson>> {
        let found = read.tenant_person(account)?;
        Ok(found.filter(|person| person.customer_id == self.id))
    }

    /// "There is nobody of that account" (K-9).
    pub fn nobody(&self, read: Read<'_>, account: &str) -> Result<Error> {
        let known = read.tenant_accounts(self.id)?;
        let error = codes::NOT_FOUND.error(format!("{} has nobody with the account {account}", self.code));
        let near = nearest(account, known.iter().map(String::as_str));
        // Whoever is gone is not offered again under the same name.
        let near: Vec<&str> = near
            .iter()
            .map(String::as_str)
            .filter(|one| !one.eq_ignore_ascii_case(account))
            .collect();
        Ok(if near.is_empty() {
            error.hint(format!(
                "`servhub customer user list --customer {}` shows who there is",
                self.code
            ))
        } else {
            error.hint(format!("did you mean {}?", near.join(", ")))
        })
    }
}

/// What became of someone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Touched {
    /// Id of the customer.
    pub customer: String,
    /// The account.
    pub account: String,
    /// What was done.
    pub outcome: Verdict,
    /// How the person stands now.
    pub state: PersonState,
    /// What was changed, in words.
    pub changes: Vec<String>,
    /// Licences given back by deleting, or taken again by restoring.
    pub licences: Vec<String>,
    /// Licences that restoring could not take again, because no seat is left (G-6).
    pub without: Vec<String>,
}

impl Touched {
    pub(crate) fn of(tenant: &Tenant, account: &str, kept: Kept) -> Self {
        Self {
            customer: tenant.code.clone(),
            account: account.to_owned(),
            outcome: kept.outcome,
            state: kept.state,
            changes: kept.changes,
            licences: Vec::new(),
            without: Vec::new(),
        }
    }
}

impl Tabular for Touched {
    const SCHEMA: &'static str = "customer.user-change/1";
    const COLUMNS: &'static [Column] = &[
        col("customer"),
        col("account"),
        col("outcome"),
        col("state"),
        col("changes"),
        col("licences"),
        col("without"),
    ];

    fn cells(&self) -> Vec<Cell> {
        vec![
            (&self.customer).into(),
            (&self.account).into(),
            self.outcome.word().into(),
            self.state.word().into(),
            self.changes.clone().into(),
            self.licences.clone().into(),
            self.without.clone().into(),
        ]
    }
}
