//! Invitations: sent, sent again, accepted, run out.

use crate::harness::finish;
use crate::organisation::{ADMIN, CSAM, FOREIGN, Hub, INVITER, PLAIN};

const NEW: &str = "new@c1.example";

/// Rules: R-2 W-3
#[test]
fn an_invitation_has_a_code_a_language_and_thirty_days() {
    let hub = Hub::new();
    let line = "user invite new@c1.example -w W-1 --language cs --name Nela -o json --jq .rows[0]";
    let told = hub.ok_as(INVITER, line);
    assert!(told.contains("\"expires_at\":\"2026-12-21T08:00:00Z\""), "{told}");
    let code = told
        .split("\"code\":\"")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    assert_eq!(code.len(), 23, "{code}");
    let listed = hub.ok("user list -w W-1 --status invited -o csv --columns account,name,language,sent");
    assert_eq!(
        listed,
        "account,name,language,sent\r\nnew@c1.example,Nela,cs,1\r\n"
    );
    let kept = std::fs::read(hub.0.store()).unwrap();
    let plain = code.replace('-', "");
    let within = |wanted: &[u8]| kept.windows(wanted.len()).any(|piece| piece == wanted);
    assert!(
        !within(code.as_bytes()) && !within(plain.as_bytes()),
        "the code is in the store"
    );
    let days = hub.one("user invite other@c1.example -w W-1 --valid 14d", "expires_at");
    assert_eq!(days, "2026-12-05T08:00:00Z");
    let never = hub.refused("user invite third@c1.example -w W-1 --valid 0d", 2);
    assert!(never.contains("for a day at least"), "{never}");
}

/// Rules: R-2
#[test]
fn a_code_is_used_once() {
    let hub = Hub::new();
    let code = hub.one("user invite new@c1.example -w W-1", "code");
    hub.ok(&format!(
        "user accept {} --as {NEW} --name Nela",
        code.to_lowercase()
    ));
    assert_eq!(hub.status(NEW, "W-1"), "registered");
    let again = hub.refused_as(NEW, &format!("user accept {code}"), 3);
    let never = hub.refused_as(NEW, "user accept AAAAA-AAAAA-AAAAA-AAAAA", 3);
    assert_eq!(again, never, "a used code and one that never was answer the same");
}

/// Rules: R-2
#[test]
fn a_code_serves_nobody_but_the_account_it_was_sent_to() {
    let hub = Hub::new();
    let code = hub.one("user invite new@c1.example -w W-1", "code");
    for other in [PLAIN, FOREIGN, CSAM] {
        let told = hub.refused_as(other, &format!("user accept {code}"), 5);
        assert!(told.contains("another account") && !told.contains(NEW), "{told}");
    }
    hub.refused_as(PLAIN, &format!("user accept {code} --account {NEW}"), 2);
    hub.refused(&format!("user accept {code} --account {PLAIN}"), 5);
    assert_eq!(hub.status(NEW, "W-1"), "invited");
    hub.ok(&format!("user accept {code} --account NEW@C1.example"));
    assert_eq!(hub.status(NEW, "W-1"), "registered");
}

/// Rules: R-2
#[test]
fn a_code_can_be_read_from_standard_input() {
    let hub = Hub::new();
    let code = hub.one("user invite new@c1.example -w W-1", "code");
    let file = hub.0.write("code", &format!("{code}\n"));
    let mut command = hub.0.command(["user", "accept", "-", "--as", NEW]);
    let run = finish(command.stdin(std::fs::File::open(file).unwrap()));
    assert_eq!(run.code, 0, "{run:?}");
}

/// Rules: R-2
#[test]
fn sending_again_kills_the_old_code() {
    let hub = Hub::new();
    let old = hub.one("user invite new@c1.example -w W-1", "code");
    let new = hub.one("user resend new@c1.example -w W-1 --valid 5d", "code");
    assert_ne!(old, new);
    hub.refused_as(NEW, &format!("user accept {old}"), 3);
    let sent = hub.ok("user list -w W-1 --status invited -o csv --columns sent,expires_at");
    assert_eq!(sent, "sent,expires_at\r\n2,2026-11-26T08:00:00Z\r\n");
    hub.ok_as(NEW, &format!("user accept {new}"));
    let late = hub.refused("user resend new@c1.example -w W-1", 5);
    assert!(late.contains("needs no invitation"), "{late}");
    hub.refused("user resend nobody@c1.example -w W-1", 3);
}

