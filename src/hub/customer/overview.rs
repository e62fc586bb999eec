//! `customer.overview`: one page on a customer, of one moment. Each part is read through its own permission.

use crate::domain::Zone;
use crate::domain::request::CaseState;
use crate::error::Result;
use crate::hub::delegation::Line as DelegationAt;
use crate::hub::due::{self, Line as DueLine};
use crate::hub::health::Line as Issue;
use crate::hub::request::{Clock, Line as Request, clock};
use crate::hub::{Query, Reading, Route};
use crate::policy::needs::{
    ReadAgreements, ReadCustomerPeople, ReadCustomers, ReadDelegations, ReadRequests, ReadReservations,
    ReadSubscriptions, ReadTargets,
};
use crate::policy::{Permission, PermissionId};
use crate::store::Named;
use crate::store::sqlite::{
    AgreementLine, CustomerLine, DelegationRole, LicenceLine, Page as Keyset, Relation, Requests,
    ReservationFilter, ReservationLine, SubscriptionFilter, SubscriptionLine, SupportContact, Supporter,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What ends within so many days is told.
const AHEAD: i64 = 30;

/// Asks for everything about a customer.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Overview {
    /// Name or id of the customer.
    pub customer: String,
}

/// Delegated access with its roles.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Delegated {
    /// The delegation.
    pub line: DelegationAt,
    /// Its roles, and the groups that hold them.
    pub roles: Vec<DelegationRole>,
}

/// A request that is not settled, and its clock.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Pending {
    /// The request.
    pub request: Request,
    /// How it stands to its target, where one speaks of it.
    pub clock: Option<Clock>,
}

/// A customer on one page. A part that the acting person may not read is not there.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Page {
    /// The moment.
    pub at: crate::domain::Instant,
    /// The customer.
    pub customer: CustomerLine,
    /// Its partners.
    pub relations: Vec<Relation>,
    /// What the partner of record offers, to whoever may see that it is.
    pub support: Option<SupportContact>,
    /// Resellers that support it in a partner's name.
    pub supporters: Vec<Supporter>,
    /// What ends within 30 days.
    pub due: Vec<DueLine>,
    /// What it agreed to.
    pub agreements: Option<Vec<AgreementLine>>,
    /// Delegated access.
    pub delegations: Option<Vec<Delegated>>,
    /// What was sold to it.
    pub subscriptions: Option<Vec<SubscriptionLine>>,
    /// Seats bought, used and left.
    pub licences: Option<Vec<LicenceLine>>,
    /// Azure reservations.
    pub reservations: Option<Vec<ReservationLine>>,
    /// Requests that are not settled.
    pub requests: Option<Vec<Pending>>,
    /// Open known issues of what it subscribes to.
    pub health: Option<Vec<Issue>>,
    /// The parts that are not there, and the permission for each.
    pub left_out: Vec<(String, PermissionId)>,
}

impl Query for Overview {
    const NAME: &'static str = "customer.overview";
    const ROUTE: Route = Route::get("/customers/{customer}/overview");
    type Needs = ReadCustomers;
    type Answer = Page;

    fn answer(&self, at: &Reading<'_, ReadCustomers>) -> Result<Page> {
        let id = at.find(Named::Customer, &self.customer)?;
        let day = at.context().day_in(&Zone::utc());
        let now = at.context().now;
        let mut parts = Parts {
            at,
            left_out: Vec::new(),
        };
        Ok(Page {
            at: now,
            customer: at.customer_line(id)?,
            relations: at.relations(id, day)?,
            support: at.support_of_record(id)?,
            supporters: at.supporters(id)?,
            due: due::within(at, AHEAD, Some(id))?.lines,
            agreements: parts.read::<ReadAgreements, _>("agreements", |part| part.agreements(id))?,
            delegations: parts.read("delegations", |part| delegations(part, id))?,
            subscriptions: parts.read::<ReadSubscriptions, _>("subscriptions", |part| {
                part.subscriptions(SubscriptionFilter {
                    customer: Some(id),
                    statuses: &[],
                    family: None,
                    now,
                    page: Keyset::default(),
                })
            })?,
            licences: parts
                .read::<ReadCustomerPeople, _>("seats used and left", |part| part.licence_lines(id, day))?,
            reservations: parts.read::<ReadReservations, _>("reservations", |part| {
                part.reservations(ReservationFilter {
                    customer: Some(id),
                    statuses: &[],
                    now,
                    page: Keyset::default(),
                })
            })?,
            requests: parts.read("requests", |part| requests(part, id))?,
            health: parts.read("health", |part| health(part, id))?,
            left_out: parts.left_out,
        })
    }
}

/// Reads part after part, and remembers what was left out.
struct Parts<'r, 'a> {
    at: &'r Reading<'a, ReadCustomers>,
    left_out: Vec<(String, PermissionId)>,
}

impl Parts<'_, '_> {
    fn read<Q: Permission, T>(
        &mut self,
        name: &str,
        work: impl FnOnce(&Reading<'_, Q>) -> Result<T>,
    ) -> Result<Option<T>> {
        let part = self.at.through::<Q, _>(work)?;
        if part.is_none() {
            self.left_out.push((name.to_owned(), Q::ID));
        }
        Ok(part)
    }
}

fn delegations(at: &Reading<'_, ReadDelegations>, customer: i64) -> Result<Vec<Delegated>> {
    let now = at.context().now;
    let all = at.delegations_to(customer)?.into_iter();
    all.map(|one| {
        Ok(Delegated {
            line: DelegationAt::at(one.at(now), now),
            roles: at.delegation_roles(one.id)?,
        })
    })
    .collect()
}

fn requests(at: &Reading<'_, ReadRequests>, customer: i64) -> Result<Vec<Pending>> {
    let policy = at.targets()?;
    let lines = at.requests(Requests {
        workspaces: None,
        customer: Some(customer),
        contract: None,
        states: &[
            CaseState::Open,
            CaseState::InProgress,
            CaseState::AwaitingCustomer,
        ],
        kind: None,
        severity: None,
        contact: None,
        after: None,
        limit: None,
    })?;
    let pending = lines.into_iter().map(|line| {
        Ok(Pending {
            clock: clock(at, &policy, &line)?,
            request: Request(line),
        })
    });
    pending.collect()
}

fn health(at: &Reading<'_, ReadTargets>, customer: i64) -> Result<Vec<Issue>> {
    let services = at.services_of(customer, at.context().day_in(&Zone::utc()))?;
    let issues = at.issues(None)?.into_iter().map(Issue);
    let concerns = |line: &Issue| services.contains(&line.0.service.to_lowercase());
    Ok(issues.filter(|line| line.is_open() && concerns(line)).collect())
}
