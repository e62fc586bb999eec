//! Members of workspaces: listed, changed, marked, removed, brought back.

use crate::harness::finish;
use crate::organisation::{
    ADMIN, COORDINATOR, CSAM, FOREIGN, GLOBAL, Hub, INCIDENTS, INVITER, PLAIN, SECOND,
};

/// Rules: R-3
#[test]
fn administrators_and_the_provider_mark_support_contacts_and_nobody_else_does() {
    let hub = Hub::new();
    for who in [ADMIN, GLOBAL, CSAM, COORDINATOR] {
        hub.ok_as(who, "user contact plain@c1.example --on -w W-1");
        assert!(hub.holds(PLAIN, "support-contact", "W-1"), "{who}");
        hub.ok_as(who, "user contact plain@c1.example --off -w W-1");
        assert!(!hub.holds(PLAIN, "support-contact", "W-1"), "{who}");
    }
    for who in [INVITER, PLAIN, INCIDENTS] {
        let told = hub.refused_as(who, "user contact plain@c1.example --on -w W-1", 4);
        assert!(told.contains("mark-support-contacts"), "{told}");
    }
    for who in [SECOND, FOREIGN] {
        hub.refused_as(who, "user contact plain@c1.example --on -w W-1", 3);
    }
    assert!(!hub.holds(PLAIN, "support-contact", "W-1"));
}

/// Rules: R-3 E-5
#[test]
fn the_contract_line_caps_support_contacts_and_the_ledger_counts_them() {
    let hub = Hub::new();
    let used = || hub.ok("entitlements show E-1 -o json --jq .consumed");
    hub.ok("user contact plain@c1.example inviter@c1.example --on -w W-1 --yes");
    let counted = hub.ok("activity contacts --all-workspaces -o csv --columns account");
    assert!(counted.contains(PLAIN) && counted.contains(INVITER), "{counted}");
    let full = used();
    let told = hub.refused("user contact admin@c1.example --on -w W-1", 5);
    assert!(
        told.contains("would be support contact 3 of contract 012345678, which allows 2"),
        "{told}"
    );
    assert_eq!(used(), full, "what was refused is not counted");
    hub.ok("user contact plain@c1.example --off -w W-1");
    assert_ne!(used(), full, "the place is given back");
    hub.ok("user contact admin@c1.example --on -w W-1");
    assert_eq!(used(), full);
    hub.ok("user remove inviter@c1.example -w W-1 --yes");
    hub.ok("user contact plain@c1.example --on -w W-1");
    hub.ok("doctor");
    hub.ok("audit verify");
}

/// Rules: K-8
#[test]
fn several_people_are_marked_all_or_none() {
    let hub = Hub::new();
    let line = "user contact plain@c1.example inviter@c1.example admin@c1.example --on -w W-1 --yes";
    hub.refused(line, 5);
    assert!(!hub.holds(PLAIN, "support-contact", "W-1"));
    let unknown = "user contact plain@c1.example nobody@c1.example --on -w W-1 --yes";
    hub.refused(unknown, 3);
    assert!(!hub.holds(PLAIN, "support-contact", "W-1"));
}

/// Rules: R-3
#[test]
fn only_the_provider_names_a_service_administrator() {
    let hub = Hub::new();
    for who in [ADMIN, GLOBAL, INVITER, PLAIN, INCIDENTS] {
        hub.refused_as(who, "user service-admin plain@c1.example --on -w W-1", 4);
    }
    hub.ok_as(CSAM, "user service-admin plain@c1.example --on -w W-1");
    assert!(hub.holds(PLAIN, "service-admin", "W-1"));
    let told = hub.refused_as(ADMIN, "user remove plain@c1.example -w W-1 --yes", 4);
    let ways = [
        "name-service-admins",
        "takes two people",
        "`servhub user service-admin plain@c1.example --off --workspace W-1`",
    ];
    assert!(ways.iter().all(|way| told.contains(way)), "{told}");
    let other = hub.refused_as(CSAM, "user service-admin second@c1.example --on -w W-2", 5);
    assert!(other.contains("default workspace"), "{other}");
    hub.ok_as(COORDINATOR, "user service-admin plain@c1.example --off -w W-1");
    assert!(!hub.holds(PLAIN, "service-admin", "W-1"));
}

