//! Filing on behalf of a customer (B-1 to B-10).

use super::facts::{BehalfFacts, Family, Partner, PartnerKind};
use super::{Channel, Draft, Finding};
use crate::domain::partner::{SUPPORT_REQUEST_ROLE, filing_for};
use crate::domain::people::Role;

/// Asks every rule, in the order of the specification.
pub fn on_behalf(draft: &Draft, facts: &BehalfFacts, channel: Channel) -> Vec<Finding> {
    vec![
        own_people(facts),
        health(draft, facts),
        escalation(draft),
        access(draft, facts),
        plan(draft, facts),
        contact(draft, facts),
        marketplace(facts),
        phone(channel),
        without_rights(draft, facts),
        super::own::missing("F-2", draft),
        Finding::holds("B-10", context(facts)),
    ]
}

fn own_people(facts: &BehalfFacts) -> Finding {
    let is_own = facts.is_of_customer(&facts.account.domain) && !facts.own_tenant;
    if !is_own && facts.partner.is_some() {
        let why = format!(
            "{} is not one of {}'s own people",
            facts.account.account, facts.customer
        );
        return Finding::holds("B-1", why);
    }
    if facts.own_tenant {
        let why = format!(
            "{} works for no partner, and so has no tenant of one",
            facts.account.account
        );
        let way_out = "file in a workspace with --workspace, or act as a person of a partner";
        return Finding::refused("B-1", why, way_out);
    }
    let why = if is_own {
        format!(
            "{} is one of {}'s own people, who do not file",
            facts.account.account, facts.customer
        )
    } else {
        format!(
            "{} works for no partner that serves {}",
            facts.account.account, facts.customer
        )
    };
    match &facts.partner_of_record {
        Some(profile) => Finding::refused(
            "B-1",
            why,
            format!("turn to the partner of record, {}", profile.tell()),
        ),
        None => Finding::refused(
            "B-1",
            why,
            format!(
                "{} has no partner of record: the operator puts one on record",
                facts.customer
            ),
        ),
    }
}

/// What a rule answers that asks about the product, while none is named (F-2 says so).
fn unnamed(rule: &'static str, facts: &BehalfFacts) -> Option<Finding> {
    let is_unnamed = facts.product.name.trim().is_empty();
    is_unnamed.then(|| Finding::not_asked(rule, "no product is named yet"))
}

fn health(draft: &Draft, facts: &BehalfFacts) -> Finding {
    if let Some(finding) = unnamed("B-2", facts) {
        return finding;
    }
    if facts.issues.is_empty() {
        return Finding::holds("B-2", format!("no open issue of {} is known", facts.product.name));
    }
    let named = |issue: &super::Issue| {
        let mut codes = draft.not_covered_by.iter();
        codes.any(|code| code.eq_ignore_ascii_case(&issue.code))
    };
    let open = |issue: &&super::Issue| !named(issue);
    let because = draft.because.as_ref().filter(|text| !text.trim().is_empty());
    let Some(issue) = facts.issues.iter().find(open) else {
        return match because {
            Some(because) => Finding::holds("B-2", format!("not covered by the known issue: {because}")),
            None => Finding::refused(
                "B-2",
                "nothing says why the known issue does not cover it",
                "add --because \"...\"",
            ),
        };
    };
    let update = issue.update.as_deref().unwrap_or("no update yet");
    Finding::refused(
        "B-2",
        format!("{} is known: {} ({update})", issue.code, issue.title),
        "wait for it to be resolved",
    )
    .or(format!(
        "if it is something else: --not-covered-by {} --because \"...\"",
        issue.code
    ))
}

fn escalation(draft: &Draft) -> Finding {
    match draft.category {
        Some(category) => Finding::holds("B-3", format!("{category} is escalated")),
        None => Finding::refused(
            "B-3",
            "only what must be escalated is filed, and nothing says why this must",
            format!("add --category with one of {}", super::Category::WORDS.join(", ")),
        ),
    }
}

fn access(draft: &Draft, facts: &BehalfFacts) -> Finding {
    let Some(partner) = &facts.partner else {
        return Finding::not_asked("B-4", "the person works for no partner of the customer");
    };
    if facts.own_tenant {
        return Finding::not_asked("B-4", "nobody delegates access to its own tenant");
    }
    if facts.product.publisher.is_some() {
        return Finding::not_asked("B-4", "a product of the marketplace is not filed for here (B-7)");
    }
    if let Some(finding) = unnamed("B-4", facts) {
        return finding;
    }
    let Some(family) = facts.product.family else {
        return Finding::not_asked("B-4", "the product is in no family that is filed for (B-5)");
    };
    if partner.kind == PartnerKind::IndirectReseller && !facts.provider_gave_access {
        let provider = partner.provider.as_deref().unwrap_or("its indirect provider");
        return Finding::refused(
            "B-4",
            format!(
                "{} is an indirect reseller, which files through its provider",
                partner.name
            ),
            format!("have {provider} file it"),
        )
        .or(format!(
            "or have {provider} give access to the customer's subscription"
        ));
    }
    match family {
        Family::Azure => azure(draft, facts),
        Family::Microsoft365 | Family::Dynamics365 | Family::Ems => delegated(facts),
    }
}

