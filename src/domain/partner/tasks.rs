//! What is done at a customer, and the least privileged role that suffices for it (G-3). The rules of filing ask the
//! same table (B-4).

use super::Family::{self, Azure, Dynamics365, Ems, Microsoft365};
use super::delegated::{
    AUTHENTICATION, BILLING, DYNAMICS, DelegatedRole, EXCHANGE, GLOBAL_ADMINISTRATOR, GLOBAL_READER,
    HELPDESK, INTUNE, LICENCES, MESSAGES, PASSWORDS, READERS, REPORTS, ROLES_GIVEN, SERVICE_SUPPORT, USERS,
    WRITERS,
};
use crate::domain::near::nearest;

/// Something to do at a customer.
#[derive(Debug, PartialEq, Eq)]
pub struct Task {
    /// What is done.
    pub name: &'static str,
    /// The products in which.
    pub products: &'static [&'static str],
    /// Roles whose holders may, the least privileged first.
    pub roles: &'static [&'static DelegatedRole],
    /// What is needed besides the role.
    pub besides: Option<&'static str>,
    /// Other words for it.
    words: &'static str,
    /// The family whose requests are filed so (B-4).
    files: Option<Family>,
}

impl Task {
    /// The least privileged role that suffices.
    pub fn least(&self) -> &'static DelegatedRole {
        self.roles.first().copied().unwrap_or(&GLOBAL_ADMINISTRATOR)
    }

    /// Whether a role suffices, by its template id.
    pub fn is_covered_by(&self, role: &str) -> bool {
        self.roles.iter().any(|one| one.id.eq_ignore_ascii_case(role))
    }
}

const fn task(
    name: &'static str,
    products: &'static [&'static str],
    roles: &'static [&'static DelegatedRole],
    words: &'static str,
) -> Task {
    Task {
        name,
        products,
        roles,
        besides: None,
        words,
        files: None,
    }
}

const fn filing(
    name: &'static str,
    products: &'static [&'static str],
    roles: &'static [&'static DelegatedRole],
    family: Family,
) -> Task {
    Task {
        files: Some(family),
        ..task(name, products, roles, "ticket case open create contact")
    }
}

const DIRECTORY: &[&str] = &["Microsoft Entra"];
const OFFICE: &[&str] = &["Microsoft 365"];

