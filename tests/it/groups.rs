//! Groups: local and directory ones, their roles, and default groups.

use crate::harness::{TOKEN, finish};
use crate::organisation::{ADMIN, CSAM, FOREIGN, GLOBAL, Hub, INVITER, PLAIN, SECOND};

fn with_group() -> Hub {
    let hub = Hub::new();
    hub.ok_as(ADMIN, "group create Hutníci -w W-1 --id G-1");
    hub
}

/// Rules: R-4
#[test]
fn a_group_belongs_to_a_workspace() {
    let hub = with_group();
    let made = hub.ok_as(
        ADMIN,
        "group create Elektrikári -w W-1 -o json --jq .group,.kind,.workspace",
    );
    assert_eq!(made, "W-1-G2\nlocal\nW-1\n");
    hub.refused_as(ADMIN, "group create hutníci -w W-1", 5);
    hub.refused_as(ADMIN, "group create Iní -w W-1 --id G-1", 5);
    hub.ok_as(SECOND, "group create Hutníci -w W-2");
    for who in [INVITER, PLAIN, CSAM] {
        hub.refused_as(who, "group create X -w W-1", 4);
    }
    hub.refused_as(FOREIGN, "group create X -w W-1", 3);
    let listed = hub.ok_as(ADMIN, "group list -o csv --columns group");
    assert_eq!(listed, "group\r\nW-1-G2\r\nG-1\r\n");
    hub.refused_as(SECOND, "group show G-1", 3);
    let page = hub.run("group list --limit 1 -o csv --columns group");
    assert!(page.stderr.contains("1 of 3 rows shown"), "{page:?}");
    let next = hub.ok("group list --limit 1 -o csv --columns group --page-token W-1-G2");
    assert_eq!(next, "group\r\nG-1\r\n");
}

/// Rules: R-4 R-1
#[test]
fn a_local_group_takes_members_who_then_hold_its_roles() {
    let hub = with_group();
    let stranger = hub.refused_as(ADMIN, "group add G-1 second@c1.example", 3);
    assert!(stranger.contains("is no member of workspace W-1"), "{stranger}");
    hub.ok_as(ADMIN, "group add G-1 plain@c1.example");
    hub.refused_as(PLAIN, "user list -w W-1", 4);
    hub.ok_as(ADMIN, "group grant G-1 invite-users health");
    hub.ok_as(PLAIN, "user list -w W-1");
    let shown = hub.run_as(ADMIN, "group show G-1");
    assert!(
        shown.stdout.contains(PLAIN) && shown.stderr.contains("holds invite-users, health"),
        "{shown:?}"
    );
    hub.ok_as(ADMIN, "group revoke G-1 invite-users");
    hub.refused_as(PLAIN, "user list -w W-1", 4);
    hub.ok_as(ADMIN, "group remove G-1 plain@c1.example --yes");
    assert!(!hub.holds(PLAIN, "health", "W-1"));
    assert_eq!(hub.status(PLAIN, "W-1"), "registered");
    hub.refused_as(ADMIN, "group grant G-1 global-admin", 5);
    for who in [INVITER, CSAM] {
        hub.refused_as(who, "group add G-1 plain@c1.example", 4);
        hub.refused_as(who, "group grant G-1 health", 4);
    }
}

/// Rules: R-2 R-4
#[test]
fn a_directory_group_brings_people_in_without_an_invitation() {
    let hub = Hub::new();
    hub.ok("group create Adresár -w W-1 --id D-1 --directory tenant-1/object-7");
    hub.refused("group create Druhý -w W-1 --directory tenant-1/object-7", 5);
    hub.refused("group create Druhý -w W-1 --directory object-7", 2);
    let told =
        hub.ok("group add D-1 dir@c1.example plain@c1.example --yes -o csv --columns account,status,code");
    assert_eq!(
        told,
        "account,status,code\r\ndir@c1.example,directory,\r\nplain@c1.example,registered,\r\n"
    );
    hub.ok_as("dir@c1.example", "workspace show W-1");
    let waiting = hub.one("user invite late@c1.example -w W-1", "code");
    hub.ok("group add D-1 late@c1.example");
    assert_eq!(hub.status("late@c1.example", "W-1"), "directory");
    hub.refused_as("late@c1.example", &format!("user accept {waiting}"), 3);
    hub.ok("group remove D-1 dir@c1.example plain@c1.example --yes");
    assert_eq!(hub.status("dir@c1.example", "W-1"), "removed");
    assert_eq!(hub.status(PLAIN, "W-1"), "registered");
}

/// Rules: R-2
#[test]
fn someone_in_two_directory_groups_stays_until_the_last() {
    let hub = Hub::new();
    hub.ok("group create A -w W-1 --id D-1 --directory t/1");
    hub.ok("group create B -w W-1 --id D-2 --directory t/2");
    hub.ok("group add D-1 dir@c1.example");
    hub.ok("group add D-2 dir@c1.example");
    hub.ok("group remove D-1 dir@c1.example --yes");
    assert_eq!(hub.status("dir@c1.example", "W-1"), "directory");
    hub.ok("group remove D-2 dir@c1.example --yes");
    assert_eq!(hub.status("dir@c1.example", "W-1"), "removed");
    hub.ok("group add D-2 dir@c1.example");
    assert_eq!(hub.status("dir@c1.example", "W-1"), "directory");
}