/// Rules: R-3
#[test]
fn the_last_administrator_stays() {
    let hub = Hub::new();
    for line in [
        "user remove admin@c1.example -w W-1 --yes",
        "role revoke admin@c1.example workspace-admin -w W-1",
    ] {
        let told = hub.refused(line, 5);
        assert!(
            told.contains("E0520") && told.contains("last administrator of workspace W-1"),
            "{told}"
        );
    }
    hub.ok("role grant plain@c1.example workspace-admin -w W-1");
    hub.ok("user remove admin@c1.example -w W-1 --yes");
    assert_eq!(hub.status(ADMIN, "W-1"), "removed");
    hub.refused("user remove plain@c1.example -w W-1 --yes", 5);
}

/// Rules: R-2 R-1
#[test]
fn someone_removed_holds_nothing_and_comes_back_as_they_were() {
    let hub = Hub::new();
    assert_eq!(
        hub.run("user remove inviter@c1.example -w W-1").code,
        2,
        "a removal is asked about"
    );
    hub.ok_as(ADMIN, "user remove inviter@c1.example -w W-1 --yes");
    assert!(!hub.holds(INVITER, "invite-users", "W-1"));
    hub.refused_as(INVITER, "user invite x@c1.example -w W-1", 4);
    assert!(
        !hub.ok("user list -w W-1 -o csv").contains(INVITER),
        "removed ones are listed when asked for"
    );
    assert!(
        hub.ok("user list -w W-1 --status removed -o csv")
            .contains(INVITER)
    );
    let again = hub.run("user remove inviter@c1.example -w W-1 --yes");
    assert!(again.stderr.contains("nothing left to do"), "{again:?}");
    let told = hub.refused("role grant inviter@c1.example learning -w W-1", 3);
    assert!(told.contains("user restore"), "{told}");
    hub.ok_as(ADMIN, "user restore inviter@c1.example -w W-1");
    assert!(hub.holds(INVITER, "invite-users", "W-1"));
}

/// Someone who may invite but not grant could else bring a removed administrator back to power.
///
/// Rules: R-1 R-2
#[test]
fn an_invitation_gives_back_nothing_that_a_removed_person_held() {
    let hub = Hub::new();
    hub.ok("role grant plain@c1.example workspace-admin -w W-1");
    hub.ok("user remove plain@c1.example -w W-1 --yes");
    let code = hub.ok_as(
        INVITER,
        "user invite plain@c1.example -w W-1 -o tsv --columns code",
    );
    hub.ok_as(PLAIN, &format!("user accept {}", code.lines().nth(1).unwrap()));
    assert!(!hub.holds(PLAIN, "workspace-admin", "W-1"));
}

/// Rules: R-2
#[test]
fn someone_who_never_accepted_is_brought_back_with_a_new_invitation() {
    let hub = Hub::new();
    let old = hub.one("user invite new@c1.example -w W-1", "code");
    hub.ok("user remove new@c1.example -w W-1 --yes");
    hub.refused_as("new@c1.example", &format!("user accept {old}"), 3);
    let new = hub.one("user restore new@c1.example -w W-1", "code");
    hub.ok_as("new@c1.example", &format!("user accept {new}"));
}

/// Rules: R-5
#[test]
fn what_one_may_not_know_of_answers_like_nothing() {
    let hub = Hub::new();
    let without = |text: String, name: &str| text.replace(name, "NAME");
    let foreign = hub.refused_as(ADMIN, "user show foreign@c2.example", 3);
    let nobody = hub.refused_as(ADMIN, "user show nowhere@c9.example", 3);
    let first = |text: String| text.lines().next().unwrap_or_default().to_owned();
    assert_eq!(
        without(first(foreign), FOREIGN),
        without(first(nobody), "nowhere@c9.example")
    );
    let near = hub.refused_as(ADMIN, "user show foreigm@c2.example", 3);
    assert!(!near.contains(FOREIGN), "{near}");
    for line in [
        "user list -w",
        "role list -w",
        "group list -w",
        "user invite x@c1.example -w",
    ] {
        let there = hub.refused_as(ADMIN, &format!("{line} W-3"), 3);
        let nowhere = hub.refused_as(ADMIN, &format!("{line} W-9"), 3);
        assert_eq!(
            without(first(there), "W-3"),
            without(first(nowhere), "W-9"),
            "{line}"
        );
    }
    let all = hub.ok_as(
        ADMIN,
        "user list --all-workspaces -o csv --columns workspace,account",
    );
    assert!(
        all.contains(PLAIN) && !all.contains("W-2") && !all.contains(FOREIGN),
        "{all}"
    );
    let all = hub.ok_as(ADMIN, "role list -o csv");
    assert!(
        all.contains(GLOBAL) && !all.contains(SECOND) && !all.contains(FOREIGN),
        "{all}"
    );
    let all = hub.ok_as(
        GLOBAL,
        "user list --all-workspaces -o csv --columns workspace,account",
    );
    assert!(all.contains(SECOND) && !all.contains(FOREIGN), "{all}");
}