fn azure(draft: &Draft, facts: &BehalfFacts) -> Finding {
    let Some(subscription) = &facts.subscription else {
        let why = match &draft.subscription {
            Some(named) => format!("{} has no Azure subscription {named}", facts.customer),
            None => "an Azure request needs the subscription".to_owned(),
        };
        return Finding::refused("B-4", why, "name it with --subscription");
    };
    if let Some((role, group)) = &facts.subscription_role {
        let through = group
            .as_ref()
            .map_or(String::new(), |group| format!(" through group {group}"));
        return Finding::holds("B-4", format!("{role} on subscription {subscription}{through}"));
    }
    let helpdesk_alone = facts.roles.contains(&Role::HelpdeskAgent)
        && !facts
            .roles
            .iter()
            .any(|role| matches!(role, Role::AdminAgent | Role::PartnerAdmin));
    let why = if helpdesk_alone {
        format!(
            "a helpdesk agent alone cannot file for Azure; {} holds no support role on subscription {subscription}",
            facts.account.account
        )
    } else {
        format!(
            "{} holds no support role on subscription {subscription}",
            facts.account.account
        )
    };
    let way_out = format!("have the role {SUPPORT_REQUEST_ROLE} granted on the subscription");
    Finding::refused("B-4", why, way_out)
        .or(format!("or set up a support group that holds it: `servhub request support-group --subscription {subscription}`"))
}

fn delegated(facts: &BehalfFacts) -> Finding {
    if let [first, ..] = facts.delegated.as_slice() {
        return Finding::holds(
            "B-4",
            format!("delegated role {first} covers {}", facts.product.name),
        );
    }
    let why = match facts.delegated_at_all.as_slice() {
        [] => format!(
            "{} holds no active delegated role at {}",
            facts.account.account, facts.customer
        ),
        some => format!(
            "none of the delegated roles held ({}) covers {}",
            some.join(", "),
            facts.product.name
        ),
    };
    let task = facts.product.family.and_then(filing_for);
    let least = task.map_or(SUPPORT_REQUEST_ROLE, |task| task.least().name);
    let way_out = format!("have {least} delegated: it is the least that suffices");
    Finding::refused("B-4", why, way_out)
}

fn plan(draft: &Draft, facts: &BehalfFacts) -> Finding {
    if facts.product.publisher.is_some() {
        return Finding::not_asked("B-5", "a product of the marketplace is not filed for here");
    }
    if let Some(finding) = unnamed("B-5", facts) {
        return finding;
    }
    let Some(family) = facts.product.family else {
        let why = format!(
            "{} is in no product family that partners file for",
            facts.product.name
        );
        return Finding::refused(
            "B-5",
            why,
            format!("file for one of {}", Family::WORDS.join(", ")),
        );
    };
    if draft.category.is_some_and(super::Category::is_billing) {
        return Finding::holds(
            "B-5",
            "billing and subscription requests are included for every partner",
        );
    }
    let Some(partner) = &facts.partner else {
        return Finding::not_asked("B-5", "the person works for no partner of the customer");
    };
    if facts.own_tenant {
        return own_plan(draft, partner);
    }
    match family {
        Family::Azure => Finding::holds("B-5", "plan Cloud Solution Provider"),
        Family::Dynamics365 => dynamics(partner),
        Family::Microsoft365 | Family::Ems => Finding::holds("B-5", "included for partners"),
    }
}

fn own_plan(draft: &Draft, partner: &Partner) -> Finding {
    let valid: Vec<&str> = partner.plans.iter().map(|plan| plan.id.as_str()).collect();
    let named = draft.plan.as_ref();
    match partner.plans.iter().find(|plan| Some(&plan.id) == named) {
        Some(plan) => Finding::holds("B-5", format!("plan {} ({})", plan.id, plan.what)),
        None => Finding::refused(
            "B-5",
            match named {
                Some(named) => format!("{named} is no plan of {} that is valid today", partner.name),
                None => "the partner's own tenant is not covered by selling to customers".to_owned(),
            },
            match valid.as_slice() {
                [] => "a partner contract, Premier or an Azure plan is needed first".to_owned(),
                valid => format!("add --plan with one of {}", valid.join(", ")),
            },
        ),
    }
}