/// Rules: R-3 R-4
#[test]
fn an_administrator_through_a_group_counts_as_one() {
    let hub = with_group();
    hub.ok("group grant G-1 workspace-admin");
    hub.ok("group add G-1 plain@c1.example");
    hub.ok("role revoke admin@c1.example workspace-admin -w W-1");
    for line in [
        "group revoke G-1 workspace-admin",
        "group remove G-1 plain@c1.example --yes",
        "user remove plain@c1.example -w W-1 --yes",
    ] {
        let told = hub.refused(line, 5);
        assert!(told.contains("E0520"), "{line}: {told}");
    }
    hub.ok_as(PLAIN, "role grant admin@c1.example workspace-admin -w W-1");
    hub.ok("group revoke G-1 workspace-admin");
}

/// Rules: V-6
#[test]
fn a_person_chooses_a_default_group_among_their_own() {
    let hub = with_group();
    let stranger = hub.refused_as(PLAIN, "group default G-1", 5);
    assert!(stranger.contains("V-6"), "{stranger}");
    hub.ok_as(ADMIN, "group add G-1 plain@c1.example");
    let default = || {
        hub.ok("user list -w W-1 -o json --jq .rows[]|select(.account==\"plain@c1.example\").default_group")
    };
    hub.ok_as(PLAIN, "group default G-1");
    assert_eq!(default(), "G-1\n");
    hub.ok_as(PLAIN, "group default --none -w W-1");
    assert_eq!(default(), "null\n");
    hub.ok_as(PLAIN, "group default Hutníci --account PLAIN@c1.example");
    assert_eq!(default(), "G-1\n");
    hub.ok_as(ADMIN, "group remove G-1 plain@c1.example --yes");
    assert_eq!(
        default(),
        "null\n",
        "a group that one left is no default any more"
    );
}

/// A shared hub knows whose a token is: nobody has to say for whom they act to be taken for themselves.
///
/// Rules: V-6 K-2
#[test]
fn whoever_is_signed_in_may_name_themselves() {
    let hub = with_group();
    hub.ok_as(ADMIN, "group add G-1 plain@c1.example inviter@c1.example --yes");
    let token = |who: &str| hub.ok_as(who, "token create x --scope admin").trim().to_owned();
    let (plain, admin) = (token(PLAIN), token(ADMIN));
    hub.ok("operator appoint inviter@c1.example --yes");
    let operator = token(INVITER);
    let served = hub.0.serve(&["--rehearsal"]);
    let run = |token: &str, line: &str| {
        let mut command = hub.0.command(line.split(' '));
        finish(
            command
                .args(["--store", served.url()])
                .env("SERVHUB_TOKEN", token),
        )
    };
    let own = "group default G-1 --account PLAIN@c1.example";
    let others = "group default G-1 --account inviter@c1.example";
    let none = "group default --none -w W-1 --account inviter@c1.example";
    for (token, line, code) in [
        (&plain, own, 0),
        (&plain, others, 4),
        (&admin, others, 0),
        (&operator, none, 0),
        (&TOKEN.to_owned(), others, 0),
    ] {
        let told = run(token, line);
        assert_eq!(told.code, code, "{line}: {told:?}");
    }
    let recorded = |action: &str| {
        let line = format!("audit list --action {action} -o csv --columns subject");
        hub.ok(&line).lines().count() - 1
    };
    assert_eq!((recorded("group.choose"), recorded("group.default")), (1, 3));
}

/// Rules: V-6 R-1
#[test]
fn somebody_elses_default_group_is_for_those_who_look_after_groups() {
    let hub = with_group();
    hub.ok("group add G-1 plain@c1.example inviter@c1.example --yes");
    for who in [INVITER, CSAM] {
        hub.refused_as(who, "group default G-1 --account plain@c1.example", 4);
    }
    hub.refused_as(FOREIGN, "group default G-1 --account plain@c1.example", 3);
    for who in [ADMIN, GLOBAL] {
        hub.ok_as(who, "group default G-1 --account plain@c1.example");
        hub.ok_as(who, "group default --none -w W-1 --account plain@c1.example");
    }
    let nobody = hub.refused("group default G-1", 2);
    assert!(nobody.contains("--account"), "{nobody}");
    let recorded =
        hub.ok("audit list --action group.default --person admin@c1.example -o csv --columns subject");
    assert_eq!(
        recorded.matches("member:W-1/plain@c1.example").count(),
        2,
        "{recorded}"
    );
}

/// Rules: W-5
#[test]
fn an_archived_workspace_takes_no_new_group() {
    let hub = with_group();
    hub.ok("workspace archive W-1 --yes");
    hub.refused("group create X -w W-1", 5);
    hub.refused("group grant G-1 health", 5);
    hub.refused("group add G-1 plain@c1.example", 5);
}