/// Rules: R-1
#[test]
fn the_list_of_members_is_for_those_who_may_see_it() {
    let hub = Hub::new();
    for who in [ADMIN, GLOBAL, CSAM, COORDINATOR, INVITER] {
        assert!(hub.ok_as(who, "user list -w W-1 -o csv").contains(PLAIN), "{who}");
    }
    for who in [PLAIN, INCIDENTS] {
        hub.refused_as(who, "user list -w W-1", 4);
        hub.refused_as(who, "user show plain@c1.example", 4);
    }
}

/// Rules: K-7
#[test]
fn a_list_of_members_is_cut_aloud_and_goes_on_page_by_page() {
    let hub = Hub::new();
    let (mut token, mut seen) = (String::new(), Vec::new());
    loop {
        let page = hub.run(&format!(
            "user list --all-workspaces --limit 2 -o csv --columns account{token}"
        ));
        seen.extend(page.stdout.lines().skip(1).map(str::to_owned));
        match page.stderr.split("--page-token ").nth(1) {
            Some(next) => token = format!(" --page-token {}", next.trim()),
            None => break,
        }
    }
    assert_eq!(seen, [ADMIN, INVITER, PLAIN, SECOND, FOREIGN]);
    hub.refused("user list --all-workspaces --page-token x", 2);
}

/// Rules: U-1 R-1
#[test]
fn a_person_is_shown_with_each_role_and_where_it_comes_from() {
    let hub = Hub::new();
    hub.ok("group create Hutníci -w W-1 --id G-1");
    hub.ok("group grant G-1 learning health");
    hub.ok("group add G-1 plain@c1.example");
    hub.ok("role grant plain@c1.example health -w W-1");
    hub.ok("user contact plain@c1.example --on -w W-1");
    let shown = hub.ok_as(ADMIN, "user show plain@c1.example -o csv");
    for line in [
        "C1,W-1,plain@c1.example,health,granted",
        "C1,W-1,plain@c1.example,health,group G-1",
        "C1,W-1,plain@c1.example,learning,group G-1",
        "C1,W-1,plain@c1.example,support-contact,marked",
    ] {
        assert!(shown.contains(line), "{line}: {shown}");
    }
    let staff = hub.ok_as(ADMIN, &format!("user show {CSAM} -o csv"));
    assert!(staff.contains("csam,contract 012345678"), "{staff}");
    let listed = hub.ok("user list -w W-1 --role learning -o csv --columns account");
    assert_eq!(listed, "account\r\nplain@c1.example\r\n");
    let contacts = hub.ok("user list -w W-1 --support-contact -o csv --columns account");
    assert_eq!(contacts, "account\r\nplain@c1.example\r\n");
    assert!(
        !hub.ok("user list -w W-1 --support-contact=no -o csv")
            .contains(PLAIN)
    );
}

/// Rules: U-1
#[test]
fn what_is_kept_of_people_is_changed_in_several_workspaces_at_once() {
    let hub = Hub::new();
    hub.join(PLAIN, "W-2");
    let line = "user update plain@c1.example --language sk --label technici --all-workspaces";
    assert_eq!(hub.run_as(GLOBAL, line).code, 2, "many are asked about first");
    let told = hub.ok_as(
        GLOBAL,
        &format!("{line} --yes -o csv --columns workspace,changes"),
    );
    assert_eq!(
        told,
        "workspace,changes\r\nW-1,language: none → sk;label: none → technici\r\nW-2,language: none → sk;label: none → technici\r\n"
    );
    hub.refused_as(INVITER, "user update plain@c1.example --name X -w W-1", 4);
    hub.refused("user update plain@c1.example --account-kind personal -w W-1", 5);
    hub.refused("user update nobody@c1.example --name X --all-workspaces --yes", 3);
    hub.refused("user update plain@c1.example -w W-1", 2);
}

