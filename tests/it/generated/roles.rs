//! The documentation of roles and permissions, from the definition that the checks use.

use super::agree;
use servhub::hub::operations::OPERATIONS;
use servhub::policy::PermissionId;
use servhub::policy::roles::{EVERYONE, ROLES, RoleRule, RoleScope, WHOEVER_HOLDS_ANY};
use std::fmt::Write;

const HEAD: &str = "# Roles and permissions

Made from `src/policy/roles.rs`, `src/policy/permission.rs` and the register of operations in
`src/hub/operations.rs`; the tests check that it is current. What comes of every operation for every role, in
one's own place and elsewhere, stands in [access.csv](../tests/golden/access.csv).

A person may what any of their roles may, each where it was given. What no role gives is refused before
anything is read (R-1); what a person may not know of answers like something that is not there (R-5). Roles of
a workspace count while the membership is active, and may come through a group (R-4). The owner of a local
store is its operator and may everything; `--as ACCOUNT` shows the hub as that person finds it (X-3).
";

/// Rules: R-1 R-3
#[test]
fn the_documentation_of_roles_is_current() {
    let mut text = HEAD.to_owned();
    scopes(&mut text);
    roles(&mut text);
    permissions(&mut text);
    agree("docs/roles.md", &text);
}

fn scopes(text: &mut String) {
    *text += "\n## What a role is given on\n\n| scope | it reaches |\n|---|---|\n";
    for scope in [
        RoleScope::Provider,
        RoleScope::Customer,
        RoleScope::Workspace,
        RoleScope::Partner,
    ] {
        let reach = match scope {
            RoleScope::Provider => {
                "the customers whose contracts name the person; every support request of these very contracts (V-5)"
            }
            RoleScope::Customer => "one customer with all its workspaces",
            RoleScope::Workspace => "one workspace",
            RoleScope::Partner => "what is one partner's own at the customers that it serves (G-2)",
        };
        writeln!(text, "| {} | {reach} |", scope.word()).unwrap();
    }
}

fn roles(text: &mut String) {
    *text += "\n## What each role may\n\n| role | scope | how one comes by it | permissions |\n|---|---|---|---|\n";
    for rule in ROLES {
        let may: Vec<String> = rule
            .permissions()
            .map(|permission| format!("`{permission}`"))
            .collect();
        let (role, scope) = (rule.role, rule.scope.word());
        let may = if may.is_empty() {
            "none yet".to_owned()
        } else {
            may.join(", ")
        };
        writeln!(text, "| `{role}` | {scope} | {} | {may} |", rule.comes_from).unwrap();
    }
}

fn permissions(text: &mut String) {
    *text += "\n## What each permission opens\n\n| permission | purpose | roles | operations |\n|---|---|---|---|\n";
    for permission in PermissionId::ALL {
        let operations: Vec<String> = OPERATIONS
            .iter()
            .filter(|operation| operation.needs == *permission)
            .map(|operation| format!("`{}`", operation.name))
            .collect();
        let purpose = permission.purpose().trim_end_matches('.');
        let who = who(*permission);
        writeln!(
            text,
            "| `{permission}` | {purpose} | {who} | {} |",
            operations.join(", ")
        )
        .unwrap();
    }
    *text += "\nA permission without an operation of its own decides within others: what a list shows, or one part of a change.\n";
}

fn who(permission: PermissionId) -> String {
    if EVERYONE.contains(&permission) {
        return "everyone".to_owned();
    }
    if WHOEVER_HOLDS_ANY.contains(&permission) {
        return "whoever holds any role".to_owned();
    }
    let gives = |rule: &&RoleRule| rule.gives(permission);
    let roles: Vec<&str> = ROLES.iter().filter(gives).map(|rule| rule.role.word()).collect();
    if roles.is_empty() {
        return "the operator only".to_owned();
    }
    roles.join(", ")
}
