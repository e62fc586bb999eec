//! Filing for oneself: a customer with a contract (F-1 to F-3).

use super::{Draft, Finding, OwnFacts};

/// Asks every rule, in order.
pub fn own(draft: &Draft, facts: &OwnFacts) -> Vec<Finding> {
    vec![
        partner_of_record(facts),
        support_contact(facts),
        contract(facts),
        entitlement(draft, facts),
        complete(draft),
        contact(draft, facts),
    ]
}

fn partner_of_record(facts: &OwnFacts) -> Finding {
    match &facts.partner_of_record {
        None => Finding::not_asked("B-1", "the customer has a contract of its own"),
        Some(profile) => Finding::refused(
            "B-1",
            format!(
                "{} gets its support from its partner, not from the hub",
                facts.account
            ),
            format!("turn to {}", profile.tell()),
        ),
    }
}

fn support_contact(facts: &OwnFacts) -> Finding {
    if facts.is_support_contact {
        let why = format!(
            "{} is a support contact of workspace {}",
            facts.account, facts.workspace
        );
        return Finding::holds("F-1", why);
    }
    let why = format!(
        "{} is no support contact of workspace {}; only those file",
        facts.account, facts.workspace
    );
    let refused = match facts.support_contacts.as_slice() {
        [] => Finding::refused(
            "F-1",
            why,
            "nobody is one yet: an administrator marks one with `servhub user contact`",
        ),
        some => Finding::refused("F-1", why, format!("ask {}", some.join(" or "))),
    };
    if facts.operator {
        return refused.or("or act as one of them with `--as ACCOUNT`");
    }
    refused.or(format!(
        "or have yourself marked: `servhub user contact {} --on --workspace {}`",
        facts.account, facts.workspace
    ))
}

fn contract(facts: &OwnFacts) -> Finding {
    if facts.archived {
        let why = format!("workspace {} is archived (W-5)", facts.workspace);
        return Finding::refused("F-1", why, "file in another workspace");
    }
    match (facts.contracts_in_force.as_slice(), &facts.last_ended) {
        ([], Some((number, day))) => Finding::refused(
            "F-1",
            format!("contract {number} ended on {day}, and no other one is in force (C-5)"),
            "have it renewed; everything on record stays readable",
        ),
        ([], None) => Finding::refused(
            "F-1",
            format!("no contract in force is linked to workspace {}", facts.workspace),
            "ask the account manager to link one: `servhub workspace attach`",
        ),
        (numbers, _) => Finding::holds("F-1", format!("contract {} is in force", numbers.join(", "))),
    }
}

fn entitlement(draft: &Draft, facts: &OwnFacts) -> Finding {
    if draft.kind.is_none() {
        return Finding::not_asked("F-1", "which entitlement it needs depends on the kind of request");
    }
    match &facts.entitlement {
        Some((id, None)) => {
            Finding::holds("F-1", format!("entitlement {id} will be used; it has no ceiling"))
        }
        Some((id, Some(_))) if facts.hides_left => {
            Finding::holds("F-1", format!("entitlement {id} will be used"))
        }
        Some((id, Some(left))) => {
            // More than was bought is recorded as it is (E-5): it is no reason to leave a fault alone.
            Finding::holds(
                "F-1",
                format!("entitlement {id} will be used; {left} are left of it"),
            )
        }
        None => Finding::refused(
            "F-1",
            "no entitlement in force matches the kind of request",
            "`servhub entitlements list` shows what there is; choose another --kind, or have a package attached",
        ),
    }
}

fn complete(draft: &Draft) -> Finding {
    missing("F-2", draft)
}

pub(super) fn missing(rule: &'static str, draft: &Draft) -> Finding {
    let missing = draft.missing();
    if missing.is_empty() {
        return Finding::holds(rule, "everything that is needed is there");
    }
    let options: Vec<String> = missing.iter().map(|field| format!("--{field}")).collect();
    Finding::refused(
        rule,
        format!(
            "{} is missing",
            missing.iter().map(|f| f.word()).collect::<Vec<_>>().join(", ")
        ),
        format!("add {}", options.join(" ")),
    )
}

fn contact(draft: &Draft, facts: &OwnFacts) -> Finding {
    match &draft.contact {
        None => Finding::not_asked("F-2", "no primary contact is named yet"),
        Some(contact) if facts.contact_is_member => Finding::holds(
            "F-2",
            format!("{contact} is a member of workspace {}", facts.workspace),
        ),
        Some(contact) => Finding::refused(
            "F-2",
            format!(
                "{contact} is no member of workspace {}, and could not see the request (W-2)",
                facts.workspace
            ),
            "name a member, or invite the person first: `servhub user invite`",
        ),
    }
}
