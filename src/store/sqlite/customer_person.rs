//! People of customers' tenants (G-6).

use super::scope::Conditions;
use super::{Page, Read, Write};
use crate::domain::Instant;
use crate::domain::tenant::{PersonState, Profile};
use crate::error::Result;
use crate::store::engine::{self, OptionalExtension, Row, params};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Someone of a tenant, as rules look at them.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct TenantPerson {
    pub id: i64,
    pub customer_id: i64,
    pub account: String,
    pub profile: Profile,
    pub deleted_at: Option<Instant>,
}

/// Someone of a tenant as a list shows them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[expect(missing_docs, reason = "the names say it")]
pub struct TenantPersonLine {
    pub customer: String,
    pub account: String,
    pub profile: Profile,
    pub state: PersonState,
    pub deleted_at: Option<Instant>,
    /// Products of which the person holds a licence.
    pub licences: Vec<String>,
}

const COLUMNS: &str = "p.id, p.customer_id, p.account, p.name, p.first_name, p.last_name, p.usage_location, p.administrator, p.deleted_at";

impl Read<'_> {
    /// Whoever has an account, of any customer and in any state: accounts are one person's in the whole hub. A rule asks
    /// this, and what it answers is told to nobody who may not know of that customer.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn tenant_person(&self, account: &str) -> Result<Option<TenantPerson>> {
        let sql = format!("SELECT {COLUMNS} FROM main.customer_person p WHERE p.account = ?1");
        let mut statement = self.conn.prepare_cached(&sql)?;
        Ok(statement.query_row([account], person).optional()?)
    }

    /// Accounts of a customer's people, for "did you mean".
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn tenant_accounts(&self, customer: i64) -> Result<Vec<String>> {
        let sql = "SELECT account FROM main.customer_person WHERE customer_id = ?1 ORDER BY account";
        let mut statement = self.conn.prepare_cached(sql)?;
        let rows = statement.query_map([customer], |row| row.get(0))?;
        Ok(rows.collect::<engine::Result<_>>()?)
    }

    /// People of a customer by their accounts: those who are there, or those who were deleted since an instant.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn tenant_people(
        &self,
        customer: i64,
        deleted_since: Option<Instant>,
        page: Page<'_>,
    ) -> Result<Vec<TenantPersonLine>> {
        let mut on = Conditions::default();
        on.compare("p.customer_id =", Some(customer));
        match deleted_since {
            None => on.require("p.state = 'active'".to_owned()),
            Some(since) => on.compare("p.deleted_at >=", Some(since.seconds())),
        }
        let end = page.demand(&mut on, "p.account");
        let sql = format!(
            "SELECT {COLUMNS}, u.code, p.state, (SELECT string_agg(o.name, '\n' ORDER BY o.name) FROM licence l
               JOIN main.product o ON o.id = l.product_id WHERE l.person_id = p.id AND l.given_back = 0) AS licences
             FROM customer_person p JOIN main.customer u ON u.id = p.customer_id{}{end}",
            on.clause()
        );
        let mut statement = self.conn.prepare_cached(&sql)?;
        let rows = statement.query_map(on.values(), line)?;
        Ok(rows.collect::<engine::Result<_>>()?)
    }
}

impl Write<'_> {
    /// Puts someone new in.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn put_tenant_person(
        &self,
        customer: i64,
        account: &str,
        profile: &Profile,
        deleted_at: Option<Instant>,
    ) -> Result<i64> {
        let sql = "INSERT INTO customer_person
              (customer_id, account, name, first_name, last_name, usage_location, administrator, state, deleted_at)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) RETURNING id";
        let mut statement = self.conn().prepare_cached(sql)?;
        Ok(statement.insert(params![
            customer,
            account,
            profile.name,
            profile.first_name,
            profile.last_name,
            profile.usage_location,
            profile.administrator,
            stored(deleted_at),
            deleted_at,
        ])?)
    }

    /// Sets what is kept of someone.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn set_tenant_person(
        &self,
        id: i64,
        profile: &Profile,
        deleted_at: Option<Instant>,
    ) -> Result<()> {
        let sql = "UPDATE customer_person SET name = ?2, first_name = ?3, last_name = ?4, usage_location = ?5, administrator = ?6,
              state = ?7, deleted_at = ?8 WHERE id = ?1";
        self.conn().prepare_cached(sql)?.execute(params![
            id,
            profile.name,
            profile.first_name,
            profile.last_name,
            profile.usage_location,
            profile.administrator,
            stored(deleted_at),
            deleted_at,
        ])?;
        Ok(())
    }

    /// Takes away what is left of someone who is gone, so that the account is free.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn forget_tenant_person(&self, id: i64) -> Result<()> {
        for sql in [
            "DELETE FROM licence WHERE person_id = ?1",
            "DELETE FROM customer_person WHERE id = ?1",
        ] {
            self.conn().prepare_cached(sql)?.execute([id])?;
        }
        Ok(())
    }
}

fn stored(deleted_at: Option<Instant>) -> &'static str {
    let state = if deleted_at.is_some() {
        PersonState::Deleted
    } else {
        PersonState::Active
    };
    state.word()
}

fn profile(row: &Row<'_>) -> engine::Result<Profile> {
    Ok(Profile {
        name: row.get("name")?,
        first_name: row.get("first_name")?,
        last_name: row.get("last_name")?,
        usage_location: row.get("usage_location")?,
        administrator: row.get("administrator")?,
    })
}

fn person(row: &Row<'_>) -> engine::Result<TenantPerson> {
    Ok(TenantPerson {
        id: row.get("id")?,
        customer_id: row.get("customer_id")?,
        account: row.get("account")?,
        profile: profile(row)?,
        deleted_at: row.get("deleted_at")?,
    })
}

fn line(row: &Row<'_>) -> engine::Result<TenantPersonLine> {
    let licences: Option<String> = row.get("licences")?;
    Ok(TenantPersonLine {
        customer: row.get("code")?,
        account: row.get("account")?,
        profile: profile(row)?,
        state: row.get("state")?,
        deleted_at: row.get("deleted_at")?,
        licences: licences.unwrap_or_default().lines().map(str::to_owned).collect(),
    })
}
