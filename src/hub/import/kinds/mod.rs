//! The rules of each kind of row.

mod agreement;
mod contact;
mod contract;
mod delivery;
mod entitlement;
mod group;
mod health;
mod intake;
mod kept;
mod partner;
mod person;
mod request;
mod reserved;
mod served;
mod sold;
mod target;
mod tenant;
mod work;
mod workspace;

pub(super) use delivery::{DEFAULT_SOURCE, part_key};
pub(super) use person::person;
pub(super) use tenant::{Purpose, Tenants, licences, tenant_person};

use super::desk::{Desk, Judged};
use super::kind::Kind;
use super::report::Stop;
use super::row::Row;

/// Judges a row whose cells are right by themselves, and puts it in.
pub(super) fn judge(desk: &mut Desk<'_, '_, '_>, row: &Row<'_>) -> Result<Judged, Stop> {
    match row.kind {
        Kind::Customers => contract::customer(desk, row),
        Kind::Contracts => contract::contract(desk, row),
        Kind::Schedules => contract::schedule(desk, row),
        Kind::Packages => contract::package(desk, row),
        Kind::Entitlements => entitlement::entitlement(desk, row),
        Kind::Workspaces => workspace::workspace(desk, row),
        Kind::Attachments => workspace::attachment(desk, row),
        Kind::Contacts => contact::contact(desk, row),
        Kind::Calendars => target::calendar(desk, row),
        Kind::Holidays => target::holiday(desk, row),
        Kind::Targets => target::target(desk, row),
        Kind::Administrators => group::administrator(desk, row),
        Kind::Groups => group::group(desk, row),
        Kind::People => person(desk, row),
        Kind::Shares => group::share(desk, row),
        Kind::Partners => partner::partner(desk, row),
        Kind::SecurityGroups => partner::security_group(desk, row),
        Kind::PartnerPeople => partner::person(desk, row),
        Kind::PartnerPlans => partner::plan(desk, row),
        Kind::Relationships => served::relationship(desk, row),
        Kind::AgreementTemplates => agreement::template(desk, row),
        Kind::Agreements => agreement::agreement(desk, row),
        Kind::Delegations => served::delegation(desk, row),
        Kind::DelegationRoles => served::delegation_role(desk, row),
        Kind::Products => sold::product(desk, row),
        Kind::Subscriptions => sold::subscription(desk, row),
        Kind::SubscriptionRoles => sold::subscription_role(desk, row),
        Kind::Transfers => reserved::transfer(desk, row),
        Kind::Reservations => reserved::reservation(desk, row),
        Kind::ReservationReturns => reserved::given_back(desk, row),
        Kind::CustomerPeople => tenant_person(desk, row),
        Kind::Licenses => licences(desk, row),
        Kind::Intake => intake::intake(desk, row),
        Kind::Cases => request::case(desk, row),
        Kind::Events => kept::event(desk, row),
        Kind::Files => kept::file(desk, row),
        Kind::Health => health::issue(desk, row),
        Kind::Updates => health::update(desk, row),
        Kind::Engagements => work::engagement(desk, row),
        Kind::Learning => work::learning(desk, row),
        Kind::Assessments => work::assessment(desk, row),
        Kind::Deliveries => delivery::delivery(desk, row),
    }
}
