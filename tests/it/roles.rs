//! Roles: granted, revoked, listed; global administrators.

use crate::organisation::{
    ADMIN, COORDINATOR, CSAM, FOREIGN, GLOBAL, Hub, INCIDENTS, INVITER, PLAIN, SECOND,
};

/// Rules: R-1
#[test]
fn access_is_the_union_of_roles_and_nothing_without_one() {
    let hub = Hub::new();
    let tries = [
        ("customer-activity", "activity -w W-1"),
        ("invite-users", "user list -w W-1"),
        ("learning-manager", "export education --workspace W-1"),
    ];
    for (_, line) in tries {
        hub.refused_as(PLAIN, line, 4);
    }
    for (role, _) in tries {
        hub.ok_as(ADMIN, &format!("role grant plain@c1.example {role} -w W-1"));
    }
    for (_, line) in tries {
        hub.ok_as(PLAIN, line);
    }
    hub.ok_as(ADMIN, "role revoke plain@c1.example invite-users -w W-1");
    hub.refused_as(PLAIN, "user list -w W-1", 4);
    hub.ok_as(PLAIN, "activity -w W-1");
}

/// Rules: R-1
#[test]
fn roles_are_granted_by_administrators_of_the_place() {
    let hub = Hub::new();
    for who in [ADMIN, GLOBAL] {
        hub.ok_as(who, "role grant plain@c1.example learning -w W-1");
        hub.ok_as(who, "role revoke plain@c1.example learning -w W-1");
    }
    for who in [INVITER, PLAIN, CSAM, COORDINATOR, INCIDENTS] {
        let told = hub.refused_as(who, "role grant plain@c1.example learning -w W-1", 4);
        assert!(told.contains("grant-roles"), "{who}: {told}");
    }
    for who in [SECOND, FOREIGN] {
        hub.refused_as(who, "role grant plain@c1.example learning -w W-1", 3);
    }
    hub.refused("role grant nobody@c1.example learning -w W-1", 3);
    let again = hub.run("role revoke plain@c1.example learning -w W-1");
    assert!(again.stderr.contains("nothing left to do"), "{again:?}");
}

/// Rules: R-1
#[test]
fn roles_that_come_from_elsewhere_are_not_granted_in_a_workspace() {
    let hub = Hub::new();
    for (role, way) in [
        ("csam", "import contracts.csv"),
        ("service-admin", "user service-admin"),
        ("support-contact", "user contact"),
        ("member", "role list --all"),
        ("partner-admin", "role list --all"),
    ] {
        let told = hub.refused(&format!("role grant plain@c1.example {role} -w W-1"), 5);
        assert!(told.contains("E0522") && told.contains(way), "{role}: {told}");
    }
    let told = hub.refused("role grant plain@c1.example global-admin -w W-1", 2);
    assert!(told.contains("--customer"), "{told}");
    hub.refused("role grant plain@c1.example learning --customer C1", 2);
}

/// Rules: R-3
#[test]
fn a_global_administrator_is_appointed_by_a_csam_or_another_one() {
    let hub = Hub::new();
    let appoint = "role grant new@c1.example global-admin --customer C1 --name Nela";
    for who in [ADMIN, COORDINATOR, INCIDENTS, INVITER, PLAIN] {
        let told = hub.refused_as(who, appoint, 4);
        assert!(told.contains("appoint-administrators"), "{who}: {told}");
    }
    hub.refused_as("other@provider.example", appoint, 3);
    for who in [CSAM, GLOBAL] {
        hub.ok_as(who, appoint);
        let listed = hub.ok("role list new@c1.example -o csv");
        assert!(
            listed.contains("C1,,new@c1.example,global-admin,appointed"),
            "{listed}"
        );
        hub.ok_as("new@c1.example", "user list -w W-2");
        let again = hub.run_as(who, appoint);
        assert!(again.stderr.contains("nothing left to do"), "{again:?}");
        hub.ok_as(who, "role revoke NEW@c1.example global-admin --customer C1");
        assert!(!hub.ok("role list -o csv").contains("new@c1.example"));
    }
    let recorded =
        hub.ok("audit list --what administrator:C1/new --action role. -o csv --columns action,on_behalf");
    assert_eq!(recorded.matches(CSAM).count(), 2, "{recorded}");
}

/// Rules: R-3
#[test]
fn dismissing_the_last_global_administrator_of_a_customer_says_so() {
    let hub = Hub::new();
    let note = "C1 then has no global administrator; `servhub role grant ACCOUNT global-admin --customer C1`";
    hub.ok("role grant new@c1.example global-admin --customer C1");
    let one = hub.run("role revoke new@c1.example global-admin --customer C1");
    assert!(
        one.code == 0 && !one.stderr.contains("no global administrator"),
        "{one:?}"
    );
    let dry = hub.run("role revoke global@c1.example global-admin --customer C1 --dry-run");
    assert!(dry.code == 0 && dry.stderr.contains(note), "{dry:?}");
    let last = hub.run("role revoke global@c1.example global-admin --customer C1");
    assert!(last.code == 0 && last.stderr.contains(note), "{last:?}");
    let again = hub.run("role revoke global@c1.example global-admin --customer C1");
    assert!(!again.stderr.contains("no global administrator"), "{again:?}");
}

/// Rules: R-1
#[test]
fn the_table_of_roles_says_what_each_may() {
    let hub = Hub::new();
    let table = hub.ok("role list --all -o csv");
    let invite = table
        .lines()
        .find(|line| line.starts_with("invite-users,"))
        .unwrap();
    assert_eq!(
        invite,
        "invite-users,workspace,granted by an administrator,list-people;invite-people"
    );
    let coordinator = table
        .lines()
        .find(|line| line.starts_with("account-coordinator,"))
        .unwrap();
    assert!(!coordinator.contains("appoint-administrators") && !coordinator.contains("file-requests"));
    assert_eq!(table.lines().count(), 21);
}

/// Rules: R-1 R-2
#[test]
fn a_list_of_roles_names_those_that_count_in_the_place() {
    let hub = Hub::new();
    hub.ok("user invite new@c1.example -w W-1 --role learning");
    let listed = hub.ok("role list -w W-1 -o csv --columns account,role");
    for line in [
        "admin@c1.example,workspace-admin",
        "global@c1.example,global-admin",
        "csam@provider.example,csam",
        "inviter@c1.example,invite-users",
    ] {
        assert!(listed.contains(line), "{line}: {listed}");
    }
    assert!(
        !listed.contains(SECOND) && !listed.contains("new@c1.example"),
        "{listed}"
    );
    let listed = hub.ok("role list --customer C1 -o csv --columns account");
    assert!(listed.contains(SECOND) && !listed.contains(FOREIGN), "{listed}");
}
