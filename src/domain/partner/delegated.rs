//! Roles that a customer delegates to a partner (GDAP, G-3), by the vendor's template ids.

/// A role of the customer's directory.
#[derive(Debug, PartialEq, Eq)]
pub struct DelegatedRole {
    /// Its template id, the same in every directory.
    pub id: &'static str,
    /// Its name.
    pub name: &'static str,
}

/// The role that may do everything: asked for only where nothing less would do, and never extended.
pub static GLOBAL_ADMINISTRATOR: DelegatedRole =
    role("62e90394-69f5-4237-9190-012177145e10", "Global Administrator");
pub(super) static SERVICE_SUPPORT: DelegatedRole = role(
    "f023fd81-a637-4b56-95fd-791ac0226033",
    "Service Support Administrator",
);
pub(super) static HELPDESK: DelegatedRole =
    role("729827e3-9c14-49f7-bb1b-9608f156bbb8", "Helpdesk Administrator");
pub(super) static USERS: DelegatedRole = role("fe930be7-5e62-47db-91af-98c3a49a38b1", "User Administrator");
pub(super) static BILLING: DelegatedRole =
    role("b0f54661-2d74-4c50-afa3-1ec803f12efe", "Billing Administrator");
pub(super) static EXCHANGE: DelegatedRole =
    role("29232cdf-9323-42fd-ade2-1d097af3e4de", "Exchange Administrator");
pub(super) static DYNAMICS: DelegatedRole = role(
    "44367163-eba1-44c3-98af-f5787879f96a",
    "Dynamics 365 Administrator",
);
pub(super) static INTUNE: DelegatedRole =
    role("3a2c62db-5318-420d-8d74-23affee5d9d5", "Intune Administrator");
pub(super) static AUTHENTICATION: DelegatedRole = role(
    "7be44c8a-adaf-4e2a-84d6-ab2649e08a13",
    "Privileged Authentication Administrator",
);
pub(super) static READERS: DelegatedRole = role("88d8e3e3-8f55-4a1e-953a-9b9898b8876b", "Directory Readers");
pub(super) static WRITERS: DelegatedRole = role("9360feb5-f418-4baa-8175-e2a00bac4301", "Directory Writers");
pub(super) static GLOBAL_READER: DelegatedRole =
    role("f2ef992c-3afb-46b9-b7cf-a126ee74c451", "Global Reader");
pub(super) static LICENCES: DelegatedRole =
    role("4d6ac14f-3453-41d0-bef9-a3e0c569773a", "License Administrator");
pub(super) static MESSAGES: DelegatedRole =
    role("790c1fb9-7f7d-4f88-86a1-ef1f95c05c1b", "Message Center Reader");
pub(super) static PASSWORDS: DelegatedRole =
    role("966707d0-3269-4727-9be2-8c3a10f19b9d", "Password Administrator");
pub(super) static ROLES_GIVEN: DelegatedRole = role(
    "e8611ab8-c189-46e8-94e1-60213ab1f814",
    "Privileged Role Administrator",
);
pub(super) static REPORTS: DelegatedRole = role("4a5d8f65-41da-4de4-8968-e035b65339cf", "Reports Reader");

const fn role(id: &'static str, name: &'static str) -> DelegatedRole {
    DelegatedRole { id, name }
}

static ROLES: &[&DelegatedRole] = &[
    &SERVICE_SUPPORT,
    &HELPDESK,
    &USERS,
    &BILLING,
    &EXCHANGE,
    &DYNAMICS,
    &INTUNE,
    &AUTHENTICATION,
    &GLOBAL_ADMINISTRATOR,
    &READERS,
    &WRITERS,
    &GLOBAL_READER,
    &LICENCES,
    &MESSAGES,
    &PASSWORDS,
    &ROLES_GIVEN,
    &REPORTS,
];

/// Every role known here.
pub fn delegated_roles() -> impl Iterator<Item = &'static DelegatedRole> {
    ROLES.iter().copied()
}

/// The role of a template id or a name, in whatever case.
pub fn delegated_role(text: &str) -> Option<&'static DelegatedRole> {
    let is =
        |role: &&DelegatedRole| role.id.eq_ignore_ascii_case(text) || role.name.eq_ignore_ascii_case(text);
    delegated_roles().find(is)
}