/// Rules: R-2 T-2
#[test]
fn an_invitation_runs_out_by_itself_and_can_be_sent_again() {
    let hub = Hub::new();
    let old = hub.one("user invite new@c1.example -w W-1 --valid 1d", "code");
    let later = |line: &str| {
        let mut command = hub.0.command(line.split(' '));
        finish(command.env("SERVHUB_NOW", "2026-11-22T08:00:00Z"))
    };
    let listed = later("user list -w W-1 --status expired -o csv --columns account,status").stdout;
    assert_eq!(listed, "account,status\r\nnew@c1.example,expired\r\n");
    assert_eq!(
        later("user list -w W-1 --status invited -o csv --columns account").stdout,
        "account\r\n"
    );
    let refused = later(&format!("user accept {old} --as {NEW}"));
    assert_eq!(refused.code, 5, "{refused:?}");
    assert!(
        refused.stderr.contains("ran out on 2026-11-22T08:00:00Z"),
        "{refused:?}"
    );
    let sent = later("user resend new@c1.example -w W-1 -o tsv --columns code").stdout;
    let accepted = later(&format!(
        "user accept {} --as {NEW}",
        sent.lines().nth(1).unwrap()
    ));
    assert_eq!(accepted.code, 0, "{accepted:?}");
    assert_eq!(hub.status(NEW, "W-1"), "registered");
}

/// Rules: R-2
#[test]
fn inviting_someone_whose_invitation_ran_out_sends_a_new_one() {
    let hub = Hub::new();
    hub.ok("user invite new@c1.example -w W-1 --valid 1d");
    hub.0
        .sql("UPDATE member SET expires_at = 1 WHERE account = 'new@c1.example'");
    let code = hub.one("user invite new@c1.example -w W-1", "code");
    hub.ok_as(NEW, &format!("user accept {code}"));
}

/// Rules: W-3
#[test]
fn each_workspace_needs_its_own_invitation() {
    let hub = Hub::new();
    let told = hub.ok("user invite new@c1.example -w W-1 -w W-2 --yes -o csv --columns workspace,code");
    let codes: Vec<_> = told
        .lines()
        .skip(1)
        .map(|line| line.split_once(',').unwrap())
        .collect();
    assert_eq!(codes.len(), 2, "{told}");
    assert_ne!(codes[0].1, codes[1].1);
    hub.ok_as(NEW, &format!("user accept {}", codes[1].1));
    assert_eq!(hub.status(NEW, codes[0].0), "invited");
    assert_eq!(hub.status(NEW, codes[1].0), "registered");
    let workspaces = hub.ok_as(NEW, "workspace list -o csv --columns workspace");
    assert_eq!(workspaces, "workspace\r\nW-2\r\n");
}

/// Rules: R-2 K-8
#[test]
fn inviting_again_changes_nothing_and_adds_only_what_is_new() {
    let hub = Hub::new();
    hub.ok("user invite new@c1.example -w W-1 --role learning");
    let again = hub.run("user invite new@c1.example -w W-1 --role learning --name Other");
    assert_eq!(
        (again.code, again.stderr.as_str()),
        (0, "nothing left to do\n"),
        "{again:?}"
    );
    let more = hub.one("user invite new@c1.example -w W-1 --role health", "changes");
    assert_eq!(more, "roles: +health");
}