static TASKS: &[Task] = &[
    filing(
        "file support requests for Microsoft 365",
        &[
            "Microsoft 365",
            "Exchange Online",
            "SharePoint Online",
            "Microsoft Teams",
        ],
        &[
            &SERVICE_SUPPORT,
            &HELPDESK,
            &EXCHANGE,
            &USERS,
            &BILLING,
            &AUTHENTICATION,
            &GLOBAL_ADMINISTRATOR,
        ],
        Microsoft365,
    ),
    filing(
        "file support requests for Dynamics 365",
        &["Dynamics 365"],
        &[
            &SERVICE_SUPPORT,
            &HELPDESK,
            &DYNAMICS,
            &USERS,
            &BILLING,
            &AUTHENTICATION,
            &GLOBAL_ADMINISTRATOR,
        ],
        Dynamics365,
    ),
    filing(
        "file support requests for Enterprise Mobility + Security",
        &[
            "Enterprise Mobility + Security",
            "Microsoft Intune",
            "Microsoft Entra",
        ],
        &[
            &SERVICE_SUPPORT,
            &HELPDESK,
            &INTUNE,
            &USERS,
            &BILLING,
            &AUTHENTICATION,
            &GLOBAL_ADMINISTRATOR,
        ],
        Ems,
    ),
    Task {
        besides: Some("the role Support Request Contributor on the Azure subscription"),
        ..filing(
            "file support requests for Azure",
            &["Microsoft Azure"],
            // Any delegated role lets one in; the role on the subscription is what files.
            &[
                &READERS,
                &MESSAGES,
                &REPORTS,
                &GLOBAL_READER,
                &SERVICE_SUPPORT,
                &LICENCES,
                &PASSWORDS,
                &HELPDESK,
                &WRITERS,
                &EXCHANGE,
                &DYNAMICS,
                &INTUNE,
                &BILLING,
                &USERS,
                &AUTHENTICATION,
                &ROLES_GIVEN,
                &GLOBAL_ADMINISTRATOR,
            ],
            Azure,
        )
    },
    task(
        "read service health",
        OFFICE,
        &[
            &SERVICE_SUPPORT,
            &GLOBAL_READER,
            &HELPDESK,
            &USERS,
            &EXCHANGE,
            &BILLING,
            &GLOBAL_ADMINISTRATOR,
        ],
        "incident outage status advisory issue dashboard view",
    ),
    task(
        "read the message center",
        OFFICE,
        &[
            &MESSAGES,
            &SERVICE_SUPPORT,
            &GLOBAL_READER,
            &EXCHANGE,
            &GLOBAL_ADMINISTRATOR,
        ],
        "messages announcements notices changes planned centre view",
    ),
    task(
        "read usage reports",
        OFFICE,
        &[&REPORTS, &GLOBAL_READER, &GLOBAL_ADMINISTRATOR],
        "activity statistics adoption report view",
    ),
    task(
        "read users and groups",
        DIRECTORY,
        &[&READERS, &GLOBAL_READER, &WRITERS, &USERS, &GLOBAL_ADMINISTRATOR],
        "directory list look people view",
    ),
    task(
        "read all settings and configuration",
        &["Microsoft Entra", "Microsoft 365"],
        &[&GLOBAL_READER, &GLOBAL_ADMINISTRATOR],
        "everything audit review assess view",
    ),
    task(
        "reset passwords of users",
        DIRECTORY,
        &[
            &PASSWORDS,
            &HELPDESK,
            &USERS,
            &AUTHENTICATION,
            &GLOBAL_ADMINISTRATOR,
        ],
        "password forgotten change set unlock user",
    ),
    task(
        "reset passwords of administrators",
        DIRECTORY,
        &[&AUTHENTICATION, &GLOBAL_ADMINISTRATOR],
        "password forgotten change set unlock admin administrator",
    ),
    task(
        "reset multi-factor authentication methods",
        DIRECTORY,
        &[&AUTHENTICATION, &GLOBAL_ADMINISTRATOR],
        "mfa second factor phone authenticator register method sign in",
    ),
    task(
        "sign users out and end their sessions",
        DIRECTORY,
        &[&HELPDESK, &USERS, &AUTHENTICATION, &GLOBAL_ADMINISTRATOR],
        "revoke session token force logout user",
    ),
    task(
        "create, change, delete and restore users",
        DIRECTORY,
        &[&USERS, &GLOBAL_ADMINISTRATOR],
        "user add remove edit people account onboard offboard recover block",
    ),
    task(
        "create groups and change their members",
        DIRECTORY,
        &[&WRITERS, &USERS, &EXCHANGE, &INTUNE, &GLOBAL_ADMINISTRATOR],
        "group add remove member membership",
    ),
    task(
        "assign and remove licences",
        OFFICE,
        &[&LICENCES, &USERS, &GLOBAL_ADMINISTRATOR],
        "licence license licenses licensing seat seats give revoke user",
    ),
    task(
        "set the usage location of users",
        OFFICE,
        &[&LICENCES, &USERS, &GLOBAL_ADMINISTRATOR],
        "country region licence user",
    ),
    task(
        "manage mailboxes and mail flow",
        &["Exchange Online"],
        &[&EXCHANGE, &GLOBAL_ADMINISTRATOR],
        "mailbox email shared forwarding transport rule connector spam quarantine calendar distribution",
    ),
    task(
        "manage devices and their policies",
        &["Microsoft Intune"],
        &[&INTUNE, &GLOBAL_ADMINISTRATOR],
        "device mobile phone laptop wipe retire enrol enroll compliance app policy",
    ),
    task(
        "manage Dynamics 365 environments",
        &["Dynamics 365"],
        &[&DYNAMICS, &GLOBAL_ADMINISTRATOR],
        "crm erp environment backup restore copy power platform",
    ),
    task(
        "buy and change subscriptions, pay invoices",
        OFFICE,
        &[&BILLING, &GLOBAL_ADMINISTRATOR],
        "subscription invoice bill billing payment purchase order cancel renew",
    ),
    task(
        "give directory roles to people",
        DIRECTORY,
        &[&ROLES_GIVEN, &GLOBAL_ADMINISTRATOR],
        "role assign admin administrator privileged pim user",
    ),
    task(
        "add custom domains",
        &["Microsoft 365", "Microsoft Entra"],
        &[&GLOBAL_ADMINISTRATOR],
        "domain dns verify federate",
    ),
];

/// Every task, in the order of the table.
pub fn tasks() -> impl Iterator<Item = &'static Task> {
    TASKS.iter()
}

/// The task of filing requests for a family (B-4).
pub fn filing_for(family: Family) -> Option<&'static Task> {
    TASKS.iter().find(|task| task.files == Some(family))
}

/// Families whose requests a role files, by its template id. For Azure a role on the subscription counts instead.
pub fn files_for(role: &str) -> Vec<Family> {
    let covered = TASKS.iter().filter(|task| task.is_covered_by(role));
    covered
        .filter_map(|task| task.files)
        .filter(|family| *family != Azure)
        .collect()
}