fn dynamics(partner: &Partner) -> Finding {
    // Every level there is reaches as far as Advanced Support for Partners.
    match partner.support_level {
        Some(level) => Finding::holds("B-5", format!("{} holds {level} support", partner.name)),
        None => Finding::refused(
            "B-5",
            format!(
                "Dynamics 365 needs Advanced Support for Partners or higher, and {} holds none",
                partner.name
            ),
            "buy Advanced Support for Partners, or Premier Support for Partners",
        ),
    }
}

fn contact(draft: &Draft, facts: &BehalfFacts) -> Finding {
    let Some(contact) = &draft.contact else {
        return Finding::not_asked("B-6", "no contact is named yet");
    };
    let domain = super::Account::new(contact).domain;
    if facts.is_of_customer(&domain) && !facts.own_tenant {
        return Finding::refused(
            "B-6",
            format!("{contact} is of the customer's domain {domain}"),
            format!(
                "name one of the partner's own people, such as {}",
                facts.account.account
            ),
        );
    }
    match &facts.partner {
        None => Finding::not_asked("B-6", "the person works for no partner of the customer"),
        Some(partner) if !partner.domains.contains(&domain) => Finding::refused(
            "B-6",
            format!("{contact} is none of {}'s own people", partner.name),
            format!("name one, such as {}", facts.account.account),
        ),
        Some(_) => Finding::holds("B-6", format!("{contact} is one of the partner's own people")),
    }
}

fn marketplace(facts: &BehalfFacts) -> Finding {
    let Some(publisher) = &facts.product.publisher else {
        if let Some(finding) = unnamed("B-7", facts) {
            return finding;
        }
        return Finding::not_asked("B-7", format!("{} is not of the marketplace", facts.product.name));
    };
    let known = [
        ("support", &publisher.link),
        ("mail", &publisher.mail),
        ("phone", &publisher.phone),
    ];
    let known: Vec<String> = known
        .into_iter()
        .filter_map(|(name, text)| text.as_ref().map(|text| format!("{name} {text}")))
        .collect();
    Finding::refused(
        "B-7",
        format!(
            "{} is a product of the marketplace, supported by its publisher",
            facts.product.name
        ),
        match known.as_slice() {
            [] => format!(
                "turn to {}, of whom no way to reach them is on record",
                publisher.name
            ),
            known => format!("turn to {}: {}", publisher.name, known.join(", ")),
        },
    )
}

fn phone(channel: Channel) -> Finding {
    match channel {
        Channel::Shell => Finding::holds("B-8", "filed here"),
        Channel::Phone => Finding::refused(
            "B-8",
            "requests are not filed by phone",
            "leave --channel out and file it here",
        ),
    }
}

/// Where somebody goes who files for Azure without administrator rights at the customer (B-9).
pub fn portal(facts: &BehalfFacts) -> Option<String> {
    let domain = facts.customer_domain.as_ref()?;
    files_without_rights(facts).then(|| format!("https://portal.azure.com/{domain}"))
}

fn files_without_rights(facts: &BehalfFacts) -> bool {
    let is_azure = facts.product.family == Some(Family::Azure);
    is_azure && !facts.own_tenant && facts.delegated_at_all.is_empty()
}

/// Without administrator rights at the customer, the portal takes it, and needs the domain and the subscription.
fn without_rights(draft: &Draft, facts: &BehalfFacts) -> Finding {
    if !files_without_rights(facts) {
        return Finding::not_asked(
            "B-9",
            "asked only for Azure without administrator rights at the customer",
        );
    }
    match (&facts.customer_domain, &draft.subscription) {
        (Some(domain), Some(_)) => Finding::holds(
            "B-9",
            format!("without administrator rights: https://portal.azure.com/{domain}"),
        ),
        (None, _) => Finding::refused(
            "B-9",
            format!(
                "without administrator rights the domain of {} is needed, and none is on record",
                facts.customer
            ),
            "put it on record",
        ),
        (Some(domain), None) => Finding::refused(
            "B-9",
            "without administrator rights the subscription is needed",
            format!("add --subscription, or go to https://portal.azure.com/{domain}"),
        ),
    }
}

/// In whose context a request is filed (B-10).
pub fn context(facts: &BehalfFacts) -> String {
    let partner = facts.partner.as_ref().map(|partner| partner.name.as_str());
    context_of(
        Some(facts.customer.as_str()).filter(|_| !facts.own_tenant),
        partner,
    )
}

/// The same of a request that was filed.
pub fn context_of(customer: Option<&str>, partner: Option<&str>) -> String {
    match (customer, partner) {
        (Some(customer), Some(partner)) => format!("customer {customer}, as partner {partner}"),
        (Some(customer), None) => format!("customer {customer}"),
        (None, partner) => format!("own tenant of {}", partner.unwrap_or("the partner")),
    }
}