/// Rules: R-1 R-3
#[test]
fn inviting_gives_away_no_more_than_the_inviter_may_give() {
    let hub = Hub::new();
    for (option, missing) in [
        ("--role workspace-admin", "grant-roles"),
        ("--support-contact", "mark-support-contacts"),
    ] {
        let told = hub.refused_as(INVITER, &format!("user invite {NEW} -w W-1 {option}"), 4);
        assert!(told.contains(missing), "{told}");
    }
    assert_eq!(hub.status(NEW, "W-1"), "nobody");
    hub.ok_as(
        ADMIN,
        &format!("user invite {NEW} -w W-1 --role learning --support-contact"),
    );
    hub.refused_as(PLAIN, "user invite third@c1.example -w W-1", 4);
    hub.refused_as(CSAM, "user invite third@c1.example -w W-1", 4);
    hub.refused_as(ADMIN, "user invite third@c1.example -w W-2", 3);
    hub.refused_as(ADMIN, "user invite third@c1.example -w W-1 --role csam", 5);
}

/// Rules: W-4
#[test]
fn a_unified_contract_takes_work_accounts_and_a_premier_one_both() {
    let hub = Hub::new();
    let invite = "user invite own@mail.example --account-kind personal -w";
    let told = hub.refused(&format!("{invite} W-1"), 5);
    assert!(
        told.contains("E0521") && told.contains("--allow-personal yes"),
        "{told}"
    );
    hub.ok(&format!("{invite} W-3"));
    hub.ok_as(ADMIN, "workspace update W-1 --allow-personal yes");
    hub.ok(&format!("{invite} W-1"));
    let kept = hub.refused_as(ADMIN, "workspace update W-1 --allow-personal no", 5);
    assert!(kept.contains("own@mail.example"), "{kept}");
    hub.ok("user remove own@mail.example -w W-1 --yes");
    hub.ok_as(ADMIN, "workspace update W-1 --allow-personal no");
    hub.refused("user restore own@mail.example -w W-1", 5);
}

/// Rules: U-1 R-2
#[test]
fn a_file_invites_all_or_nobody() {
    let hub = Hub::new();
    let good = "account,name,roles,language,workspace\na@c1.example,Anežka,learning;health,cs,W-1\nb@c1.example,,,,W-2\n";
    let file = hub.0.write("people.csv", good);
    let from = format!("user invite --from {}", file.display());
    assert_eq!(hub.run(&from).code, 2, "many are asked about first");
    let told = hub.ok(&format!(
        "{from} --yes -o csv --columns workspace,account,outcome"
    ));
    assert_eq!(
        told,
        "workspace,account,outcome\r\nW-1,a@c1.example,created\r\nW-2,b@c1.example,created\r\n"
    );
    let bad = "account,roles,support_contact\nc@c1.example,lerning,\n,learning,\nd@c1.example,,maybe\n";
    let file = hub.0.write("bad.csv", bad);
    let told = hub.refused(&format!("user invite --from {} -w W-1 --yes", file.display()), 5);
    for fault in [
        "bad.csv:2: roles: \"lerning\" is no role",
        "bad.csv:3: account: it is empty",
        "bad.csv:4: support_contact: \"maybe\" is neither yes nor no",
    ] {
        assert!(told.contains(fault), "{fault}: {told}");
    }
    let refused = "account,account_kind\ne@c1.example,work\nf@mail.example,personal\n";
    let file = hub.0.write("refused.csv", refused);
    let told = hub.refused(&format!("user invite --from {} -w W-1 --yes", file.display()), 5);
    assert!(
        told.contains("refused.csv:3: workspace W-1 is on a unified contract"),
        "{told}"
    );
    assert_eq!(hub.status("e@c1.example", "W-1"), "nobody");
}

/// Rules: U-1
#[test]
fn a_file_with_a_column_that_nobody_knows_is_not_read() {
    let hub = Hub::new();
    let file = hub.0.write("people.csv", "acount,name\na@c1.example,A\n");
    let told = hub.refused(&format!("user invite --from {} -w W-1 --yes", file.display()), 2);
    assert!(told.contains("there is no column account"), "{told}");
    let file = hub
        .0
        .write("people.csv", "account,service_admin\na@c1.example,yes\n");
    let told = hub.refused(&format!("user invite --from {} -w W-1 --yes", file.display()), 5);
    assert!(told.contains("people.csv:2: service_admin"), "{told}");
}

