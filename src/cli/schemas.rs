//! Every shape an answer can have, so that tests can pin them (K-6).

use super::request::ParcelLine;
use super::{auth, explain, import, profile, role};
use crate::domain::clock::Step;
use crate::domain::contract::Workspace;
use crate::domain::filing::Finding;
use crate::domain::people::Group;
use crate::domain::sla::Target;
use crate::hub::import::RowResult;
use crate::hub::{
    access, activation, activity, audit, contract, delegation, entitlement, export, intake, licence, people,
    request, target, tenant, upkeep, workspace,
};
use crate::output::{Column, Tabular};
use crate::store::sqlite::{
    AgreementLine, Attachment, CalendarRow, CustomerLine, CustomerRecord, DelegationRole, Event, Found,
    IntakeLine, LicenceLine, PartnerLine, PersonLine, PlanLine, ProductLine, Relation, SubscriptionLine,
    SubscriptionRole, Supporter, TemplateLine, TenantPersonLine,
};
use crate::store::{EntryLine, UsageLine};

/// A schema with its columns.
pub type Schema = (&'static str, &'static [Column]);

const fn of<T: Tabular>() -> Schema {
    (T::SCHEMA, T::COLUMNS)
}

/// All schemas; `docs/schemas.txt` is made from this, and a test finds one that is missing here.
pub const SCHEMAS: &[Schema] = &[
    of::<access::Explained>(),
    of::<activation::Activation>(),
    of::<activity::Row>(),
    of::<audit::Line>(),
    of::<audit::Verified>(),
    of::<contract::ExpiringLine>(),
    of::<contract::Line>(),
    of::<contract::PackageLine>(),
    of::<entitlement::Step>(),
    of::<UsageLine>(),
    of::<explain::Line>(),
    (export::cpod::SCHEMA, export::cpod::COLUMNS),
    (export::cpod::SUMMARY_SCHEMA, export::cpod::SUMMARY_COLUMNS),
    (export::education::SCHEMA, export::education::COLUMNS),
    (export::requests::SCHEMA, export::requests::COLUMNS),
    (export::users::SCHEMA, export::users::COLUMNS),
    of::<Group>(),
    of::<import::CountLine>(),
    of::<RowResult>(),
    of::<EntryLine>(),
    of::<request::Line>(),
    of::<request::Shown>(),
    of::<auth::Line>(),
    of::<profile::Line>(),
    of::<profile::SettingLine>(),
    of::<Target>(),
    of::<Finding>(),
    of::<request::Clock>(),
    of::<Event>(),
    of::<Attachment>(),
    of::<request::Attached>(),
    of::<crate::hub::health::Line>(),
    of::<crate::store::sqlite::Update>(),
    of::<request::Filed>(),
    of::<Step>(),
    of::<ParcelLine>(),
    of::<target::Hours>(),
    of::<CalendarRow>(),
    of::<crate::hub::role::Administrator>(),
    of::<crate::hub::role::HeldLine>(),
    of::<role::RoleLine>(),
    of::<upkeep::Check>(),
    of::<people::MemberLine>(),
    of::<people::Touched>(),
    of::<workspace::Created>(),
    of::<Workspace>(),
    of::<CustomerLine>(),
    of::<Relation>(),
    of::<crate::hub::customer::Shown>(),
    of::<PartnerLine>(),
    of::<PersonLine>(),
    of::<PlanLine>(),
    of::<crate::hub::partner::Profiled>(),
    of::<Found>(),
    of::<CustomerRecord>(),
    of::<crate::hub::customer::Added>(),
    of::<crate::hub::customer::SelfPurchase>(),
    of::<Supporter>(),
    of::<TemplateLine>(),
    of::<AgreementLine>(),
    of::<delegation::Line>(),
    of::<DelegationRole>(),
    of::<SubscriptionLine>(),
    of::<SubscriptionRole>(),
    of::<crate::hub::subscription::RowOutcome>(),
    of::<crate::store::sqlite::TransferLine>(),
    of::<crate::store::sqlite::ReservationLine>(),
    of::<crate::store::sqlite::ReturnLine>(),
    of::<crate::hub::reservation::Calculation>(),
    of::<ProductLine>(),
    of::<TenantPersonLine>(),
    of::<tenant::Touched>(),
    of::<LicenceLine>(),
    of::<licence::PersonLicence>(),
    of::<licence::Given>(),
    of::<request::Granted>(),
    of::<IntakeLine>(),
    of::<intake::Shared>(),
    of::<crate::hub::token::Line>(),
    of::<crate::store::sqlite::Operator>(),
    of::<crate::hub::copy::Table>(),
];
