//! The facts that the rules of filing ask about.

use super::behalf;
use crate::domain::contract::Status;
use crate::domain::entitlement::Service;
use crate::domain::filing::{self, Draft, Finding, OwnFacts, Place};
use crate::domain::request::{CaseKind, CasePlace};
use crate::domain::{Day, Quantity};
use crate::error::Result;
use crate::hub::Context;
use crate::store::sqlite::{Behalf, WorkspaceFacts};
use crate::store::{Named, Read};

/// What a request would be charged to.
#[derive(Debug, Clone)]
pub(super) struct Charge {
    pub entitlement_id: i64,
    pub package_id: i64,
    pub contract_id: i64,
    /// Its id.
    pub entitlement: String,
    /// What is left of it, when it is limited.
    pub left: Option<Quantity>,
}

/// Where a request would be, and what is kept of that.
#[derive(Debug)]
pub(super) struct Home {
    pub place: CasePlace,
    pub charge: Option<Charge>,
    pub behalf: Behalf,
    /// In whose context a partner files (B-10).
    pub context: Option<String>,
    /// Where the person goes without administrator rights at the customer (B-9).
    pub portal: Option<String>,
    /// Id of the workspace.
    pub workspace: Option<String>,
    /// Name of the customer that a partner files for.
    pub customer: Option<String>,
}

/// Where somebody wants to file.
#[derive(Debug)]
pub(super) enum Spot {
    /// In a workspace, for oneself.
    Workspace(WorkspaceFacts),
    /// On behalf of a customer, by its key and id.
    Customer(i64, String),
    /// For the tenant of one's own partner.
    OwnTenant,
}

impl Spot {
    /// The place of that name, as the acting person knows it.
    pub fn find(at: Read<'_>, place: &Place) -> Result<Self> {
        Ok(match place {
            Place::Workspace(name) => {
                Self::Workspace(at.workspace_facts_of(at.find(Named::Workspace, name)?)?)
            }
            Place::Customer(name) => {
                let id = at.find(Named::Customer, name)?;
                Self::Customer(id, at.customer_code(id)?)
            }
            Place::OwnTenant => Self::OwnTenant,
        })
    }

    /// What names it for good.
    pub fn code(&self) -> &str {
        match self {
            Self::Workspace(workspace) => &workspace.code,
            Self::Customer(_, code) => code,
            Self::OwnTenant => "",
        }
    }

    /// What every rule answers, and where the request would be.
    pub fn rule(
        &self,
        at: Read<'_>,
        context: &Context,
        account: Option<&str>,
        draft: &Draft,
        hides_left: impl Fn(&WorkspaceFacts) -> bool,
    ) -> Result<(Vec<Finding>, Option<Home>)> {
        let customer = match self {
            Self::Workspace(workspace) => {
                let (mut facts, charge) = own(at, context, workspace, account, draft)?;
                facts.hides_left = hides_left(workspace);
                let home = charge.map(|charge| Home {
                    place: CasePlace::Workspace(workspace.id),
                    charge: Some(charge),
                    behalf: Behalf::default(),
                    context: None,
                    portal: None,
                    workspace: Some(workspace.code.clone()),
                    customer: None,
                });
                return Ok((filing::own(draft, &facts), home));
            }
            Self::Customer(id, _) => Some(*id),
            Self::OwnTenant => None,
        };
        let (facts, home) = behalf::facts(at, context, customer, account, draft)?;
        let channel = draft.channel.unwrap_or(filing::Channel::Shell);
        Ok((filing::on_behalf(draft, &facts, channel), home))
    }
}

/// The facts of filing in a workspace as a person, and what would be charged.
fn own(
    at: Read<'_>,
    context: &Context,
    workspace: &WorkspaceFacts,
    account: Option<&str>,
    draft: &Draft,
) -> Result<(OwnFacts, Option<Charge>)> {
    let mut facts = OwnFacts {
        workspace: workspace.code.clone(),
        archived: workspace.archived,
        operator: account.is_none(),
        account: account.unwrap_or(context.actor.name()).to_owned(),
        ..OwnFacts::default()
    };
    let active = |member: &crate::domain::member::Member| member.status(context.now).is_active();
    for member in at
        .members_of(workspace.id)?
        .iter()
        .filter(|member| active(member))
    {
        let is = |other: Option<&str>| other.is_some_and(|other| other.eq_ignore_ascii_case(&member.account));
        if member.support_contact {
            facts.is_support_contact |= is(account);
            facts.support_contacts.push(member.account.clone());
        }
        facts.contact_is_member |= is(draft.contact.as_deref());
    }
    facts.support_contacts.truncate(3);
    if !at.has_contracts(workspace.customer_id)? {
        facts.partner_of_record = at.partner_of_record(workspace.customer_id)?;
    }
    contracts(at, context, workspace, &mut facts)?;
    let charge = match draft.kind {
        Some(kind) => charge(at, context, workspace, kind, draft.entitlement.as_deref())?,
        None => None,
    };
    facts.entitlement = charge
        .as_ref()
        .map(|charge| (charge.entitlement.clone(), charge.left));
    Ok((facts, charge))
}

fn contracts(
    at: Read<'_>,
    context: &Context,
    workspace: &WorkspaceFacts,
    facts: &mut OwnFacts,
) -> Result<()> {
    for id in at.contracts_of(workspace.id)? {
        let contract = at.contract(id)?;
        match contract.term.status(context.day_at(&contract.time_zone)?) {
            Status::Active => facts.contracts_in_force.push(contract.number),
            Status::Expired
                if facts
                    .last_ended
                    .as_ref()
                    .is_none_or(|(_, day)| *day < contract.term.end) =>
            {
                facts.last_ended = Some((contract.number, contract.term.end));
            }
            _ => {}
        }
    }
    Ok(())
}

/// The entitlement of a kind of request that is in force today: the one named, or the one that expires first (L-5).
fn charge(
    at: Read<'_>,
    context: &Context,
    workspace: &WorkspaceFacts,
    kind: CaseKind,
    named: Option<&str>,
) -> Result<Option<Charge>> {
    let service = match kind {
        CaseKind::ProblemResolution => Service::Reactive,
        CaseKind::Advisory => Service::Advisory,
    };
    let wanted = named.map(|id| at.find(Named::Entitlement, id)).transpose()?;
    for contract_id in at.contracts_of(workspace.id)? {
        let contract = at.contract(contract_id)?;
        let today: Day = context.day_at(&contract.time_zone)?;
        if contract.term.status(today) != Status::Active {
            continue;
        }
        for purse in at.purses(workspace.id, service, today)? {
            let entitlement = at.entitlement(purse.entitlement_id)?;
            let package = at.package(entitlement.package_id)?;
            let fits = wanted.is_none_or(|wanted| wanted == purse.entitlement_id);
            if fits && package.contract_id == contract_id {
                return Ok(Some(Charge {
                    entitlement_id: purse.entitlement_id,
                    package_id: package.id,
                    contract_id,
                    entitlement: entitlement.code,
                    left: purse.remaining,
                }));
            }
        }
    }
    Ok(None)
}