/// Rules: U-1 W-5
#[test]
fn all_workspaces_are_those_in_which_there_is_something_to_do() {
    let hub = Hub::new();
    hub.join(PLAIN, "W-2");
    hub.ok("user invite inviter@c1.example -w W-2");
    let sent = hub.one(
        "user resend inviter@c1.example --all-workspaces --yes",
        "workspace",
    );
    assert_eq!(sent, "W-2", "whoever is in needs no invitation");
    hub.ok("workspace archive W-2 --yes");
    let changed = hub.one(
        "user update plain@c1.example --label x --all-workspaces --yes",
        "workspace",
    );
    assert_eq!(changed, "W-1");
    hub.refused("user update plain@c1.example --label y -w W-2", 5);
    let gone = hub.ok("user remove plain@c1.example --all-workspaces --yes -o csv --columns workspace");
    assert_eq!(gone, "workspace\r\nW-1\r\nW-2\r\n");
    assert_eq!(
        hub.one(
            "user restore plain@c1.example --all-workspaces --yes",
            "workspace"
        ),
        "W-1"
    );
}

/// Rules: X-1 X-3
#[test]
fn every_change_is_recorded_with_both_people_and_why() {
    let hub = Hub::new();
    let why = "--reason leave --ticket T-9 --yes";
    hub.ok_as(
        ADMIN,
        &format!("role grant plain@c1.example learning -w W-1 {why}"),
    );
    hub.ok_as(ADMIN, &format!("user remove plain@c1.example -w W-1 {why}"));
    let line = "audit list --person ADMIN@c1.example --since 2026-11-21 --what member:W-1/plain -o json";
    let recorded = hub.ok(&format!(
        "{line} --jq .rows[]|[.actor,.on_behalf,.action,.reason,.ticket]"
    ));
    assert_eq!(
        recorded.replace(['\n', ' '], ""),
        "[\"tester\",\"admin@c1.example\",\"user.remove\",\"leave\",\"T-9\"]\
         [\"tester\",\"admin@c1.example\",\"role.grant\",\"leave\",\"T-9\"]"
    );
    let states = hub.ok(&format!(
        "{line} --jq .rows[1]|(.before|fromjson|.roles),(.after|fromjson|.roles)"
    ));
    assert_eq!(states.replace(['\n', ' '], ""), "[][\"learning\"]");
    hub.ok("audit verify");
}

/// Rules: X-1
#[test]
fn without_its_record_no_change_of_people_is_made() {
    let hub = Hub::new();
    hub.ok("group create G -w W-1 --id G-1");
    hub.ok("group grant G-1 learning");
    hub.ok("group add G-1 plain@c1.example");
    hub.ok("user invite new@c1.example -w W-1");
    let code = hub.one("user invite late@c1.example -w W-1", "code");
    hub.ok("user invite gone@c1.example -w W-1");
    hub.ok("user remove gone@c1.example -w W-1 --yes");
    hub.0
        .sql("CREATE TRIGGER broken BEFORE INSERT ON audit BEGIN SELECT raise(ABORT, 'no more room'); END;");
    let state = "SELECT (SELECT json_group_array(json_array(m.account, m.name, m.status, m.support_contact, m.service_admin, m.sent,
                   m.default_group_id)) FROM member m) || (SELECT json_group_array(json_array(member_id, role)) FROM member_role)
                 || (SELECT json_group_array(json_array(team_id, role)) FROM team_role) || (SELECT count(*) FROM team_member)
                 || (SELECT count(*) FROM team) || (SELECT count(*) FROM administrator) || (SELECT json_group_array(name) FROM workspace)";
    let read = || -> String {
        let conn = crate::database::raw(&hub.0.store());
        conn.query_row(state, [], |row| row.get(0)).unwrap()
    };
    let before = read();
    for line in [
        "user invite x@c1.example -w W-1",
        "user resend new@c1.example -w W-1",
        &format!("user accept {code}"),
        "user update plain@c1.example --name X -w W-1",
        "user contact plain@c1.example --on -w W-1",
        "user service-admin plain@c1.example --on -w W-1",
        "user remove plain@c1.example -w W-1 --yes",
        "user restore gone@c1.example -w W-1",
        "role grant plain@c1.example health -w W-1",
        "role revoke inviter@c1.example invite-users -w W-1",
        "role grant new@c1.example global-admin --customer C1",
        "role revoke global@c1.example global-admin --customer C1",
        "group create H -w W-1",
        "group add G-1 inviter@c1.example",
        "group remove G-1 plain@c1.example --yes",
        "group grant G-1 health",
        "group revoke G-1 learning",
        "group default G-1 --account plain@c1.example",
        "workspace update W-1 --name X",
        "workspace create X --customer C1 --administrator x@c1.example",
    ] {
        let told = hub.refused(line, 1);
        assert!(told.contains("no more room"), "{line}: {told}");
        assert_eq!(read(), before, "{line}");
    }
}

