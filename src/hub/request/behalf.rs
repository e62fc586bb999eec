//! What the rules of filing on behalf of a customer ask about (B-1 to B-10).

use super::facts::Home;
use crate::domain::Zone;
use crate::domain::filing::{self, Account, BehalfFacts, Draft, Issue};
use crate::domain::partner::{Family, PlanKind, delegated_role, files_for};
use crate::domain::request::CasePlace;
use crate::error::Result;
use crate::hub::Context;
use crate::hub::health::Line;
use crate::store::Read;
use crate::store::sqlite::{Behalf, CatalogueProduct};

/// The customer on whose behalf somebody files; none for their partner's own tenant.
pub(super) type Customer = Option<i64>;

/// The facts, and where the request would be; nowhere when no partner of the person serves the customer.
pub(super) fn facts(
    at: Read<'_>,
    context: &Context,
    customer: Customer,
    account: Option<&str>,
    draft: &Draft,
) -> Result<(BehalfFacts, Option<Home>)> {
    let by = account.unwrap_or(context.actor.name());
    let partner = match account {
        Some(account) => at.partner_of(account, customer)?,
        None => None,
    };
    let product = product(at, draft)?;
    let mut facts = whose(at, customer, Account::new(by))?;
    facts.issues = issues(at, &product)?;
    facts.product = product.product;
    let Some(partner) = partner else {
        return Ok((facts, None));
    };
    facts.partner = Some(at.filing_partner(partner, context.now.day_in(&Zone::utc()))?);
    facts.roles = at.partner_roles(by, partner)?;
    match customer {
        Some(customer) => reach(at, context, (partner, customer), draft, &mut facts)?,
        None => in_own_tenant(&mut facts),
    }
    let home = Home {
        place: CasePlace::Partner { partner, customer },
        charge: None,
        behalf: kept(&facts, draft),
        context: Some(filing::context(&facts)),
        portal: filing::portal(&facts),
        workspace: None,
        customer: customer.map(|_| facts.customer.clone()),
    };
    Ok((facts, Some(home)))
}

/// What is known of the customer itself.
fn whose(at: Read<'_>, customer: Customer, account: Account) -> Result<BehalfFacts> {
    let (name, domain) = match customer {
        Some(id) => at.customer_name(id)?,
        None => (String::new(), None),
    };
    Ok(BehalfFacts {
        account,
        customer: name,
        customer_domain: domain,
        own_tenant: customer.is_none(),
        partner_of_record: match customer {
            Some(id) => at.partner_of_record(id)?,
            None => None,
        },
        partner: None,
        roles: Vec::new(),
        issues: Vec::new(),
        product: filing::Product::default(),
        delegated: Vec::new(),
        delegated_at_all: Vec::new(),
        subscription: None,
        subscription_role: None,
        provider_gave_access: false,
    })
}

/// The partner is its own customer.
fn in_own_tenant(facts: &mut BehalfFacts) {
    if let Some(partner) = &facts.partner {
        facts.customer.clone_from(&partner.name);
        facts.customer_domain = partner.domains.first().cloned();
    }
}

/// The product of the catalogue, or one that is in no family.
fn product(at: Read<'_>, draft: &Draft) -> Result<CatalogueProduct> {
    let Some(name) = &draft.product else {
        return Ok(CatalogueProduct::default());
    };
    let unknown = || CatalogueProduct {
        product: filing::Product {
            name: name.clone(),
            ..filing::Product::default()
        },
        services: Vec::new(),
    };
    Ok(at.product(name)?.unwrap_or_else(unknown))
}

/// Open known issues of a product, by its name and by what they call it (B-2).
fn issues(at: Read<'_>, product: &CatalogueProduct) -> Result<Vec<Issue>> {
    let mut issues = Vec::new();
    let names = std::iter::once(&product.product.name).chain(&product.services);
    for name in names.filter(|name| !name.is_empty()) {
        for issue in at.issues(Some(name))? {
            let line = Line(issue);
            if line.is_open() {
                let updates = at.health_updates(line.0.id)?;
                issues.push(Issue {
                    update: updates.last().map(|update| update.text.clone()),
                    code: line.0.code,
                    title: line.0.title,
                });
            }
        }
    }
    Ok(issues)
}

/// What the person may reach at the customer (B-4).
fn reach(
    at: Read<'_>,
    context: &Context,
    (partner, customer): (i64, i64),
    draft: &Draft,
    facts: &mut BehalfFacts,
) -> Result<()> {
    let account = facts.account.account.clone();
    let family = facts.product.family;
    for id in at.delegated(&account, (partner, customer), context.now)? {
        let name = delegated_role(&id)
            .map_or(id.as_str(), |role| role.name)
            .to_owned();
        if family.is_some_and(|family| files_for(&id).contains(&family)) {
            facts.delegated.push(name.clone());
        }
        facts.delegated_at_all.push(name);
    }
    let day = context.now.day_in(&Zone::utc());
    let subscription = match &draft.subscription {
        Some(text) => at.subscription_for((partner, customer), text, (family, day))?,
        None => None,
    };
    if let Some((id, code)) = &subscription {
        facts.subscription = Some(code.clone());
        facts.subscription_role = at.subscription_role(*id, (&account, partner))?;
    }
    let id = subscription.map(|(id, _)| id);
    facts.provider_gave_access = at.was_given_access((partner, customer), id, (family, day))?;
    Ok(())
}

/// What the request keeps of how it was filed.
fn kept(facts: &BehalfFacts, draft: &Draft) -> Behalf {
    let own = facts.partner.iter().filter(|_| facts.own_tenant);
    let plan = own
        .flat_map(|partner| &partner.plans)
        .find(|plan| draft.plan.as_ref() == Some(&plan.id));
    let asked_to = (!draft.not_covered_by.is_empty()).then(|| draft.not_covered_by.join(";"));
    Behalf {
        family: facts.product.family,
        subscription: match facts.product.family {
            Some(Family::Azure) => facts.subscription.clone().or(draft.subscription.clone()),
            _ => facts.subscription.clone(),
        },
        plan: Some(plan.map_or("csp", |plan| target_plan(plan.what)).to_owned()),
        because: draft.because.clone().filter(|_| asked_to.is_some()),
        not_covered_by: asked_to,
    }
}

/// The plan whose response targets hold for a request under a plan of the partner's own (S-2).
fn target_plan(plan: PlanKind) -> &'static str {
    plan.word()
}
