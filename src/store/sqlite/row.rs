//! The one place where the store's columns become the domain's values and back.

use crate::domain::contract::Term;
use crate::domain::entitlement::{Allowance, AllowanceKind};
use crate::domain::{Day, Instant, Quantity};
use crate::store::engine::{self, Row};
use rusqlite::Result;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};

impl FromSql for Day {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        i32::column_result(value).map(Day::from_number)
    }
}

impl ToSql for Day {
    fn to_sql(&self) -> Result<ToSqlOutput<'_>> {
        Ok(self.number().into())
    }
}

impl FromSql for Instant {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        i64::column_result(value).map(Instant::from_seconds)
    }
}

impl ToSql for Instant {
    fn to_sql(&self) -> Result<ToSqlOutput<'_>> {
        Ok(self.seconds().into())
    }
}

impl FromSql for Quantity {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        i64::column_result(value).map(Quantity::from_hundredths)
    }
}

impl ToSql for Quantity {
    fn to_sql(&self) -> Result<ToSqlOutput<'_>> {
        Ok(self.hundredths().into())
    }
}

macro_rules! stored_as_word {
    ($($name:ty),+ $(,)?) => {$(
        impl FromSql for $name {
            fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
                value.as_str()?.parse().map_err(|error| FromSqlError::Other(Box::new(error)))
            }
        }
        impl ToSql for $name {
            fn to_sql(&self) -> Result<ToSqlOutput<'_>> {
                Ok(self.word().into())
            }
        }
    )+};
}

stored_as_word!(
    crate::domain::contract::ContractKind,
    crate::domain::contract::ScheduleKind,
    crate::domain::contract::PackageKind,
    crate::domain::contract::AccountKind,
    crate::domain::contract::ContactRole,
    crate::domain::entitlement::Service,
    crate::domain::entitlement::Category,
    crate::domain::entitlement::AllowanceKind,
    crate::domain::entitlement::Unit,
    crate::domain::people::Role,
    crate::domain::people::MemberStatus,
    crate::domain::people::GroupKind,
    crate::domain::health::Classification,
    crate::domain::partner::AgreementStatus,
    crate::domain::partner::Audience,
    crate::domain::partner::CustomerType,
    crate::domain::partner::DelegationStatus,
    crate::domain::partner::Family,
    crate::domain::partner::IntakeOutcome,
    crate::domain::partner::PartnerKind,
    crate::domain::partner::PlanKind,
    crate::domain::partner::Qualification,
    crate::domain::partner::RelationshipStatus,
    crate::domain::partner::SubscriptionStatus,
    crate::domain::partner::SupportLevel,
    crate::domain::partner::SupportStructure,
    crate::domain::partner::Vetting,
    crate::domain::request::CaseKind,
    crate::domain::request::CaseClass,
    crate::domain::request::Severity,
    crate::domain::request::CaseState,
    crate::domain::sold::reservation::ReservationStatus,
    crate::domain::sold::reservation::ReturnKind,
    crate::domain::sold::term::Billing,
    crate::domain::sold::term::Term,
    crate::domain::sold::transfer::TransferStatus,
    crate::domain::tenant::PersonState,
    crate::domain::token::TokenKind,
    crate::domain::work::EngagementKind,
    crate::domain::work::EngagementStatus,
    crate::domain::work::LearningStatus,
    crate::domain::work::AssessmentStatus,
);

impl FromSql for crate::domain::token::Scopes {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        value
            .as_str()?
            .parse()
            .map_err(|error: crate::domain::words::UnknownWord| FromSqlError::Other(Box::new(error)))
    }
}

impl FromSql for crate::domain::sold::money::Currency {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        value
            .as_str()?
            .parse()
            .map_err(|error: crate::domain::sold::money::MoneyError| FromSqlError::Other(Box::new(error)))
    }
}

impl ToSql for crate::domain::sold::money::Currency {
    fn to_sql(&self) -> Result<ToSqlOutput<'_>> {
        Ok(self.code().into())
    }
}

/// Reads a term from two columns.
pub(super) fn term(row: &Row<'_>, start: &str, end: &str) -> engine::Result<Term> {
    Ok(Term {
        start: row.get(start)?,
        end: row.get(end)?,
    })
}

/// Reads an allowance from the columns `allowance`, `quantity` and `unit`, whose checks make it total.
pub(super) fn allowance(row: &Row<'_>) -> engine::Result<Allowance> {
    Ok(match row.get("allowance")? {
        AllowanceKind::Limited => Allowance::Limited(row.get("quantity")?, row.get("unit")?),
        AllowanceKind::AsNeeded => Allowance::AsNeeded(row.get("unit")?),
        AllowanceKind::Included => Allowance::Included,
    })
}