/// Rules: R-2 K-11
#[test]
fn codes_go_to_a_file_of_ones_own_when_asked() {
    let hub = Hub::new();
    let answer = hub.ok("user invite new@c1.example -w W-1 --codes codes.csv -o json --jq .rows[0].code");
    assert_eq!(answer, "null\n");
    let kept = std::fs::read_to_string(hub.0.path("codes.csv")).unwrap();
    let code = kept.lines().nth(1).unwrap().rsplit(',').next().unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(hub.0.path("codes.csv"))
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    hub.ok_as(NEW, &format!("user accept {code}"));
    hub.refused("user invite other@c1.example -w W-1 --codes codes.csv", 1);
    assert_eq!(hub.status("other@c1.example", "W-1"), "nobody");
}

/// Rules: K-8
#[test]
fn a_dry_run_invites_nobody_and_tells_no_code() {
    let hub = Hub::new();
    let line = "user invite new@c1.example -w W-1 --dry-run --detailed-exitcode -o json --jq .rows[0].code,.rows[0].outcome";
    let run = hub.run(line);
    assert_eq!((run.code, run.stdout.as_str()), (6, "null\ncreated\n"), "{run:?}");
    assert_eq!(hub.status(NEW, "W-1"), "nobody");
}

/// Rules: C-2 R-2
#[test]
fn activation_invites_people_who_then_accept_with_a_code_sent_again() {
    let hub = Hub::new();
    hub.0.sql(
        "INSERT INTO contact (contract_id, account, name, role, account_kind, language, since_on)
           VALUES (1, 'named@c1.example', 'Nora', 'support-contact', 'work', 'sk', 20000),
                  (1, 'serves@c1.example', 'Silvo', 'service-admin', 'work', NULL, 20000);",
    );
    hub.ok("contract activate 012345678");
    assert_eq!(hub.status("named@c1.example", "W-1"), "invited");
    let code = hub.one("user resend serves@c1.example -w W-1", "code");
    hub.ok_as("serves@c1.example", &format!("user accept {code}"));
    assert!(hub.holds("serves@c1.example", "service-admin", "W-1"));
    hub.ok_as("serves@c1.example", "user resend named@c1.example -w W-1");
}

/// Rules: C-2 R-2
#[test]
fn activation_writes_the_codes_of_those_it_invites_when_asked() {
    let hub = Hub::new();
    hub.0.sql(
        "INSERT INTO contact (contract_id, account, name, role, account_kind, language, since_on)
           VALUES (1, 'named@c1.example', 'Nora', 'support-contact', 'work', 'sk', 20000),
                  (1, 'serves@c1.example', 'Silvo', 'service-admin', 'work', NULL, 20000);",
    );
    let told = hub.ok("contract activate 012345678 --codes letters.csv -o csv --columns invited");
    let letters = std::fs::read_to_string(hub.0.path("letters.csv")).unwrap();
    let invited = told.lines().nth(1).unwrap().trim_matches('"').split(';').count();
    assert_eq!(letters.lines().count(), invited + 1, "{letters}");
    let row: Vec<&str> = letters.lines().nth(1).unwrap().split(',').collect();
    let (workspace, account, code) = (row[0], row[1], row[4]);
    hub.ok(&format!("user accept {code} --account {account}"));
    let listed = hub.ok(&format!(
        "user list -w {workspace} --status registered -o csv --columns account"
    ));
    assert!(listed.contains(account), "{listed}");
    // What activation has done, it does not do again; so there is nothing to write either.
    hub.ok("contract activate 012345678 --codes again.csv");
    assert!(!hub.0.path("again.csv").exists());
}

/// Rules: W-5
#[test]
fn an_archived_workspace_takes_nobody_new() {
    let hub = Hub::new();
    let code = hub.one("user invite new@c1.example -w W-2", "code");
    hub.ok("workspace archive W-2 --yes");
    hub.refused("user invite third@c1.example -w W-2", 5);
    hub.refused("user resend new@c1.example -w W-2", 5);
    hub.refused(&format!("user accept {code} --as {NEW}"), 5);
}
