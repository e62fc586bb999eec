//! The definition of roles itself: deny by default, and every role of the specification.

use super::World;
use servhub::domain::people::Role;
use servhub::error::codes;
use servhub::hub::operations::OPERATIONS;
use servhub::policy::roles::{EVERYONE, ROLES};
use servhub::policy::{Actor, Holding, Permission, PermissionId, Standing, check, needs};
use std::collections::BTreeSet;

/// A person with every role there is, everywhere where it can be given.
fn everything() -> Standing {
    let holdings = Role::ALL.iter().map(|role| Holding {
        role: *role,
        customer_id: Some(1),
        workspace_id: Some(1),
        contract_id: Some(1),
        partner_id: Some(1),
    });
    Standing {
        account: "all@x.example".to_owned(),
        holdings: holdings.collect(),
    }
}

fn person() -> Actor {
    Actor::Person {
        account: "all@x.example".to_owned(),
        by: None,
    }
}

fn only_the_operator<P: Permission + std::fmt::Debug>() {
    let operator = Actor::Operator("owner".to_owned());
    let error = check::<P>(&person(), &everything()).unwrap_err();
    assert_eq!(error.code, &codes::DENIED, "{}", P::ID);
    assert!(
        error.hints.iter().any(|hint| hint.contains("only the operator")),
        "{:?}",
        error.hints
    );
    let grant = check::<P>(&operator, &Standing::default()).unwrap();
    assert!(grant.coverage().everything, "{}", P::ID);
}

/// A permission is held by nobody but the operator until a role names it: a new one begins like that.
///
/// Rules: R-1
#[test]
fn a_permission_that_no_role_gives_is_the_operators_alone() {
    only_the_operator::<needs::Import>();
    only_the_operator::<needs::ActOnBehalf>();
    only_the_operator::<needs::ReadAudit>();
    only_the_operator::<needs::MaintainStore>();
    let given: BTreeSet<PermissionId> = ROLES.iter().flat_map(|rule| rule.permissions()).collect();
    for permission in PermissionId::ALL {
        let covered = !everything().coverage(*permission).is_empty();
        assert_eq!(covered, given.contains(permission), "{permission}");
    }
}

/// Rules: R-1
#[test]
fn whoever_holds_nothing_is_permitted_nothing() {
    let nobody = Standing::default();
    for permission in PermissionId::ALL {
        assert!(nobody.coverage(*permission).is_empty(), "{permission}");
    }
    assert!(check::<needs::ReadContracts>(&person(), &nobody).is_err());
    // The code of an invitation is its own proof; it covers nothing by itself.
    assert_eq!(EVERYONE, [PermissionId::AcceptInvitations]);
    let grant = check::<needs::AcceptInvitations>(&person(), &nobody).unwrap();
    assert!(grant.coverage().is_empty());
}

/// The roles of the specification, in its words.
const SPECIFIED: &[&str] = &[
    "csam",
    "account-coordinator",
    "incident-manager",
    "global-admin",
    "service-admin",
    "workspace-admin",
    "customer-activity",
    "view-all-requests",
    "invite-users",
    "learning-manager",
    "learning",
    "health",
    "programs",
    "shared-files",
    "support-contact",
    "partner-admin",
    "admin-agent",
    "helpdesk-agent",
    "sales-agent",
];

/// Rules: R-1
#[test]
fn every_role_has_its_one_line() {
    let defined: Vec<&str> = ROLES.iter().map(|rule| rule.role.word()).collect();
    let all: BTreeSet<&str> = Role::WORDS.iter().copied().collect();
    assert_eq!(defined.iter().copied().collect::<BTreeSet<_>>(), all);
    assert_eq!(defined.len(), all.len(), "a role has two lines");
    for role in SPECIFIED {
        assert!(defined.contains(role), "{role} is missing");
    }
    // What the specification does not call a role: being a member at all.
    assert_eq!(all.len(), SPECIFIED.len() + 1);
}

/// What the specification says of who may not, beside the table of who may.
///
/// Rules: R-1 R-3
#[test]
fn what_no_role_may_have_is_in_no_role() {
    use PermissionId::{
        AppointAdministrators, ExportEducation, FileRequests, ManageWorkspaces, MarkSupportContacts,
        NameServiceAdmins, ProduceCpod, RecordDeliveries,
    };
    let who = |permission: PermissionId| {
        let giving = ROLES.iter().filter(|rule| rule.gives(permission));
        giving.map(|rule| rule.role.word()).collect::<Vec<_>>()
    };
    let providers = ["csam", "account-coordinator"];
    let administrators = [
        "csam",
        "account-coordinator",
        "global-admin",
        "service-admin",
        "workspace-admin",
    ];
    assert_eq!(
        who(FileRequests),
        [
            "support-contact",
            "partner-admin",
            "admin-agent",
            "helpdesk-agent"
        ]
    );
    for permission in [ManageWorkspaces, RecordDeliveries, ProduceCpod, NameServiceAdmins] {
        assert_eq!(who(permission), providers, "{permission}");
    }
    assert_eq!(who(MarkSupportContacts), administrators);
    assert_eq!(who(AppointAdministrators), APPOINT);
    assert_eq!(
        who(ExportEducation),
        [administrators.as_slice(), &["learning-manager"]].concat()
    );
}

/// Who appoints global administrators. The table gives it to both kinds of managers of the provider, R-3 to
/// the CSAM alone: the narrower one holds.
const APPOINT: [&str; 2] = ["csam", "global-admin"];

/// Acting for someone is its own permission, which no role gives, not even to someone who acts already.
///
/// Rules: X-3
#[test]
fn nobody_but_the_operator_acts_on_behalf() {
    let world = World::new();
    for holder in world
        .holders
        .iter()
        .filter_map(|holder| holder.account.as_deref())
    {
        let hub = world.hub(Some(holder));
        let error = hub.on_behalf_of("nobody@x.example").unwrap_err();
        assert_eq!(error.code, &codes::DENIED, "{holder}");
    }
    let error = world
        .hub(None)
        .on_behalf_of("nobody-at-all@x.example")
        .unwrap_err();
    assert_eq!(error.code, &codes::NOT_FOUND);
}

/// One permission serves one purpose: no two are told apart by their word alone.
///
/// Rules: R-1
#[test]
fn every_permission_says_its_one_purpose() {
    let purposes: BTreeSet<&str> = PermissionId::ALL
        .iter()
        .map(|permission| permission.purpose())
        .collect();
    assert_eq!(purposes.len(), PermissionId::ALL.len());
    assert!(
        purposes
            .iter()
            .all(|purpose| purpose.ends_with('.') && purpose.len() > 8)
    );
    assert!(
        OPERATIONS
            .iter()
            .all(|one| PermissionId::ALL.contains(&one.needs))
    );
}