/// Rules: W-1 R-1
#[test]
fn a_workspace_begins_with_its_administrator_invited() {
    let hub = Hub::new();
    let line = "workspace create Sklad --customer C1 --administrator boss@c1.example --contract 012345678";
    for who in [ADMIN, GLOBAL, PLAIN, INCIDENTS] {
        hub.refused_as(who, line, 4);
    }
    hub.refused_as("other@provider.example", line, 3);
    let told = hub.ok_as(
        CSAM,
        &format!("{line} -o csv --columns workspace,expires_at,code"),
    );
    let parts: Vec<&str> = told.lines().nth(1).unwrap().split(',').collect();
    assert_eq!(parts[..2], ["C1-W1", "2026-12-21T08:00:00Z"], "{told}");
    hub.ok_as("boss@c1.example", &format!("user accept {}", parts[2]));
    hub.ok_as("boss@c1.example", "user invite new@c1.example -w Sklad");
    hub.ok_as("boss@c1.example", "workspace update Sklad --name Sklady");
    hub.ok_as(CSAM, "workspace attach Sklady --package P-1");
    hub.refused_as(CSAM, "workspace attach W-3 --package P-1", 3);
    hub.refused_as("boss@c1.example", "workspace attach Sklady --package P-1", 4);
}

/// Rules: W-1 R-1
#[test]
fn a_workspace_is_configured_by_its_administrators() {
    let hub = Hub::new();
    hub.ok_as(ADMIN, "workspace update W-1 --name Hala");
    hub.refused_as(ADMIN, "workspace update W-1 --name Vývoj", 5);
    for who in [CSAM, INVITER, PLAIN] {
        hub.refused_as(who, "workspace update W-1 --name X", 4);
    }
    hub.refused_as(SECOND, "workspace update W-1 --name X", 3);
    let again = hub.run_as(ADMIN, "workspace update W-1 --name Hala");
    assert!(again.stderr.contains("nothing left to do"), "{again:?}");
}

/// Rules: R-1
#[test]
fn a_workspace_tells_its_people_to_those_who_may_list_them() {
    let hub = Hub::new();
    hub.ok("user invite new@c1.example -w W-1");
    let told = hub.run_as(CSAM, "workspace show W-1").stderr;
    assert!(
        told.contains("3 members, 1 invited; administered by admin@c1.example"),
        "{told}"
    );
    let told = hub.run_as(PLAIN, "workspace show W-1");
    assert_eq!(told.code, 0, "{told:?}");
    assert!(!told.stderr.contains("members"), "{told:?}");
}

/// Rules: U-1
#[test]
fn people_named_in_a_file_or_on_standard_input_are_changed_together() {
    let hub = Hub::new();
    let file = hub.0.write(
        "who.csv",
        "workspace,account\nW-1,plain@c1.example\nW-2,second@c1.example\n",
    );
    let from = format!("--from {} --yes", file.display());
    hub.ok(&format!("role grant {from} learning"));
    assert!(hub.holds(PLAIN, "learning", "W-1") && hub.holds(SECOND, "learning", "W-2"));
    let mut command = hub.0.command("role revoke --from - learning --yes".split(' '));
    let run = finish(command.stdin(std::fs::File::open(file).unwrap()));
    assert_eq!(run.code, 0, "{run:?}");
    assert!(!hub.holds(PLAIN, "learning", "W-1") && !hub.holds(SECOND, "learning", "W-2"));
    let file = hub
        .0
        .write("who.csv", "account\nplain@c1.example\nnobody@c1.example\n");
    let told = hub.refused(&format!("user remove --from {} -w W-1 --yes", file.display()), 3);
    assert!(
        told.contains("who.csv:3: nobody@c1.example is no member"),
        "{told}"
    );
    assert_eq!(hub.status(PLAIN, "W-1"), "registered");
}