/// Words that say nothing of what is done.
const SMALL: &[&str] = &[
    "a",
    "all",
    "an",
    "and",
    "at",
    "by",
    "can",
    "customer",
    "customers",
    "do",
    "for",
    "from",
    "his",
    "her",
    "how",
    "i",
    "in",
    "is",
    "my",
    "new",
    "of",
    "on",
    "our",
    "or",
    "s",
    "some",
    "somebody",
    "someone",
    "that",
    "the",
    "their",
    "this",
    "to",
    "we",
    "who",
    "with",
];

/// What a search finds.
#[derive(Debug, PartialEq, Eq)]
pub enum Search {
    /// Tasks that have every word, those that say the most of it first.
    Found(Vec<&'static Task>),
    /// None; tasks that come near.
    Near(Vec<&'static str>),
}

/// Finds tasks by words, in whatever order and number.
pub fn search(text: &str) -> Search {
    let wanted = words_of(text);
    let mut scored: Vec<(usize, usize, &Task)> = Vec::new();
    for (place, task) in TASKS.iter().enumerate() {
        let own = words_of(task.name);
        let others = words_of(&format!("{} {}", task.products.join(" "), task.words));
        let has = |word: &&String| own.contains(word) || others.contains(word);
        let hits = wanted.iter().filter(has).count();
        // What stands in the name counts for more, and a name that says nothing else for most.
        let named = wanted.iter().filter(|word| own.contains(word)).count();
        if hits > 0 {
            let score = hits * 100 + named * 10 + 9 - own.len().saturating_sub(named).min(9);
            scored.push((score, TASKS.len() - place, task));
        }
    }
    scored.sort_by_key(|(score, place, _)| std::cmp::Reverse((*score, *place)));
    let all = |score: usize| !wanted.is_empty() && score / 100 >= wanted.len();
    let found: Vec<_> = scored
        .iter()
        .filter(|(score, ..)| all(*score))
        .map(|(.., task)| *task)
        .collect();
    if !found.is_empty() {
        return Search::Found(found);
    }
    let partly: Vec<_> = scored.iter().take(3).map(|(.., task)| task.name).collect();
    if !partly.is_empty() {
        return Search::Near(partly);
    }
    Search::Near(misspelt(&wanted))
}

/// Tasks of which a word comes near one that was meant.
fn misspelt(wanted: &[String]) -> Vec<&'static str> {
    let known: Vec<(String, &Task)> = TASKS
        .iter()
        .flat_map(|task| {
            let text = format!("{} {} {}", task.name, task.products.join(" "), task.words);
            words_of(&text).into_iter().map(move |word| (word, task))
        })
        .collect();
    let mut near = Vec::new();
    for word in wanted {
        for meant in nearest(word, known.iter().map(|(word, _)| word.as_str())) {
            let of = known.iter().filter(|(word, _)| *word == meant);
            near.extend(of.map(|(_, task)| task.name));
        }
    }
    let mut seen = std::collections::BTreeSet::new();
    near.retain(|name| seen.insert(*name));
    near.truncate(3);
    near
}

/// The words of a text that say something, without the ending of a plural.
fn words_of(text: &str) -> Vec<String> {
    let lower = text.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric());
    let said = words.filter(|word| !word.is_empty() && !SMALL.contains(word));
    let mut all: Vec<String> = said.map(stem).collect();
    all.sort();
    all.dedup();
    all
}

fn stem(word: &str) -> String {
    let cut = |end: &str| word.strip_suffix(end).filter(|rest| rest.chars().count() > 3);
    if let Some(rest) = cut("sses").or(cut("xes")) {
        return format!("{rest}{}", &word[rest.len()..word.len() - 2]);
    }
    cut("s")
        .filter(|rest| !rest.ends_with('s'))
        .unwrap_or(word)
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_task_names_its_least_role_and_what_may_everything() {
        for task in tasks() {
            assert!(!task.products.is_empty(), "{}", task.name);
            assert_eq!(
                task.roles.last().map(|role| role.name),
                Some("Global Administrator"),
                "{}",
                task.name
            );
            let mut ids: Vec<_> = task.roles.iter().map(|role| role.id).collect();
            ids.sort_unstable();
            ids.dedup();
            assert_eq!(ids.len(), task.roles.len(), "{}", task.name);
            // Each is found by its own name, before any other.
            let Search::Found(found) = search(task.name) else {
                panic!("{} does not find itself", task.name);
            };
            assert_eq!(found.first().map(|first| first.name), Some(task.name));
        }
        for family in Family::ALL {
            assert!(filing_for(*family).is_some(), "{family}");
        }
    }

    #[test]
    fn a_plural_is_found_as_its_singular() {
        let stems: Vec<String> = [
            "passwords",
            "users",
            "mailboxes",
            "access",
            "mass",
            "addresses",
            "gas",
            "devices",
        ]
        .map(stem)
        .into();
        assert_eq!(
            stems,
            [
                "password", "user", "mailbox", "access", "mass", "address", "gas", "device"
            ]
        );
    }
}
