//! Which scope an operation needs. A change that is named nowhere here needs all of them.

use crate::domain::token::{Scope, Scopes};
use crate::error::{Result, codes};

/// Changes of requests.
const FILE: &[&str] = &[
    "request.ask",
    "request.assign",
    "request.attach",
    "request.close",
    "request.contact",
    "request.create",
    "request.note",
    "request.reopen",
    "request.resolve",
    "request.severity",
    "request.share",
];

/// What whoever files has to ask first.
const ASKED_TO_FILE: &[&str] = &["request.check", "request.choices", "request.context"];

/// Further changes that touch no people, roles or tokens. An import may bring people, a new workspace brings its
/// administrator, activation invites, and whoever approves or assigns a delegation gives roles: they are not among them.
const WRITE: &[&str] = &[
    "delegation.extend",
    "delegation.request",
    "delegation.terminate",
    "agreement.confirm",
    "agreement.invite",
    "customer.add",
    "customer.allow-self-purchase",
    "customer.archive",
    "customer.deny-self-purchase",
    "customer.set-support-contact",
    "customer.update",
    "intake.add",
    "intake.update",
    "ledger.correct",
    "ledger.record",
    "license.apply",
    "license.assign",
    "license.revoke",
    "partner.set-profile",
    "reservation.calculate",
    "reservation.confirm",
    "subscription.buy",
    "subscription.cancel",
    "subscription.create",
    "subscription.create-many",
    "subscription.resume",
    "subscription.set-quantities",
    "subscription.set-quantity",
    "subscription.set-renewal",
    "subscription.suspend",
    "transfer.accept",
    "transfer.cancel",
    "transfer.reject",
    "transfer.request",
    "relationship.accept",
    "relationship.remove",
    "relationship.request",
    "workspace.archive",
    "workspace.attach",
    "workspace.detach",
    "workspace.update",
];

/// The scope that an operation needs.
pub fn scope_of(operation: &str, changes: bool) -> Scope {
    match operation {
        _ if !changes => Scope::Read,
        name if FILE.contains(&name) => Scope::File,
        name if WRITE.contains(&name) => Scope::Write,
        _ => Scope::Admin,
    }
}

/// Passes for an operation that a token carries; without a token there is nothing that restricts.
///
/// # Errors
/// `E0202` for any other.
pub(in crate::hub) fn permit(scopes: Option<&Scopes>, operation: &'static str, changes: bool) -> Result<()> {
    let needed = scope_of(operation, changes);
    let enough = |scopes: &Scopes| {
        let asked_to_file = ASKED_TO_FILE.contains(&operation) && scopes.include(Scope::File);
        scopes.include(needed) || asked_to_file
    };
    if scopes.is_none_or(enough) {
        return Ok(());
    }
    let given = scopes.map_or(String::new(), Scopes::to_string);
    Err(codes::OUT_OF_SCOPE
        .error(format!(
            "the token carries {given}, and {operation} needs {needed}"
        ))
        .hint(format!(
            "`servhub token create NAME --scope {needed}` makes a token that does"
        )))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hub::operations::OPERATIONS;

    #[test]
    fn every_name_here_is_an_operation_of_that_kind() {
        let is = |name: &str, changes: bool| {
            OPERATIONS
                .iter()
                .any(|operation| operation.name == name && operation.changes() == changes)
        };
        for name in FILE.iter().chain(WRITE) {
            assert!(is(name, true), "{name}");
        }
        for name in ASKED_TO_FILE {
            assert!(is(name, false), "{name}");
        }
    }

    #[test]
    fn people_roles_and_tokens_are_changed_with_everything_only() {
        let nouns = [
            "user.",
            "role.",
            "group.",
            "token.",
            "operator.",
            "import.",
            "contract.",
            "customer-user.",
        ];
        let changes = OPERATIONS.iter().filter(|operation| operation.changes());
        for operation in changes.filter(|one| nouns.iter().any(|noun| one.name.starts_with(noun))) {
            assert_eq!(scope_of(operation.name, true), Scope::Admin, "{}", operation.name);
        }
    }

    #[test]
    fn a_token_to_file_asks_what_filing_needs_and_reads_nothing() {
        let file = Scopes::of([Scope::File]);
        assert!(permit(Some(&file), "request.create", true).is_ok());
        assert!(permit(Some(&file), "request.check", false).is_ok());
        let read = permit(Some(&file), "request.list", false).unwrap_err();
        assert_eq!(read.code, &codes::OUT_OF_SCOPE);
        let read = Scopes::of([Scope::Read]);
        assert!(permit(Some(&read), "request.list", false).is_ok());
        assert!(permit(Some(&read), "request.note", true).is_err());
        assert!(permit(None, "demo.fill", true).is_ok());
    }
}
