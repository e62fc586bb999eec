//! Roles that a customer delegates to a partner (GDAP, G-3), by the vendor's template ids.

use super::Family::{self, Dynamics365, Ems, Microsoft365};

/// A role of the customer's directory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DelegatedRole {
    /// Its template id, the same in every directory.
    pub id: &'static str,
    /// Its name.
    pub name: &'static str,
    /// Families whose requests its holder may file (B-4). For Azure a role on the subscription counts instead.
    pub files_for: &'static [Family],
}

const fn role(id: &'static str, name: &'static str, files_for: &'static [Family]) -> DelegatedRole {
    DelegatedRole { id, name, files_for }
}

const ALL_OFFICE: &[Family] = &[Microsoft365, Dynamics365, Ems];

/// The least privileged first among those that file requests.
static ROLES: &[DelegatedRole] = &[
    role(
        "f023fd81-a637-4b56-95fd-791ac0226033",
        "Service Support Administrator",
        ALL_OFFICE,
    ),
    role(
        "729827e3-9c14-49f7-bb1b-9608f156bbb8",
        "Helpdesk Administrator",
        ALL_OFFICE,
    ),
    role(
        "fe930be7-5e62-47db-91af-98c3a49a38b1",
        "User Administrator",
        ALL_OFFICE,
    ),
    role(
        "b0f54661-2d74-4c50-afa3-1ec803f12efe",
        "Billing Administrator",
        ALL_OFFICE,
    ),
    role(
        "29232cdf-9323-42fd-ade2-1d097af3e4de",
        "Exchange Administrator",
        &[Microsoft365],
    ),
    role(
        "44367163-eba1-44c3-98af-f5787879f96a",
        "Dynamics 365 Administrator",
        &[Dynamics365],
    ),
    role(
        "3a2c62db-5318-420d-8d74-23affee5d9d5",
        "Intune Administrator",
        &[Ems],
    ),
    role(
        "7be44c8a-adaf-4e2a-84d6-ab2649e08a13",
        "Privileged Authentication Administrator",
        ALL_OFFICE,
    ),
    role(
        "62e90394-69f5-4237-9190-012177145e10",
        "Global Administrator",
        ALL_OFFICE,
    ),
    role("88d8e3e3-8f55-4a1e-953a-9b9898b8876b", "Directory Readers", &[]),
    role("9360feb5-f418-4baa-8175-e2a00bac4301", "Directory Writers", &[]),
    role("f2ef992c-3afb-46b9-b7cf-a126ee74c451", "Global Reader", &[]),
    role(
        "4d6ac14f-3453-41d0-bef9-a3e0c569773a",
        "License Administrator",
        &[],
    ),
    role(
        "790c1fb9-7f7d-4f88-86a1-ef1f95c05c1b",
        "Message Center Reader",
        &[],
    ),
    role(
        "966707d0-3269-4727-9be2-8c3a10f19b9d",
        "Password Administrator",
        &[],
    ),
    role(
        "e8611ab8-c189-46e8-94e1-60213ab1f814",
        "Privileged Role Administrator",
        &[],
    ),
    role("4a5d8f65-41da-4de4-8968-e035b65339cf", "Reports Reader", &[]),
];

/// Every role known here.
pub fn delegated_roles() -> &'static [DelegatedRole] {
    ROLES
}

/// The role of a template id or a name, in whatever case.
pub fn delegated_role(text: &str) -> Option<&'static DelegatedRole> {
    let is =
        |role: &&DelegatedRole| role.id.eq_ignore_ascii_case(text) || role.name.eq_ignore_ascii_case(text);
    ROLES.iter().find(is)
}
